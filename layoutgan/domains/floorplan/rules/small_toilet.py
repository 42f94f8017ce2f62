"""Toilets smaller than GB 50096 asks."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_area
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["small_toilet"]


@rule("FP508", each=Room, source=Source("GB 50096", "2011", "5.4.2", verified=True))
def small_toilet(room: Room, context: Context, *, min_area: SquareMetres = 1.1) -> Judgement:
    """Toilet smaller than 1.1 m².

    Args:
        min_area: least clear floor [m²].

    Example:
        >>> plan = drawn("a", scale=1.0, a="toilet")
        >>> [(f.elements, round(f.measured, 2)) for f in check(plan, [small_toilet]).findings]
        [(('a',), 1.0)]
    """
    if room.kind != "toilet":
        return SKIP
    return least_area(room, context, min_area)
