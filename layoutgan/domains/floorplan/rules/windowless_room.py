"""Rooms to live in that have no window."""

from __future__ import annotations

from layoutgan.domains.floorplan.derived import glazing, passages, rooms
from layoutgan.domains.floorplan.elements import Door, Room, Wall, Window
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["windowless_room"]

_LIVED_IN = ("living_room", "dining_room", "bedroom", "study")


@rule("FP031", each=Room, severity=Severity.WARNING)
def windowless_room(room: Room, context: Context) -> Judgement:
    """Living room, dining room, bedroom or study without a window.

    Sliding doors to a balcony count. A living or dining room also counts as lit when an opening without a
    leaf joins it to a room that has a window. A plan of bare rooms is not judged.

    Example:
        >>> plan = drawn("ab", scale=3.0, a="bedroom", b="bedroom", windows=[{"room": "a"}])
        >>> [f.elements for f in check(plan, [windowless_room]).findings]
        [('b',)]
    """
    if room.kind not in _LIVED_IN or not (context.of(Wall) or len(context.of(Window))):
        return SKIP
    if glazing(context, room.id) > 0:
        return None
    openings = {d.id for d in context.of(Door) if d.kind == "opening"}
    if room.kind in ("living_room", "dining_room") and any(
        way.door in openings and way.to in rooms(context) and glazing(context, way.to) > 0
        for way in passages(context, room.id)
    ):
        return None
    return found(
        f"{room.id} ({room.kind.replace('_', ' ')}) has no window.",
        room.id,
        where=room.shape,
        remedy="Bring it to the façade along at least 1.00 m and put a window there.",
    )
