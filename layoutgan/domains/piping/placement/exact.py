"""Proofs for small problems: a mixed-integer programme with four relations per pair, solved by HiGHS.

What keeps it small: a known cost limits how far apart connected items can be, and with that every pair, so
the big numbers of the disjunctions are no bigger than the layout.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layoutgan.domains.piping.placement.bound import wires_least
from layoutgan.domains.piping.placement.problem import Floats, PlacementProblem
from layoutgan.errors import InputError

__all__ = ["Proof", "prove"]


@dataclass(frozen=True)
class Proof:
    """What the programme found."""

    cost: float
    """Of the best placement it knows; infinity without one."""
    bound: float
    """No placement costs less."""
    nodes: int
    centres: Floats
    """[N, 2] [m]."""

    @property
    def gap(self) -> float:
        """(cost - bound) / cost [-]."""
        return (self.cost - self.bound) / self.cost if np.isfinite(self.cost) and self.cost > 0 else 1.0


class _Rows:
    """Rows low <= Σ a·x <= high under construction."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.columns: list[int] = []
        self.values: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def add(self, terms: list[tuple[int, float]], low: float, high: float) -> None:
        for column, value in terms:
            self.rows.append(len(self.low))
            self.columns.append(column)
            self.values.append(value)
        self.low.append(low)
        self.high.append(high)


def prove(problem: PlacementProblem, upper: float, *, gap: float = 1e-6, nodes: int = 200_000) -> Proof:
    """The cheapest wires of a problem of a few items that do not turn, on a plot wide enough not to matter.

    Spacing enters by its share along an axis, s/√2, so with spacing the answer is a bound, not a placement.

    Args:
        problem: items, wires between items, spacing; nothing else is read.
        upper: cost of a known placement.
        gap: relative gap at which to stop [-].
        nodes: branches at which to stop, so that results do not hang on the clock.

    Raises:
        InputError: an item may turn, or a wire leads to a fixed point.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    problem = problem.filled()
    assert problem.turns is not None
    square = (problem.sizes[:, 0] == problem.sizes[:, 1]).all() and not problem.wires.pins.any()
    if not square and (problem.turns.sum(axis=1) > 1).any():
        raise InputError("a proof needs items that do not turn", place="turns")
    if (problem.wires.ends < 0).any():
        raise InputError("a proof needs wires between items", place="wires.ends")
    n, e = problem.count, len(problem.wires.costs)
    pairs = [(i, j) for i in range(n) for j in range(i)]
    columns = 2 * n + 2 * e + 4 * len(pairs)
    least = wires_least(problem)
    far = _farthest(problem, least, upper)
    rows = _Rows()
    _lengths(rows, problem, least)
    _relations(rows, problem, pairs, far)
    low, high = np.full(columns, -float(far.max())), np.full(columns, float(far.max()))
    low[[0, n]], high[[0, n]] = 0.0, 0.0  # the first item is the origin
    low[2 * n : 2 * n + 2 * e] = 0.0
    low[2 * n + 2 * e :], high[2 * n + 2 * e :] = 0.0, 1.0
    if square and e:  # mirror images and the exchange of the axes cost the same
        partner = int(problem.wires.ends[0].max()) if 0 in problem.wires.ends[0] else 1
        low[[partner, n + partner]] = 0.0
        rows.add([(partner, 1.0), (n + partner, -1.0)], 0.0, np.inf)
    price = np.zeros(columns)
    price[2 * n : 2 * n + 2 * e] = np.tile(problem.wires.costs, 2)
    answer = milp(
        price,
        constraints=LinearConstraint(
            coo_array((rows.values, (rows.rows, rows.columns)), shape=(len(rows.low), columns)).tocsr(),
            rows.low,
            rows.high,
        ),
        bounds=Bounds(low, high),
        integrality=(np.arange(columns) >= 2 * n + 2 * e).astype(np.int64),
        options={"mip_rel_gap": gap, "node_limit": nodes},
    )
    found = answer.x is not None
    return Proof(
        float(answer.fun) if found else np.inf,
        float(answer.mip_dual_bound) if answer.mip_dual_bound is not None else 0.0,
        int(answer.mip_node_count or 0),
        np.asarray(answer.x[: 2 * n]).reshape(2, n).T if found else np.zeros((n, 2)),
    )


def _farthest(problem: PlacementProblem, least: Floats, upper: float) -> Floats:
    """How far apart two items' centres can be along one axis if the whole is to cost no more [N, N] [m]."""
    n, spacing = problem.count, problem.spacing
    assert spacing is not None
    spare = upper * (1 + 1e-6) - float(problem.wires.costs @ least)
    far = np.full((n, n), float(problem.sizes.sum() + n * max(0.0, float(np.max(spacing)))))
    np.fill_diagonal(far, 0.0)
    for (a, b), cost, length, pins in zip(
        problem.wires.ends, problem.wires.costs, least, problem.wires.pins, strict=True
    ):
        reach = length + spare / cost + float(np.abs(pins[0] - pins[1]).max())
        far[a, b] = far[b, a] = min(far[a, b], max(reach, 0.0))
    for k in range(n):
        far = np.minimum(far, far[:, [k]] + far[[k]])
    return far


def _lengths(rows: _Rows, problem: PlacementProblem, least: Floats) -> None:
    n, e = problem.count, len(problem.wires.costs)
    for k, (a, b) in enumerate(problem.wires.ends.tolist()):
        for axis in (0, 1):
            shift = float(problem.wires.pins[k, 1, axis] - problem.wires.pins[k, 0, axis])
            length = 2 * n + axis * e + k
            rows.add([(axis * n + a, 1.0), (axis * n + b, -1.0), (length, -1.0)], -np.inf, shift)
            rows.add([(axis * n + b, 1.0), (axis * n + a, -1.0), (length, -1.0)], -np.inf, -shift)
        both = [(2 * n + k, 1.0), (2 * n + e + k, 1.0)]
        rows.add(both, float(least[k]), np.inf)


def _relations(rows: _Rows, problem: PlacementProblem, pairs: list[tuple[int, int]], far: Floats) -> None:
    """One of four relations for each pair; how far the pair can be apart takes the place of infinity."""
    assert problem.spacing is not None
    n, e = problem.count, len(problem.wires.costs)
    wire = {tuple(sorted(ends)): k for k, ends in enumerate(problem.wires.ends.tolist())}
    centred = not problem.wires.pins.any()
    for q, (i, j) in enumerate(pairs):
        if problem.spacing[i, j] < 0:
            continue
        column, most = 2 * n + 2 * e + 4 * q, float(far[i, j])
        rows.add([(column + k, 1.0) for k in range(4)], 1.0, 1.0)
        for axis in (0, 1):
            gap = float(problem.sizes[i, axis] + problem.sizes[j, axis]) / 2
            gap += float(problem.spacing[i, j]) / np.sqrt(2.0)
            apart = [(axis * n + j, 1.0), (axis * n + i, -1.0)]
            rows.add([*apart, (column + 2 * axis, -(gap + most))], -most, np.inf)
            rows.add([*apart, (column + 2 * axis + 1, gap + most)], -np.inf, most)
            k = wire.get((j, i))
            if k is not None and centred:
                length = (2 * n + axis * e + k, 1.0)
                rows.add([length, (column + 2 * axis, -gap), (column + 2 * axis + 1, -gap)], 0.0, np.inf)
