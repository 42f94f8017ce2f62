"""Every structural cost is zero where its rule is kept, else positive, and pulls the right way."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
import torch

from layoutgan.core.brief import Site
from layoutgan.encoding.batch import Attribute, Batch, Record, Relation, collate
from layoutgan.encoding.costs import COSTS
from layoutgan.encoding.records import encode_site
from layoutgan.encoding.scene import Scene

SCALE = 10.0


def scene(boxes: list[list[float]], relation: Relation = Relation.NONE, **attributes: float) -> Scene:
    """Two elements in an 8 m x 8 m site at (1, 1) of a 10 m square; boxes left, bottom, right, top [m]."""
    site = encode_site(Site(shapely.box(1, 1, 9, 9), entrances=(shapely.Point(1, 3),)), 32, SCALE, (0.0, 0.0))
    corners = np.array(boxes, np.float32) / SCALE
    unit = np.concatenate([(corners[:, :2] + corners[:, 2:]) / 2, corners[:, 2:] - corners[:, :2]], 1)
    table = np.zeros((len(boxes), len(Attribute)), np.float32)
    for name, value in attributes.items():
        table[0, Attribute[name]] = value
    relations = np.eye(len(boxes), dtype=np.int64)
    if len(boxes) > 1:
        relations[0, 1] = relations[1, 0] = relation
    batch = collate(
        [
            Record(
                name="",
                kinds=np.zeros(len(boxes), np.int64),
                attributes=table,
                relations=relations,
                weights=(relations == Relation.PIPE).astype(np.float32),
                site=site,
                scale=SCALE,
                offset=(0.0, 0.0),
                boxes=np.repeat(unit[:, None], 2, 1),
                gates=np.tile(np.array([1, 0], np.float32), (len(boxes), 1)),
                turns=np.zeros(len(boxes), np.int64),
            )
        ]
    )
    return Scene(batch, batch.boxes, batch.gates)


HALVES = [[1.0, 1, 5, 9], [5, 1, 9, 9]]
APART = [[1.0, 1, 4, 9], [6, 1, 9, 9]]
CORNER = [[1.0, 1, 5, 5], [5, 5, 9, 9]]
LAPPED = [[1.0, 1, 6, 9], [4, 1, 9, 9]]

CASES = {
    "edge_gap": (scene(HALVES, Relation.DOOR), scene(APART, Relation.DOOR)),
    "shared_length": (scene(HALVES, Relation.OPEN), scene(CORNER, Relation.OPEN)),
    "never_contact": (scene(APART, Relation.NEVER), scene(HALVES, Relation.NEVER)),
    "overlap": (scene(HALVES), scene(LAPPED)),
    "spacing": (scene(APART, CLEARANCE=0.19), scene(APART, CLEARANCE=0.3)),
    "exterior_contact": (scene(HALVES, EXTERIOR=1), scene([[4, 4, 6, 6], [1, 1, 4, 9]], EXTERIOR=1)),
    "entrance_contact": (scene(HALVES, ENTRANCE=1), scene(HALVES[::-1], ENTRANCE=1)),
    "area_ratio": (scene(HALVES, TARGET_SIDE=0.32**0.5, TOLERANCE=0.05), scene(HALVES, TARGET_SIDE=0.4)),
    "share_ratio": (scene(HALVES, TARGET_SIDE=0.32**0.5, TOLERANCE=0.1), scene(HALVES, TARGET_SIDE=0.3)),
    "misalignment": (scene(HALVES), scene([[1, 1, 5, 9], [5, 1.3, 9, 9]])),
    "outside": (scene(HALVES), scene([[0, 1, 5, 9], [5, 1, 9, 9]])),
    "uncovered": (scene(HALVES), scene(APART)),
    "aspect": (scene(HALVES, MAX_ASPECT=0.7), scene(HALVES, MAX_ASPECT=0.6)),
    "narrow": (scene(HALVES, MIN_WIDTH=0.39), scene(HALVES, MIN_WIDTH=0.5)),
    "unreachable": (scene(HALVES, Relation.DOOR, ENTRANCE=1), scene(APART, Relation.DOOR, ENTRANCE=1)),
    "wire_length": (scene(HALVES), scene(HALVES, Relation.PIPE)),
}


def test_every_cost_has_a_case() -> None:
    assert set(CASES) == set(COSTS)


@pytest.mark.parametrize("name", COSTS)
def test_kept_costs_nothing_and_broken_costs_something(name: str) -> None:
    kept, broken = CASES[name]
    assert float(COSTS[name](kept)) == pytest.approx(0.0, abs=1e-6)
    assert float(COSTS[name](broken)) > 1e-3


@pytest.mark.parametrize("name", COSTS)
def test_a_small_step_downhill_helps(name: str) -> None:
    broken = CASES[name][1]
    boxes = broken.boxes.clone().requires_grad_()
    cost = COSTS[name](Scene(broken.batch, boxes, broken.gates)).sum()
    (slope,) = torch.autograd.grad(cost, boxes)
    assert bool(slope.isfinite().all())
    assert float(slope.norm()) > 0
    moved = Scene(broken.batch, boxes.detach() - 1e-3 * slope / slope.norm(), broken.gates)
    assert float(COSTS[name](moved)) < float(cost.detach())


@pytest.mark.parametrize("name", COSTS)
def test_padding_costs_nothing(name: str) -> None:
    broken = CASES[name][1]
    batch = broken.batch
    wide: dict[str, torch.Tensor] = {}
    for field in ("kinds", "present", "attributes", "boxes", "gates", "turns"):
        old = getattr(batch, field)
        wide[field] = torch.cat([old, torch.zeros_like(old)], 1)
    for field in ("relations", "weights"):
        old = getattr(batch, field)
        wide[field] = torch.nn.functional.pad(old, (0, old.shape[2], 0, old.shape[1]))
    padded = Batch(site=batch.site, scale=batch.scale, offset=batch.offset, **wide)
    found = COSTS[name](Scene(padded, padded.boxes, padded.gates))
    assert float(found) == pytest.approx(float(COSTS[name](broken)), rel=1e-5)
