"""Costs that no legal placement can go below: weak ones at once, exact ones for small problems.

The quick bound adds up what each wire costs at least, its two items being beside each other in their best
turns, and what the ground costs that the footprints cover. It knows nothing of how items crowd each other.
"""

from __future__ import annotations

import math

import numpy as np

from layoutgan.domains.piping.placement.problem import Floats, Ints, PlacementProblem

__all__ = ["land_least", "lower_bound", "wires_least"]


def lower_bound(problem: PlacementProblem) -> float:
    """A cost below which no legal placement of a filled problem exists."""
    return float(problem.wires.costs @ wires_least(problem)) + problem.land_cost * land_least(problem)


def wires_least(problem: PlacementProblem) -> Floats:
    """The least length of each wire [E] [m], whatever else stands on the plot."""
    assert problem.turns is not None
    assert problem.fixed is not None
    assert problem.held is not None
    count = len(problem.wires.costs)
    if not count:
        return np.zeros(0)
    may = problem.turns.copy()
    may[problem.fixed] = np.eye(4, dtype=np.bool_)[problem.held[problem.fixed] % 4]
    pins = _turned(problem.wires.pins)
    first, second = problem.wires.ends[:, 0], problem.wires.ends[:, 1]
    found = np.zeros(count)
    between = (first >= 0) & (second >= 0)
    same = first == second
    found[same] = np.abs(problem.wires.pins[same, 0] - problem.wires.pins[same, 1]).sum(axis=-1)
    pairs = np.flatnonzero(between & ~same)
    lengths = _between(problem, first[pairs], second[pairs], pins[pairs])
    allowed = may[first[pairs]][:, :, None] & may[second[pairs]][:, None, :]
    found[pairs] = np.where(allowed, lengths, np.inf).min(axis=(1, 2), initial=np.inf)
    for side in (0, 1):
        out = np.flatnonzero((problem.wires.ends[:, side] >= 0) & (problem.wires.ends[:, 1 - side] < 0))
        item = problem.wires.ends[out, side]
        reach = _to_point(problem, item, pins[out, side], problem.wires.pins[out, 1 - side])
        found[out] = np.where(may[item], reach, np.inf).min(axis=1, initial=np.inf)
    return found


def _turned(points: Floats) -> Floats:
    """Points [..., 2] about the origin at each of the four quarter turns [..., 4, 2]."""
    x, y = points[..., 0], points[..., 1]
    return np.stack((x, y, -y, x, -x, -y, y, -x), axis=-1).reshape(*x.shape, 4, 2)


def _halves(problem: PlacementProblem, items: Ints) -> Floats:
    """Half extents of items at each turn [..., 4, 2] [m]."""
    half = problem.sizes[items] / 2
    return np.stack((half, half[..., ::-1], half, half[..., ::-1]), axis=-2)


def _between(problem: PlacementProblem, a: Ints, b: Ints, pins: Floats) -> Floats:
    """The least distance of two items' pins at each two turns [E, 4, 4] [m]."""
    assert problem.spacing is not None
    assert problem.fixed is not None
    assert problem.positions is not None
    offset = pins[:, 0, :, None] - pins[:, 1, None, :]
    half = _halves(problem, a)[:, :, None] + _halves(problem, b)[:, None, :]
    least = problem.spacing[a, b][:, None, None]
    # The pins meet where b stands here, seen from a; how far is it to where b may stand?
    past = np.abs(offset) - half
    need = np.sqrt(np.maximum(0.0, least[..., None] ** 2 - np.maximum(past[..., ::-1], 0.0) ** 2))
    need = np.where(past[..., ::-1] < least[..., None], need, -np.inf)
    found: Floats = np.maximum(0.0, need - past).min(axis=-1)
    found = np.where(least < 0, 0.0, found)
    stand = (problem.positions[a] - problem.positions[b])[:, None, None] + offset
    both = (problem.fixed[a] & problem.fixed[b])[:, None, None]
    return np.where(both, np.abs(stand).sum(axis=-1), found)


def _to_point(problem: PlacementProblem, items: Ints, pins: Floats, points: Floats) -> Floats:
    """The least distance of pins to points at each turn, items on the plot's bounding box [E, 4] [m]."""
    assert problem.fixed is not None
    assert problem.positions is not None
    half, held = _halves(problem, items), problem.fixed[items][:, None, None]
    stand = problem.positions[items][:, None]
    low = np.where(held, stand, problem.outline.min(axis=0) + half) + pins
    high = np.where(held, stand, problem.outline.max(axis=0) - half) + pins
    at = points[:, None]
    return np.maximum(np.maximum(low - at, at - high), 0.0).sum(axis=-1)


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
