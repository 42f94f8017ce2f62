"""Primary entrances narrower than A117.1 asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.rules.least import front_doors, least_door
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_primary_entrance"]


@rule("FP306", each=Door, source=Source("ICC A117.1", "2003", "1004.5.2", verified=True))
def narrow_primary_entrance(door: Door, context: Context, *, min_width: Metres = 0.813) -> Judgement:
    """Front door of a dwelling unit narrower than 32 inches.

    The manoeuvring space before it is not judged here.

    Args:
        min_width: least clear width between the jambs [m].

    Example:
        >>> door = {"between": ["a", "outside"], "width": 0.71}
        >>> plan = drawn("a", scale=3.0, a="corridor", doors=[door])
        >>> [(f.elements, round(f.measured, 3)) for f in check(plan, [narrow_primary_entrance]).findings]
        [(('entrance',), 0.71)]
    """
    if door not in front_doors(context):
        return SKIP
    return least_door(door, min_width)
