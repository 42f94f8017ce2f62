"""Made-up records: rooms of rectangular flats, cut at random."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from layoutgan.core.brief import Site
from layoutgan.encoding.batch import Attribute, Record, Relation
from layoutgan.encoding.records import encode_site
from layoutgan.training.corpus import Corpus
from layoutgan.training.loop import Source
from layoutgan.training.state import Stage


def flat(seed: int, size: int = 16) -> Record:
    """A flat of three to six rooms."""
    random = np.random.default_rng(seed)
    width, height = random.uniform(6, 9, 2)
    rooms = [np.array([0, 0, width, height])]
    for _ in range(int(random.integers(2, 6))):
        rooms.sort(key=lambda r: -float((r[2] - r[0]) * (r[3] - r[1])))
        room, axis, share = rooms.pop(0), int(random.integers(2)), random.uniform(0.35, 0.65)
        first, second = room.copy(), room.copy()
        first[2 + axis] = second[axis] = room[axis] + share * (room[2 + axis] - room[axis])
        rooms += [first, second]
    corners = np.stack(rooms)
    scale = max(width, height) * 1.1
    offset = np.array([(width - scale) / 2, (height - scale) / 2])
    boxes = (
        np.concatenate([(corners[:, :2] + corners[:, 2:]) / 2 - offset, corners[:, 2:] - corners[:, :2]], 1)
        / scale
    )
    count = len(rooms)
    attributes = np.zeros((count, len(Attribute)), np.float32)
    attributes[:, Attribute.TARGET_SIDE] = np.sqrt(boxes[:, 2] * boxes[:, 3])
    attributes[:, Attribute.TOLERANCE] = 0.1
    attributes[0, Attribute.ENTRANCE] = 1
    relations = np.eye(count, dtype=np.int64)
    relations[0, 1:] = relations[1:, 0] = Relation.DOOR
    site = encode_site(
        Site(shapely.box(0, 0, width, height), entrances=(shapely.Point(0, 1),)),
        size,
        scale,
        (float(offset[0]), float(offset[1])),
    )
    return Record(
        name=f"flat-{seed}",
        kinds=random.integers(0, 17, count),
        attributes=attributes,
        relations=relations,
        weights=np.zeros((count, count), np.float32),
        site=site,
        scale=float(scale),
        offset=(float(offset[0]), float(offset[1])),
        boxes=np.repeat(boxes[:, None], 2, 1).astype(np.float32),
        gates=np.tile(np.array([1, 0], np.float32), (count, 1)),
        turns=np.zeros(count, np.int64),
    )


@pytest.fixture(scope="session")
def records() -> list[Record]:
    """Forty flats."""
    return [flat(seed) for seed in range(40)]


@pytest.fixture(scope="session")
def source(records: list[Record]) -> Source:
    """Two corpora, of thirty and ten flats."""
    parts = [Corpus.of(records[:30]), Corpus.of(records[30:])]
    weights = {Stage.PRETRAINING: [3.0, 1.0], Stage.ADVERSARIAL: [1.0, 1.0]}
    return Source(Corpus.joined(parts), [part.counts for part in parts], weights)
