"""One line's cheapest way, exact by refinement.

The grid of a search holds few tracks: the take-offs, rack tiers, and the faces of *active* boxes only. Two
searches bracket the optimum: one that sees every box on these tracks (a way that is valid: an upper bound)
and one that sees only the active boxes (a lower bound). While they differ, the boxes that the lower one
passes through become active. So the grid stays small however much stands around, and the result is the
optimum over all boxes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from layoutgan.domains.piping.routing.compiled import Array, entry, kernel, stamp
from layoutgan.domains.piping.routing.grid import SAME, Grid, Zones, add_box, insert, weigh
from layoutgan.domains.piping.routing.search import Task, find_path
from layoutgan.domains.piping.routing.steiner import Join, find_tree

__all__ = ["Ends", "Limits", "Obstacles", "refine", "refine_tree", "touch"]

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
    begun: Array
    """Pocket layer of each start [N]: 1 where a way up or down has already been taken."""
    bend: float
    """Price of an elbow [m]."""
    tee: float = 0.0
    """Least distance from a tee to an elbow or the next tee [m]."""


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
    most: int
    """Nodes of a grid above which no way is looked for any more."""


@kernel
def _meets(low: Array, high: Array, box: Array) -> bool:
    for axis in range(3):
        if high[axis] <= box[axis] + SAME or low[axis] >= box[axis + 3] - SAME:
            return False
    return True


@kernel
def _mark(path: Array, boxes: Array, skip: Array, out: Array) -> int:
    """Marks the open boxes that a path [P, 3] passes through; how many were not marked before."""
    count, rows = 0, path.shape[0]
    if rows == 0:
        return 0
    low, high = np.zeros(3), np.zeros(3)
    for box in range(boxes.shape[0]):
        if skip[box] or out[box]:
            continue
        for leg in range(max(rows - 1, 1)):
            other = min(leg + 1, rows - 1)
            for axis in range(3):
                low[axis], high[axis] = (
                    min(path[leg, axis], path[other, axis]),
                    max(path[leg, axis], path[other, axis]),
                )
            if _meets(low, high, boxes[box]):
                out[box] = True
                count += 1
                break
    return count


@kernel
def _lay(
    ends: Ends,
    obstacles: Obstacles,
    near: Array,
    zones: Zones,
    limits: Limits,
    axis: int,
    out: float,
    legs: bool,
    track: Array,
) -> int:
    """Writes sorted coordinates worth passing along an axis, none farther than `out` beyond the ends.

    How many.
    """
    track[0] = ends.goal[axis]
    count, low, high = 1, ends.goal[axis], ends.goal[axis]
    for start in range(ends.starts.shape[0]):
        value = ends.starts[start, axis]
        count = insert(track, count, value, value, value)
        low, high = min(low, value), max(high, value)
    inner, outer = (
        max(low - out, limits.bounds[0, axis]) - SAME,
        min(high + out, limits.bounds[1, axis]) + SAME,
    )
    if ends.leg > 0.0 and (legs or (high > low and high - low < 2.0 * ends.leg)):
        for side in range(4):
            value = (low if side < 2 else high) + (ends.leg if side % 2 == 0 else -ends.leg)
            count = insert(track, count, value, inner, outer)
    if axis == 2:
        for level in range(limits.levels.shape[0]):
            count = insert(track, count, limits.levels[level], inner, outer)
    for zone in range(zones.boxes.shape[0]):
        for side in range(2 if axis < 2 or zones.factors[zone] > 1.0 else 1):
            count = insert(track, count, zones.boxes[zone, axis + 3 * side], inner, outer)
    for box in range(obstacles.fixed.shape[0]):
        if obstacles.active[box]:
            for side in range(2):
                count = insert(track, count, obstacles.fixed[box, axis + 3 * side], inner, outer)
    for box in range(near.shape[0]):
        if near[box] and obstacles.others[box, axis + 3] - obstacles.others[box, axis] < _LONG:
            for side in range(2):
                count = insert(track, count, obstacles.others[box, axis + 3 * side], inner, outer)
    return count


@kernel
def _index(track: Array, value: float) -> int:
    best = 0
    for at in range(track.shape[0]):
        if abs(track[at] - value) < abs(track[best] - value):
            best = at
    return best


@kernel
def _grid(
    ends: Ends, obstacles: Obstacles, near: Array, zones: Zones, limits: Limits, out: Array, legs: bool
) -> Grid:
    """The grid of tracks, priced by length."""
    room = ends.starts.shape[0] + 8 + 2 * zones.boxes.shape[0] + limits.levels.shape[0]
    for box in range(obstacles.active.shape[0]):
        room += 2 * int(obstacles.active[box])
    for box in range(near.shape[0]):
        room += 2 * int(near[box])
    tracks, counts = np.empty((3, room)), np.zeros(3, np.int64)
    for axis in range(3):
        counts[axis] = _lay(ends, obstacles, near, zones, limits, axis, out[axis], legs, tracks[axis])
    return weigh(tracks[0, : counts[0]], tracks[1, : counts[1]], tracks[2, : counts[2]], zones)


@kernel
def _task(ends: Ends, table: Array, grid: Grid) -> Task:
    goal, starts = np.zeros(3, np.int64), np.zeros(ends.starts.shape, np.int64)
    for axis in range(3):
        track = grid.xs if axis == 0 else (grid.ys if axis == 1 else grid.zs)
        goal[axis] = _index(track, ends.goal[axis])
        for row in range(starts.shape[0]):  # type: ignore[misc]  # two axes, whatever mypy infers
            starts[row, axis] = _index(track, ends.starts[row, axis])
    layers = 2 if ends.climb >= 3 else 1
    return Task(
        goal,
        ends.arrival,
        ends.bend,
        ends.leg,
        ends.climb,
        layers,
        table,
        starts,
        ends.directions,
        ends.jumps,
        ends.begun,
    )


@kernel
def _block(grid: Grid, obstacles: Obstacles, near: Array, everything: bool) -> None:
    """Prices other lines' boxes and blocks fixed ones.

    All that concern the line, or only active and near ones.
    """
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


@kernel
def _join(ends: Ends, grid: Grid, loose: bool, least: Array) -> Join:
    nodes = np.zeros(ends.starts.shape, np.int64)
    for row in range(nodes.shape[0]):  # type: ignore[misc]  # two axes, whatever mypy infers
        nodes[row, 0] = _index(grid.xs, ends.starts[row, 0])
        nodes[row, 1] = _index(grid.ys, ends.starts[row, 1])
        nodes[row, 2] = _index(grid.zs, ends.starts[row, 2])
    return Join(nodes, ends.directions, ends.bend, ends.leg, ends.tee, loose, least)


@kernel
def _mark_edges(edges: Array, boxes: Array, skip: Array, out: Array) -> int:
    count = 0
    for row in range(edges.shape[0]):
        count += _mark(edges[row].copy().reshape(2, 3), boxes, skip, out)
    return count


def _entries(mark: int) -> tuple[Callable[..., Any], Callable[..., Any], Callable[..., None]]:
    """The compiled entries; the mark of all sources is part of their cache key."""

    @entry
    def refine(
        ends: Ends,
        obstacles: Obstacles,
        zones: Zones,
        limits: Limits,
        floor: float,
        least: Array,
        table: Array,
    ) -> tuple[Array, float, float]:
        near = np.zeros(obstacles.others.shape[0], np.bool_)
        best, price, bound = np.empty((0, 3)), limits.cap, floor + 0.0 * mark
        ignored, settled, turn = ~obstacles.concerns, False, 0
        while turn < 2 * limits.rounds and not settled:
            everything = turn % 2 == 0
            grid = _grid(ends, obstacles, near, zones, limits, 0.5 * (price - floor) / least, turn > 1)
            nodes = grid.xs.shape[0] * grid.ys.shape[0] * grid.zs.shape[0]
            if nodes > (limits.room if best.shape[0] else limits.most):
                break
            _block(grid, obstacles, near, everything)
            found, path = find_path(grid, _task(ends, table, grid), price)
            if everything:
                if found < price - 1e-9:
                    best, price = _corners(path), found
                settled = price <= bound + _SETTLED
            else:
                if turn > 1:  # before that there are no tracks to turn round on
                    bound = max(bound, min(found, price))
                more = _mark(path, obstacles.fixed, ignored, obstacles.active)
                more += _mark(path, obstacles.others, obstacles.prices < 0.0, near)
                settled = turn > 1 and (more == 0 or bound >= price - _SETTLED)
            turn += 1
        return best, price, min(bound, price)

    @entry
    def refine_tree(
        ends: Ends,
        obstacles: Obstacles,
        zones: Zones,
        limits: Limits,
        floor: float,
        least: Array,
        loose: bool,
    ) -> tuple[Array, float, float]:
        near = np.zeros(obstacles.others.shape[0], np.bool_)
        best, price, bound = np.empty((0, 6)), limits.cap, floor + 0.0 * mark
        ignored, settled, turn = ~obstacles.concerns, False, 0
        while turn < 2 * limits.rounds and not settled:
            everything = turn % 2 == 0
            grid = _grid(ends, obstacles, near, zones, limits, 0.5 * (price - floor) / least, turn > 1)
            nodes = grid.xs.shape[0] * grid.ys.shape[0] * grid.zs.shape[0]
            if nodes > (limits.room if best.shape[0] else limits.most):
                break
            _block(grid, obstacles, near, everything)
            found, edges = find_tree(grid, _join(ends, grid, loose, least), price)
            if everything:
                if found < price - 1e-9:
                    best, price = edges, found
                settled = price <= bound + _SETTLED
            else:
                if turn > 1:  # before that there are no tracks to turn round on
                    bound = max(bound, min(found, price))
                more = _mark_edges(edges, obstacles.fixed, ignored, obstacles.active)
                more += _mark_edges(edges, obstacles.others, obstacles.prices < 0.0, near)
                settled = turn > 1 and (more == 0 or bound >= price - _SETTLED)
            turn += 1
        return best, price, min(bound, price)

    @entry
    def touch(path: Array, boxes: Array, out: Array) -> None:
        _mark(path, boxes, np.zeros(boxes.shape[0] + 0 * mark, np.bool_), out)

    return refine, refine_tree, touch


refine, refine_tree, touch = _entries(stamp())
