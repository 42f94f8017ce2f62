"""Rooms much longer than wide."""

from __future__ import annotations

import shapely

from layoutgan.core.geometry import aspect_ratio
from layoutgan.core.schema import Ratio
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.validation.rule import Context, Judgement, Severity, found, rule

__all__ = ["stretched_room"]


@rule("FP008", each=Room, severity=Severity.WARNING)
def stretched_room(room: Room, context: Context, *, factor: Ratio = 1.0) -> Judgement:
    """Room much longer than wide for its kind.

    A bedroom more than three times as long as wide is a corridor with a bed. Measured is the long over the
    short side of the smallest rectangle around the room; each kind has its own limit (bedrooms 3, living
    rooms 4, corridors 12).

    Args:
        factor: multiple of the kind's own limit [-].

    Example:
        >>> plan = drawn("aaaaaaaaab", a="bedroom", b="bathroom")
        >>> [(f.elements, f.measured, f.limit) for f in check(plan, [stretched_room]).findings]
        [(('a',), 9.0, 3.0)]
    """
    limit = factor * kind(room.kind).max_aspect
    x0, y0, x1, y1 = room.shape.bounds
    low, high = sorted((x1 - x0, y1 - y0))
    # A room that fills its upright box needs no turned one.
    upright = abs((x1 - x0) * (y1 - y0) - room.shape.area) < 1e-6 * room.shape.area
    aspect = high / low if upright else aspect_ratio(room.shape)
    if aspect <= limit + 1e-6:
        return None
    long_side = float(shapely.area(room.shape) * aspect) ** 0.5
    return found(
        f"{room.id} is {aspect:.1f} times as long as wide.",
        room.id,
        where=room.shape,
        measured=aspect,
        limit=limit,
        remedy=f"Shorten it from about {long_side:.1f} m, or widen it, to a ratio of {limit:.1f} or less.",
    )
