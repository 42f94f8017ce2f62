"""Stairs between walls narrower than GB 50096 asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_walled_stair"]


@rule("FP519", each=Room, source=Source("GB 50096", "2011", "5.7.3", verified=True))
def narrow_walled_stair(room: Room, context: Context, *, min_width: Metres = 0.9) -> Judgement:
    """Stair within a dwelling, between walls, narrower than 0.9 m.

    A stair that is open on one side may have 0.75 m.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aaa", scale=0.8, a="stairs")
        >>> [(f.elements, f.measured) for f in check(plan, [narrow_walled_stair]).findings]
        [(('a',), 0.8)]
    """
    if room.kind != "stairs":
        return SKIP
    return least_width(room, context, min_width)
