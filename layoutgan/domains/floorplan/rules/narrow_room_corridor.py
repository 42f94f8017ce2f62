"""Corridors to bedrooms and living rooms narrower than GB 50096 asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_room_corridor"]


@rule("FP514", each=Room, source=Source("GB 50096", "2011", "5.7.1"))
def narrow_room_corridor(room: Room, context: Context, *, min_width: Metres = 1.0) -> Judgement:
    """Corridor narrower than 1.0 m.

    That is the limit for a way to bedrooms and the living room; a way to kitchen, bathroom and stores may
    have 0.9 m. The clause has not been read by us, so this is a warning.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aaa", scale=0.8, a="corridor")
        >>> [(f.elements, f.measured) for f in check(plan, [narrow_room_corridor]).findings]
        [(('a',), 0.8)]
    """
    if room.kind != "corridor":
        return SKIP
    return least_width(room, context, min_width)
