"""A small grid of tracks, and the price of each edge between them.

The grid is the product of sorted tracks; `weight[axis, i, j, k]` is the price of the edge from a node to the
next one along the axis, infinite where blocked.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from layoutgan.domains.piping.routing.compiled import Array, kernel

__all__ = ["SAME", "Grid", "Zones", "add_box", "insert", "weigh"]

SAME = 1e-7
"""Coordinates nearer than this are one [m]."""
_APART = 1e-6


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


class Zones(NamedTuple):
    """Rack tiers as one line sees them, and levels that it avoids.

    A leg along the axis is cheaper inside a closed box with a factor below 1, and dearer inside an open one
    with a factor above 1.
    """

    boxes: Array
    """[Z, 6] [m]."""
    axes: Array
    """[Z]."""
    factors: Array
    """[Z] [-]."""


@kernel
def _below(track: Array, count: int, value: float) -> int:
    """How many of the first tracks are less than the value; numpy's own search takes seconds to compile."""
    low, high = 0, count
    while low < high:
        middle = (low + high) >> 1
        if track[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def insert(track: Array, count: int, value: float, low: float, high: float) -> int:
    """Puts a value into the sorted track if it lies in range and near no other; the new count."""
    if value < low or value > high:
        return count
    at = _below(track, count, value)
    if (at < count and track[at] - value < _APART) or (at > 0 and value - track[at - 1] < _APART):
        return count
    for row in range(count, at, -1):
        track[row] = track[row - 1]
    track[at] = value
    return count + 1


@kernel
def _range(track: Array, low: float, high: float) -> tuple[int, int]:
    """First and last + 1 index of the tracks strictly inside the interval."""
    return _below(track, track.shape[0], low + SAME), _below(track, track.shape[0], high - SAME)


@kernel
def _edges(track: Array, low: float, high: float) -> tuple[int, int]:
    """First and last + 1 index of the edges that overlap the open interval."""
    count = track.shape[0]
    return max(_below(track, count, low + SAME) - 1, 0), min(_below(track, count, high - SAME), count - 1)


@kernel
def _outside(track: Array, low: float, high: float) -> bool:
    return high <= track[0] + SAME or low >= track[track.shape[0] - 1] - SAME


@kernel
def add_box(grid: Grid, box: Array, price: float) -> None:
    """Adds `price` per metre of edge inside the open box; an infinite price blocks."""
    flat = int(_outside(grid.xs, box[0], box[3])) + int(_outside(grid.ys, box[1], box[4]))
    if flat + int(_outside(grid.zs, box[2], box[5])) > 1:
        return
    i0, i1 = _range(grid.xs, box[0], box[3])
    j0, j1 = _range(grid.ys, box[1], box[4])
    k0, k1 = _range(grid.zs, box[2], box[5])
    if j1 > j0 and k1 > k0:
        first, last = _edges(grid.xs, box[0], box[3])
        for i in range(first, last):
            inside = min(grid.xs[i + 1], box[3]) - max(grid.xs[i], box[0])
            for j in range(j0, j1):
                for k in range(k0, k1):
                    grid.weight[0, i, j, k] += price * inside
    if i1 > i0 and k1 > k0:
        first, last = _edges(grid.ys, box[1], box[4])
        for j in range(first, last):
            inside = min(grid.ys[j + 1], box[4]) - max(grid.ys[j], box[1])
            for i in range(i0, i1):
                for k in range(k0, k1):
                    grid.weight[1, i, j, k] += price * inside
    if i1 > i0 and j1 > j0:
        first, last = _edges(grid.zs, box[2], box[5])
        for k in range(first, last):
            inside = min(grid.zs[k + 1], box[5]) - max(grid.zs[k], box[2])
            for i in range(i0, i1):
                for j in range(j0, j1):
                    grid.weight[2, i, j, k] += price * inside


@kernel
def _discount(grid: Grid, zone: Array, axis: int, factor: float) -> None:
    """Multiplies the edges along the axis that lie in the zone."""
    more = 2.0 * SAME if factor < 1.0 else -2.0 * SAME
    i0, i1 = _range(grid.xs, zone[0] - more, zone[3] + more)
    j0, j1 = _range(grid.ys, zone[1] - more, zone[4] + more)
    k0, k1 = _range(grid.zs, zone[2] - more, zone[5] + more)
    if axis == 0:
        i1 -= 1
    elif axis == 1:
        j1 -= 1
    else:
        k1 -= 1
    for i in range(i0, i1):
        for j in range(j0, j1):
            for k in range(k0, k1):
                grid.weight[axis, i, j, k] *= factor


@kernel
def weigh(xs: Array, ys: Array, zs: Array, zones: Zones) -> Grid:
    """The grid with edges priced by length, cheaper in zones."""
    nx, ny, nz = xs.shape[0], ys.shape[0], zs.shape[0]
    grid = Grid(xs, ys, zs, np.full((3, nx, ny, nz), np.inf))
    for i in range(nx):
        for j in range(ny):
            for k in range(nz):
                if i + 1 < nx:
                    grid.weight[0, i, j, k] = xs[i + 1] - xs[i]
                if j + 1 < ny:
                    grid.weight[1, i, j, k] = ys[j + 1] - ys[j]
                if k + 1 < nz:
                    grid.weight[2, i, j, k] = zs[k + 1] - zs[k]
    for zone in range(zones.boxes.shape[0]):
        _discount(grid, zones.boxes[zone], zones.axes[zone], zones.factors[zone])
    return grid
