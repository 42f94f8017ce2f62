"""Rooms many doors away from the entrance."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.floorplan.derived import route
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["long_way"]


@rule("FP910", each=Room, source=Source("good practice"), severity=Severity.WARNING)
def long_way(room: Room, context: Context, *, max_rooms: Ratio = 4) -> Judgement:
    """Room that lies more than four rooms from the entrance.

    Counted are the rooms on the shortest way from the front door, the room itself included. Closets,
    balconies and bathrooms may lie one further.

    Args:
        max_rooms: most rooms on the way [-].

    Example:
        >>> doors = [{"between": pair} for pair in ("ab", "bc", "cd", "de", ["a", "outside"])]
        >>> kinds = {"a": "corridor", "b": "living_room", "c": "dining_room", "d": "kitchen", "e": "study"}
        >>> plan = drawn("abcde", scale=2.0, doors=doors, **kinds)
        >>> [(f.elements, f.measured) for f in check(plan, [long_way]).findings]
        [(('e',), 5)]
    """
    way = route(context, room.id)
    if not way:
        return SKIP
    further = room.kind in ("closet", "storage", "balcony", "outdoor", "bathroom", "toilet", "laundry")
    if len(way) <= max_rooms + further:
        return None
    return found(
        f"The way to {room.id} leads through {', '.join(way[:-1])}.",
        room.id,
        where=room.shape,
        measured=len(way),
        limit=max_rooms + further,
        remedy=f"Give it a door to {way[0]} or a room beside it.",
    )
