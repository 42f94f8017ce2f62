"""The cheapest tree that joins a few terminals on a grid of tracks.

States are those of `search`, one set per subset of terminals: the cheapest tree that joins the subset and
then travels on from a node. Two such trees merge in a tee: a straight run and a branch across it. The last
terminal is the root.

Source: Dreyfus and Wagner, The Steiner problem in graphs, 1971, with the direction of travel added to the
state.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from layoutgan.domains.piping.routing.compiled import Array, kernel
from layoutgan.domains.piping.routing.grid import SAME, Grid
from layoutgan.domains.piping.routing.heap import grown_heap, pop_heap, push_heap
from layoutgan.domains.piping.routing.search import straight_run

__all__ = ["Join", "find_tree"]

_ANY = 6


class Join(NamedTuple):
    """What is to be joined."""

    nodes: Array
    """Nodes of the terminals [T, 3]; the last one is the root."""
    leaving: Array
    """Direction in which each is left [T], 6 for any."""
    bend: float
    """Price of an elbow [m]."""
    leg: float
    """Least distance between elbows [m]."""
    tee: float
    """Least distance from a tee to an elbow or the next tee [m]."""
    loose: bool
    """Whether a tee may have any shape; a bound, or an instance that asks no more."""
    least: Array
    """The smallest factor on length along each axis [3] [-]."""


@kernel
def _legal(a: int, b: int, on: int, loose: bool) -> bool:
    """Whether trees arriving in directions a and b can go on in a third as a tee."""
    if loose:
        return True
    run_ab, run_a, run_b = a == b ^ 1, a == on, b == on
    if run_ab:
        return on >> 1 != a >> 1
    if run_a:
        return b >> 1 != a >> 1
    return run_b and a >> 1 != b >> 1


@kernel
def _place(grid: Grid, state: int, node: Array) -> None:
    ny, nz = grid.ys.shape[0], grid.zs.shape[0]
    at = state // 6
    node[0], node[1], node[2] = at // (ny * nz), at // nz % ny, at % nz


@kernel
def _number(grid: Grid, node: Array, direction: int) -> int:
    return ((node[0] * grid.ys.shape[0] + node[1]) * grid.zs.shape[0] + node[2]) * 6 + direction


@kernel
def _span(grid: Grid, join: Join, mask: int) -> Array:
    """The box of the terminals that a subset lacks, the root among them [2, 3] [m]."""
    span = np.empty((2, 3))
    for axis in range(3):  # no slices: numba takes seconds to compile them
        span[0, axis], span[1, axis] = np.inf, -np.inf
    for terminal in range(join.nodes.shape[0]):
        if mask >> terminal & 1 == 0:
            for axis in range(3):
                track = grid.xs if axis == 0 else (grid.ys if axis == 1 else grid.zs)
                value = track[join.nodes[terminal, axis]]
                span[0, axis], span[1, axis] = min(span[0, axis], value), max(span[1, axis], value)
    return span


@kernel
def _left(grid: Grid, join: Join, span: Array, node: Array) -> float:
    """What joining the rest costs at least: half the girth of the box round it and the node."""
    x, y, z = grid.xs[node[0]], grid.ys[node[1]], grid.zs[node[2]]
    wide = max(span[1, 0], x) - min(span[0, 0], x)
    deep = max(span[1, 1], y) - min(span[0, 1], y)
    high = max(span[1, 2], z) - min(span[0, 2], z)
    return join.least[0] * wide + join.least[1] * deep + join.least[2] * high


@kernel
def _merge(grid: Grid, join: Join, best: Array, back: Array, mask: int, cap: float) -> None:
    """Fills the states of a subset that follow a tee."""
    node, to, span = np.zeros(3, np.int64), np.zeros(3, np.int64), _span(grid, join, mask)
    lowest = mask & -mask
    for place in range(best.shape[1] // 6):
        _place(grid, place * 6, node)
        most = cap - _left(grid, join, span, node)
        part = (mask - 1) & mask
        while part > 0:
            if part & lowest:
                rest = mask ^ part
                for a in range(6):
                    if best[part, place * 6 + a] > most:
                        continue
                    for b in range(6):
                        sum_ab = best[part, place * 6 + a] + best[rest, place * 6 + b]
                        if sum_ab > most:
                            continue
                        for on in range(6):
                            if not _legal(a, b, on, join.loose):
                                continue
                            price = straight_run(grid, node, on, join.tee, to)
                            if price == np.inf:
                                continue
                            new = _number(grid, to, on)
                            if sum_ab + price < best[mask, new] - 1e-9:
                                best[mask, new] = sum_ab + price
                                back[mask, new, 0], back[mask, new, 1] = place * 6 + a, place * 6 + b
                                back[mask, new, 2] = part
            part = (part - 1) & mask


@kernel
def _spread(grid: Grid, join: Join, best: Array, back: Array, mask: int, cap: float) -> None:
    """Dijkstra's search over the states of one subset."""
    keys, ids, size = np.empty(4096), np.empty(4096, np.int64), 0
    node, to, span = np.zeros(3, np.int64), np.zeros(3, np.int64), _span(grid, join, mask)
    for state in range(best.shape[1]):
        if best[mask, state] <= cap:
            if size == keys.shape[0]:
                keys, ids = grown_heap(keys, ids)
            push_heap(keys, ids, size, best[mask, state], state)
            size += 1
    while size > 0:
        key, state = keys[0], ids[0]
        pop_heap(keys, ids, size)
        size -= 1
        if key > best[mask, state]:
            continue
        _place(grid, state, node)
        turn = state % 6
        for direction in range(6):
            straight = direction == turn
            if direction >> 1 == turn >> 1 and not straight:
                continue
            price = straight_run(grid, node, direction, 0.0 if straight else join.leg, to)
            if price == np.inf:
                continue
            price += key if straight else key + join.bend
            new = _number(grid, to, direction)
            if price < best[mask, new] - 1e-9 and price + _left(grid, join, span, to) <= cap:
                best[mask, new] = price
                back[mask, new, 0], back[mask, new, 1], back[mask, new, 2] = state, -1, mask
                if size == keys.shape[0]:
                    keys, ids = grown_heap(keys, ids)
                push_heap(keys, ids, size, price, new)
                size += 1


