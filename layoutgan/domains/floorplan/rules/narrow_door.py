"""Doors too narrow to walk through."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import rooms
from layoutgan.domains.floorplan.elements import Door
from layoutgan.validation.rule import Context, Judgement, found, rule

__all__ = ["narrow_door"]


@rule("FP028", each=Door)
def narrow_door(
    door: Door, context: Context, *, min_width: Metres = 0.60, min_closet: Metres = 0.50
) -> Judgement:
    """Door or opening too narrow to walk through.

    Measured is the clear width between the jambs. Rule packs of building codes ask for more.

    Args:
        min_width: least clear width [m].
        min_closet: least clear width into a closet or store [m].

    Example:
        >>> plan = drawn("ab", scale=2.0, a="bedroom", b="bathroom", doors=[{"between": "ab", "width": 0.5}])
        >>> [(f.elements, f.measured, f.limit) for f in check(plan, [narrow_door]).findings]
        [(('door-a-b',), 0.5, 0.6)]
    """
    kinds = {rooms(context)[end].kind for end in door.between if end in rooms(context)}
    limit = min_closet if kinds & {"closet", "storage"} else min_width
    width = float(door.shape.length)
    if width >= limit - 1e-6:
        return None
    return found(
        f"{door.id} is {width:.2f} m wide.",
        door.id,
        where=door.shape,
        measured=round(width, 9),
        limit=limit,
        remedy=f"Widen it by {limit - width:.2f} m to {limit:.2f} m.",
    )
