"""Best shapes for blocks whose order is known: area limits as tangents, everything else linear.

Width times height at least the area is a convex set; a linear programme with tangents, and more of them
where it cuts into the curve, finds its optimum. Then single relations are tried the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layoutgan.domains.piping.placement.blocks import BlockProblem, flow_cost
from layoutgan.domains.piping.placement.problem import Bools, Floats, Ints

__all__ = ["Relations", "improve", "relations_of", "reshape"]

_TANGENTS = 7
_ROUNDS = 12
_AREA = 1e-7
"""Relative shortfall of area that counts as rounding [-]."""
_TOUCH = 1e-6


@dataclass(frozen=True)
class Relations:
    """Who lies before whom, for every pair."""

    first: Ints
    """[P]."""
    second: Ints
    """[P]."""
    axis: Ints
    """0: first ends before second begins along x; 1: along y [P]."""


def relations_of(boxes: Floats) -> Relations:
    """Every pair's relation with the greatest gap."""
    i, j = np.triu_indices(len(boxes), 1)
    gaps = np.stack(
        (
            boxes[j, 0] - boxes[i, 2], boxes[j, 1] - boxes[i, 3],
            boxes[i, 0] - boxes[j, 2], boxes[i, 1] - boxes[j, 3],
        )
    )  # fmt: skip
    best = gaps.argmax(axis=0)
    swap = best >= 2
    return Relations(np.where(swap, j, i), np.where(swap, i, j), best % 2)


def reshape(problem: BlockProblem, relations: Relations) -> Floats | None:
    """The best boxes [N, 4] with these relations [m]; None if there are none."""
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    n, e = len(problem.areas), len(problem.ends)
    # Columns: centre x, y; half extents x, y; length along x and y of each flow.
    rows, columns, values, limits = _order(problem, relations)
    low, high = problem.low / 2, np.minimum(problem.high, np.asarray(problem.plot)) / 2
    price = np.concatenate((np.zeros(4 * n), problem.costs, problem.costs))
    ranges = [
        *((0.0, float(problem.plot[axis])) for axis in (0, 1) for _ in range(n)),
        *((float(low[i, axis]), float(high[i, axis])) for axis in (0, 1) for i in range(n)),
        *((0.0, None) for _ in range(2 * e)),
    ]
    tangents = [
        (i, float(w))
        for i in range(n)
        for w in np.geomspace(max(low[i, 0], problem.areas[i] / 4 / high[i, 1]), high[i, 0], _TANGENTS)
    ]
    answer = None
    for _ in range(_ROUNDS):
        t = len(limits)
        i = np.asarray([a for a, _ in tangents])
        w = np.asarray([b for _, b in tangents])
        quarter = problem.areas[i] / 4
        # h >= q/w0 - q/w0² (w - w0), for half extents with w·h >= q
        more = np.arange(len(i)) + t
        matrix = coo_array(
            (
                np.concatenate((values, -quarter / w**2, -np.ones(len(i)))),
                (
                    np.concatenate((rows, more, more)),
                    np.concatenate((columns, 2 * n + i, 3 * n + i)),
                ),
            ),
            shape=(t + len(i), 4 * n + 2 * e),
        ).tocsr()
        right = np.concatenate((np.asarray(limits, dtype=np.float64), -2 * quarter / w))
        answer = linprog(price, A_ub=matrix, b_ub=right, bounds=ranges, method="highs-ds")
        if answer.status != 0:
            return None
        half = answer.x[2 * n : 4 * n].reshape(2, n)
        lack = 1.0 - half[0] * half[1] * 4 / problem.areas
        short = np.flatnonzero(lack > _AREA)
        if not len(short):
            break
        tangents += [(int(k), float(half[0, k])) for k in short]
        tangents += [(int(k), float(np.sqrt(half[0, k] * problem.areas[k] / 4 / half[1, k]))) for k in short]
    assert answer is not None
    centre, half = answer.x[: 2 * n].reshape(2, n), answer.x[2 * n : 4 * n].reshape(2, n)
    return np.column_stack(
        (centre[0] - half[0], centre[1] - half[1], centre[0] + half[0], centre[1] + half[1])
    )


