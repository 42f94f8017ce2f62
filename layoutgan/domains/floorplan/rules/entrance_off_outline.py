"""Front doors that do not stand in an outer wall."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import host
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.seams import OUTSIDE
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["entrance_off_outline"]


@rule("FP021", each=Door)
def entrance_off_outline(door: Door, context: Context, *, max_beyond: Metres = 0.01) -> Judgement:
    """Front door that does not stand in the outer wall of its room.

    Args:
        max_beyond: how much of the door may lie beside the room's piece of outline [m].

    Example:
        >>> jambs = [[3.4, 2], [4.3, 2]]
        >>> door = Door(id="e", kind="entrance", between=("a", "outside"), shape=jambs, thickness=0.3)
        >>> plan = drawn("aab", scale=2.0, a="corridor", b="bedroom", also=[door])
        >>> [(f.elements, round(f.measured, 2)) for f in check(plan, [entrance_off_outline]).findings]
        [(('e', 'a'), 0.3)]
    """
    if OUTSIDE not in door.between or context.layout.boundary is None:
        return SKIP
    room = door.between[1] if door.between[0] == OUTSIDE else door.between[0]
    place = host(context, door, room, frozenset({OUTSIDE}))
    if place is not None and place.missing <= max_beyond:
        return None
    beyond = place.missing if place else float(door.shape.length)
    return found(
        f"{beyond:.2f} m of the front door {door.id} do not stand in the outer wall of {room}.",
        door.id,
        room,
        where=door.shape,
        measured=beyond,
        limit=max_beyond,
        remedy=f"Move it by {beyond:.2f} m along the outline, or let it open into the room that is there.",
    )
