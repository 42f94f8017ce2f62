"""Doors that lead nowhere."""

from __future__ import annotations

from layoutgan.domains.floorplan.derived import rooms
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.seams import OUTSIDE
from layoutgan.validation.rule import Context, Judgement, found, rule

__all__ = ["stray_door"]


@rule("FP039", each=Door)
def stray_door(door: Door, context: Context) -> Judgement:
    """Door to a room that does not exist, or from a room to itself.

    Example:
        >>> door = Door(id="d", kind="door", between=("a", "z"), shape=[[1, 0], [1.8, 0]], thickness=0.1)
        >>> plan = drawn("ab", a="bedroom", b="corridor", also=[door])
        >>> [f.elements for f in check(plan, [stray_door]).findings]
        [('d',)]
    """
    one, two = door.between
    strange = sorted({end for end in door.between if end != OUTSIDE and end not in rooms(context)})
    if one != two and not strange:
        return None
    problem = (
        f"leads to {' and '.join(strange)}, and no room is called so"
        if strange
        else f"leads from {one} to itself"
    )
    return found(
        f"{door.id} {problem}.",
        door.id,
        where=door.shape,
        remedy="Name the two rooms on both sides of its wall, or remove it.",
    )
