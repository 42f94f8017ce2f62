"""Layouts as tensors in memory, encoded once and kept in a cache, and the batches drawn from them.

Which layouts a step sees is a function of (seed, step) alone, so a resumed run needs no record of what it has
seen.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from layoutgan.encoding.batch import ENCODING_VERSION, Batch, Record
from layoutgan.errors import DatasetError

__all__ = ["Corpus", "cache_key", "load_records", "plan_batch", "save_records", "seed_of"]

_ROUND = 16  # steps whose layouts are sorted by size together, so that batches need little padding
_PER_NODE = ("kinds", "attributes", "boxes", "gates", "turns")


def seed_of(*parts: object) -> int:
    """A seed below 2**63 that depends on all the parts."""
    digest = hashlib.sha256("/".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def cache_key(reader: str, **arguments: object) -> str:
    """SHA-256 of the reader, its arguments and the encoding's version, in hexadecimal."""
    text = json.dumps([ENCODING_VERSION, reader, arguments], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def save_records(records: Sequence[Record], path: Path) -> None:
    """Writes the records as arrays laid end to end; the file appears whole or not at all."""
    counts = np.array([len(record.kinds) for record in records], np.int64)
    arrays: dict[str, NDArray[Any]] = {
        "counts": counts,
        "names": np.array([r.name for r in records], np.str_),
    }
    for name in _PER_NODE:
        arrays[name] = np.concatenate([getattr(record, name) for record in records])
    for name in ("relations", "weights"):
        arrays[name] = np.concatenate([getattr(record, name).ravel() for record in records])
    arrays["site"] = np.stack([record.site for record in records]).astype(np.float16)
    arrays["scale"] = np.array([record.scale for record in records], np.float64)
    arrays["offset"] = np.array([record.offset for record in records], np.float64)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.stem}.{os.getpid()}.part.npz")
    np.savez(beside, **arrays)  # type: ignore[arg-type]  # numpy's stub mistakes the arrays for allow_pickle
    beside.replace(path)


def load_records(path: Path) -> list[Record]:
    """The records of a file that `save_records` wrote; nothing in it is executed.

    Raises:
        DatasetError: the file is damaged.
    """
    try:
        # numpy leaves the file open when it is no archive, hence the second `with`.
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        counts = arrays["counts"]
        nodes = np.concatenate([[0], counts.cumsum()])
        pairs = np.concatenate([[0], (counts**2).cumsum()])
        return [_record(arrays, i, nodes, pairs) for i in range(len(counts))]
    except (OSError, ValueError, KeyError, EOFError, TypeError, AttributeError, BadZipFile) as error:
        raise DatasetError(f"{path.name} is damaged ({error}); delete it, it will be made again") from error


def _record(arrays: dict[str, NDArray[Any]], i: int, nodes: NDArray[Any], pairs: NDArray[Any]) -> Record:
    rows = slice(nodes[i], nodes[i + 1])
    count = int(nodes[i + 1] - nodes[i])
    square = {
        name: arrays[name][pairs[i] : pairs[i + 1]].reshape(count, count) for name in ("relations", "weights")
    }
    return Record(
        name=str(arrays["names"][i]),
        kinds=arrays["kinds"][rows],
        attributes=arrays["attributes"][rows],
        relations=square["relations"],
        weights=square["weights"],
        site=arrays["site"][i].astype(np.float32),
        scale=float(arrays["scale"][i]),
        offset=(float(arrays["offset"][i, 0]), float(arrays["offset"][i, 1])),
        boxes=arrays["boxes"][rows],
        gates=arrays["gates"][rows],
        turns=arrays["turns"][rows],
    )


