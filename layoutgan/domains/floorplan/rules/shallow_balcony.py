"""Balconies shallower than the London Plan asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, rule

__all__ = ["shallow_balcony"]


@rule(
    "FP409", each=Room, source=Source("London Plan", "2021", "D6", verified=True), severity=Severity.WARNING
)
def shallow_balcony(room: Room, context: Context, *, min_width: Metres = 1.5) -> Judgement:
    """Balcony shallower than 1.5 m.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aaa", scale=1.2, a="balcony")
        >>> [(f.elements, f.measured) for f in check(plan, [shallow_balcony]).findings]
        [(('a',), 1.2)]
    """
    if room.kind != "balcony":
        return SKIP
    return least_width(room, context, min_width)
