"""Further double bedrooms narrower than the nationally described space standard."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.bed_spaces import DOUBLE, bed_spaces
from layoutgan.domains.floorplan.rules.least import least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_other_double"]


@rule("FP407", each=Room, source=Source("Nationally described space standard", "2015", verified=True))
def narrow_other_double(room: Room, context: Context, *, min_width: Metres = 2.55) -> Judgement:
    """Further double bedroom narrower than 2.55 m.

    Measured over the 11.5 m² that it needs; alcoves do not help.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aaaabbb", scale=2.5, a="bedroom", b="bedroom")
        >>> [(f.elements, f.measured) for f in check(plan, [narrow_other_double]).findings]
        [(('b',), 2.5)]
    """
    doubles = bed_spaces(context).doubles
    if room not in doubles or room == doubles[0]:
        return SKIP
    return least_width(room, context, min_width, DOUBLE)
