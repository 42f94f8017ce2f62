"""Accessible routes narrower than the ADA Standards ask."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_route"]


@rule("FP301", each=Room, source=Source("ADA Standards", "2010", verified=True))
def narrow_route(room: Room, context: Context, *, min_width: Metres = 0.915) -> Judgement:
    """Hall or corridor too narrow for a wheelchair.

    An accessible route is 36 inches clear (clause 403.5.1; we read the limit, not the clause's number).
    Measured is the side of the largest square between the walls.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aaa", scale=0.8, a="corridor")
        >>> [(f.elements, f.measured) for f in check(plan, [narrow_route]).findings]
        [(('a',), 0.8)]
    """
    if room.kind not in ("corridor", "entrance"):
        return SKIP
    return least_width(room, context, min_width)
