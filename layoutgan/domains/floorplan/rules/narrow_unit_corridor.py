"""Corridors in dwelling units narrower than the IBC asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_unit_corridor"]


@rule("FP206", each=Room, source=Source("IBC", "2021", "1020.3"))
def narrow_unit_corridor(room: Room, context: Context, *, min_width: Metres = 0.914) -> Judgement:
    """Corridor within a dwelling unit narrower than 36 inches.

    The clause has not been read by us, so this is a warning.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aaa", scale=0.8, a="corridor")
        >>> [(f.elements, f.measured) for f in check(plan, [narrow_unit_corridor]).findings]
        [(('a',), 0.8)]
    """
    if room.kind != "corridor":
        return SKIP
    return least_width(room, context, min_width)
