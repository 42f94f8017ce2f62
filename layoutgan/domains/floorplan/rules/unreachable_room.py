"""Rooms without a way in."""

from __future__ import annotations

from layoutgan.domains.floorplan.derived import contacts, passages, reached
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.seams import OUTSIDE
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["unreachable_room"]


@rule("FP023", each=Room)
def unreachable_room(room: Room, context: Context) -> Judgement:
    """Room that cannot be reached from the entrance through doors and openings.

    Plans without a front door are not judged; that is a finding of its own.

    Example:
        >>> plan = drawn("abc", scale=2.0, a="corridor", b="living_room", c="bedroom",
        ...     doors=[{"between": "ab"}, {"between": ["a", "outside"]}])
        >>> [f.elements for f in check(plan, [unreachable_room]).findings]
        [('c',)]
    """
    if not passages(context, OUTSIDE):
        return SKIP
    inside = reached(context)
    if room.id in inside:
        return None
    near = {
        end: length
        for pair, length in contacts(context).longest.items()
        if room.id in pair
        for end in pair
        if end in inside
    }
    best = max(near, key=lambda end: (near[end], end), default=None)
    remedy = (
        f"Put a door into its {near[best]:.2f} m of wall to {best}."
        if best
        else ("Bring it to a room that can be reached, along at least 1.00 m of wall, and put a door there.")
    )
    return found(f"{room.id} cannot be reached from the entrance.", room.id, where=room.shape, remedy=remedy)
