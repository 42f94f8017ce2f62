"""Rooms smaller than works for their kind."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.floorplan.derived import clear_area, spaces
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["undersized_room"]


@rule("FP037", each=Room, severity=Severity.WARNING, unit="m²")
def undersized_room(room: Room, context: Context, *, factor: Ratio = 0.6) -> Judgement:
    """Room much smaller than is usual for its kind, where the brief gives no area.

    Args:
        factor: share of a small room of its kind that still passes [-].

    Example:
        >>> plan = drawn("aab", scale=1.4, a="bedroom", b="bathroom")
        >>> [(f.elements, round(f.measured, 2)) for f in check(plan, [undersized_room]).findings]
        [(('a',), 3.92)]
    """
    space = spaces(context).get(room.id)
    if space is not None and (space.area is not None or space.shape is not None):
        return SKIP
    limit = factor * kind(room.kind).area[0]
    area = clear_area(context, room.id)
    if area >= limit - 1e-6:
        return None
    return found(
        f"{room.id} has {area:.2f} m².",
        room.id,
        where=room.shape,
        measured=area,
        limit=limit,
        remedy=f"Enlarge it by {limit - area:.2f} m² to {limit:.2f} m².",
    )
