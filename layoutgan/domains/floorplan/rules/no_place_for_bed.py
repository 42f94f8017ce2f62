"""Bedrooms that hold no bed."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import clears, floor_rectangles
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["no_place_for_bed"]


@rule("FP902", each=Room, source=Source("good practice"), severity=Severity.WARNING)
def no_place_for_bed(
    room: Room, context: Context, *, bed_width: Metres = 0.9, bed_length: Metres = 2.0, side: Metres = 0.7
) -> Judgement:
    """Bedroom without a rectangle for a bed and the floor beside it.

    A single bed of 0.9 by 2.0 m with 0.7 m along one side must fit between the walls. Doors and windows
    are not looked at.

    Args:
        bed_width: of the bed [m].
        bed_length: of the bed [m].
        side: free floor along one side [m].

    Example:
        >>> plan = drawn("aaa", scale=1.5, a="bedroom")
        >>> [f.elements for f in check(plan, [no_place_for_bed]).findings]
        [('a',)]
    """
    floor = floor_rectangles(context, room.id)
    if room.kind != "bedroom" or floor is None:
        return SKIP
    short, long = sorted((bed_width + side, bed_length))
    sides = [sorted((x1 - x0, y1 - y0)) for x0, y0, x1, y1 in floor.boxes]
    if any(a >= short - 1e-6 and b >= long - 1e-6 for a, b in sides):
        return None
    widest = max((a for a, _ in sides), default=0.0)
    return found(
        f"{room.id} has no place of {short:.2f} by {long:.2f} m for a bed.",
        room.id,
        where=clears(context)[room.id],
        measured=widest,
        limit=short,
        remedy=f"Widen it to {short:.2f} m over a length of {long:.2f} m.",
    )
