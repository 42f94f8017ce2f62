"""A lower bound that knows how items crowd each other: connected things need ground, and ground has extent.

About any item, the others stand on ground of their own, so the sum of their distances is at least that of
a diamond of as much ground; and none is farther than the wires of a path to it are long. Least lengths of
wires with that for every item are a linear programme, whose rows are found as they are broken. Source:
Even, Naor, Rao and Schieber 2000 for spreading metrics; the diamond, its corrections for the items' extent
and the pins along a path are our own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from layoutgan.domains.piping.placement.bound import land_least, lower_bound, wires_least
from layoutgan.domains.piping.placement.problem import Bools, Floats, Ints, PlacementProblem

__all__ = ["spread_bound"]

ROUNDS = 8
ENOUGH = 0.002
"""Relative gain of a round below which the search for rows ends [-]."""
SAFE = 1e-7
"""Relative share of the programme's value given away for its tolerances [-]."""


@dataclass(frozen=True)
class _Ground:
    """What each item covers alone."""

    areas: Floats
    """Footprint with its share of all distances [N] [m²]; 0 where others may stand on it."""
    straddle: Floats
    """How much farther the ground of an item is than its centre at most, on the mean [N] [m]."""
    own: Floats
    """Sum of distances to its centre over an item's own ground, at most [N] [m³]."""


@dataclass(frozen=True)
class _Paths:
    """Wires as a graph whose nodes are wires in one direction, then items as origins, then as goals."""

    wires: Ints
    """Wires between two different items [P], which are the columns of the programme."""
    tail: Ints
    """Where an edge comes from, as nodes [G]."""
    head: Ints
    base: Floats
    """Length that an edge has in any case: between pins of one item, or pin and centre [G] [m]."""
    column: Ints
    """The column whose length an edge adds, -1 for none [G]."""
    leaves: Floats
    """Pin where a wire in one direction begins, from its item's centre [2P, 2] [m]."""
    meets: Floats
    """Pin where it ends [2P, 2] [m]."""


def spread_bound(problem: PlacementProblem) -> float:
    """A cost below which no legal placement of a filled problem exists; never below the quick bound.

    Args:
        problem: filled.
    """
    quick = lower_bound(problem)
    ground, paths = _ground(problem), _paths(problem)
    count = len(paths.wires)
    if problem.count < 3 or not count:
        return quick
    least = wires_least(problem)
    costs = problem.wires.costs[paths.wires]
    rest = float(problem.wires.costs @ least) - float(costs @ least[paths.wires])
    rest += problem.land_cost * land_least(problem)
    lengths = least[paths.wires]
    rows: list[Floats] = []
    limits: list[float] = []
    value = float(costs @ lengths)
    for _ in range(ROUNDS):
        if not _broken(problem, ground, paths, lengths, rows, limits):
            break
        solved = _programme(costs, least[paths.wires], rows, limits)
        if solved is None:
            break
        lengths, now = solved
        done = now < value * (1.0 + ENOUGH)
        value = max(value, now * (1.0 - SAFE))
        if done:
            break
    return max(quick, value + rest)


def _ground(problem: PlacementProblem) -> _Ground:
    assert problem.spacing is not None
    n, spacing = problem.count, problem.spacing
    apart = np.where(np.eye(n, dtype=np.bool_), np.inf, np.minimum(spacing, spacing.T))
    stacked = (apart < 0).any(axis=1)
    # Shares of the distances: any with share + share <= distance leave grounds that do not overlap.
    share = np.maximum(0.0, apart.min(axis=1, initial=1e9)) / 2 if n > 1 else np.zeros(n)
    for item in np.argsort(-problem.sizes.sum(axis=1), kind="stable"):
        share[item] = max(0.0, float((apart[item] - share).min(initial=1e9)))
    half = problem.sizes / 2 + share[:, None]
    areas = problem.sizes.prod(axis=1) + 2 * share * problem.sizes.sum(axis=1) + math.pi * share**2
    # Ground beside a centre along one axis only; along both where the centre is before a rounded corner.
    corner = (share[:, None] ** 2 / (2 * half)).sum(axis=1)
    return _Ground(
        np.where(stacked, 0.0, areas), np.maximum(half.max(axis=1) / 2, corner), areas * half.sum(axis=1) / 2
    )


