"""Bathrooms smaller than GB 50096 asks."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_area
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["small_bathroom"]


@rule("FP507", each=Room, source=Source("GB 50096", "2011", "5.4.1", verified=True))
def small_bathroom(room: Room, context: Context, *, min_area: SquareMetres = 2.5) -> Judgement:
    """Bathroom smaller than 2.5 m².

    That is the limit for three fixtures. A WC with a basin needs 1.8 m², with a shower 2.0 m²; a room of
    kind toilet has a rule of its own.

    Args:
        min_area: least clear floor [m²].

    Example:
        >>> plan = drawn("a", scale=1.5, a="bathroom")
        >>> [(f.elements, round(f.measured, 2)) for f in check(plan, [small_bathroom]).findings]
        [(('a',), 2.25)]
    """
    if room.kind != "bathroom":
        return SKIP
    return least_area(room, context, min_area)
