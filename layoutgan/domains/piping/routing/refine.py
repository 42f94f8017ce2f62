"""One line's cheapest way, exact by refinement.

The grid of a search holds few tracks: the take-offs, rack tiers, and the faces of *active* boxes only. Two searches
bracket the optimum: one that sees every box on these tracks (a way that is valid: an upper bound) and one that sees
only the active boxes (a lower bound). While they differ, the boxes that the lower one passes through become active. So
the grid stays small however much stands around, and the result is the optimum over all boxes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from layoutgan.domains.piping.routing.compiled import Array, entry, kernel, stamp
from layoutgan.domains.piping.routing.grid import SAME, Grid, Zones, add_box, insert, weigh
from layoutgan.domains.piping.routing.search import Task, find_path

__all__ = ["Ends", "Limits", "Obstacles", "refine", "touch"]

_LONG = 6.0
"""A grown pipe longer than this [m] is passed beside, over or under, hardly ever round its end."""
_SETTLED = 1e-6


class Ends(NamedTuple):
    """From where to where, and how."""

    starts: Array
    """[N, 3] [m]."""
    directions: Array
    """Direction of each start [N]."""
    jumps: bool
    """Whether the starts are tees, to be left by a straight leg."""
    goal: Array
    """[3] [m]."""
    arrival: int
    """Direction of travel on arrival, 6 for any."""
    leg: float
    """Least distance between elbows [m]."""
    climb: int
    """0 free, 1 never up, 2 never down, 3 never up after down, 4 never down after up."""
    layer: int
    """Pocket layer at the start."""
    bend: float
    """Price of an elbow [m]."""


class Obstacles(NamedTuple):
    """Grown boxes in the way."""

    fixed: Array
    """Boxes that block [F, 6] [m]."""
    concerns: Array
    """Which of them concern the line [F]."""
    active: Array
    """Which of them are tracks [F]; written."""
    others: Array
    """Other lines [G, 6] [m]."""
    prices: Array
    """Their prices per metre inside [G]; infinite: blocks."""


class Limits(NamedTuple):
    """How far the search goes."""

    bounds: Array
    """Least and greatest corner [2, 3] [m]."""
    levels: Array
    """Further elevations to try [m]."""
    rounds: int
    """Refinements at most; the valid way found so far is returned after them."""
    cap: float
    """Price from which on a way is of no interest."""
    room: int
    """Nodes of a grid above which the valid way found so far is good enough."""


@kernel
def _meets(low: Array, high: Array, box: Array) -> bool:
    for axis in range(3):
        if high[axis] <= box[axis] + SAME or low[axis] >= box[axis + 3] - SAME:
            return False
    return True


@kernel
def _mark(path: Array, boxes: Array, skip: Array, out: Array) -> int:
    """Marks the open boxes that a path [P, 3] passes through; how many were not marked before."""
    count = 0
    low, high = np.zeros(3), np.zeros(3)
    for box in range(boxes.shape[0]):
        if skip[box] or out[box]:
            continue
        for leg in range(max(path.shape[0] - 1, 1)):
            other = min(leg + 1, path.shape[0] - 1)
            for axis in range(3):
                low[axis], high[axis] = min(path[leg, axis], path[other, axis]), max(path[leg, axis], path[other, axis])
            if _meets(low, high, boxes[box]):
                out[box] = True
                count += 1
                break
    return count


@kernel
def _lay(ends: Ends, obstacles: Obstacles, near: Array, zones: Zones, limits: Limits, axis: int, out: float, legs: bool) -> Array:
    """Sorted coordinates worth passing along an axis; none farther than `out` beyond the ends."""
    room = ends.starts.shape[0] + 8 + 2 * (zones.boxes.shape[0] + obstacles.active.sum() + near.sum()) + limits.levels.shape[0]
    track = np.empty(room)
    track[0] = ends.goal[axis]
    count, low, high = 1, ends.goal[axis], ends.goal[axis]
    for start in range(ends.starts.shape[0]):
        value = ends.starts[start, axis]
        count = insert(track, count, value, value, value)
        low, high = min(low, value), max(high, value)
    inner, outer = max(low - out, limits.bounds[0, axis]) - SAME, min(high + out, limits.bounds[1, axis]) + SAME
    if ends.leg > 0.0 and (legs or (high > low and high - low < 2.0 * ends.leg)):
        for value in (low - ends.leg, low + ends.leg, high - ends.leg, high + ends.leg):
            count = insert(track, count, value, inner, outer)
    for zone in range(zones.boxes.shape[0]):
        count = insert(track, count, zones.boxes[zone, axis], inner, outer)
        if axis < 2:
            count = insert(track, count, zones.boxes[zone, axis + 3], inner, outer)
    if axis == 2:
        for level in range(limits.levels.shape[0]):
            count = insert(track, count, limits.levels[level], inner, outer)
    for box in range(obstacles.fixed.shape[0]):
        if obstacles.active[box]:
            count = insert(track, count, obstacles.fixed[box, axis], inner, outer)
            count = insert(track, count, obstacles.fixed[box, axis + 3], inner, outer)
    for box in range(near.shape[0]):
        if near[box] and obstacles.others[box, axis + 3] - obstacles.others[box, axis] < _LONG:
            count = insert(track, count, obstacles.others[box, axis], inner, outer)
            count = insert(track, count, obstacles.others[box, axis + 3], inner, outer)
    return track[:count].copy()


@kernel
def _index(track: Array, value: float) -> int:
    best = 0
    for at in range(track.shape[0]):
        if abs(track[at] - value) < abs(track[best] - value):
            best = at
    return best


@kernel
def _task(ends: Ends, zones: Zones, table: Array, xs: Array, ys: Array, zs: Array) -> Task:
    goal = np.array([_index(xs, ends.goal[0]), _index(ys, ends.goal[1]), _index(zs, ends.goal[2])])
    starts = np.zeros(ends.starts.shape, np.int64)
    for row in range(starts.shape[0]):
        starts[row, 0] = _index(xs, ends.starts[row, 0])
        starts[row, 1] = _index(ys, ends.starts[row, 1])
        starts[row, 2] = _index(zs, ends.starts[row, 2])
    layers = 2 if ends.climb >= 3 else 1
    return Task(
        goal,
        ends.arrival,
        ends.bend,
        ends.leg,
        zones,
        ends.climb,
        layers,
        table,
        starts,
        ends.directions,
        ends.jumps,
        ends.layer,
    )


@kernel
def _block(grid: Grid, obstacles: Obstacles, near: Array, everything: bool) -> None:
    """Prices other lines' boxes and blocks fixed ones: all that concern the line, or only active and near ones."""
    for box in range(near.shape[0]):
        if everything or near[box]:
            add_box(grid, obstacles.others[box], obstacles.prices[box])
    for box in range(obstacles.fixed.shape[0]):
        if obstacles.concerns[box] and (everything or obstacles.active[box]):
            add_box(grid, obstacles.fixed[box], np.inf)


