"""Efficiency units smaller than the IBC asks."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_area
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["small_efficiency_unit"]


@rule("FP205", each=Layout, source=Source("IBC", "2021", "1208.4", verified=True))
def small_efficiency_unit(layout: Layout, context: Context, *, min_area: SquareMetres = 20.4) -> Judgement:
    """Efficiency unit whose living room is smaller than 220 square feet.

    An efficiency unit is a dwelling with a living room and no bedroom. Later editions ask for 190 square
    feet; set the limit to what is in force.

    Args:
        min_area: least clear floor of the living room [m²].

    Example:
        >>> plan = drawn("ab", scale=4.0, a="living_room", b="bathroom")
        >>> [(f.elements, f.measured) for f in check(plan, [small_efficiency_unit]).findings]
        [(('a',), 16.0)]
    """
    living = [room for room in context.of(Room) if room.kind == "living_room"]
    if not living or any(room.kind == "bedroom" for room in context.of(Room)):
        return SKIP
    return least_area(max(living, key=lambda r: (r.shape.area, r.id)), context, min_area)
