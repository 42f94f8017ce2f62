"""Bathrooms and toilets too narrow for a WC."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_toilet"]


@rule("FP113", each=Room, source=Source("IRC", "2021", "R307.1 (derived)", verified=True))
def narrow_toilet(room: Room, context: Context, *, min_width: Metres = 0.762) -> Judgement:
    """Bathroom or toilet narrower than 30 inches.

    A WC needs 15 inches from its centre-line to either side, so that no room with one can be narrower.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aaa", scale=0.7, a="toilet")
        >>> [(f.elements, f.measured) for f in check(plan, [narrow_toilet]).findings]
        [(('a',), 0.7)]
    """
    if room.kind not in ("toilet", "bathroom"):
        return SKIP
    return least_width(room, context, min_width)
