"""Rooms that the brief does not ask for."""

from __future__ import annotations

from layoutgan.domains.floorplan.derived import brief_of, spaces
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["unasked_room"]


@rule("FP011", each=Room)
def unasked_room(room: Room, context: Context) -> Judgement:
    """Room that the brief does not ask for.

    A room too many takes floor from those that were asked for, and often is a piece cut off another room.

    Example:
        >>> plan = drawn("ab", a="bedroom", b="storage", brief={"spaces": [{"id": "a", "kind": "bedroom"}]})
        >>> [f.elements for f in check(plan, [unasked_room]).findings]
        [('b',)]
    """
    if brief_of(context) is None:
        return SKIP
    if room.id in spaces(context):
        return None
    return found(
        f"The brief asks for no room {room.id} ({room.kind}).",
        room.id,
        where=room.shape,
        remedy=f"Give its {room.shape.area:.1f} m² to its neighbours, or add it to the brief.",
    )
