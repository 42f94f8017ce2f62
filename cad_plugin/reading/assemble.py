"""What follows from rooms and doors: the outline, the walls, and which rooms are connected."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median_low

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from cad_plugin.reading.room_shapes import Thickness
from layoutgan.core.geometry import largest_part, simplified
from layoutgan.core.layout import Connection, Layout
from layoutgan.domains.floorplan.brief import FloorplanBrief, WallSettings, is_column
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Wall
from layoutgan.domains.floorplan.wall_specs import WallSpec, build_walls, wall_specs
from layoutgan.domains.floorplan.walls import seams_of

__all__ = ["outline_around", "wall_settings", "walls_and_connections"]

SHORTEST = 1e-3
"""Shorter pieces of wall are traces of rounding [m]."""
REACH = 2.1
"""How far from a seam the other face of its wall is looked for [m]."""


def outline_around(rooms: Sequence[Room], obstacles: Sequence[Obstacle]) -> Polygon:
    """The inner face of the outer walls, from what lies inside [m]."""
    inside = shapely.union_all([*(r.shape for r in rooms), *(o.shape for o in obstacles if not is_column(o))])
    closed = inside.buffer(0.25, join_style="mitre").buffer(-0.25, join_style="mitre")
    return simplified(largest_part(shapely.set_precision(closed, 1e-6)), 1e-5)


def wall_settings(met: Thickness, known: Layout | None = None) -> WallSettings:
    """Usual thicknesses of walls: those that were met, else those of the brief."""
    brief = known.brief if known else None
    usual = brief.walls if isinstance(brief, FloorplanBrief) else WallSettings()
    interior = min(1.0, max(0.02, met.usual("interior", usual.interior)))
    exterior = min(2.0, max(0.02, met.usual("exterior", usual.exterior)))
    return WallSettings(interior=interior, exterior=exterior, party=usual.party)


def walls_and_connections(
    rooms: Sequence[Room],
    obstacles: Sequence[Obstacle],
    boundary: Polygon,
    doors: Sequence[Door],
    settings: WallSettings,
    known: Layout | None,
    bodies: BaseGeometry | None = None,
) -> tuple[list[Wall], tuple[Connection, ...]]:
    """Walls between rooms and around them, and which rooms are connected by what.

    Args:
        rooms: of the plan.
        obstacles: of the plan.
        boundary: inner face of the outer walls.
        doors: of the plan.
        settings: thicknesses where nothing else is known.
        known: the layout before people changed the drawing.
        bodies: of walls with openings closed, where each wall shall be as thick as it is drawn [m].
    """
    bare = Layout(
        domain="floorplan",
        boundary=boundary,
        elements=(*rooms, *obstacles),
        brief=known.brief if known else None,
    )
    seams = seams_of(bare)
    kinds = {r.id: r.kind for r in rooms} | {
        o.id: f"obstacle:{o.kind}" for o in obstacles if not is_column(o)
    }
    taken = [*bare.ids(), *(d.id for d in doors)]
    specs = wall_specs(seams, kinds, settings)
    if bodies is not None and not bodies.is_empty:
        specs = [
            _as_drawn(*seams.points(seam), spec, bodies) if spec else None
            for seam, spec in zip(seams.seams, specs, strict=True)
        ]
    walls = [w for w in build_walls(seams, specs, taken) if w.shape.length > SHORTEST]
    made = [
        Connection(kind="open" if d.kind == "opening" else "door", between=d.between, via=d.id) for d in doors
    ]
    linked = {frozenset(d.between) for d in doors}
    names = {r.id for r in rooms}
    shared: dict[tuple[str, str], float] = {}
    for seam in seams.seams:
        one, two = sorted((seam.left, seam.right))
        if one in names and two in names and frozenset((one, two)) not in linked:
            shared[one, two] = max(shared.get((one, two), 0.0), seam.length)
    made += [
        Connection(kind="adjacent", between=pair) for pair, length in sorted(shared.items()) if length >= 0.10
    ]
    return walls, tuple(made)


def _as_drawn(
    a: tuple[float, float], b: tuple[float, float], spec: WallSpec, bodies: BaseGeometry
) -> WallSpec:
    """The wall on a seam, as thick as it is drawn at most places; unchanged where none is drawn."""
    size = math.dist(a, b)
    if size < 1e-6:
        return spec
    nx, ny = -(b[1] - a[1]) / size, (b[0] - a[0]) / size
    near = shapely.clip_by_rect(
        bodies,
        min(a[0], b[0]) - REACH,
        min(a[1], b[1]) - REACH,
        max(a[0], b[0]) + REACH,
        max(a[1], b[1]) + REACH,
    )
    most = 1.0 if spec.shift == 0.0 else 2.0
    met = []
    for t in (0.2, 0.35, 0.5, 0.65, 0.8):
        x, y = a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
        ray = LineString([(x - nx * REACH, y - ny * REACH), (x + nx * REACH, y + ny * REACH)])
        here = Point(x, y)
        pieces = [p.length for p in shapely.get_parts(ray.intersection(near)) if p.distance(here) < 5e-3]
        met += [max(pieces)] if pieces else []
    thickness = round(median_low(met), 5) if met else 0.0
    if not 0.02 <= thickness <= most:
        return spec
    return spec._replace(
        thickness=thickness, shift=math.copysign(thickness / 2, spec.shift) if spec.shift else 0.0
    )
