"""Doors that cannot open."""

from __future__ import annotations

import shapely

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.brief import is_column
from layoutgan.domains.floorplan.derived import floors, swings
from layoutgan.domains.floorplan.elements import Door, Obstacle
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["blocked_door"]


@rule("FP027", each=Door, severity=Severity.WARNING)
def blocked_door(door: Door, context: Context, *, max_blocked: SquareMetres = 0.02) -> Judgement:
    """Door whose leaf hits a wall or a column before it is open by 90°.

    Measured is the part of the quarter circle that does not lie on the clear floor of the room that the
    leaf opens into.

    Args:
        max_blocked: part of the quarter circle that may be blocked [m²].

    Example:
        >>> plan = drawn('''
        ... aaaa
        ... bbbb
        ... ''', scale=0.7, a="bedroom", b="corridor", doors=[{"between": "ab", "into": "b", "width": 0.9}])
        >>> [(f.elements, round(f.measured, 2)) for f in check(plan, [blocked_door]).findings]
        [(('door-a-b',), 0.11)]
    """
    floor = floors(context).get(door.opens_into or "")
    sweep = swings(context).get(door.id)
    if floor is None or sweep is None:
        return SKIP
    columns = [o.shape for o in context.of(Obstacle) if is_column(o)]
    near = [c for c in columns if c.intersects(sweep)]
    blocked = sweep.difference(floor)
    if near:
        blocked = shapely.union_all([blocked, *(sweep.intersection(c) for c in near)])
    if blocked.area <= max_blocked:
        return None
    return found(
        f"The leaf of {door.id} is blocked on {blocked.area:.2f} m² of its swing.",
        door.id,
        where=blocked,
        measured=blocked.area,
        limit=max_blocked,
        remedy=f"Move it, turn it, or make it a sliding door; its leaf is {door.shape.length:.2f} m wide.",
    )
