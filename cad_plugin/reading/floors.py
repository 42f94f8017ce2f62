"""Clear floors of rooms: what walls enclose, or the outlines that a drawing has for them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from cad_plugin.reading.gaps import Hole
from cad_plugin.reading.network import GRID, Walls, faces_of, noded
from layoutgan.core.geometry import largest_part, parts, simplified

__all__ = ["closed_walls", "enclosed", "lost_area", "outlined", "walls_between"]

SMALLEST = 0.3
"""Smaller faces are no rooms [m²]."""
NARROWEST = 0.3
"""Faces that are nowhere wider are no rooms [m]."""


def closed_walls(walls: Walls, holes: Sequence[Hole]) -> BaseGeometry:
    """Bodies of walls with their openings filled [m]."""
    return shapely.union_all([walls.bodies, *(h.body() for h in holes if h.thickness > 0)], grid_size=GRID)


def enclosed(walls: Walls, holes: Sequence[Hole], closed: BaseGeometry) -> list[Polygon]:
    """The floors that walls enclose, from the top left to the bottom right.

    Args:
        walls: of the drawing.
        holes: openings in them.
        closed: bodies of walls with their openings filled [m].
    """
    across = [h.closing() for h in holes if h.thickness == 0]
    faces = faces_of(noded([closed.boundary, walls.singles, *across]))
    if not len(faces):
        return []
    shapely.prepare(closed)
    inside = shapely.contains_properly(closed, shapely.point_on_surface(faces))
    wide = ~shapely.is_empty(shapely.buffer(faces, -NARROWEST / 2, quad_segs=1))
    found = [simplified(f, 1e-4) for f in faces[~inside & wide & (shapely.area(faces) >= SMALLEST)]]
    return sorted(found, key=_reading_order)


def _reading_order(shape: Polygon) -> tuple[float, float]:
    middle = shape.centroid
    return (-round(middle.y, 1), round(middle.x, 2))


def outlined(rings: Sequence[Polygon]) -> tuple[list[Polygon], list[Polygon]]:
    """Floors from closed outlines, and outlines that are drawn around several others.

    Args:
        rings: closed lines on layers for rooms [m].
    """
    whole = [ring if ring.is_valid else ring.buffer(0) for ring in rings]
    shapes = [p for ring in whole for p in parts(ring) if p.area >= SMALLEST]
    if not shapes:
        return [], []
    tree = shapely.STRtree(shapes)
    floors: list[Polygon] = []
    around: list[Polygon] = []
    for i, shape in enumerate(shapes):
        near = [int(j) for j in tree.query(shape, predicate="intersects") if j != i]
        inner = [
            shapes[j]
            for j in near
            if shapes[j].area < 0.98 * shape.area
            and shapes[j].intersection(shape).area > 0.98 * shapes[j].area
        ]
        twin = any(j < i and shapes[j].symmetric_difference(shape).area < 0.02 * shape.area for j in near)
        filled = sum(s.area for s in inner)
        if twin:
            continue
        if len(inner) >= 2 and filled > 0.6 * shape.area:
            around.append(shape)
        else:
            floors.append(largest_part(shape.difference(shapely.union_all(inner))) if inner else shape)
    return sorted((simplified(f, 1e-4) for f in floors), key=_reading_order), around


def walls_between(floors: Sequence[Polygon], thickest: float = 0.6) -> BaseGeometry:
    """Bodies of interior walls from the floors on both sides [m]."""
    together = shapely.union_all(floors, grid_size=GRID)
    half = thickest / 2
    closed = together.buffer(half, join_style="mitre").buffer(-half, join_style="mitre")
    return shapely.union_all([p for p in parts(closed.difference(together)) if p.area > 1e-4])


def lost_area(floor: Polygon, other: BaseGeometry) -> float:
    """One less the intersection over the union of two shapes [-]."""
    union = floor.union(other).area
    return 1.0 - floor.intersection(other).area / union if union > 0 else float(np.nan)
