"""Round bodies in space: straight tubes, cones and bends, for formats in three dimensions [m]."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bend", "Point3", "Tube", "round_triangles"]

Point3 = tuple[float, float, float]
"""A place in space [m]."""
SIDES = 16
"""Corners of a circle [-]."""
STEPS = 6
"""Pieces of a bend [-]."""


@dataclass(frozen=True)
class Tube:
    """A straight round body."""

    start: Point3
    end: Point3
    radius: float
    colour: str
    end_radius: float = 0.0
    """At its end, when that differs: a cone."""
    wall: float = 0.0
    """Thickness of a hollow one; models that are only looked at show it solid."""
    opacity: float = 1.0


@dataclass(frozen=True)
class Bend:
    """A round body along the arc that touches both legs of a corner."""

    start: Point3
    corner: Point3
    end: Point3
    radius: float
    colour: str
    wall: float = 0.0
    opacity: float = 1.0


Rings = list[tuple[NDArray[np.float64], NDArray[np.float64]]]
"""Corners [S, 3] and outward normals [S, 3] of each circle."""


def round_triangles(body: Tube | Bend) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Corners [M, 3] and outward normals [M, 3] of a body's triangles, three rows each [m]."""
    rings = _tube_rings(body) if isinstance(body, Tube) else _bend_rings(body)
    corners, normals = list[NDArray[np.float64]](), list[NDArray[np.float64]]()
    turn = np.roll(np.arange(SIDES), -1)
    for (a, an), (b, bn) in pairwise(rings):
        for values, found in ((corners, (a, b)), (normals, (an, bn))):
            low, high = found
            values.append(np.stack([low, low[turn], high[turn]], axis=1).reshape(-1, 3))
            values.append(np.stack([low, high[turn], high], axis=1).reshape(-1, 3))
    for ring, sign in ((rings[0][0], -1.0), (rings[-1][0], 1.0)):
        middle = ring.mean(axis=0)
        other = ring[turn]
        flat = np.cross(ring[0] - middle, other[0] - middle)
        flat /= np.linalg.norm(flat)
        around = (ring, other) if sign > 0 else (other, ring)
        fan = np.stack([np.broadcast_to(middle, ring.shape), *around], axis=1)
        corners.append(fan.reshape(-1, 3))
        normals.append(np.broadcast_to(sign * flat, (3 * SIDES, 3)))
    return np.concatenate(corners).astype(np.float32), np.concatenate(normals).astype(np.float32)


def _circle(axis: NDArray[np.float64], across: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors around an axis, counter-clockwise when it points at the viewer [S, 3]."""
    other = np.cross(axis, across)
    angles = np.linspace(0.0, 2 * math.pi, SIDES, endpoint=False)
    around: NDArray[np.float64] = np.outer(np.cos(angles), across) + np.outer(np.sin(angles), other)
    return around


def _tube_rings(tube: Tube) -> Rings:
    start, end = np.asarray(tube.start), np.asarray(tube.end)
    axis = (end - start) / np.linalg.norm(end - start)
    aside = np.array([0.0, 0.0, 1.0]) if abs(axis[2]) < 0.9 else np.array([1.0, 0.0, 0.0])
    across = np.cross(aside, axis)
    around = _circle(axis, across / np.linalg.norm(across))
    last = tube.end_radius or tube.radius
    return [(start + tube.radius * around, around), (end + last * around, around)]


def _bend_rings(bend: Bend) -> Rings:
    start, corner, end = (np.asarray(p) for p in (bend.start, bend.corner, bend.end))
    first = (corner - start) / np.linalg.norm(corner - start)
    second = (end - corner) / np.linalg.norm(end - corner)
    turn = math.acos(float(np.clip(first @ second, -1.0, 1.0)))
    reach = float(np.linalg.norm(corner - start)) / math.tan(turn / 2)
    axis = np.cross(first, second)
    axis /= np.linalg.norm(axis)
    inward = np.cross(axis, first)
    middle = start + reach * inward
    rings: Rings = []
    for angle in np.linspace(0.0, turn, STEPS + 1):
        out = -math.cos(angle) * inward + math.sin(angle) * first
        way = math.cos(angle) * first + math.sin(angle) * inward
        around = _circle(way, out)
        rings.append((middle + reach * out + bend.radius * around, around))
    return rings