def _order(problem: BlockProblem, relations: Relations) -> tuple[Floats, Ints, Floats, Floats]:
    """Rows of order, plot and flow as triplets and limits: Σ a·x <= b."""
    n, e = len(problem.areas), len(problem.ends)
    rows: list[Ints] = []
    columns: list[Ints] = []
    values: list[Floats] = []
    limits: list[Floats] = []
    count = 0

    def add(parts: list[tuple[Ints, float]], limit: Floats) -> None:
        nonlocal count
        for column, value in parts:
            rows.append(np.arange(len(limit)) + count)
            columns.append(column)
            values.append(np.full(len(limit), value))
        limits.append(limit)
        count += len(limit)

    first, second, axis = relations.first, relations.second, relations.axis
    centre, half = axis * n, (2 + axis) * n
    zero = np.zeros(len(first))
    add([(centre + first, 1.0), (centre + second, -1.0), (half + first, 1.0), (half + second, 1.0)], zero)
    items = np.arange(n)
    for k in (0, 1):
        add([(k * n + items, -1.0), ((2 + k) * n + items, 1.0)], np.zeros(n))
        add([(k * n + items, 1.0), ((2 + k) * n + items, 1.0)], np.full(n, float(problem.plot[k])))
        a, b = k * n + problem.ends[:, 0], k * n + problem.ends[:, 1]
        length = 4 * n + k * e + np.arange(e)
        add([(a, 1.0), (b, -1.0), (length, -1.0)], np.zeros(e))
        add([(b, 1.0), (a, -1.0), (length, -1.0)], np.zeros(e))
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(values), np.concatenate(limits)


def improve(problem: BlockProblem, boxes: Floats, *, trials: int) -> Floats:
    """Boxes reshaped, then better ones with single relations exchanged for others that hold as well.

    Args:
        problem: the blocks.
        boxes: legal or nearly so [N, 4] [m].
        trials: linear programmes to spend.
    """
    best = reshape(problem, relations_of(boxes))
    if best is None:
        return boxes
    cost = flow_cost(problem, best)
    tried: set[tuple[bytes, int]] = set()
    while trials > 0:
        relations = relations_of(best)
        other, possible = _other_axis(best, relations)
        # Pairs that touch along the axis of their relation hold the plan together: these first.
        better = False
        for pair in np.flatnonzero(possible):
            key = (relations.axis.tobytes(), int(pair))
            if key in tried or trials <= 0:
                continue
            tried.add(key)
            trials -= 1
            found = reshape(problem, _exchanged(relations, other, int(pair)))
            if found is not None and (value := flow_cost(problem, found)) < cost - 1e-7:
                best, cost, better = found, value, True
                break
        if not better:
            break
    return best


def _other_axis(boxes: Floats, relations: Relations) -> tuple[Bools, Bools]:
    """Whether the first lies first along the other axis too, and whether that relation nearly holds."""
    i, j, axis = relations.first, relations.second, 1 - relations.axis
    low, high = boxes[:, :2], boxes[:, 2:]
    ahead, behind = low[j, axis] - high[i, axis], low[i, axis] - high[j, axis]
    reach = 0.35 * np.minimum((high - low)[i, axis], (high - low)[j, axis])
    tight = low[j, relations.axis] - high[i, relations.axis] < _TOUCH
    return ahead >= behind, tight & (np.maximum(ahead, behind) > -reach)


def _exchanged(relations: Relations, ahead: Bools, pair: int) -> Relations:
    first, second, axis = relations.first.copy(), relations.second.copy(), relations.axis.copy()
    axis[pair] = 1 - axis[pair]
    if not ahead[pair]:
        first[pair], second[pair] = second[pair], first[pair]
    return Relations(first, second, axis)
