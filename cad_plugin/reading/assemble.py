"""What follows from rooms and doors: the outline, the walls, and which rooms are connected."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from cad_plugin.reading.network import Points, as_lines, segments
from cad_plugin.reading.room_shapes import Thickness
from layoutgan.core.geometry import largest_part, simplified
from layoutgan.core.layout import Connection, Layout
from layoutgan.domains.floorplan.brief import FloorplanBrief, WallSettings, is_column
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Wall
from layoutgan.domains.floorplan.seams import Seams
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
        specs = _as_drawn(seams, specs, bodies)
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


def _as_drawn(seams: Seams, specs: Sequence[WallSpec | None], bodies: BaseGeometry) -> list[WallSpec | None]:
    """Walls as thick as they are drawn at most places; unchanged where none is drawn."""
    which = [i for i, spec in enumerate(specs) if spec is not None and seams.seams[i].length > 1e-3]
    if not which:
        return list(specs)
    ends = np.array([seams.points(seams.seams[i]) for i in which])
    along = ends[:, 1] - ends[:, 0]
    normal = np.column_stack([-along[:, 1], along[:, 0]]) / np.linalg.norm(along, axis=1)[:, None]
    # A seam lies on the middle of an interior wall and on the face of an outer one: there, look from inside.
    normal *= np.array([-1.0 if (spec := specs[i]) is not None and spec.shift < 0 else 1.0 for i in which])[
        :, None
    ]
    inward = np.array([0.0 if (spec := specs[i]) is not None and spec.shift == 0 else 5e-3 for i in which])
    steps = np.array([0.2, 0.35, 0.5, 0.65, 0.8])
    at = ends[:, None, 0] + steps[None, :, None] * along[:, None] + (inward[:, None] * normal)[:, None]
    depth = _depths(at.reshape(-1, 2), np.repeat(normal, len(steps), axis=0), bodies).reshape(len(which), -1)
    made = list(specs)
    for i, row in zip(which, depth, strict=True):
        spec, met = specs[i], row[row > 0]
        thickness = round(float(np.sort(met)[(len(met) - 1) // 2]), 5) if len(met) else 0.0
        if spec is not None and 0.02 <= thickness <= (1.0 if spec.shift == 0.0 else 2.0):
            shift = math.copysign(thickness / 2, spec.shift) if spec.shift else 0.0
            made[i] = spec._replace(thickness=thickness, shift=shift)
    return made


def _depths(at: Points, normal: Points, bodies: BaseGeometry) -> NDArray[np.float64]:
    """How thick a wall is at each place, across in the direction of the normal; 0 outside of walls [m]."""
    pieces = segments(bodies.boundary)
    rays = as_lines(np.stack([at - REACH * normal, at + REACH * normal], axis=1))
    i, k = shapely.STRtree(as_lines(pieces)).query(rays)
    a, d, n = pieces[k, 0] - at[i], pieces[k, 1] - pieces[k, 0], normal[i]
    across = n[:, 0] * d[:, 1] - n[:, 1] * d[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (a[:, 0] * d[:, 1] - a[:, 1] * d[:, 0]) / across
        s = (a[:, 0] * n[:, 1] - a[:, 1] * n[:, 0]) / across
    hit = (np.abs(across) > 1e-12) & (s >= -1e-9) & (s <= 1 + 1e-9)
    ahead, behind = np.full(len(at), np.inf), np.full(len(at), np.inf)
    np.minimum.at(ahead, i[hit & (t >= 0)], t[hit & (t >= 0)])
    np.minimum.at(behind, i[hit & (t < 0)], -t[hit & (t < 0)])
    shapely.prepare(bodies)
    inside = shapely.contains_xy(bodies, at[:, 0], at[:, 1])
    thick = ahead + behind
    return np.where(inside & np.isfinite(thick), thick, 0.0)
