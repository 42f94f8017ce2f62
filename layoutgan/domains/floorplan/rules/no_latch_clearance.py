"""Doors without room beside their latch."""

from __future__ import annotations

import math

import shapely
from shapely.geometry import LineString, Point

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import clears, ends, rooms
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.openings import swing
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["no_latch_clearance"]


@rule("FP309", each=Door, source=Source("ADA Standards", "2010", "404.2.4"), severity=Severity.WARNING)
def no_latch_clearance(door: Door, context: Context, *, min_clearance: Metres = 0.455) -> Judgement:
    """Door without room beside its latch on the pull side.

    A wheelchair user pulls the door while standing beside it: 18 inches of clear wall beside the latch.
    The limit is known second-hand only. Measured is the wall on the side that the leaf opens to, from the
    latch jamb to the next corner of the room.

    Args:
        min_clearance: clear wall beside the latch [m].

    Example:
        >>> door = {"between": "ab", "at": [2, 0.6], "into": "b", "hinge": "start"}
        >>> plan = drawn("ab", scale=2.0, a="corridor", b="bathroom", doors=[door])
        >>> [(f.elements, round(f.measured, 2)) for f in check(plan, [no_latch_clearance]).findings]
        [(('door-a-b',), 0.2)]
    """
    if door.opens_into is None or door.opens_into not in clears(context):
        return SKIP
    first, second = ends(context)[door.id]
    latch, hinge = (second, first) if door.hinge == "start" else (first, second)
    width = math.dist(latch, hinge)
    ux, uy = (latch[0] - hinge[0]) / width, (latch[1] - hinge[1]) / width
    leaf = swing(door, rooms(context)[door.opens_into].shape)
    if leaf is None:
        return SKIP
    # A ray along the wall, just inside the room that the leaf opens to.
    nx, ny = (leaf.open[0] - leaf.hinge[0]) / width, (leaf.open[1] - leaf.hinge[1]) / width
    x, y = leaf.closed[0] + 0.05 * nx, leaf.closed[1] + 0.05 * ny
    ray = LineString([(x, y), (x + min_clearance * ux, y + min_clearance * uy)])
    clear = ray.intersection(clears(context)[door.opens_into])
    free = max(
        (part.length for part in shapely.get_parts(clear) if part.distance(Point(x, y)) < 1e-6), default=0.0
    )
    if free >= min_clearance - 1e-6:
        return None
    return found(
        f"{free:.2f} m of wall are clear beside the latch of {door.id}.",
        door.id,
        where=ray,
        measured=float(free),
        limit=min_clearance,
        remedy=f"Move it by {min_clearance - free:.2f} m, or hang it at its other jamb.",
    )
