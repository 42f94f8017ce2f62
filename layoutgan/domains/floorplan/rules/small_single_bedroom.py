"""Single bedrooms smaller than the nationally described space standard."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.bed_spaces import bed_spaces
from layoutgan.domains.floorplan.rules.least import least_area
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["small_single_bedroom"]


@rule("FP404", each=Room, source=Source("Nationally described space standard", "2015", verified=True))
def small_single_bedroom(room: Room, context: Context, *, min_area: SquareMetres = 7.5) -> Judgement:
    """Single bedroom smaller than 7.5 m².

    Bedrooms of 11.5 m² or more count as doubles.

    Args:
        min_area: least clear floor [m²].

    Example:
        >>> plan = drawn("a", scale=2.5, a="bedroom")
        >>> [(f.elements, f.measured) for f in check(plan, [small_single_bedroom]).findings]
        [(('a',), 6.25)]
    """
    if room not in bed_spaces(context).singles:
        return SKIP
    return least_area(room, context, min_area)
