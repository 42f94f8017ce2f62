"""Kitchens away from where people eat."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import contacts
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["lonely_kitchen"]


@rule("FP906", each=Room, source=Source("good practice"), severity=Severity.WARNING)
def lonely_kitchen(room: Room, context: Context, *, min_wall: Metres = 0.5) -> Judgement:
    """Kitchen that shares no wall with a dining or living room.

    Args:
        min_wall: shared wall that counts [m].

    Example:
        >>> plan = drawn("abc", scale=2.0, a="kitchen", b="corridor", c="living_room")
        >>> [f.elements for f in check(plan, [lonely_kitchen]).findings]
        [('a',)]
    """
    eaten_in = [r.id for r in context.of(Room) if r.kind in ("dining_room", "living_room")]
    if room.kind != "kitchen" or not eaten_in:
        return SKIP
    shared = max(contacts(context).between(room.id, other) for other in eaten_in)
    if shared >= min_wall - 1e-6:
        return None
    return found(
        f"{room.id} shares {shared:.2f} m of wall with a dining or living room.",
        room.id,
        where=room.shape,
        measured=shared,
        limit=min_wall,
        remedy=f"Bring it to one of {', '.join(eaten_in)} along at least {min_wall:.2f} m.",
    )
