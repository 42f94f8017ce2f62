"""Batches: padding, trimming, metres."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from layoutgan.encoding.batch import Attribute, Record, SiteChannel, collate


def record(count: int, size: int = 16, name: str = "plan") -> Record:
    rng = np.random.default_rng(count)
    boxes = rng.uniform(0.1, 0.4, (count, 2, 4)).astype(np.float32)
    return Record(
        name=name,
        kinds=np.arange(count, dtype=np.int64),
        attributes=rng.random((count, len(Attribute))).astype(np.float32),
        relations=np.eye(count, dtype=np.int64),
        weights=np.zeros((count, count), np.float32),
        site=np.ones((len(SiteChannel), size, size), np.float32),
        scale=10.0 * count,
        offset=(1.0, 2.0),
        boxes=boxes,
        gates=np.ones((count, 2), np.float32),
        turns=np.ones(count, np.int64),
    )


def test_collate_pads_to_a_multiple_and_marks_what_is_real() -> None:
    batch = collate([record(3), record(5)])
    assert batch.kinds.shape == (2, 8)
    assert batch.present.sum(1).tolist() == [3, 5]
    assert batch.boxes.shape == (2, 8, 2, 4)
    assert batch.relations.shape == (2, 8, 8)
    assert batch.boxes[0, 3:].abs().max() == 0


def test_trimmed_keeps_what_is_real() -> None:
    batch = collate([record(3), record(4)], multiple=12).trimmed()
    assert batch.kinds.shape == (2, 4)
    assert torch.equal(batch.boxes[1], torch.from_numpy(record(4).boxes))


def test_metres_undo_the_unit_square() -> None:
    batch = collate([record(3)])
    corners = batch.metres(batch.boxes)[0, 0, 0]
    centre = batch.boxes[0, 0, 0, :2] * 30 + torch.tensor([1.0, 2.0])
    assert torch.allclose((corners[:2] + corners[2:]) / 2, centre, atol=1e-5)
    assert torch.allclose(corners[2:] - corners[:2], batch.boxes[0, 0, 0, 2:] * 30, atol=1e-5)


def test_repeat_puts_answers_to_one_brief_in_a_row() -> None:
    batch = collate([record(3), record(4)]).repeat(3)
    assert batch.present.sum(1).tolist() == [3, 3, 3, 4, 4, 4]


def test_collate_refuses_nothing_and_mixed_rasters() -> None:
    with pytest.raises(ValueError, match="no records"):
        collate([])
    with pytest.raises(ValueError, match="one raster size"):
        collate([record(3), record(3, size=32)])