@kernel
def _corners(path: Array) -> Array:
    """The path without points on straight legs."""
    out, count = np.empty(path.shape), 0
    for row in range(path.shape[0]):
        if count > 0 and row + 1 < path.shape[0]:
            straight = True
            for axis in range(3):
                moves_in = abs(path[row, axis] - out[count - 1, axis]) > SAME
                moves_out = abs(path[row + 1, axis] - path[row, axis]) > SAME
                straight = straight and (moves_in == moves_out or not moves_out)
            still = True
            for axis in range(3):
                still = still and abs(path[row, axis] - out[count - 1, axis]) <= SAME
            if straight or still:
                continue
        out[count] = path[row]
        count += 1
    return out[:count].copy()


def _entries(mark: int) -> tuple[Callable[..., tuple[Array, float, float]], Callable[..., None]]:
    """The compiled entries; the mark of all sources is part of their cache key."""

    @entry
    def refine(
        ends: Ends, obstacles: Obstacles, zones: Zones, limits: Limits, floor: float, least: Array, table: Array
    ) -> tuple[Array, float, float]:
        near = np.zeros(obstacles.others.shape[0], np.bool_)
        best, price, bound = np.empty((0, 3)), limits.cap, floor + 0.0 * mark
        unconcerned = ~obstacles.concerns
        for turn in range(limits.rounds):
            out = 0.5 * (price - floor)
            xs = _lay(ends, obstacles, near, zones, limits, 0, out / least[0], turn > 0)
            ys = _lay(ends, obstacles, near, zones, limits, 1, out / least[1], turn > 0)
            zs = _lay(ends, obstacles, near, zones, limits, 2, out / least[2], turn > 0)
            if best.shape[0] > 0 and xs.shape[0] * ys.shape[0] * zs.shape[0] > limits.room:
                break
            task = _task(ends, zones, table, xs, ys, zs)
            grid = weigh(xs, ys, zs, zones)
            _block(grid, obstacles, near, True)
            found, path = find_path(grid, task, price)
            if found < price - 1e-9:
                best, price = _corners(path), found
            if price <= bound + _SETTLED:
                break
            grid = weigh(xs, ys, zs, zones)
            _block(grid, obstacles, near, False)
            found, path = find_path(grid, task, price)
            bound = max(bound, min(found, price))
            if bound >= price - _SETTLED and turn > 0:
                break
            if path.shape[0] > 0:
                more = _mark(path, obstacles.fixed, unconcerned, obstacles.active)
                more += _mark(path, obstacles.others, obstacles.prices < 0.0, near)
                if more == 0 and turn > 0:
                    break
        return best, price, min(bound, price)

    @entry
    def touch(path: Array, boxes: Array, out: Array) -> None:
        _mark(path, boxes, np.zeros(boxes.shape[0] + 0 * mark, np.bool_), out)

    return refine, touch


refine, touch = _entries(stamp())
