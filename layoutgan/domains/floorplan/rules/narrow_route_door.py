"""Doors on accessible routes narrower than the ADA Standards ask."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.rules.least import kinds_of, least_door
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_route_door"]


@rule("FP302", each=Door, source=Source("ADA Standards", "2010", verified=True))
def narrow_route_door(door: Door, context: Context, *, min_width: Metres = 0.815) -> Judgement:
    """Door too narrow for a wheelchair.

    A door on an accessible route has 32 inches of clear width (clause 404.2.3; we read the limit, not the
    clause's number). Doors to closets and stores are not on the route.

    Args:
        min_width: least clear width between the jambs [m].

    Example:
        >>> door = {"between": "ab", "width": 0.71}
        >>> plan = drawn("ab", scale=3.0, a="corridor", b="bedroom", doors=[door])
        >>> [(f.elements, round(f.measured, 3)) for f in check(plan, [narrow_route_door]).findings]
        [(('door-a-b',), 0.71)]
    """
    if kinds_of(door, context) & {"closet", "storage", "balcony", "outdoor"}:
        return SKIP
    return least_door(door, min_width)