def _paths(problem: PlacementProblem) -> _Paths:
    ends, pins, n = problem.wires.ends, problem.wires.pins, problem.count
    wires = np.flatnonzero((ends >= 0).all(axis=1) & (ends[:, 0] != ends[:, 1]))
    p = len(wires)
    # Node w: wire w from first to second end; p + w: back; 2p + i: from item i; 2p + n + i: at item i.
    start = np.concatenate((ends[wires, 0], ends[wires, 1]))
    stop = np.concatenate((ends[wires, 1], ends[wires, 0]))
    leaves = np.concatenate((pins[wires, 0], pins[wires, 1]))
    meets = np.concatenate((pins[wires, 1], pins[wires, 0]))
    nodes = np.arange(2 * p)
    one, two = np.nonzero((stop[:, None] == start[None]) & (nodes[:, None] % p != nodes[None] % p))
    return _Paths(
        wires,
        np.concatenate((2 * p + start, one, nodes)),
        np.concatenate((nodes, two, 2 * p + n + stop)),
        np.concatenate(
            (
                np.abs(leaves).sum(axis=1),
                np.abs(meets[one] - leaves[two]).sum(axis=1),
                np.abs(meets).sum(axis=1),
            )
        ),
        np.concatenate((nodes % p, two % p, np.full(2 * p, -1))),
        leaves,
        meets,
    )


def _broken(
    problem: PlacementProblem,
    ground: _Ground,
    paths: _Paths,
    lengths: Floats,
    rows: list[Floats],
    limits: list[float],
) -> bool:
    """Adds, for each item, the row that the lengths break most; whether there was one."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    n, p = problem.count, len(paths.wires)
    weights = paths.base + np.where(paths.column >= 0, lengths[paths.column], 0.0)
    size = 2 * p + 2 * n
    # A weight of nothing would count as no edge; which path is taken decides no bound's validity.
    graph = csr_array((weights + 1e-9, (paths.tail, paths.head)), shape=(size, size))
    away, before = dijkstra(graph, indices=2 * p + np.arange(n), return_predecessors=True)
    added = False
    for item in range(n):
        reach = away[item, 2 * p + n :]
        others = np.argsort(reach, kind="stable")
        others = others[np.isfinite(reach[others]) & (ground.areas[others] > 0) & (others != item)]
        count, limit = _worst(ground, item, others, reach)
        if count == 0:
            continue
        row, fixed = _row(paths, before[item], others[:count], ground.areas, 2 * p + n)
        scale = float(ground.areas[others[:count]].sum())
        rows.append(row / scale)
        limits.append((limit - fixed) / scale)
        added = True
    return added


def _worst(ground: _Ground, item: int, others: Ints, reach: Floats) -> tuple[int, float]:
    """How many of the nearest items make the most broken row, 0 for none, and its limit [m³]."""
    areas = ground.areas[others]
    total = np.cumsum(areas) + ground.areas[item]
    # Over a diamond of area A the distances sum to 2/3 · A · sqrt(A / 2).
    least = total * np.sqrt(total / 2) * 2 / 3 - ground.own[item] - np.cumsum(areas * ground.straddle[others])
    lack: Floats = least / np.cumsum(areas) - np.cumsum(areas * reach[others]) / np.cumsum(areas)
    broken: Bools = lack > 1e-4
    if ground.areas[item] <= 0 or not broken.any():
        return 0, 0.0
    count = int(np.argmax(lack)) + 1
    return count, float(least[count - 1])


def _row(paths: _Paths, before: Ints, goals: Ints, areas: Floats, offset: int) -> tuple[Floats, float]:
    """How often each column is on the paths to some items, by their areas, and what pins add to these."""
    row, fixed, p = np.zeros(len(paths.wires)), 0.0, len(paths.wires)
    nodes, weights = offset + goals, areas[goals]
    while len(nodes):
        known = before[nodes] >= 0
        nodes, weights = nodes[known], weights[known]
        came = before[nodes]
        on, off = nodes < 2 * p, came < 2 * p
        pin = np.where(on[:, None], paths.leaves[np.where(on, nodes, 0)], 0.0)
        pin = pin - np.where(off[:, None], paths.meets[np.where(off, came, 0)], 0.0)
        fixed += float(weights @ np.abs(pin).sum(axis=1))
        np.add.at(row, nodes[on] % p, weights[on])
        nodes = came
    return row, fixed


def _programme(
    costs: Floats, least: Floats, rows: list[Floats], limits: list[float]
) -> tuple[Floats, float] | None:
    """Lengths that keep all rows at the least cost, and that cost; None where it was not solved."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    answer = linprog(
        costs,
        A_ub=csr_array(-np.asarray(rows)),
        b_ub=-np.asarray(limits),
        bounds=np.column_stack((least, np.full(len(least), np.inf))),
        method="highs",
    )
    return (np.maximum(answer.x, least), float(answer.fun)) if answer.status == 0 else None
