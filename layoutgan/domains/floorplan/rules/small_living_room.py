"""Living rooms smaller than GB 50096 asks."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_area
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["small_living_room"]


@rule("FP505", each=Room, source=Source("GB 50096", "2011", "5.2.2", verified=True))
def small_living_room(room: Room, context: Context, *, min_area: SquareMetres = 10.0) -> Judgement:
    """Living room smaller than 10 m².

    Args:
        min_area: least clear floor [m²].

    Example:
        >>> plan = drawn("a", scale=3.0, a="living_room")
        >>> [(f.elements, round(f.measured, 2)) for f in check(plan, [small_living_room]).findings]
        [(('a',), 9.0)]
    """
    if room.kind != "living_room":
        return SKIP
    return least_area(room, context, min_area)
