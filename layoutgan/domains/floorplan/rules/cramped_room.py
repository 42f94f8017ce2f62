"""Rooms narrower than is usual for their kind."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.floorplan.derived import clear_width, clears, spaces
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["cramped_room"]


@rule("FP009", each=Room, severity=Severity.WARNING, unit="m")
def cramped_room(room: Room, context: Context, *, factor: Ratio = 1.0) -> Judgement:
    """Room narrower than works for its kind, where the brief gives no width.

    Measured is the side of the largest square that fits between the walls; each kind has a least width that
    works (living rooms 2.4 m, bedrooms 2.0 m, toilets 0.8 m).

    Args:
        factor: multiple of the kind's own width [-].

    Example:
        >>> plan = drawn("aaab", scale=1.5, a="bedroom", b="bathroom")
        >>> [(f.elements, f.measured, f.limit) for f in check(plan, [cramped_room]).findings]
        [(('a',), 1.5, 2.0)]
    """
    space = spaces(context).get(room.id)
    if space is not None and space.min_width is not None:
        return SKIP
    limit = factor * kind(room.kind).min_width
    width = clear_width(context, room.id)
    if width >= limit - 1e-6:
        return None
    return found(
        f"{room.id} is {width:.2f} m wide.",
        room.id,
        where=clears(context)[room.id],
        measured=width,
        limit=limit,
        remedy=f"Widen it by {limit - width:.2f} m to {limit:.2f} m.",
    )