@kernel
def _finish(grid: Grid, join: Join, best: Array, full: int) -> tuple[float, int]:
    """Least price at the root, and the state that has it; an elbow may sit on the root's take-off."""
    root, price, which = join.nodes.shape[0] - 1, np.inf, -1
    for direction in range(6):
        state = _number(grid, join.nodes[root], direction)
        more = 0.0
        arrival = join.leaving[root] ^ 1
        if join.leaving[root] != _ANY and direction != arrival:
            if direction >> 1 == arrival >> 1:
                continue
            more = join.bend
        if best[full, state] + more < price:
            price, which = best[full, state] + more, state
    return price, which


@kernel
def _edges_of(grid: Grid, back: Array, full: int, state: int) -> Array:
    """The tree as straight edges between nodes [E, 6]."""
    edges, count = np.empty((64, 6)), 0
    masks, states, depth = np.zeros(256, np.int64), np.zeros(256, np.int64), 1
    masks[0], states[0] = full, state
    here, there = np.zeros(3, np.int64), np.zeros(3, np.int64)
    while depth > 0:
        depth -= 1
        mask, state = masks[depth], states[depth]
        first, second, part = back[mask, state, 0], back[mask, state, 1], back[mask, state, 2]
        if first < 0:
            continue
        _place(grid, state, here)
        _place(grid, first, there)
        if count == edges.shape[0]:
            more = np.empty((2 * count, 6))
            for row in range(count):
                for column in range(6):
                    more[row, column] = edges[row, column]
            edges = more
        edges[count, 0], edges[count, 1], edges[count, 2] = (
            grid.xs[here[0]],
            grid.ys[here[1]],
            grid.zs[here[2]],
        )
        edges[count, 3], edges[count, 4], edges[count, 5] = (
            grid.xs[there[0]],
            grid.ys[there[1]],
            grid.zs[there[2]],
        )
        count += 1
        masks[depth], states[depth] = part, first
        depth += 1
        if second >= 0:
            masks[depth], states[depth] = mask ^ part, second
            depth += 1
    return edges[:count]


@kernel
def find_tree(grid: Grid, join: Join, cap: float) -> tuple[float, Array]:
    """The least price and the tree's edges [E, 6]; infinite and none if there is no tree below the cap."""
    terminals = join.nodes.shape[0]
    full = (1 << (terminals - 1)) - 1
    states = grid.weight[0].size * 6
    best = np.full((full + 1, states), np.inf)
    back = np.full((full + 1, states, 3), -1, np.int64)
    for mask in range(1, full + 1):
        for terminal in range(terminals - 1):
            if mask == 1 << terminal:
                for direction in range(6):
                    if join.leaving[terminal] == _ANY or join.leaving[terminal] == direction:
                        best[mask, _number(grid, join.nodes[terminal], direction)] = 0.0
        _merge(grid, join, best, back, mask, cap)
        _spread(grid, join, best, back, mask, cap)
    price, state = _finish(grid, join, best, full)
    if price > cap - SAME:
        return np.inf, np.empty((0, 6))
    return price, _edges_of(grid, back, full, state)
