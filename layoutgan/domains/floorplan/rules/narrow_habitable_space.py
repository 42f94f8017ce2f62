"""Habitable spaces narrower than the IBC asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres, SquareMetres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import LIVED_IN, least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_habitable_space"]


@rule("FP201", each=Room, source=Source("IBC", "2021", "1208.1", verified=True))
def narrow_habitable_space(
    room: Room, context: Context, *, min_width: Metres = 2.134, min_area: SquareMetres = 6.5
) -> Judgement:
    """Habitable space narrower than 7 feet in any plan dimension.

    Measured as in narrow_room: the largest square that can be moved over the area that the room needs.
    Kitchens are exempt.

    Args:
        min_width: least clear width [m].
        min_area: area over which it is measured [m²].

    Example:
        >>> plan = drawn("aab", scale=2.0, a="living_room", b="bathroom")
        >>> [(f.elements, f.measured) for f in check(plan, [narrow_habitable_space]).findings]
        [(('a',), 2.0)]
    """
    if room.kind not in LIVED_IN:
        return SKIP
    return least_width(room, context, min_width, min_area)
