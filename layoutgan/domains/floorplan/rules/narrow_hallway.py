"""Hallways narrower than the IRC asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_hallway"]


@rule("FP111", each=Room, source=Source("IRC", "2021", "R311.6", verified=True))
def narrow_hallway(room: Room, context: Context, *, min_width: Metres = 0.914) -> Judgement:
    """Hallway narrower than 3 feet.

    Measured is the side of the largest square between the walls, wherever the hallway is widest; a hallway
    that narrows further on has a neck, which has a rule of its own.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aaa", scale=0.8, a="corridor")
        >>> [(f.elements, f.measured) for f in check(plan, [narrow_hallway]).findings]
        [(('a',), 0.8)]
    """
    if room.kind not in ("corridor", "entrance"):
        return SKIP
    return least_width(room, context, min_width)
