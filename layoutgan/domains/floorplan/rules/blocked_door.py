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
    """Door whose leaf hits a wall or a column, or that has a column in the way.

    Measured is the part of the quarter circle that does not lie on the clear floor of the room that the
    leaf opens into, and what columns take of it and of the floor within 0.3 m of the door.

    Args:
        max_blocked: how much may be blocked [m²].

    Example:
        >>> plan = drawn('''
        ... aaaa
        ... bbbb
        ... ''', scale=0.7, a="bedroom", b="corridor", doors=[{"between": "ab", "into": "b", "width": 0.9}])
        >>> [(f.elements, round(f.measured, 2)) for f in check(plan, [blocked_door]).findings]
        [(('door-a-b',), 0.11)]
    """
    columns = [o.shape for o in context.of(Obstacle) if is_column(o)]
    floor = floors(context).get(door.opens_into or "")
    sweep = swings(context).get(door.id)
    if (floor is None or sweep is None) and not columns:
        return SKIP
    way = door.shape.buffer(door.thickness / 2 + _BEFORE, cap_style="flat")
    needed = way if sweep is None else sweep.union(way)
    blocked = [needed.intersection(column) for column in columns if column.intersects(needed)]
    if floor is not None and sweep is not None:
        blocked.append(sweep.difference(floor))
    shape = shapely.union_all(blocked)
    if shape.area <= max_blocked:
        return None
    return found(
        f"{door.id} is blocked on {shape.area:.2f} m².",
        door.id,
        where=shape,
        measured=shape.area,
        limit=max_blocked,
        remedy=f"Move it, turn it, or let it slide; it is {door.shape.length:.2f} m wide.",
    )


_BEFORE = 0.3
"""Floor before and behind a door that must be free of columns [m]."""
