"""Doors of bedrooms and living rooms narrower than GB 50096 asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.rules.least import kinds_of, least_door
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_bedroom_door"]


@rule("FP516", each=Door, source=Source("GB 50096", "2011", "5.8.7"))
def narrow_bedroom_door(door: Door, context: Context, *, min_width: Metres = 0.9) -> Judgement:
    """Door of a bedroom or living room narrower than 0.9 m.

    The clause means the opening in the wall, of which the frame takes some centimetres; it has not been
    read by us, so this is a warning.

    Args:
        min_width: least clear width between the jambs [m].

    Example:
        >>> door = {"between": "ab", "width": 0.8}
        >>> plan = drawn("ab", scale=3.0, a="corridor", b="bedroom", doors=[door])
        >>> [(f.elements, round(f.measured, 3)) for f in check(plan, [narrow_bedroom_door]).findings]
        [(('door-a-b',), 0.8)]
    """
    if not kinds_of(door, context) & {"bedroom", "living_room"} or kinds_of(door, context) & {
        "bathroom",
        "toilet",
        "closet",
        "storage",
        "balcony",
        "outdoor",
        "kitchen",
        "laundry",
    }:
        return SKIP
    return least_door(door, min_width)
