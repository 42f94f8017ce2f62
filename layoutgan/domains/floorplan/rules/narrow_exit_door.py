"""Exit doors narrower than the IBC asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.rules.least import front_doors, least_door
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_exit_door"]


@rule("FP207", each=Door, source=Source("IBC", "2021", "1010.1.1"))
def narrow_exit_door(door: Door, context: Context, *, min_width: Metres = 0.813) -> Judgement:
    """Front door narrower than 32 inches clear.

    The limit is known second-hand only, so this is a warning.

    Args:
        min_width: least clear width [m].

    Example:
        >>> front = {"between": ["a", "outside"], "width": 0.75}
        >>> plan = drawn("a", scale=3.0, a="living_room", doors=[front])
        >>> [f.elements for f in check(plan, [narrow_exit_door]).findings]
        [('entrance',)]
    """
    if door not in front_doors(context):
        return SKIP
    return least_door(door, min_width)
