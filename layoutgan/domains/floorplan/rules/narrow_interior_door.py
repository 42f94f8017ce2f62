"""Doors within Type B units narrower than A117.1 asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.rules.least import kinds_of, least_door
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_interior_door"]


@rule("FP305", each=Door, source=Source("ICC A117.1", "2003", "1004.5.2", verified=True))
def narrow_interior_door(door: Door, context: Context, *, min_width: Metres = 0.806) -> Judgement:
    """Door within a Type B dwelling unit narrower than 31¾ inches.

    Doors to closets and stores are left out.

    Args:
        min_width: least clear width between the jambs [m].

    Example:
        >>> door = {"between": "ab", "width": 0.71}
        >>> plan = drawn("ab", scale=3.0, a="corridor", b="bedroom", doors=[door])
        >>> [(f.elements, round(f.measured, 3)) for f in check(plan, [narrow_interior_door]).findings]
        [(('door-a-b',), 0.71)]
    """
    if kinds_of(door, context) & {"closet", "storage", "balcony", "outdoor", "outside"}:
        return SKIP
    return least_door(door, min_width)
