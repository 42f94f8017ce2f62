"""Stairs narrower than the IRC asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_stair"]


@rule("FP112", each=Room, source=Source("IRC", "2021", "R311.7"))
def narrow_stair(room: Room, context: Context, *, min_width: Metres = 0.914) -> Judgement:
    """Stair narrower than 36 inches.

    The limit is known second-hand only, so this is a warning.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aaa", scale=0.8, a="stairs")
        >>> [(f.elements, f.measured) for f in check(plan, [narrow_stair]).findings]
        [(('a',), 0.8)]
    """
    if room.kind != "stairs":
        return SKIP
    return least_width(room, context, min_width)
