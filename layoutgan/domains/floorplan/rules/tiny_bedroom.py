"""Bedrooms smaller than GB 50096 asks for one person."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_area
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["tiny_bedroom"]


@rule("FP504", each=Room, source=Source("GB 50096", "2011", "5.2.1", verified=True))
def tiny_bedroom(room: Room, context: Context, *, min_area: SquareMetres = 5.0) -> Judgement:
    """Bedroom smaller than 5 m².

    Args:
        min_area: least clear floor [m²].

    Example:
        >>> plan = drawn("a", scale=2.0, a="bedroom")
        >>> [(f.elements, round(f.measured, 2)) for f in check(plan, [tiny_bedroom]).findings]
        [(('a',), 4.0)]
    """
    if room.kind != "bedroom":
        return SKIP
    return least_area(room, context, min_area)
