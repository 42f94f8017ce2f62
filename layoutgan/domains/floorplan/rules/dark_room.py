"""Bedrooms, living rooms and kitchens without a window."""

from __future__ import annotations

from layoutgan.domains.floorplan.derived import glazing
from layoutgan.domains.floorplan.elements import Room, Window
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["dark_room"]


@rule("FP510", each=Room, source=Source("GB 50096", "2011", "7.1.3", verified=True))
def dark_room(room: Room, context: Context) -> Judgement:
    """Bedroom, living room or kitchen without a window to the open air.

    Sliding doors to a balcony count. Plans without windows are not judged.

    Example:
        >>> plan = drawn("ab", scale=3.0, a="kitchen", b="bedroom", windows=[{"room": "b"}])
        >>> [f.elements for f in check(plan, [dark_room]).findings]
        [('a',)]
    """
    if room.kind not in ("bedroom", "living_room", "kitchen") or not context.of(Window):
        return SKIP
    if glazing(context, room.id) > 0:
        return None
    return found(
        f"{room.id} has no window.",
        room.id,
        where=room.shape,
        remedy="Bring it to the façade along at least 1.00 m and put a window there.",
    )
