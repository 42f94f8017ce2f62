"""Round bodies in space: straight tubes, cones and bends, for formats in three dimensions [m]."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bend", "Mesh", "Point3", "Tube", "round_meshes", "round_triangles"]

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


Rings = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Corners and outward normals of the circles of N bodies, R circles each [N, R, S, 3]."""
Mesh = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Corners and outward normals of triangles [M, 3], three rows each [m]."""


def round_triangles(body: Tube | Bend) -> Mesh:
    """Corners [M, 3] and outward normals [M, 3] of a body's triangles, three rows each [m]."""
    return round_meshes((body,))[0]


def round_meshes(bodies: Sequence[Tube | Bend]) -> list[Mesh]:
    """The triangles of many bodies at once: a plant has ten thousand, and numpy's calls would cost most."""
    made: dict[int, Mesh] = {}
    tubes = [(i, body) for i, body in enumerate(bodies) if isinstance(body, Tube)]
    bends = [(i, body) for i, body in enumerate(bodies) if isinstance(body, Bend)]
    for places, rings in (([i for i, _ in tubes], _tube_rings([t for _, t in tubes])),
                          ([i for i, _ in bends], _bend_rings([b for _, b in bends]))):
        corners, normals = _shells(*rings)
        made |= {place: (corners[n], normals[n]) for n, place in enumerate(places)}
    return [made[i] for i in range(len(bodies))]


def _shells(rings: NDArray[np.float64], normals: NDArray[np.float64]) -> Mesh:
    """Triangles between the circles of each body, and its two flat ends [N, M, 3]."""
    turn = np.roll(np.arange(SIDES), -1)
    count = len(rings)
    found = []
    for values in (rings, normals):
        low, high = values[:, :-1], values[:, 1:]
        after, above = low[:, :, turn], high[:, :, turn]
        sides = np.concatenate([np.stack([low, after, above], axis=3), np.stack([low, above, high], axis=3)],
                               axis=2)
        found.append([sides.reshape(count, 6 * SIDES * sides.shape[1], 3)])
    for ring, sign in ((rings[:, 0], -1.0), (rings[:, -1], 1.0)):
        middle = ring.mean(axis=1, keepdims=True)
        other = ring[:, turn]
        flat = np.cross(ring[:, 0] - middle[:, 0], other[:, 0] - middle[:, 0])
        flat /= np.linalg.norm(flat, axis=1, keepdims=True)
        around = (ring, other) if sign > 0 else (other, ring)
        fan = np.stack([np.broadcast_to(middle, ring.shape), *around], axis=2)
        found[0].append(fan.reshape(count, 3 * SIDES, 3))
        found[1].append(np.broadcast_to(sign * flat[:, None], (count, 3 * SIDES, 3)))
    corners, outward = (np.concatenate(parts, axis=1).astype(np.float32) for parts in found)
    return corners, outward


def _circles(axes: NDArray[np.float64], across: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors around axes [N, 3], counter-clockwise when they point at the viewer [N, S, 3]."""
    angles = np.linspace(0.0, 2 * math.pi, SIDES, endpoint=False)[:, None]
    around: NDArray[np.float64] = (np.cos(angles) * across[:, None]
                                   + np.sin(angles) * np.cross(axes, across)[:, None])
    return around


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Vectors [N, 3] of length 1."""
    made: NDArray[np.float64] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return made


def _places(points: Sequence[Point3]) -> NDArray[np.float64]:
    """Places as rows [N, 3]."""
    return np.asarray(points, dtype=np.float64).reshape(-1, 3)


def _tube_rings(tubes: Sequence[Tube]) -> Rings:
    start, end = _places([t.start for t in tubes]), _places([t.end for t in tubes])
    axes = _unit(end - start)
    upright = np.abs(axes[:, 2:]) >= 0.9
    aside = np.where(upright, [1.0, 0.0, 0.0], [0.0, 0.0, 1.0])
    around = _circles(axes, _unit(np.cross(aside, axes)))
    first = np.asarray([t.radius for t in tubes])[:, None, None]
    last = np.asarray([t.end_radius or t.radius for t in tubes])[:, None, None]
    rings = np.stack([start[:, None] + first * around, end[:, None] + last * around], axis=1)
    return rings, np.stack([around, around], axis=1)


def _bend_rings(bends: Sequence[Bend]) -> Rings:
    start, corner, end = (_places([getattr(b, name) for b in bends]) for name in ("start", "corner", "end"))
    first, second = _unit(corner - start), _unit(end - corner)
    turn = np.arccos(np.clip((first * second).sum(axis=1), -1.0, 1.0))
    reach = (np.linalg.norm(corner - start, axis=1) / np.tan(turn / 2))[:, None]
    inward = np.cross(_unit(np.cross(first, second)), first)
    middle = start + reach * inward
    radius = np.asarray([b.radius for b in bends])[:, None, None]
    rings, normals = [], []
    for angle in (turn * step / STEPS for step in range(STEPS + 1)):
        cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
        out = sin * first - cos * inward
        around = _circles(cos * first + sin * inward, out)
        rings.append((middle + reach * out)[:, None] + radius * around)
        normals.append(around)
    return np.stack(rings, axis=1), np.stack(normals, axis=1)
