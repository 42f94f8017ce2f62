"""Renderers: shares sum to the inside, closed and absent rectangles have no say, wires carry their length."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutgan.encoding.batch import Attribute, Batch, Relation, SiteChannel
from layoutgan.encoding.masks import Renderer, partition, raster_channels, render, soft_boxes, wire_field

SIZE = 16


def batch_of(boxes: torch.Tensor) -> Batch:
    size, count = boxes.shape[:2]
    relations = torch.full((size, count, count), int(Relation.PIPE))
    return Batch(
        kinds=torch.zeros(size, count, dtype=torch.long),
        present=torch.ones(size, count, dtype=torch.bool),
        attributes=torch.zeros(size, count, len(Attribute)),
        relations=relations,
        weights=torch.ones(size, count, count),
        site=torch.ones(size, len(SiteChannel), SIZE, SIZE),
        scale=torch.full((size,), 10.0),
        offset=torch.zeros(size, 2),
        boxes=boxes,
        gates=torch.ones(boxes.shape[:3]),
        turns=torch.zeros(size, count, dtype=torch.long),
    )


numbers = st.floats(0.0625, 0.9375, width=32)


@given(st.lists(st.lists(numbers, min_size=8, max_size=8), min_size=2, max_size=5))
@settings(max_examples=40, deadline=None)
def test_shares_sum_to_the_inside(rows: list[list[float]]) -> None:
    batch = batch_of(torch.tensor(rows).view(1, len(rows), 2, 4))
    inside = torch.zeros(1, SIZE, SIZE)
    inside[:, 3:12, 2:14] = 1
    shares = partition(batch.boxes, batch.gates, batch.present, inside)
    assert torch.allclose(shares.sum(1), inside, atol=1e-5)


def test_closed_and_absent_rectangles_have_no_say() -> None:
    boxes = torch.tensor([[[[0.3, 0.5, 0.4, 0.8], [0.7, 0.5, 0.4, 0.8]], [[0.7, 0.5, 0.4, 0.8]] * 2]])
    batch = batch_of(boxes)
    batch.gates[0, 0, 1] = 0
    inside = torch.ones(1, SIZE, SIZE)
    right = partition(boxes, batch.gates, batch.present, inside)[0, :, SIZE // 2, 12]
    assert float(right[1]) > 0.99
    batch.present[0, 1] = False
    alone = partition(boxes, batch.gates, batch.present, inside)
    assert float(alone[0, 0].min()) == pytest.approx(1.0, abs=1e-4)


def test_soft_boxes_have_the_area_of_boxes() -> None:
    boxes = torch.tensor([[[[0.5, 0.5, 0.4, 0.6]] * 2]])
    found = soft_boxes(boxes, torch.ones(1, 1, dtype=torch.bool), 64, 64)
    assert float(found.mean()) == pytest.approx(0.24, rel=0.05)


def test_a_wire_carries_its_length_between_its_ends() -> None:
    boxes = torch.tensor([[[[0.2, 0.3, 0.1, 0.1]] * 2, [[0.7, 0.6, 0.1, 0.1]] * 2]])
    batch = batch_of(boxes)
    batch.relations[0] = torch.eye(2).long() + (1 - torch.eye(2).long()) * int(Relation.PIPE)
    field = wire_field(batch, boxes, 64, 64, 200.0)[0]
    assert float(field.mean()) == pytest.approx(0.5 + 0.3, rel=0.1)
    assert float(field[50:, :].sum()) < 0.01 * float(field.sum())


@pytest.mark.parametrize("renderer", Renderer)
def test_rendering_has_the_promised_planes_and_pulls_on_boxes(renderer: Renderer) -> None:
    boxes = (torch.rand(2, 3, 2, 4, generator=torch.Generator().manual_seed(0)) * 0.5 + 0.2).requires_grad_()
    batch = batch_of(boxes.detach())
    drawn = render(renderer, batch, boxes, batch.gates, 5)
    assert drawn.shape == (2, raster_channels(renderer, 5), SIZE, SIZE)
    (slope,) = torch.autograd.grad(drawn.square().sum(), boxes)
    assert bool((slope[:, :, 0].abs().sum(-1) > 0).all())
