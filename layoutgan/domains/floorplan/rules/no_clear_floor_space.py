"""Bathrooms without the clear floor space of the ADA Standards."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import clears, floor_rectangles
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["no_clear_floor_space"]


@rule(
    "FP304",
    each=Room,
    source=Source("ADA Standards", "2010", "305.3", verified=True),
    severity=Severity.WARNING,
)
def no_clear_floor_space(
    room: Room, context: Context, *, length: Metres = 1.22, width: Metres = 0.76
) -> Judgement:
    """Bathroom or toilet that cannot hold a clear floor space of 30 by 48 inches.

    Only walls are in the plan, so fixtures still have to leave the space free.

    Args:
        length: of the clear floor space [m].
        width: of the clear floor space [m].

    Example:
        >>> plan = drawn("a", scale=1.1, a="toilet")
        >>> [f.elements for f in check(plan, [no_clear_floor_space]).findings]
        [('a',)]
    """
    floor = floor_rectangles(context, room.id)
    if room.kind not in ("bathroom", "toilet") or floor is None:
        return SKIP
    sides = [sorted((x1 - x0, y1 - y0)) for x0, y0, x1, y1 in floor.boxes]
    if any(short >= width - 1e-6 and long >= length - 1e-6 for short, long in sides):
        return None
    short, long = max(sides, key=lambda s: (s[0] * s[1], s)) if sides else (0.0, 0.0)
    return found(
        f"{room.id} holds {short:.2f} by {long:.2f} m at most.",
        room.id,
        where=clears(context)[room.id],
        measured=long,
        limit=length,
        remedy=f"Enlarge it to hold {width:.2f} by {length:.2f} m.",
    )
