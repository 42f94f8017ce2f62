"""One line's cheapest way, exact by refinement.

The grid of a search holds few tracks: the take-offs, rack tiers, and the faces of *active* boxes only. Two searches bracket
the optimum: one that sees every box on these tracks (a way that is valid, an upper bound) and one that sees only the active
boxes (a lower bound). While they differ, the boxes that the lower one passes through become active. So the grid stays small
however much stands around, and the result is the optimum over all boxes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.piping.routing.bends import bend_table
from layoutgan.domains.piping.routing.pipes import touched
from layoutgan.domains.piping.routing.search import Grid, Task, find_path, weigh
from layoutgan.domains.piping.routing.space import Space, Zones, corners

__all__ = ["Found", "Job", "Obstruction", "solve"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_SAME = 1e-6
_NO_BOXES = np.zeros((0, 6))


@dataclass
class Job:
    """One way to find: from starts to a goal."""

    line: int
    starts: Floats
    """[N, 3] [m]."""
    directions: Ints
    """Direction of each start [N]."""
    jumps: bool
    """Whether the starts are tees."""
    goal: Floats
    """[3] [m]."""
    arrival: int
    leg: float
    climb: int
    layer: int
    active: NDArray[np.bool_] | None = None
    """Fixed boxes whose faces are tracks [F]; kept from one call to the next."""
    extra: Floats = field(default_factory=lambda: np.zeros((0, 3)))
    """Further points whose coordinates are tracks [m]."""


@dataclass(frozen=True)
class Obstruction:
    """Other lines, as boxes with a price per metre inside; an infinite price forbids."""

    boxes: Floats = field(default_factory=lambda: _NO_BOXES)
    """Grown boxes [G, 6] [m]."""
    prices: Floats = field(default_factory=lambda: np.zeros(0))
    """[G]."""


@dataclass(frozen=True)
class Found:
    """The answer of one search."""

    path: Floats
    """Corner points [P, 3] [m]; empty if there is no way."""
    price: float
    """Objective with prices of other lines; infinite if there is no way."""
    bound: float
    """No way is cheaper than this."""


def solve(space: Space, job: Job, others: Obstruction, rounds: int = 60) -> Found:
    """The cheapest way of a job, optimal if it settles within the rounds.

    Args:
        space: what stands fixed.
        job: the way to find; its `active` boxes are updated.
        others: pipes in the way.
        rounds: refinements at most; the valid way found so far is returned after them.
    """
    fixed, away = space.fixed.boxes, space.lines[job.line].away
    active = np.zeros(len(fixed), dtype=np.bool_) if job.active is None else job.active.copy()
    near = np.zeros(len(others.boxes), dtype=np.bool_)
    concerns = away >= 0
    grown = fixed + np.concatenate([-away[:, None]] * 3 + [away[:, None]] * 3, axis=1)
    zones = space.zones[job.line]
    best, bound = Found(np.zeros((0, 3)), np.inf, 0.0), _free_bound(space, job, zones)
    for _ in range(rounds):
        tracks = _tracks(space, job, zones, grown[active], others.boxes[near])
        strict = _search(space, job, tracks, zones, grown[concerns], others.boxes, others.prices, best.price)
        if strict[0] < best.price - 1e-9:
            best = Found(corners(strict[1]), strict[0], bound)
        if best.price <= bound + _SAME:
            break
        loose = _search(space, job, tracks, zones, grown[active], others.boxes[near], others.prices[near], best.price)
        bound = max(bound, min(loose[0], best.price))
        if bound >= best.price - _SAME:
            break
        hits = touched(loose[1], fixed, away) & ~active
        more = touched(loose[1], others.boxes, np.zeros(len(others.boxes))) & ~near
        if not hits.any() and not more.any():
            break
        active, near = active | hits, near | more
    if job.active is not None:
        job.active |= active
    return Found(best.path, best.price, min(bound, best.price))


def _free_bound(space: Space, job: Job, zones: Zones) -> float:
    """The least price if nothing stood in the way."""
    table, least = bend_table(), zones.least
    gaps = job.goal[None, :] - job.starts
    signs = 1 + np.where(np.abs(gaps) < 1e-7, 0, np.sign(gaps)).astype(np.int64)
    count = table[job.arrival, job.directions, signs[:, 0], signs[:, 1], signs[:, 2]]
    count = np.maximum(count - job.jumps, 0)
    return float((np.abs(gaps) @ least + space.problem.bend_cost * count).min())


def _tracks(space: Space, job: Job, zones: Zones, hard: Floats, soft: Floats) -> tuple[Floats, Floats, Floats]:
    """Sorted coordinates per axis worth passing."""
    points = np.concatenate([job.starts, job.goal[None, :], job.extra])
    low, high = space.bounds
    found = []
    for axis in range(3):
        parts = [points[:, axis], hard[:, axis], hard[:, axis + 3], soft[:, axis], soft[:, axis + 3]]
        if job.leg > 0:
            ends = np.concatenate([job.starts[:2], job.goal[None, :]])[:, axis]
            parts += [ends - job.leg, ends + job.leg]
        parts += [zones.boxes[:, axis], zones.boxes[:, axis + 3]] if axis < 2 else [zones.boxes[:, 2]]
        if axis == 2:
            parts.append(np.array(space.problem.levels, dtype=np.float64))
        values = np.unique(np.concatenate(parts))
        inside = values[(values >= low[axis] - 1e-9) & (values <= high[axis] + 1e-9)]
        found.append(_apart(inside, points[:, axis]))
    return found[0], found[1], found[2]


def _apart(values: Floats, keep: Floats) -> Floats:
    """Sorted values without near repeats, the ones to keep kept exactly."""
    kept = np.unique(keep)
    slot = np.searchsorted(kept, values)
    before = np.abs(values - kept[np.maximum(slot - 1, 0)]) < _SAME
    after = np.abs(values - kept[np.minimum(slot, len(kept) - 1)]) < _SAME
    rest = values[~(before | after)]
    if len(rest) > 1:
        rest = rest[np.concatenate([[True], np.diff(rest) > _SAME])]
    return np.unique(np.concatenate([kept, rest]))


def _search(
    space: Space,
    job: Job,
    tracks: tuple[Floats, Floats, Floats],
    zones: Zones,
    hard: Floats,
    soft: Floats,
    prices: Floats,
    cap: float,
) -> tuple[float, Floats]:
    """One search on given tracks."""
    firm = np.isinf(prices)
    if firm.any():
        hard, soft, prices = np.concatenate([hard, soft[firm]]), soft[~firm], prices[~firm]
    weight = weigh(*tracks, hard, soft, prices, zones.boxes, zones.axes, zones.factors)
    goal = np.array([np.searchsorted(track, value - 1e-9) for track, value in zip(tracks, job.goal, strict=True)])
    starts = np.stack([np.searchsorted(tracks[axis], job.starts[:, axis] - 1e-9) for axis in range(3)], axis=1)
    layers = 2 if job.climb >= 3 else 1
    task = Task(goal, job.arrival, space.problem.bend_cost, job.leg, zones.least, job.climb, layers, bend_table())
    price, path = find_path(Grid(*tracks, weight), task, starts, job.directions, job.jumps, job.layer, cap)
    return float(price), path
