"""Bedrooms without a way out for emergencies."""

from __future__ import annotations

from layoutgan.domains.floorplan.derived import open_air, passages
from layoutgan.domains.floorplan.elements import Room, Window
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["trapped_sleeper"]


@rule("FP104", each=Room, source=Source("IRC", "2021", "R310.1", verified=True))
def trapped_sleeper(room: Room, context: Context) -> Judgement:
    """Bedroom without an emergency escape and rescue opening.

    Every sleeping room needs an opening straight to the outside: a window, or a door to the open air.
    Windows to a balcony count. How large the opening must be has rules of its own.

    Example:
        >>> plan = drawn("ab", scale=3.0, a="bedroom", b="bedroom", windows=[{"room": "a"}])
        >>> [f.elements for f in check(plan, [trapped_sleeper]).findings]
        [('b',)]
    """
    if room.kind != "bedroom" or not context.of(Window):
        return SKIP
    if any(window.room == room.id for window in context.of(Window)):
        return None
    if any(way.to in open_air(context) for way in passages(context, room.id)):
        return None
    return found(
        f"{room.id} has no opening to the outside.",
        room.id,
        where=room.shape,
        remedy="Give it a window with at least 0.53 m² of clear opening, or a door to the open air.",
    )