@dataclass
class Corpus:
    """Records in memory: elements end to end, edges as a list; nothing is padded until it is drawn."""

    starts: Tensor
    """[M + 1] first element of each of M layouts."""
    elements: dict[str, Tensor]
    """Fields of `Batch` per element [T, ...]."""
    edge_starts: Tensor
    """[M + 1] first edge of each layout."""
    edges: Tensor
    """[2, E] ends, numbered within their layout."""
    edge_values: Tensor
    """[E, 2] relation and weight."""
    layouts: dict[str, Tensor]
    """site, scale and offset [M, ...]."""

    def __len__(self) -> int:
        """Number of layouts M."""
        return len(self.starts) - 1

    @property
    def counts(self) -> Tensor:
        """Elements of each layout [M]."""
        return self.starts.diff()

    @classmethod
    def of(cls, records: Iterable[Record]) -> Corpus:
        """The records as tensors.

        Raises:
            DatasetError: there are none.
        """
        rows = list(records)
        if not rows:
            raise DatasetError("no layout to train on: the data set's split is empty")
        counts = torch.tensor([0, *(len(r.kinds) for r in rows)])
        ends = [np.nonzero(r.relations) for r in rows]
        values = [np.stack([r.relations[e], r.weights[e]], 1) for r, e in zip(rows, ends, strict=True)]
        return cls(
            starts=counts.cumsum(0),
            elements={
                name: torch.from_numpy(np.concatenate([getattr(r, name) for r in rows])) for name in _PER_NODE
            },
            edge_starts=torch.tensor([0, *(len(e[0]) for e in ends)]).cumsum(0),
            edges=torch.from_numpy(np.concatenate([np.stack(e) for e in ends], 1)),
            edge_values=torch.from_numpy(np.concatenate(values)).float(),
            layouts={
                "site": torch.from_numpy(np.stack([r.site for r in rows])),
                "scale": torch.tensor([r.scale for r in rows], dtype=torch.float32),
                "offset": torch.tensor([r.offset for r in rows], dtype=torch.float32),
            },
        )

    @classmethod
    def joined(cls, parts: Sequence[Corpus]) -> Corpus:
        """Several corpora, one after the other."""
        return cls(
            starts=torch.cat(
                [torch.zeros(1, dtype=torch.long), torch.cat([p.counts for p in parts]).cumsum(0)]
            ),
            elements={name: torch.cat([p.elements[name] for p in parts]) for name in parts[0].elements},
            edge_starts=torch.cat(
                [torch.zeros(1, dtype=torch.long), torch.cat([p.edge_starts.diff() for p in parts]).cumsum(0)]
            ),
            edges=torch.cat([p.edges for p in parts], 1),
            edge_values=torch.cat([p.edge_values for p in parts]),
            layouts={name: torch.cat([p.layouts[name] for p in parts]) for name in parts[0].layouts},
        )

    def batch(self, index: Tensor) -> Batch:
        """The layouts [B] of these numbers as a padded batch."""
        from torch_geometric.utils import to_dense_adj, to_dense_batch

        counts = self.counts[index]
        size = max(4, -(-int(counts.max()) // 4) * 4)
        rows, layout = _spans(self.starts, index)
        present = torch.arange(size) < counts[:, None]
        fields = {
            name: to_dense_batch(values[rows], layout, max_num_nodes=size, batch_size=len(index))[0]
            for name, values in self.elements.items()
        }
        edge_rows, edge_layout = _spans(self.edge_starts, index)
        first = torch.cat([torch.zeros(1, dtype=torch.long), counts.cumsum(0)[:-1]])
        ends = self.edges[:, edge_rows] + first[edge_layout]
        dense = to_dense_adj(ends, layout, self.edge_values[edge_rows], size, len(index))
        taken = {name: values[index] for name, values in self.layouts.items()}
        return Batch(
            present=present, relations=dense[..., 0].long(), weights=dense[..., 1], **fields, **taken
        )


def _spans(starts: Tensor, index: Tensor) -> tuple[Tensor, Tensor]:
    """Row numbers of the layouts of these numbers, and for each row which of them it belongs to."""
    counts = starts[index + 1] - starts[index]
    layout = torch.repeat_interleave(torch.arange(len(index)), counts)
    before = counts.cumsum(0) - counts
    rows = torch.arange(int(counts.sum())) - before[layout] + starts[index][layout]
    return rows, layout


def plan_batch(counts: Sequence[Tensor], weights: Sequence[float], size: int, seed: int, step: int) -> Tensor:
    """Numbers [size] of the layouts that a step sees, in the corpora joined in this order.

    Each corpus gives its share of every batch and is gone through in an order that changes with each passage.
    Sixteen steps are planned together and sorted by size, so that a batch needs little padding.

    Args:
        counts: elements of each layout, per corpus [M].
        weights: share of each corpus in a batch, relative to the others [-].
        size: layouts per batch.
        seed: of the whole run.
        step: number of the step.
    """
    chosen: list[Tensor] = []
    first = 0
    turn, place = divmod(step, _ROUND)
    order = torch.randperm(_ROUND, generator=_generator(seed, "round", turn))
    for number, (own, share) in enumerate(zip(counts, _shares(weights, size), strict=True)):
        if share:
            wanted = torch.arange(turn * _ROUND * share, (turn + 1) * _ROUND * share)
            index = torch.empty_like(wanted)
            for passage in sorted(set((wanted // len(own)).tolist())):
                shuffled = torch.randperm(len(own), generator=_generator(seed, number, passage))
                here = wanted // len(own) == passage
                index[here] = shuffled[wanted[here] % len(own)]
            index = index[own[index].argsort(stable=True)]
            chosen.append(index.view(_ROUND, share)[order[place]] + first)
        first += len(own)
    return torch.cat(chosen)


def _shares(weights: Sequence[float], size: int) -> list[int]:
    """Whole numbers in proportion to the weights that sum to `size`; largest remainders go up."""
    total = sum(weights)
    if not total > 0:
        raise DatasetError("all data sets have weight 0 in this stage; give at least one a weight")
    exact = [weight / total * size for weight in weights]
    shares = [int(value) for value in exact]
    for place in sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i], i))[: size - sum(shares)]:
        shares[place] += 1
    return shares


def _generator(*parts: object) -> torch.Generator:
    return torch.Generator().manual_seed(seed_of(*parts))
