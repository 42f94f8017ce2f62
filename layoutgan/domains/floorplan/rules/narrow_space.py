"""Rooms narrower than the brief asks for."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.brief import Space
from layoutgan.domains.floorplan.derived import clear_width, clears, rooms
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["narrow_space"]


@rule("FP014", each=Space)
def narrow_space(space: Space, context: Context, *, tolerance: Metres = 0.002) -> Judgement:
    """Room narrower than the brief asks for.

    Measured is the side of the largest square, parallel to the walls, that fits on the clear floor; for a
    rectangular room that is its shorter side. Alcoves do not help.

    Args:
        tolerance: how much narrower a room may be, for rounding [m].

    Example:
        >>> plan = drawn('''
        ... aaab
        ... abbb
        ... ''', scale=2.5, a="bedroom", b="living_room", brief={"spaces": [
        ...     {"id": "a", "kind": "bedroom", "min_width": 2.75}, {"id": "b", "kind": "living_room"}]})
        >>> [(f.elements, f.measured, f.limit) for f in check(plan, [narrow_space]).findings]
        [(('a',), 2.5, 2.75)]
    """
    if space.min_width is None or space.id not in rooms(context):
        return SKIP
    width = clear_width(context, space.id)
    if width >= space.min_width - tolerance:
        return None
    return found(
        f"{space.id} is {width:.2f} m wide, the brief asks for {space.min_width:.2f} m.",
        space.id,
        where=clears(context)[space.id],
        measured=width,
        limit=space.min_width,
        remedy=f"Widen it by {space.min_width - width:.2f} m.",
    )
