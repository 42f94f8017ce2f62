"""Rooms in which a wheelchair cannot turn."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import clear_circle, clears
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["no_turning_space"]


@rule("FP303", each=Room, source=Source("ADA Standards", "2010", verified=True), severity=Severity.WARNING)
def no_turning_space(room: Room, context: Context, *, min_diameter: Metres = 1.525) -> Judgement:
    """Room on the accessible route in which a wheelchair cannot turn.

    A circle of 60 inches, or a T within a square of that side, must be free (clause 304.3; we read the
    limit, not the clause's number). Only walls are in the plan, so furniture still has to leave the space
    free.

    Args:
        min_diameter: diameter of the turning space [m].

    Example:
        >>> plan = drawn("aa", scale=1.4, a="bathroom")
        >>> [(f.elements, round(f.measured, 2)) for f in check(plan, [no_turning_space]).findings]
        [(('a',), 1.4)]
    """
    if room.kind in ("closet", "storage", "toilet", "corridor", "entrance", "stairs", "garage", "other"):
        return SKIP
    diameter = clear_circle(context, room.id)
    if diameter >= min_diameter - 1e-6:
        return None
    return found(
        f"The largest circle in {room.id} has {diameter:.2f} m.",
        room.id,
        where=clears(context)[room.id],
        measured=diameter,
        limit=min_diameter,
        remedy=f"Widen it by {min_diameter - diameter:.2f} m.",
    )
