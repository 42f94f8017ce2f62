"""The compiled search: the cheapest way through a grid of tracks.

A state is a node and the direction of travel (numbered as in `bends`), with a second layer for pockets; it
means that the leg behind is long enough to turn. A turn therefore jumps straight to the first node at least
`leg` away, which keeps the least distance between elbows without further states.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from layoutgan.domains.piping.routing.compiled import Array, kernel
from layoutgan.domains.piping.routing.grid import SAME, Grid
from layoutgan.domains.piping.routing.heap import grown_heap, pop_heap, push_heap

__all__ = ["Task", "find_path", "straight_run"]

_DEEPER = 1e-8
"""Among equals the state nearer to the goal goes first."""
_ANY = 6
_FALLING, _RISING, _NO_LOW = 1, 2, 3


class Task(NamedTuple):
    """What one search is about."""

    goal: Array
    """Node to reach [3]."""
    arrival: int
    """Direction of travel on arrival, 6 for any."""
    bend: float
    """Price of an elbow [m]."""
    leg: float
    """Least distance between elbows [m]."""
    climb: int
    """0 free, 1 never up, 2 never down, 3 never up after down, 4 never down after up."""
    layers: int
    """2 if climb is 3 or 4, else 1."""
    table: Array
    """`bends.bend_table()`."""
    starts: Array
    """Nodes to start from [N, 3]."""
    directions: Array
    """Direction of each start [N]."""
    jumps: bool
    """Whether starts are tees, to be left by a straight leg."""
    begun: Array
    """Pocket layer of each start [N]."""


@kernel
def _layer_after(climb: int, layer: int, direction: int) -> int:
    """The pocket layer after travelling in the direction, or -1 if that is not allowed."""
    if direction < 4 or climb == 0:
        return layer
    up = direction == 4
    if climb == _FALLING:
        return -1 if up else layer
    if climb == _RISING:
        return layer if up else -1
    first_kind = up if climb == _NO_LOW else not up
    if first_kind:
        return -1 if layer == 1 else 0
    return 1


@kernel
def _sign(gap: float) -> int:
    return 1 if abs(gap) < SAME else (2 if gap > 0.0 else 0)


@kernel
def _distances(grid: Grid, goal: Array, starts: Array) -> Array:
    """What the way from each node to the goal costs at least, elbows left out [X · Y · Z] [m].

    Exact up to the farthest start; nodes beyond have what that start has.
    """
    shape = grid.weight[0].shape
    left, waiting = np.full(grid.weight[0].size, np.inf), starts.shape[0]
    is_start = np.zeros(left.shape[0], np.bool_)
    for row in range(starts.shape[0]):
        at = (starts[row, 0] * shape[1] + starts[row, 1]) * shape[2] + starts[row, 2]
        waiting -= int(is_start[at])
        is_start[at] = True
    steps = (shape[1] * shape[2], shape[2], 1)
    keys, ids, size, radius = np.empty(1024), np.empty(1024, np.int64), 1, 0.0
    at = (goal[0] * shape[1] + goal[1]) * shape[2] + goal[2]
    left[at], keys[0], ids[0] = 0.0, 0.0, at
    while size > 0 and waiting > 0:
        radius, at = keys[0], ids[0]
        pop_heap(keys, ids, size)
        size -= 1
        if radius > left[at]:
            continue
        waiting -= int(is_start[at])
        if size + 6 > keys.shape[0]:
            keys, ids = grown_heap(keys, ids)
        for axis in range(3):
            place = at // steps[axis] % shape[axis]
            weights = grid.weight[axis].reshape(-1)
            for ahead in range(2):
                if (place + 1 == shape[axis]) if ahead else (place == 0):
                    continue
                new = at + steps[axis] if ahead else at - steps[axis]
                price = radius + weights[at if ahead else new]
                if price < left[new]:
                    left[new] = price
                    push_heap(keys, ids, size, price, new)
                    size += 1
    if waiting > 0:
        return left
    for at in range(left.shape[0]):
        left[at] = min(left[at], radius)
    return left


@kernel
def _reached(grid: Grid, task: Task, left: Array) -> bool:
    """Whether any start hangs together with the goal: a walled-in end is known before the search."""
    for row in range(task.starts.shape[0]):
        at = task.starts[row, 0] * grid.ys.shape[0] + task.starts[row, 1]
        if left[at * grid.zs.shape[0] + task.starts[row, 2]] < np.inf:
            return True
    return False


@kernel
def _estimate(grid: Grid, task: Task, left: Array, node: Array, turn: int) -> float:
    """What is left at least: the way without elbows, and the fewest bends of free space."""
    x, y, z = grid.xs[node[0]], grid.ys[node[1]], grid.zs[node[2]]
    gx, gy, gz = grid.xs[task.goal[0]], grid.ys[task.goal[1]], grid.zs[task.goal[2]]
    bends = task.table[task.arrival, turn, _sign(gx - x), _sign(gy - y), _sign(gz - z)]
    at = (node[0] * grid.ys.shape[0] + node[1]) * grid.zs.shape[0] + node[2]
    return left[at] + task.bend * bends


@kernel
def straight_run(grid: Grid, node: Array, direction: int, leg: float, to: Array) -> float:
    """Price of the straight way to the first node at least `leg` away, written to `to`.

    Infinite if there is none.
    """
    axis, ahead = direction >> 1, direction & 1 == 0
    track = grid.xs if axis == 0 else (grid.ys if axis == 1 else grid.zs)
    to[0], to[1], to[2] = node[0], node[1], node[2]
    first, price = track[to[axis]], 0.0
    while True:
        if not ahead:
            to[axis] -= 1
        if to[axis] < 0 or to[axis] >= track.shape[0] - 1:
            return np.inf
        price += grid.weight[axis, to[0], to[1], to[2]]
        if price == np.inf:
            return np.inf
        if ahead:
            to[axis] += 1
        if abs(track[to[axis]] - first) >= leg - SAME:
            return price


@kernel
def _run(grid: Grid, task: Task, node: Array, direction: int, leg: float, to: Array) -> float:
    """A straight run that may stop at the goal: before a nozzle the stub is leg enough."""
    if leg > 0.0 and (task.arrival == _ANY or task.arrival == direction):
        axis = direction >> 1
        if (
            node[(axis + 1) % 3] == task.goal[(axis + 1) % 3]
            and node[(axis + 2) % 3] == task.goal[(axis + 2) % 3]
        ):
            track = grid.xs if axis == 0 else (grid.ys if axis == 1 else grid.zs)
            ahead = track[task.goal[axis]] - track[node[axis]]
            ahead = ahead if direction & 1 == 0 else -ahead
            if SAME < ahead < leg:
                leg = ahead
    return straight_run(grid, node, direction, leg, to)


@kernel
def _leave_tee(grid: Grid, task: Task, start: int, offers: Array, prices: Array) -> int:
    """Fills the offers with the leg that leaves a tee; how many there are."""
    direction = task.directions[start]
    after = _layer_after(task.climb, task.begun[start], direction)
    if after < 0:
        return 0
    prices[0] = _run(grid, task, task.starts[start], direction, task.leg, offers[0])
    offers[0, 3] = direction * task.layers + after
    return 0 if prices[0] == np.inf else 1


@kernel
def _leave(grid: Grid, task: Task, node: Array, turn: int, layer: int, offers: Array, prices: Array) -> int:
    """Fills the offers with all ways on from a state; how many there are."""
    count = 0
    if task.goal[0] == node[0] and task.goal[1] == node[1] and task.goal[2] == node[2]:
        after = _layer_after(task.climb, layer, task.arrival)
        if after >= 0 and task.arrival >> 1 != turn >> 1:
            offers[0, 0], offers[0, 1], offers[0, 2] = node[0], node[1], node[2]
            offers[0, 3] = task.arrival * task.layers + after
            prices[0] = task.bend
            count = 1
    for direction in range(6):
        straight = direction == turn
        after = _layer_after(task.climb, layer, direction)
        if after < 0 or (direction >> 1 == turn >> 1 and not straight):
            continue
        price = _run(grid, task, node, direction, 0.0 if straight else task.leg, offers[count])
        if price < np.inf:
            offers[count, 3] = direction * task.layers + after
            prices[count] = price if straight else price + task.bend
            count += 1
    return count


@kernel
def _node(grid: Grid, task: Task, state: int, node: Array) -> None:
    """Writes the indices of a state's node."""
    ny, nz = grid.ys.shape[0], grid.zs.shape[0]
    at = state // (6 * task.layers)
    node[0], node[1], node[2] = at // (ny * nz), at // nz % ny, at % nz


