"""Accessible routes through bathrooms or closets."""

from __future__ import annotations

from layoutgan.domains.floorplan.derived import reached, without
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["route_through_bathroom"]


@rule("FP307", each=Room, source=Source("ICC A117.1", "2003", "1002.3.1", verified=True))
def route_through_bathroom(room: Room, context: Context) -> Judgement:
    """Room that can only be reached through a bathroom, toilet or closet.

    An accessible route within a unit must not pass through a bathroom or closet. Closets and other wet
    rooms may lie behind them.

    Example:
        >>> plan = drawn("abc", scale=3.0, a="corridor", b="bathroom", c="bedroom",
        ...     doors=[{"between": "ab"}, {"between": "bc"}, {"between": ["a", "outside"]}])
        >>> [f.elements for f in check(plan, [route_through_bathroom]).findings]
        [('c',)]
    """
    small = ("bathroom", "toilet", "closet", "storage", "laundry")
    if room.kind in small or room.id not in reached(context):
        return SKIP
    closed = frozenset(r.id for r in context.of(Room) if r.kind in small)
    if room.id in without(context, closed):
        return None
    return found(
        f"{room.id} can only be reached through a bathroom or closet.",
        room.id,
        where=room.shape,
        remedy="Give it a door to a hall or the living room.",
    )
