"""Bedroom windows whose sills are too high."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import open_air, passages, rooms
from layoutgan.domains.floorplan.elements import Window
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["high_escape_sill"]


@rule("FP106", each=Window, source=Source("IRC", "2021", "R310.2", verified=True))
def high_escape_sill(window: Window, context: Context, *, max_sill: Metres = 1.118) -> Judgement:
    """Bedroom window whose sill is too high to climb over.

    The bottom of the opening may be at most 44 inches above the floor. Bedrooms with a door to the open
    air, or with another window that is low enough, pass.

    Args:
        max_sill: highest sill above the floor [m].

    Example:
        >>> plan = drawn("a", scale=3.0, a="bedroom", windows=[{"room": "a", "sill": 1.3}])
        >>> [(f.elements, f.measured) for f in check(plan, [high_escape_sill]).findings]
        [(('window-a-1', 'a'), 1.3)]
    """
    room = rooms(context).get(window.room)
    if room is None or room.kind != "bedroom":
        return SKIP
    if any(way.to in open_air(context) for way in passages(context, room.id)):
        return SKIP
    lowest = min((w for w in context.of(Window) if w.room == room.id), key=lambda w: (w.sill, w.id))
    if lowest.sill <= max_sill + 1e-6 or lowest is not window:
        return None
    return found(
        f"The lowest sill of {room.id} is {window.sill:.2f} m above the floor.",
        window.id,
        room.id,
        where=window.shape,
        measured=window.sill,
        limit=max_sill,
        remedy=f"Lower it by {window.sill - max_sill:.2f} m to {max_sill:.2f} m.",
    )
