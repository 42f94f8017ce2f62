"""Egress doors narrower than the IRC asks."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.rules.least import front_doors, least_door
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_egress_door"]


@rule("FP108", each=Layout, source=Source("IRC", "2021", "R311.2", verified=True))
def narrow_egress_door(layout: Layout, context: Context, *, min_width: Metres = 0.813) -> Judgement:
    """Dwelling whose widest front door is narrower than 32 inches.

    Measured is the clear width between the jambs; a leaf open by 90° takes a few centimetres more.

    Args:
        min_width: least clear width [m].

    Example:
        >>> front = {"between": ["a", "outside"], "width": 0.75}
        >>> plan = drawn("a", scale=3.0, a="living_room", doors=[front])
        >>> [f.elements for f in check(plan, [narrow_egress_door]).findings]
        [('entrance',)]
    """
    doors = [door for door in front_doors(context) if door.opens_into is not None]
    if not doors:
        return SKIP
    return least_door(max(doors, key=lambda d: (d.shape.length, d.id)), min_width)
