"""Habitable rooms smaller than the IRC asks."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import LIVED_IN, least_area
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["small_habitable_room"]


@rule("FP102", each=Room, source=Source("IRC", "2021", "R304.1", verified=True))
def small_habitable_room(room: Room, context: Context, *, min_area: SquareMetres = 6.5) -> Judgement:
    """Habitable room smaller than 70 square feet.

    Kitchens are exempt.

    Args:
        min_area: least clear floor [m²].

    Example:
        >>> plan = drawn("ab", scale=2.5, a="bedroom", b="bathroom")
        >>> [(f.elements, f.measured) for f in check(plan, [small_habitable_room]).findings]
        [(('a',), 6.25)]
    """
    if room.kind not in LIVED_IN:
        return SKIP
    return least_area(room, context, min_area)
