"""Costs that no legal placement can go below: weak ones at once, exact ones for small problems.

The quick bound adds up what each wire costs at least, its two items being beside each other in their best
turns, and what the ground costs that the footprints cover. It knows nothing of how items crowd each other.
"""

from __future__ import annotations

import math

import numpy as np

from layoutgan.domains.piping.placement.problem import Floats, PlacementProblem

__all__ = ["land_least", "lower_bound", "wires_least"]


def lower_bound(problem: PlacementProblem) -> float:
    """A cost below which no legal placement of a filled problem exists."""
    return float(problem.wires.costs @ wires_least(problem)) + problem.land_cost * land_least(problem)


def _turned(point: Floats, turn: int) -> tuple[float, float]:
    x, y = float(point[0]), float(point[1])
    for _ in range(turn):
        x, y = -y, x
    return x, y


def _half(problem: PlacementProblem, item: int, turn: int) -> tuple[float, float]:
    length, width = (float(v) / 2 for v in problem.sizes[item])
    return (length, width) if turn % 2 == 0 else (width, length)


def wires_least(problem: PlacementProblem) -> Floats:
    """The least length of each wire [E] [m], whatever else stands on the plot."""
    assert problem.turns is not None
    assert problem.fixed is not None
    assert problem.held is not None
    turns = [
        (int(problem.held[i]) % 4,) if problem.fixed[i] else tuple(np.flatnonzero(problem.turns[i]).tolist())
        for i in range(problem.count)
    ]
    found = np.zeros(len(problem.wires.costs))
    for e, (a, b) in enumerate(problem.wires.ends.tolist()):
        pins = problem.wires.pins[e]
        if a >= 0 and b >= 0 and a != b:
            found[e] = _between(problem, a, b, pins, turns)
        elif a == b:
            found[e] = float(np.abs(pins[0] - pins[1]).sum())
        else:
            item, side = (a, 0) if a >= 0 else (b, 1)
            found[e] = min(_to_point(problem, item, pins[side], pins[1 - side], t) for t in turns[item])
    return found


def _between(problem: PlacementProblem, a: int, b: int, pins: Floats, turns: list[tuple[int, ...]]) -> float:
    """The least distance of two items' pins [m]."""
    assert problem.spacing is not None
    assert problem.fixed is not None
    assert problem.positions is not None
    least, best = float(problem.spacing[a, b]), math.inf
    for s in turns[a]:
        for t in turns[b]:
            p, q = _turned(pins[0], s), _turned(pins[1], t)
            if problem.fixed[a] and problem.fixed[b]:
                one, two = problem.positions[a], problem.positions[b]
                best = min(best, abs(one[0] + p[0] - two[0] - q[0]) + abs(one[1] + p[1] - two[1] - q[1]))
                continue
            if least < 0:
                return 0.0
            (hx, hy), (gx, gy) = _half(problem, a, s), _half(problem, b, t)
            # The pins meet where b stands here, seen from a; how far is it to where b may stand?
            away = (abs(p[0] - q[0]), abs(p[1] - q[1]))
            past = (away[0] - hx - gx, away[1] - hy - gy)
            for k in (0, 1):
                need = math.sqrt(max(0.0, least**2 - max(0.0, past[1 - k]) ** 2))
                need = need if past[1 - k] < least else -math.inf
                best = min(best, max(0.0, need - past[k]))
    return best


def _to_point(problem: PlacementProblem, item: int, pin: Floats, point: Floats, turn: int) -> float:
    """The least distance of an item's pin to a point, the item being on the plot's bounding box [m]."""
    assert problem.fixed is not None
    assert problem.positions is not None
    offset, half = _turned(pin, turn), _half(problem, item, turn)
    total = 0.0
    for k in (0, 1):
        low = float(problem.outline[:, k].min()) + half[k] + offset[k]
        high = float(problem.outline[:, k].max()) - half[k] + offset[k]
        if problem.fixed[item]:
            low = high = float(problem.positions[item, k]) + offset[k]
        total += max(0.0, low - float(point[k]), float(point[k]) - high)
    return total


def land_least(problem: PlacementProblem) -> float:
    """The least area of the box about all footprints [m²].

    Footprints dilated by half the least distance do not overlap, and lie in the box dilated as much.
    """
    assert problem.spacing is not None
    sizes, n = problem.sizes, problem.count
    if n == 0 or (problem.spacing[~np.eye(n, dtype=np.bool_)] < 0).any():
        return 0.0
    s = float(problem.spacing[~np.eye(n, dtype=np.bool_)].min()) if n > 1 else 0.0
    around = float(np.ptp(problem.outline, axis=0).sum())
    round_part = math.pi * s * s / 4
    dilated = float((sizes.prod(axis=1) + s * sizes.sum(axis=1) + round_part).sum())
    return max(float(sizes.prod(axis=1).sum()), dilated - s * around - round_part)
