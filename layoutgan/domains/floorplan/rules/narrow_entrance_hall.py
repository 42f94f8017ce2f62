"""Entrance halls narrower than GB 50096 asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_entrance_hall"]


@rule("FP513", each=Room, source=Source("GB 50096", "2011", "5.7.1"))
def narrow_entrance_hall(room: Room, context: Context, *, min_width: Metres = 1.2) -> Judgement:
    """Entrance hall narrower than 1.2 m.

    The clause has not been read by us, so this is a warning.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aaa", scale=1.0, a="entrance")
        >>> [(f.elements, f.measured) for f in check(plan, [narrow_entrance_hall]).findings]
        [(('a',), 1.0)]
    """
    if room.kind != "entrance":
        return SKIP
    return least_width(room, context, min_width)
