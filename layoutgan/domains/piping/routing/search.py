"""The compiled search: the cheapest way through a small grid of tracks.

The grid is the product of sorted tracks; `weight[axis, i, j, k]` is the price of the edge from a node to the next one
along the axis, infinite where blocked. A state is a node and the direction of travel (numbered as in `bends`), with a
second layer for pockets; it means that the leg behind is long enough to turn. A turn therefore jumps straight to the
first node at least `leg` away, which keeps the least distance between elbows without further states.
All kernels stand in one file, because numba's cache watches only the file of the entry.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from layoutgan.domains.piping.routing.compiled import entry, kernel

__all__ = ["Array", "Grid", "Task", "find_path", "weigh"]

Array = np.ndarray
_SAME = 1e-7
_ANY = 6
_FALLING, _RISING, _NO_LOW = 1, 2, 3


class Grid(NamedTuple):
    """Tracks and the edges between them."""

    xs: Array
    """[X] [m]."""
    ys: Array
    """[Y] [m]."""
    zs: Array
    """[Z] [m]."""
    weight: Array
    """[3, X, Y, Z]."""


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
    least: Array
    """Smallest factor on length along each axis [3], for the estimate of what is left [-]."""
    climb: int
    """0 free, 1 never up, 2 never down, 3 never up after down, 4 never down after up."""
    layers: int
    """2 if climb is 3 or 4, else 1."""
    table: Array
    """`bends.bend_table()`."""


@kernel
def _below(track: Array, value: float) -> int:
    """How many tracks are less than the value; written out, because numpy's search takes seconds to compile."""
    low, high = 0, track.shape[0]
    while low < high:
        middle = (low + high) >> 1
        if track[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def _range(track: Array, low: float, high: float) -> tuple[int, int]:
    """First and last + 1 index of the tracks strictly inside the interval."""
    return _below(track, low + _SAME), _below(track, high - _SAME)


@kernel
def _edges(track: Array, low: float, high: float) -> tuple[int, int]:
    """First and last + 1 index of the edges that overlap the open interval."""
    return max(_below(track, low + _SAME) - 1, 0), min(_below(track, high - _SAME), track.shape[0] - 1)


@kernel
def _add_box(weight: Array, xs: Array, ys: Array, zs: Array, box: Array, price: float) -> None:
    """Adds `price` per metre of edge inside the open box; an infinite price blocks."""
    for axis in range(3):
        i0, i1 = _edges(xs, box[0], box[3]) if axis == 0 else _range(xs, box[0], box[3])
        j0, j1 = _edges(ys, box[1], box[4]) if axis == 1 else _range(ys, box[1], box[4])
        k0, k1 = _edges(zs, box[2], box[5]) if axis == 2 else _range(zs, box[2], box[5])
        track = xs if axis == 0 else (ys if axis == 1 else zs)
        for i in range(i0, i1):
            for j in range(j0, j1):
                for k in range(k0, k1):
                    at = i if axis == 0 else (j if axis == 1 else k)
                    inside = min(track[at + 1], box[axis + 3]) - max(track[at], box[axis])
                    weight[axis, i, j, k] += price * inside


@kernel
def _discount(weight: Array, xs: Array, ys: Array, zs: Array, zone: Array, axis: int, factor: float) -> None:
    """Multiplies the edges along the axis that lie in the closed zone."""
    more = 2.0 * _SAME
    i0, i1 = _range(xs, zone[0] - more, zone[3] + more)
    j0, j1 = _range(ys, zone[1] - more, zone[4] + more)
    k0, k1 = _range(zs, zone[2] - more, zone[5] + more)
    if axis == 0:
        i1 -= 1
    elif axis == 1:
        j1 -= 1
    else:
        k1 -= 1
    for i in range(i0, i1):
        for j in range(j0, j1):
            for k in range(k0, k1):
                weight[axis, i, j, k] *= factor


@entry
def weigh(
    xs: Array,
    ys: Array,
    zs: Array,
    hard: Array,
    soft: Array,
    prices: Array,
    zones: Array,
    axes: Array,
    factors: Array,
) -> Array:
    """Edge prices [3, X, Y, Z]: length, cheaper in zones, dearer in soft boxes [Q, 6], infinite in hard ones."""
    nx, ny, nz = xs.shape[0], ys.shape[0], zs.shape[0]
    weight = np.full((3, nx, ny, nz), np.inf)
    for i in range(nx):
        for j in range(ny):
            for k in range(nz):
                if i + 1 < nx:
                    weight[0, i, j, k] = xs[i + 1] - xs[i]
                if j + 1 < ny:
                    weight[1, i, j, k] = ys[j + 1] - ys[j]
                if k + 1 < nz:
                    weight[2, i, j, k] = zs[k + 1] - zs[k]
    for zone in range(zones.shape[0]):
        _discount(weight, xs, ys, zs, zones[zone], axes[zone], factors[zone])
    for box in range(soft.shape[0]):
        _add_box(weight, xs, ys, zs, soft[box], prices[box])
    for box in range(hard.shape[0]):
        _add_box(weight, xs, ys, zs, hard[box], np.inf)
    return weight


@kernel
def _push(keys: Array, ids: Array, size: int, key: float, state: int) -> None:
    at = size
    while at > 0:
        up = (at - 1) >> 1
        if keys[up] <= key:
            break
        keys[at], ids[at] = keys[up], ids[up]
        at = up
    keys[at], ids[at] = key, state


@kernel
def _pop(keys: Array, ids: Array, size: int) -> None:
    """Moves the last of `size` entries to where it belongs after the first is taken."""
    size -= 1
    key, state = keys[size], ids[size]
    at = 0
    while True:
        down = 2 * at + 1
        if down >= size:
            break
        if down + 1 < size and keys[down + 1] < keys[down]:
            down += 1
        if key <= keys[down]:
            break
        keys[at], ids[at] = keys[down], ids[down]
        at = down
    keys[at], ids[at] = key, state


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
    return 1 if abs(gap) < _SAME else (2 if gap > 0.0 else 0)


@kernel
def _estimate(grid: Grid, task: Task, node: Array, turn: int) -> float:
    """What is left at least: Manhattan distance and the fewest bends."""
    dx = grid.xs[task.goal[0]] - grid.xs[node[0]]
    dy = grid.ys[task.goal[1]] - grid.ys[node[1]]
    dz = grid.zs[task.goal[2]] - grid.zs[node[2]]
    bends = task.table[task.arrival, turn, _sign(dx), _sign(dy), _sign(dz)]
    return task.least[0] * abs(dx) + task.least[1] * abs(dy) + task.least[2] * abs(dz) + task.bend * bends


@kernel
def _run(grid: Grid, task: Task, node: Array, direction: int, leg: float, to: Array) -> float:
    """Price of the straight way to the first node at least `leg` away, written to `to`; infinite if there is none.

    If it meets the goal on the way and may end there, it stops there: before a nozzle the stub is leg enough.
    """
    axis, ahead = direction >> 1, direction & 1 == 0
    track = grid.xs if axis == 0 else (grid.ys if axis == 1 else grid.zs)
    ends = task.arrival == _ANY or task.arrival == direction
    to[0], to[1], to[2] = node[0], node[1], node[2]
    first = track[to[axis]]
    price = 0.0
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
        if abs(track[to[axis]] - first) >= leg - _SAME:
            return price
        if ends and to[0] == task.goal[0] and to[1] == task.goal[1] and to[2] == task.goal[2]:
            return price


@kernel
def _leave_tee(
    grid: Grid, task: Task, node: Array, direction: int, layer: int, offers: Array, prices: Array
) -> int:
    """Fills the offers with the leg that leaves a tee; how many there are."""
    after = _layer_after(task.climb, layer, direction)
    if after < 0:
        return 0
    prices[0] = _run(grid, task, node, direction, task.leg, offers[0])
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
            keys[count] = best[new] + _estimate(grid, task, offers[row], offers[row, 3] // task.layers)
            count += 1
    return count


@kernel
def _grown(keys: Array, ids: Array) -> tuple[Array, Array]:
    """The heap's arrays at twice their size."""
    more_keys, more_ids = np.empty(2 * keys.shape[0]), np.empty(2 * ids.shape[0], np.int64)
    for at in range(keys.shape[0]):
        more_keys[at], more_ids[at] = keys[at], ids[at]
    return more_keys, more_ids


@entry
def find_path(
    grid: Grid, task: Task, starts: Array, directions: Array, jumps: bool, layer: int, cap: float
) -> tuple[float, Array]:
    """The least price and its path [P, 3]; infinite and empty if the goal cannot be reached for less than the cap.

    Args:
        grid: tracks and edge prices.
        task: the goal and the prices.
        starts: nodes to start from [N, 3].
        directions: direction of each start [N].
        jumps: whether starts are tees, to be left by a straight leg.
        layer: pocket layer at the start.
        cap: price above which nothing is of interest.
    """
    best = np.full(grid.weight[0].size * 6 * task.layers, np.inf)
    parent = np.full(best.shape[0], -1, np.int32)
    keys, ids, size = np.empty(1024), np.empty(1024, np.int64), 0
    offers, prices, node = np.zeros((8, 4), np.int64), np.zeros(8), np.zeros(3, np.int64)
    fresh, values = np.zeros(8, np.int64), np.zeros(8)
    pending = starts.shape[0]
    while pending > 0 or size > 0:
        if pending > 0:
            pending -= 1
            state = -1
            offers[0, :3], offers[0, 3], prices[0] = (
                starts[pending],
                directions[pending] * task.layers + layer,
                0.0,
            )
            count = 1
            if jumps:
                state = _state(grid, task, starts[pending], offers[0, 3])
                best[state] = 0.0
                count = _leave_tee(grid, task, starts[pending], directions[pending], layer, offers, prices)
        else:
            key, state = keys[0], ids[0]
            _pop(keys, ids, size)
            size -= 1
            _node(grid, task, state, node)
            heading = state % (6 * task.layers)
            turn, now = heading // task.layers, heading % task.layers
            left = _estimate(grid, task, node, turn)
            if left <= 0.0:
                return best[state], _trace(grid, task, parent, state)
            if key > best[state] + left + _SAME:
                continue
            count = _leave(grid, task, node, turn, now, offers, prices)
        count = _relax(grid, task, best, parent, state, offers, prices, count, fresh, values)
        if size + count > keys.shape[0]:
            keys, ids = (
                np.concatenate((keys, np.empty(size))),
                np.concatenate((ids, np.empty(size, np.int64))),
            )
        for row in range(count):
            if values[row] <= cap:
                _push(keys, ids, size, values[row], fresh[row])
                size += 1
    return np.inf, np.empty((0, 3))
