"""Closed spaces that are not one room each: several rooms open to each other, and courtyards."""

from __future__ import annotations

import math
from collections.abc import Sequence

import shapely
from shapely.geometry import Point, Polygon

from cad_plugin.reading.content import Label
from cad_plugin.reading.gaps import Hole, bare_holes
from cad_plugin.reading.labels import Named, named
from cad_plugin.reading.names import Names
from cad_plugin.reading.network import Walls
from layoutgan.core.geometry import parts

__all__ = ["courtyards", "divisions"]

MOST = 30
"""Most openings that are looked for in this way [-]."""
COURTYARD = 1.2
"""Smaller nameless spaces are shafts [m²]."""


def divisions(
    walls: Walls, floors: Sequence[Polygon], said: Sequence[Named], labels: Sequence[Label], names: Names
) -> list[Hole]:
    """Openings without a sign between ends of walls that part a floor with several names into named rooms.

    Args:
        walls: of the drawing.
        floors: closed spaces [m].
        said: what stands in each.
        labels: texts that can name rooms.
        names: what words mean.
    """
    crowded = [floor for floor, one in zip(floors, said, strict=True) if one.others]
    found: list[Hole] = []
    if not crowded:
        return found
    gaps = bare_holes(walls)
    while crowded and len(found) < MOST:
        floor = crowded.pop()
        parted = _parted(floor, gaps, labels, names)
        if parted is None:
            continue
        hole, pieces = parted
        found.append(hole)
        meanings, _ = named(pieces, labels, names)
        crowded += [piece for piece, one in zip(pieces, meanings, strict=True) if one.others]
    return found


def _parted(
    floor: Polygon, gaps: Sequence[Hole], labels: Sequence[Label], names: Names
) -> tuple[Hole, list[Polygon]] | None:
    """The narrowest gap that leaves a name on both sides."""
    around = floor.buffer(0.02)
    for hole in gaps:
        if not around.covers(hole.line):
            continue
        cut = hole.line.buffer(max(hole.thickness / 2, 1e-4), cap_style="square")
        pieces = [p for p in parts(floor.difference(cut)) if p.area > 0.3]
        if len(pieces) >= 2 and sum(bool(one.kind) for one in named(pieces, labels, names)[0]) >= 2:
            return hole, pieces
    return None


def courtyards(floors: Sequence[Polygon], said: Sequence[Named], holes: Sequence[Hole]) -> set[int]:
    """Nameless spaces into which the windows of named rooms look.

    Args:
        floors: closed spaces [m].
        said: what stands in each.
        holes: openings in walls.
    """
    nameless = {i for i, one in enumerate(said) if not one.name and floors[i].area > COURTYARD}
    if not nameless or not any(one.kind for one in said):
        return set()
    tree = shapely.STRtree(list(floors))
    found: set[int] = set()
    for hole in holes:
        if hole.role != "window":
            continue
        sides = {int(i) for left in (1.0, -1.0) for i in tree.query(_beside(hole, left), predicate="within")}
        if any(said[i].kind for i in sides):
            found |= sides & nameless
    return found


def _beside(hole: Hole, left: float) -> Point:
    (ax, ay), (bx, by) = hole.line.coords[0], hole.line.coords[-1]
    away = left * (hole.thickness / 2 + 0.12) / math.dist((ax, ay), (bx, by))
    return Point((ax + bx) / 2 - (by - ay) * away, (ay + by) / 2 + (bx - ax) * away)
