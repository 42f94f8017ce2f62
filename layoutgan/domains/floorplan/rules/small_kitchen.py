"""Kitchens smaller than GB 50096 asks."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_area
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["small_kitchen"]


@rule("FP506", each=Room, source=Source("GB 50096", "2011", "5.3.1", verified=True))
def small_kitchen(room: Room, context: Context, *, min_area: SquareMetres = 4.0) -> Judgement:
    """Kitchen smaller than 4 m².

    Dwellings of the smallest type may have 3.5 m²; set the limit to that for them.

    Args:
        min_area: least clear floor [m²].

    Example:
        >>> plan = drawn("a", scale=1.5, a="kitchen")
        >>> [(f.elements, round(f.measured, 2)) for f in check(plan, [small_kitchen]).findings]
        [(('a',), 2.25)]
    """
    if room.kind != "kitchen":
        return SKIP
    return least_area(room, context, min_area)
