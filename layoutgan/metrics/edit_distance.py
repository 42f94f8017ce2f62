"""Graph edit distance of small room graphs: exact, or between two bounds when the search is cut short.

A room given another type costs 1, a room more or less 1, an edge more or less 1. Work is counted in steps and
not in seconds, so that the figure is the same on every machine.

Source: the costs of the GSDiff evaluation; a test compares with ``networkx.graph_edit_distance``.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from layoutgan.metrics.graphs import RoomGraph

__all__ = ["STEPS", "EditDistance", "edit_distance"]

STEPS = 500
"""Assignments solved before the search gives up."""

_Mapping = tuple[int, ...]
"""For the first so many rooms of the first graph, the room of the second that each becomes; -1 for none."""


class EditDistance(NamedTuple):
    """How many edits lie between two graphs."""

    value: int
    """Edits that are enough: the distance itself when ``exact``, else an upper bound."""
    bound: int
    """Edits without which it cannot be done."""

    @property
    def exact(self) -> bool:
        """Whether the search was finished."""
        return self.value == self.bound


class _Search:
    """Two graphs, the first's rooms in the order in which they are placed."""

    def __init__(self, first: RoomGraph, second: RoomGraph) -> None:
        table = first.matrix()
        order = np.argsort(-table.sum(axis=1), kind="stable")
        self.first = table[np.ix_(order, order)].astype(np.int64)
        self.second = second.matrix().astype(np.int64)
        kinds = np.array(first.kinds, dtype=object)[order]
        self.retype = (kinds[:, None] != np.array(second.kinds, dtype=object)[None]).astype(np.float64)

    def cost(self, mapping: _Mapping) -> int:
        """Edits of a whole mapping."""
        rows = [i for i, j in enumerate(mapping) if j >= 0]
        columns = [mapping[i] for i in rows]
        nodes = len(self.first) + len(self.second) - 2 * len(rows) + self.retype[rows, columns].sum()
        kept = int((self.first[np.ix_(rows, rows)] & self.second[np.ix_(columns, columns)]).sum()) // 2
        edges = int(self.first.sum() + self.second.sum()) // 2 - 2 * kept
        return int(nodes) + edges

    def spent(self, mapping: _Mapping) -> float:
        """Edits that a partial mapping has already made, among the rooms placed so far."""
        depth = len(mapping)
        rows = [i for i, j in enumerate(mapping) if j >= 0]
        columns = [mapping[i] for i in rows]
        nodes = depth - len(rows) + self.retype[rows, columns].sum()
        kept = int((self.first[np.ix_(rows, rows)] & self.second[np.ix_(columns, columns)]).sum()) // 2
        edges = int(self.first[:depth, :depth].sum() + self.second[np.ix_(columns, columns)].sum()) // 2
        return float(nodes + edges - 2 * kept)

    def rest(self, mapping: _Mapping) -> tuple[float, _Mapping]:
        """Least cost of what a partial mapping leaves open, and a whole mapping that follows the bound.

        Each open pair costs its retyping, its edges to rooms that are placed, and half the difference of its
        degrees among open rooms: an edge has two ends. The cheapest assignment of these costs is a bound.
        """
        from scipy.optimize import linear_sum_assignment

        depth, n = len(mapping), len(self.first)
        used = sorted(j for j in mapping if j >= 0)
        rows = np.arange(depth, n)
        columns = np.setdiff1d(np.arange(len(self.second)), used)
        if not rows.size and not columns.size:
            return 0.0, mapping
        costs = self._costs(mapping, rows, columns)
        taken, given = linear_sum_assignment(costs)
        whole = list(mapping) + [-1] * rows.size
        for r, c in zip(taken, given, strict=True):
            if r < rows.size and c < columns.size:
                whole[depth + r] = int(columns[c])
        return float(costs[taken, given].sum()), tuple(whole)

    def _costs(
        self, mapping: _Mapping, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Costs [R + C, C + R] of open rooms: retyped on the left above, lost on the right, new below."""
        kept = [i for i, j in enumerate(mapping) if j >= 0]
        lost = [i for i, j in enumerate(mapping) if j < 0]
        images = [mapping[i] for i in kept]
        here, there = self.first[rows][:, kept], self.second[columns][:, images]
        to_lost = self.first[rows][:, lost].sum(axis=1)
        half = self.first[np.ix_(rows, rows)].sum(axis=1) / 2
        half_there = self.second[np.ix_(columns, columns)].sum(axis=1) / 2
        size = rows.size + columns.size
        costs = np.full((size, size), 1e6)
        costs[: rows.size, : columns.size] = (
            self.retype[np.ix_(rows, columns)]
            + (here[:, None] ^ there[None]).sum(axis=-1)
            + to_lost[:, None]
            + np.abs(half[:, None] - half_there[None])
        )
        gone = np.arange(rows.size)
        costs[gone, columns.size + gone] = 1 + here.sum(axis=1) + to_lost + half
        new = np.arange(columns.size)
        costs[rows.size + new, new] = 1 + there.sum(axis=1) + half_there
        costs[rows.size :, columns.size :] = 0.0
        return costs

    def children(self, mapping: _Mapping) -> Iterator[_Mapping]:
        """Mappings with one more room placed."""
        used = set(mapping)
        yield from ((*mapping, j) for j in range(len(self.second)) if j not in used)
        yield (*mapping, -1)


def edit_distance(first: RoomGraph, second: RoomGraph, *, steps: int = STEPS) -> EditDistance:
    """Fewest edits that turn one graph into the other, best first.

    Args:
        first: a graph.
        second: another.
        steps: assignments solved before the search gives up and answers with its two bounds.
    """
    if len(first.kinds) > len(second.kinds):
        first, second = second, first
    search = _Search(first, second)
    bound, whole = search.rest(())
    best = search.cost(whole)
    if sorted(first.kinds) == sorted(second.kinds) and first.kinds == second.kinds:
        best = min(best, len(first.edges ^ second.edges))  # answers to one brief keep its order
    waiting: list[tuple[int, int, int, _Mapping]] = [(_up(bound), 0, 0, ())]
    count = 1
    while waiting and waiting[0][0] < best:
        if count > steps:
            return EditDistance(best, waiting[0][0])
        _, _, _, mapping = heapq.heappop(waiting)
        if len(mapping) == len(search.first):
            continue  # its cost has been counted when it was made
        for child in search.children(mapping):
            count += 1
            open_cost, whole = search.rest(child)
            best = min(best, search.cost(whole))
            low = _up(search.spent(child) + open_cost)
            if low < best:
                heapq.heappush(waiting, (low, -len(child), count, child))
    return EditDistance(best, best)


def _up(bound: float) -> int:
    """The next whole number of edits: half edges stand only in bounds."""
    return int(np.ceil(bound - 1e-6))
