"""A start that fills rows beside the rack, item after item, in the order of their connections.

What an engineer does first on paper, and a baseline that a learned start has to beat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layoutgan.domains.piping.placement.problem import Bools, Floats, Ints, PlacementProblem, Start

__all__ = ["greedy_start"]

FROM_SPINE = 1.5
"""Distance of the first row from the rack [m]."""
_HEAD = 3
"""The first item is drawn among so many with the dearest connections, so that starts differ."""


@dataclass
class _Shelf:
    """One row: a strip along the rack, filled from its low end."""

    low: float
    """Its near edge across the rack [m]."""
    depth: float
    away: float
    """+1 or -1: the side of the rack."""
    cursor: float
    """Where the next item may begin along the rack [m]."""
    last: int = -1


def greedy_start(problem: PlacementProblem, *, seed: int = 0) -> Start:
    """Rows filled in the order of connections; spacing along rows kept, nothing else promised.

    Args:
        problem: what is asked.
        seed: of the first item.

    Raises:
        InputError: the problem's arrays disagree.
    """
    problem = problem.filled()
    assert problem.turns is not None
    assert problem.fixed is not None
    assert problem.positions is not None
    assert problem.held is not None
    low, high = problem.outline.min(axis=0), problem.outline.max(axis=0)
    axis, spine = _spine(problem, low, high)
    at = np.where(problem.fixed[:, None], problem.positions, (low + high) / 2)
    turns = np.where(problem.fixed, problem.held % 4, 0).astype(np.int64)
    placed = problem.fixed.copy()
    shelves: list[_Shelf] = []
    fronts = {1.0: spine[1] + FROM_SPINE, -1.0: spine[0] - FROM_SPINE}
    for item in _order(problem, seed):
        turns[item] = _lying(problem, item, axis)
        size = problem.sizes[item] if turns[item] % 2 == 0 else problem.sizes[item, ::-1]
        spots = [
            (shelf, spot) for shelf in (*shelves, *_fresh(problem, fronts, axis, size, low))
            if (spot := _spot(problem, shelf, item, size, axis, low, high)) is not None
        ]  # fmt: skip
        if spots:
            costs = [_cost(problem, item, spot, at, placed) for _, spot in spots]
            shelf, at[item] = spots[int(np.argmin(costs))]
            if shelf not in shelves:
                shelves.append(shelf)
                fronts[shelf.away] = shelf.low + shelf.away * (shelf.depth + _usual_gap(problem))
            shelf.cursor = float(at[item, axis] + size[axis] / 2)
            shelf.last = item
        placed[item] = True
    return Start(at, turns, "greedy")


def _spine(problem: PlacementProblem, low: Floats, high: Floats) -> tuple[int, tuple[float, float]]:
    """Axis of the rows and the strip that they lie beside: the longest taken ground, else the middle."""
    boxes = problem.obstacles.boxes
    if len(boxes):
        spans = boxes[:, 2:] - boxes[:, :2]
        longest = int(np.argmax(spans.max(axis=1)))
        axis = int(spans[longest, 1] > spans[longest, 0])
        return axis, (float(boxes[longest, 1 - axis]), float(boxes[longest, 3 - axis]))
    axis = int(np.argmax(high - low))
    middle = float(low[1 - axis] + high[1 - axis]) / 2
    return axis, (middle, middle)


def _order(problem: PlacementProblem, seed: int) -> list[int]:
    """Loose items, the next always the one with the dearest connections to those before it."""
    n = problem.count
    assert problem.fixed is not None
    table, outer = np.zeros((n, n)), np.zeros(n)
    for (a, b), cost in zip(problem.wires.ends.tolist(), problem.wires.costs.tolist(), strict=True):
        if a >= 0 and b >= 0:
            table[a, b] += cost
            table[b, a] += cost
        elif max(a, b) >= 0:
            outer[max(a, b)] += cost
    pull = outer + table[:, problem.fixed].sum(axis=1)
    loose = set(np.flatnonzero(~problem.fixed).tolist())
    order: list[int] = []
    if loose:
        head = sorted(loose, key=lambda i: (-float(table[i].sum() + outer[i]), i))[:_HEAD]
        order.append(head[int(np.random.default_rng([seed, 11]).integers(len(head)))])
    while len(order) < len(loose):
        pull = pull + table[order[-1]]
        order.append(min(loose - set(order), key=lambda i: (-float(pull[i]), i)))
    return order


def _lying(problem: PlacementProblem, item: int, axis: int) -> int:
    """An allowed turn with the long side along the row."""
    assert problem.turns is not None
    allowed = np.flatnonzero(problem.turns[item])
    odd = int(problem.sizes[item, 1 - axis] > problem.sizes[item, axis] + 1e-9)
    fitting = [int(t) for t in allowed if t % 2 == odd]
    return fitting[0] if fitting else int(allowed[0])


def _fresh(
    problem: PlacementProblem, fronts: dict[float, float], axis: int, size: Floats, low: Floats
) -> list[_Shelf]:
    """A new row on each side, as deep as the item."""
    return [_Shelf(front, float(size[1 - axis]), away, float(low[axis])) for away, front in fronts.items()]


def _usual_gap(problem: PlacementProblem) -> float:
    gaps: Floats = np.asarray(problem.spacing)[np.triu_indices(problem.count, 1)]
    return float(np.median(gaps)) if len(gaps) else 0.0


def _spot(
    problem: PlacementProblem, shelf: _Shelf, item: int, size: Floats, axis: int, low: Floats, high: Floats
) -> Floats | None:
    """The first free centre in a row, or None where the row is too shallow or full."""
    assert problem.spacing is not None
    if size[1 - axis] > shelf.depth + 1e-9:
        return None
    spot = np.zeros(2)
    spot[1 - axis] = shelf.low + shelf.away * size[1 - axis] / 2
    begin = shelf.cursor + (problem.spacing[item, shelf.last] if shelf.last >= 0 else 0.0)
    for _ in range(len(problem.obstacles.boxes) + 1):
        spot[axis] = begin + size[axis] / 2
        lower, upper = spot - size / 2, spot + size / 2
        if (lower < low - 1e-9).any() or (upper > high + 1e-9).any():
            return None
        met = _met(problem, item, lower, upper)
        if not len(met):
            return spot
        begin = float((problem.obstacles.boxes[met, axis + 2] + problem.obstacles.gaps[met, item]).max())
    return None


def _met(problem: PlacementProblem, item: int, lower: Floats, upper: Floats) -> Ints:
    """Taken ground that an item between these corners would come too near to."""
    if not len(problem.obstacles.boxes):
        return np.zeros(0, dtype=np.int64)
    boxes, gap = problem.obstacles.boxes, problem.obstacles.gaps[:, item, None]
    return np.flatnonzero(((boxes[:, :2] - gap < upper) & (boxes[:, 2:] + gap > lower)).all(axis=1))


def _cost(problem: PlacementProblem, item: int, spot: Floats, at: Floats, placed: Bools) -> float:
    """Wires from a spot to what stands already [cost]; centre to centre, given points at their pins."""
    total = 0.0
    wires = problem.wires
    for (a, b), pins, cost in zip(wires.ends.tolist(), wires.pins, wires.costs.tolist(), strict=True):
        if item not in (a, b) or a == b:
            continue
        other, pin = (b, pins[1]) if a == item else (a, pins[0])
        if other < 0 or placed[other]:
            far = pin if other < 0 else at[other]
            total += cost * float(np.abs(spot - far).sum())
    return total
