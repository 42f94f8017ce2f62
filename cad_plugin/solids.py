"""Layouts as solids: prisms with their heights, for formats in three dimensions [m]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from cad_plugin.tubes import Bend, Mesh, Tube, round_meshes
from layoutgan.core.geometry import parts
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Wall, Window
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.walls import clear_shapes, wall_bodies

__all__ = ["SLIVER", "Body", "Prism", "body_meshes", "floorplan_prisms", "triangles", "wall_shares"]

STOREY = 2.7
"""Height of walls [m]."""
RAILING = 1.0
"""Height of railings [m]."""
SLAB = 0.2
"""Thickness of the floor [m]."""
SLIVER = 1e-4
"""Area below which two shapes do not meet [m²]."""


@dataclass(frozen=True)
class Prism:
    """An area with a height."""

    name: str
    group: str
    """What it is: wall, floor, door, window, obstacle."""
    shape: Polygon
    """Seen from above [m]."""
    low: float
    """Height of its lower face [m]."""
    high: float
    colour: str
    opacity: float = 1.0


def floorplan_prisms(layout: Layout, height: float = STOREY) -> Iterator[Prism]:
    """Floors, walls with openings, doors and windows of a floor plan.

    Args:
        layout: a floor plan.
        height: of the walls [m].
    """
    bodies = wall_bodies(layout)
    clear = clear_shapes(layout)
    rooms = layout.of(Room)
    base = shapely.union_all([*(r.shape for r in rooms), *(p for found in bodies.values() for p in found),
                              *_openings(layout)])
    for n, part in enumerate(parts(shapely.set_precision(base, 1e-6)), start=1):
        yield Prism(f"slab {n}", "slab", part, -SLAB, 0.0, "#b8b8b4")
    for room in rooms:
        if not clear[room.id].is_empty:
            yield Prism(room.id, "floor", clear[room.id], 0.0, 0.02, kind(room.kind).colour)
    for group, top, colour in (("wall", height, "#e9e6e0"), ("railing", RAILING, "#8a9099")):
        merged = shapely.set_precision(shapely.union_all(bodies[group]), 1e-6)
        for n, part in enumerate(parts(merged), start=1):
            yield Prism(f"{group} {n}", group, part, 0.0, min(top, height), colour)
    yield from _opening_prisms(layout, height)
    for obstacle in layout.of(Obstacle):
        yield Prism(obstacle.id, "obstacle", obstacle.shape, 0.0, height, "#9aa0a6")


def _openings(layout: Layout) -> list[Polygon]:
    holes: tuple[Door | Window, ...] = (*layout.of(Door), *layout.of(Window))
    return [o.shape.buffer(o.thickness / 2, cap_style="flat") for o in holes]


def _opening_prisms(layout: Layout, height: float) -> Iterator[Prism]:
    """What stands in openings: lintels, parapets, leaves and glass."""
    railings = {w.id for w in layout.of(Wall) if w.kind == "railing"}
    for door in layout.of(Door):
        hole = door.shape.buffer(door.thickness / 2, cap_style="flat")
        if door.height < height - 1e-6 and door.id not in railings:
            yield Prism(f"{door.id} lintel", "wall", hole, door.height, height, "#e9e6e0")
        if door.kind != "opening":
            leaf = door.shape.buffer(0.02, cap_style="flat")
            yield Prism(door.id, "door", leaf, 0.0, min(door.height, height), "#8b6b4a")
    for window in layout.of(Window):
        hole = window.shape.buffer(window.thickness / 2, cap_style="flat")
        head = min(window.head, height)
        if window.sill > 1e-6:
            yield Prism(f"{window.id} parapet", "wall", hole, 0.0, min(window.sill, head), "#e9e6e0")
        if head < height - 1e-6:
            yield Prism(f"{window.id} lintel", "wall", hole, head, height, "#e9e6e0")
        if head > window.sill:
            glass = window.shape.buffer(0.015, cap_style="flat")
            yield Prism(window.id, "window", glass, window.sill, head, "#a9cfe8", 0.4)


Body = Prism | Tube | Bend


def body_meshes(bodies: Sequence[Body]) -> list[Mesh]:
    """Corners and outward normals of each body's triangles [M, 3], three rows each [m]."""
    rounds = iter(round_meshes([body for body in bodies if not isinstance(body, Prism)]))
    return [triangles(body) if isinstance(body, Prism) else next(rounds) for body in bodies]


def triangles(prism: Prism) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Corners [M, 3] and outward normals [M, 3] of a prism's triangles, three rows each [m]."""
    flat = [
        t for t in shapely.get_parts(shapely.constrained_delaunay_triangles(prism.shape)) if t.area > 1e-12
    ]
    corners, normals = list[NDArray[np.float64]](), list[tuple[float, float, float]]()
    for triangle in flat:
        ring = np.asarray(shapely.geometry.polygon.orient(triangle).exterior.coords)[:3, :2]
        corners += [np.c_[ring, np.full(3, prism.high)], np.c_[ring[::-1], np.full(3, prism.low)]]
        normals += [(0.0, 0.0, 1.0), (0.0, 0.0, -1.0)]
    outline = shapely.geometry.polygon.orient(prism.shape)
    for ring_ in (outline.exterior, *outline.interiors):
        points = np.asarray(ring_.coords)[:, :2]
        for (ax, ay), (bx, by) in pairwise(points):
            size = float(np.hypot(bx - ax, by - ay))
            if size < 1e-9:
                continue
            a0, b0 = (ax, ay, prism.low), (bx, by, prism.low)
            a1, b1 = (ax, ay, prism.high), (bx, by, prism.high)
            corners += [np.array([a0, b0, b1]), np.array([a0, b1, a1])]
            normals += [((by - ay) / size, (ax - bx) / size, 0.0)] * 2
    if not corners:
        return np.zeros((0, 3), np.float32), np.zeros((0, 3), np.float32)
    return (np.concatenate(corners).astype(np.float32), np.repeat(np.asarray(normals, np.float32), 3, axis=0))


def wall_shares(layout: Layout) -> dict[str, list[Polygon]]:
    """The bodies of the walls as drawn, shared out: each point belongs to one wall, corners included.

    Returns:
        Pieces by id of the wall [m]; a wall that others cover wholly has none.
    """
    bodies = wall_bodies(layout, openings=False)
    shares: dict[str, BaseGeometry] = {}
    rest = {name: shapely.set_precision(shapely.union_all(found), 1e-6) for name, found in bodies.items()}
    walls = sorted(layout.of(Wall), key=lambda w: (-w.thickness, -w.shape.length))
    for wall in walls:
        group = "railing" if wall.kind == "railing" else "wall"
        own = wall.shape.buffer(wall.thickness / 2, cap_style="flat").intersection(rest[group])
        shares[wall.id] = own
        rest[group] = rest[group].difference(own)
    for group, left in rest.items():
        hosts = [w for w in walls if (w.kind == "railing") == (group == "railing")]
        for piece in parts(left):
            near = [w for w in hosts if shares[w.id].distance(piece) < 1e-5]
            if near and piece.area > 1e-8:
                best = max(near, key=lambda w: shares[w.id].boundary.intersection(piece.buffer(1e-5)).length)
                shares[best.id] = shapely.union_all([shares[best.id], piece], grid_size=1e-6)
    return {w.id: [p for p in parts(shares[w.id]) if p.area > SLIVER] for w in layout.of(Wall)}