@kernel
def _state(grid: Grid, task: Task, node: Array, heading: int) -> int:
    at = (node[0] * grid.ys.shape[0] + node[1]) * grid.zs.shape[0] + node[2]
    return at * 6 * task.layers + heading


@kernel
def _trace(grid: Grid, task: Task, parent: Array, state: int) -> Array:
    """The nodes passed from start to goal [P, 3] [m]."""
    count, at = 0, state
    while at >= 0:
        count += 1
        at = parent[at]
    path, node, at = np.empty((count, 3)), np.zeros(3, np.int64), state
    for row in range(count - 1, -1, -1):
        _node(grid, task, at, node)
        path[row, 0], path[row, 1], path[row, 2] = grid.xs[node[0]], grid.ys[node[1]], grid.zs[node[2]]
        at = parent[at]
    return path


@kernel
def _relax(
    grid: Grid,
    task: Task,
    far: Array,
    best: Array,
    parent: Array,
    state: int,
    offers: Array,
    prices: Array,
    offered: int,
    fresh: Array,
    keys: Array,
) -> int:
    """Takes the offers that are improvements into `best`, `parent`; how many, with their states and keys."""
    base = 0.0 if state < 0 else best[state]
    count = 0
    for row in range(offered):
        new = _state(grid, task, offers[row], offers[row, 3])
        if base + prices[row] < best[new] - 1e-9:
            best[new], parent[new] = base + prices[row], state
            fresh[count] = new
            left = _estimate(grid, task, far, offers[row], offers[row, 3] // task.layers)
            keys[count] = best[new] + left * (1.0 + _DEEPER)
            count += 1
    return count


@kernel
def find_path(grid: Grid, task: Task, cap: float) -> tuple[float, Array]:
    """The least price and its path [P, 3].

    Infinite and empty if the goal cannot be reached for less than the cap.
    """
    far = _distances(grid, task.goal, task.starts)
    if not _reached(grid, task, far):
        return np.inf, np.empty((0, 3))
    best = np.full(grid.weight[0].size * 6 * task.layers, np.inf)
    parent = np.full(best.shape[0], -1, np.int32)
    keys, ids, size = np.empty(1024), np.empty(1024, np.int64), 0
    offers, prices, node = np.zeros((8, 4), np.int64), np.zeros(8), np.zeros(3, np.int64)
    fresh, values = np.zeros(8, np.int64), np.zeros(8)
    pending = task.starts.shape[0]
    while pending > 0 or size > 0:
        if pending > 0:
            pending -= 1
            state = -1
            for axis in range(3):
                offers[0, axis] = task.starts[pending, axis]
            offers[0, 3], prices[0] = (
                task.directions[pending] * task.layers + task.begun[pending],
                0.0,
            )
            count = 1
            if task.jumps:
                state = _state(grid, task, task.starts[pending], offers[0, 3])
                best[state] = 0.0
                count = _leave_tee(grid, task, pending, offers, prices)
        else:
            key, state = keys[0], ids[0]
            pop_heap(keys, ids, size)
            size -= 1
            _node(grid, task, state, node)
            heading = state % (6 * task.layers)
            turn, now = heading // task.layers, heading % task.layers
            left = _estimate(grid, task, far, node, turn)
            if left <= 0.0:
                return best[state], _trace(grid, task, parent, state)
            if key > best[state] + left * (1.0 + _DEEPER) + 1e-9:
                continue
            count = _leave(grid, task, node, turn, now, offers, prices)
        count = _relax(grid, task, far, best, parent, state, offers, prices, count, fresh, values)
        if size + count > keys.shape[0]:
            keys, ids = grown_heap(keys, ids)
        for row in range(count):
            if values[row] <= cap and values[row] < np.inf:
                push_heap(keys, ids, size, values[row], fresh[row])
                size += 1
    return np.inf, np.empty((0, 3))
