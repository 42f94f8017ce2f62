"""Kitchens without a clear passage."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_kitchen_passage"]


@rule("FP202", each=Room, source=Source("IBC", "2021", "1208.1", verified=True))
def narrow_kitchen_passage(room: Room, context: Context, *, min_width: Metres = 0.914) -> Judgement:
    """Kitchen narrower than the clear passage of 3 feet that it needs.

    The passage runs between counters, appliances and walls. Only the walls are in the plan, so a kitchen
    passes here that is as wide as the passage alone.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aaa", scale=0.8, a="kitchen")
        >>> [(f.elements, f.measured) for f in check(plan, [narrow_kitchen_passage]).findings]
        [(('a',), 0.8)]
    """
    if room.kind != "kitchen":
        return SKIP
    return least_width(room, context, min_width)
