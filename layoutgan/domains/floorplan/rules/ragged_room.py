"""Rooms with many corners."""

from __future__ import annotations

from layoutgan.core.geometry import corner_count
from layoutgan.core.schema import Ratio
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import Context, Judgement, Severity, Source, found, rule

__all__ = ["ragged_room"]


@rule("FP908", each=Room, source=Source("good practice"), severity=Severity.WARNING)
def ragged_room(room: Room, context: Context, *, max_corners: Ratio = 8) -> Judgement:
    """Room with more than eight corners.

    Each corner costs plaster, and furniture stands badly in a ragged room. Corners within 5 cm of a
    straight wall are left out.

    Args:
        max_corners: most corners [-].

    Example:
        >>> plan = drawn('''
        ... aab
        ... abb
        ... aab
        ... aba
        ... aaa
        ... ''', a="living_room", b="closet")
        >>> [(f.elements, f.measured) for f in check(plan, [ragged_room]).findings]
        [(('a',), 10)]
    """
    corners = corner_count(room.shape)
    if corners <= max_corners:
        return None
    return found(
        f"{room.id} has {corners} corners.",
        room.id,
        where=room.shape,
        measured=corners,
        limit=max_corners,
        remedy=f"Straighten its walls to {max_corners:.0f} corners or fewer.",
    )
