"""Corpora: what goes in comes out, the order follows from seed and step, caches are harmless."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from layoutgan.encoding.batch import Record, collate
from layoutgan.errors import DatasetError
from layoutgan.training.corpus import Corpus, cache_key, load_records, plan_batch, save_records


def test_a_batch_is_what_collating_gives(records: list[Record]) -> None:
    index = torch.tensor([3, 17, 4, 17])
    found, wanted = Corpus.of(records).batch(index), collate([records[i] for i in index.tolist()])
    for name in vars(wanted):
        assert torch.equal(getattr(found, name).to(getattr(wanted, name).dtype), getattr(wanted, name)), name


def test_joining_keeps_all(records: list[Record]) -> None:
    joined, whole = Corpus.joined([Corpus.of(records[:25]), Corpus.of(records[25:])]), Corpus.of(records)
    index = torch.tensor([0, 24, 25, 39])
    assert torch.equal(joined.batch(index).boxes, whole.batch(index).boxes)
    assert torch.equal(joined.batch(index).relations, whole.batch(index).relations)


def test_records_survive_the_cache(records: list[Record], tmp_path: Path) -> None:
    path = tmp_path / "flats.npz"
    save_records(records, path)
    assert [p.name for p in tmp_path.iterdir()] == ["flats.npz"]
    for before, after in zip(records, load_records(path), strict=True):
        assert before.name == after.name
        assert before.scale == after.scale
        np.testing.assert_array_equal(before.relations, after.relations)
        np.testing.assert_array_equal(before.boxes, after.boxes)
        np.testing.assert_allclose(before.site, after.site, atol=1e-3)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 no archive", b"\x80\x04pickle"])
def test_a_damaged_cache_is_named(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "flats.npz"
    path.write_bytes(damage)
    with pytest.raises(DatasetError, match=r"flats\.npz is damaged .* delete it"):
        load_records(path)


def test_a_pickle_in_a_cache_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "flats.npz"
    np.savez(path, counts=np.array([object()], dtype=object))
    with pytest.raises(DatasetError, match="damaged"):
        load_records(path)


def test_the_cache_key_depends_on_every_argument() -> None:
    keys = {cache_key("a", x=1), cache_key("b", x=1), cache_key("a", x=2), cache_key("a", y=1)}
    assert len(keys) == 4
    assert cache_key("a", x=1, y=2) == cache_key("a", y=2, x=1)


def test_every_layout_is_seen_once_per_passage_and_in_its_share() -> None:
    counts = [torch.full((32,), 5), torch.full((16,), 9)]
    seen = torch.cat([plan_batch(counts, [3.0, 1.0], 8, 7, step) for step in range(16)])
    assert torch.bincount(seen[seen < 32], minlength=32).tolist() == [3] * 32
    assert torch.bincount(seen[seen >= 32] - 32, minlength=16).tolist() == [2] * 16
    assert torch.equal(plan_batch(counts, [3.0, 1.0], 8, 7, 5), plan_batch(counts, [3.0, 1.0], 8, 7, 5))


def test_batches_hold_layouts_of_like_size() -> None:
    counts = [torch.arange(160) % 20 + 1]
    spans = [counts[0][plan_batch(counts, [1.0], 10, 0, step)] for step in range(16)]
    assert max(int(c.max() - c.min()) for c in spans) <= 3


def test_no_weight_and_no_layouts_are_refused() -> None:
    with pytest.raises(DatasetError, match="weight 0"):
        plan_batch([torch.ones(4)], [0.0], 4, 0, 0)
    with pytest.raises(DatasetError, match="empty"):
        Corpus.of([])
