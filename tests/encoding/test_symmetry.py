"""The eight symmetries are a group, keep metric areas, and move everything together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutgan.core.brief import Site
from layoutgan.encoding.batch import Attribute, Batch, Record, Relation, SiteChannel, collate
from layoutgan.encoding.masks import partition
from layoutgan.encoding.records import encode_site
from layoutgan.encoding.symmetry import SYMMETRIES, compose, inverse, matrices, transform, transform_boxes


@pytest.fixture(scope="module")
def batch() -> Batch:
    shape = shapely.Polygon([(0, 0), (9, 0), (9, 5), (4, 5), (4, 8), (0, 8)])
    site = encode_site(Site(shape, entrances=(shapely.Point(0, 2),), north=30.0), 32, 10.0, (-0.5, -1.0))
    attributes = np.zeros((3, len(Attribute)), np.float32)
    attributes[:, Attribute.TARGET_SIDE] = [0.4, 0.3, 0.2]
    attributes[0, Attribute.FIXED : Attribute.FIXED_HEIGHT + 1] = [1, 0.3, 0.2, 0.4, 0.1]
    boxes = np.array([[0.3, 0.2, 0.4, 0.1], [0.7, 0.4, 0.3, 0.2], [0.2, 0.7, 0.1, 0.3]], np.float32)
    relations = np.eye(3, dtype=np.int64)
    relations[0, 1] = relations[1, 0] = Relation.DOOR
    return collate(
        [
            Record(
                name="ell",
                kinds=np.arange(3),
                attributes=attributes,
                relations=relations,
                weights=np.zeros((3, 3), np.float32),
                site=site,
                scale=10.0,
                offset=(-0.5, -1.0),
                boxes=np.repeat(boxes[:, None], 2, 1),
                gates=np.ones((3, 2), np.float32),
                turns=np.array([0, 1, 3]),
            )
        ]
    )


def test_symmetries_form_a_group() -> None:
    for a in range(SYMMETRIES):
        assert compose(inverse(a), a) == 0
        assert len({compose(a, b) for b in range(SYMMETRIES)}) == SYMMETRIES
        for b in range(SYMMETRIES):
            for c in range(SYMMETRIES):
                assert compose(a, compose(b, c)) == compose(compose(a, b), c)


@pytest.mark.parametrize("first", range(SYMMETRIES))
@pytest.mark.parametrize("second", range(SYMMETRIES))
def test_one_after_the_other_is_their_composition(batch: Batch, first: int, second: int) -> None:
    two = transform(transform(batch, torch.tensor([first])), torch.tensor([second]))
    one = transform(batch, torch.tensor([compose(second, first)]))
    for name in ("boxes", "attributes", "site"):
        assert torch.allclose(getattr(two, name), getattr(one, name), atol=1e-6), name
    assert torch.equal(two.turns, one.turns)


@given(st.integers(0, 7), st.lists(st.floats(0.05, 0.9), min_size=4, max_size=4))
@settings(max_examples=50, deadline=None)
def test_area_is_kept_and_points_follow_the_matrix(symmetry: int, values: list[float]) -> None:
    box = torch.tensor(values)[None, None]
    turned = transform_boxes(box, torch.tensor([symmetry]))
    assert torch.allclose(turned[..., 2:].prod(-1), box[..., 2:].prod(-1))
    centre = matrices(torch.tensor(symmetry)) @ (box[0, 0, :2] - 0.5) + 0.5
    assert torch.allclose(turned[0, 0, :2], centre, atol=1e-6)


@pytest.mark.parametrize("symmetry", range(SYMMETRIES))
def test_boxes_turn_with_the_raster(batch: Batch, symmetry: int) -> None:
    chosen = torch.tensor([symmetry])
    turned = transform(batch, chosen)
    drawn = partition(turned.boxes, turned.gates, turned.present, turned.inside)
    before = partition(batch.boxes, batch.gates, batch.present, batch.inside)
    from layoutgan.encoding.symmetry import transform_raster

    assert torch.allclose(transform_raster(before, chosen), drawn, atol=1e-4)
    assert torch.allclose(turned.fixed_boxes[:, 0], turned.boxes[:, 0, 0], atol=1e-6)
    north = turned.site[0, SiteChannel.NORTH_COSINE : SiteChannel.NORTH_SINE + 1, 0, 0]
    assert float(north.norm()) == pytest.approx(1.0)


def test_a_quarter_turn_swaps_the_sides_of_equipment(batch: Batch) -> None:
    for symmetry in range(SYMMETRIES):
        turned = transform(replace(batch, turns=torch.zeros_like(batch.turns)), torch.tensor([symmetry]))
        assert bool((turned.turns[0, :3] % 2 == (symmetry >> 2)).all())
