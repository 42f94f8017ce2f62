"""Bathrooms far from any other water."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import contacts
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["scattered_wet_rooms"]


@rule("FP903", each=Room, source=Source("good practice"), severity=Severity.WARNING)
def scattered_wet_rooms(room: Room, context: Context, *, min_wall: Metres = 0.5) -> Judgement:
    """Bathroom, toilet or laundry that shares no wall with another wet room.

    Rooms with water side by side share one stack of pipes. Kitchens count as wet. A plan with a single wet
    room is not judged.

    Args:
        min_wall: shared wall that counts [m].

    Example:
        >>> plan = drawn("abc", scale=2.0, a="bathroom", b="bedroom", c="kitchen")
        >>> [f.elements for f in check(plan, [scattered_wet_rooms]).findings]
        [('a',)]
    """
    others = [r.id for r in context.of(Room) if kind(r.kind).wet and r.id != room.id]
    if room.kind not in ("bathroom", "toilet", "laundry") or not others:
        return SKIP
    shared = max(contacts(context).between(room.id, other) for other in others)
    if shared >= min_wall - 1e-6:
        return None
    return found(
        f"{room.id} shares {shared:.2f} m of wall with other wet rooms.",
        room.id,
        where=room.shape,
        measured=shared,
        limit=min_wall,
        remedy=f"Move it beside another wet room, along at least {min_wall:.2f} m.",
    )
