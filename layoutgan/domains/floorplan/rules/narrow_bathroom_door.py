"""Doors of bathrooms narrower than GB 50096 asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.rules.least import kinds_of, least_door
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_bathroom_door"]


@rule("FP518", each=Door, source=Source("GB 50096", "2011", "5.8.7"))
def narrow_bathroom_door(door: Door, context: Context, *, min_width: Metres = 0.7) -> Judgement:
    """Door of a bathroom or toilet narrower than 0.7 m.

    The clause has not been read by us, so this is a warning.

    Args:
        min_width: least clear width between the jambs [m].

    Example:
        >>> door = {"between": "ab", "width": 0.6}
        >>> plan = drawn("ab", scale=3.0, a="corridor", b="bathroom", doors=[door])
        >>> [(f.elements, round(f.measured, 3)) for f in check(plan, [narrow_bathroom_door]).findings]
        [(('door-a-b',), 0.6)]
    """
    if not kinds_of(door, context) & {"bathroom", "toilet"}:
        return SKIP
    return least_door(door, min_width)
