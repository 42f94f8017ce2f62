"""Doors that do not stand in the wall of their rooms."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import host
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.seams import OUTSIDE
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["door_off_wall"]


@rule("FP029", each=Door)
def door_off_wall(door: Door, context: Context, *, max_beyond: Metres = 0.01) -> Judgement:
    """Door that does not fit into the wall between its two rooms.

    A door connects the rooms that it names only where it stands in the wall that they share. Front doors
    have a rule of their own.

    Args:
        max_beyond: how much of the door may lie beside the shared wall [m].

    Example:
        >>> plan = drawn('''
        ... ab
        ... cb
        ... ''', a="bedroom", b="corridor", c="bathroom",
        ...     doors=[{"between": "ab", "at": [1, 1.3], "width": 0.8}])
        >>> [(f.elements, round(f.measured, 3)) for f in check(plan, [door_off_wall]).findings]
        [(('door-a-b', 'a', 'b'), 0.1)]
    """
    one, two = door.between
    if OUTSIDE in door.between:
        return SKIP
    place = host(context, door, one, frozenset({two}))
    if place is not None and place.missing <= max_beyond:
        return None
    beyond = place.missing if place else float(door.shape.length)
    return found(
        f"{beyond:.2f} m of {door.id} do not stand in the wall between {one} and {two}.",
        door.id,
        one,
        two,
        where=door.shape,
        measured=beyond,
        limit=max_beyond,
        remedy=f"Move it by {beyond:.2f} m into that wall, or narrow it by as much.",
    )
