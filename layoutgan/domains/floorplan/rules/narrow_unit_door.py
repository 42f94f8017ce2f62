"""Front doors narrower than GB 50016 asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.rules.least import front_doors, least_door
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_unit_door"]


@rule("FP515", each=Door, source=Source("GB 50016", "2014", "5.5.30", verified=True))
def narrow_unit_door(door: Door, context: Context, *, min_width: Metres = 0.9) -> Judgement:
    """Front door of a dwelling narrower than 0.9 m.

    Args:
        min_width: least clear width between the jambs [m].

    Example:
        >>> door = {"between": ["a", "outside"], "width": 0.8}
        >>> plan = drawn("a", scale=3.0, a="corridor", doors=[door])
        >>> [(f.elements, round(f.measured, 3)) for f in check(plan, [narrow_unit_door]).findings]
        [(('entrance',), 0.8)]
    """
    if door not in front_doors(context):
        return SKIP
    return least_door(door, min_width)
