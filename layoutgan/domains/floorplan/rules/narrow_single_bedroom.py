"""Single bedrooms narrower than the nationally described space standard."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.bed_spaces import bed_spaces
from layoutgan.domains.floorplan.rules.least import least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_single_bedroom"]


@rule("FP405", each=Room, source=Source("Nationally described space standard", "2015", verified=True))
def narrow_single_bedroom(room: Room, context: Context, *, min_width: Metres = 2.15) -> Judgement:
    """Single bedroom narrower than 2.15 m.

    Measured over the 7.5 m² that it needs; alcoves do not help.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aa", scale=2.0, a="bedroom")
        >>> [(f.elements, f.measured) for f in check(plan, [narrow_single_bedroom]).findings]
        [(('a',), 2.0)]
    """
    if room not in bed_spaces(context).singles:
        return SKIP
    return least_width(room, context, min_width, 7.5)
