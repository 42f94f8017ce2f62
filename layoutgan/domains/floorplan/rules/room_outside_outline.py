"""Rooms that reach beyond the outline."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.derived import seams
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["room_outside_outline"]


@rule("FP003", each=Room)
def room_outside_outline(room: Room, context: Context, *, max_outside: SquareMetres = 0.01) -> Judgement:
    """Room that reaches beyond the outline.

    The outline is the inner face of the outer walls, so floor beyond it stands in a wall or in the open.

    Args:
        max_outside: largest area beyond the outline that passes [m²].

    Example:
        >>> room = Room(id="a", kind="bedroom", shape=[[0, 0], [4, 0], [4, 3], [0, 3]])
        >>> plan = Layout(domain="floorplan", boundary=[[0, 0], [3.5, 0], [3.5, 3], [0, 3]], elements=(room,))
        >>> [f.measured for f in check(plan, [room_outside_outline]).findings]
        [1.5]
    """
    if context.layout.boundary is None:
        return SKIP
    if seams(context).exact:
        return None
    beyond = room.shape.difference(context.layout.boundary)
    if beyond.area <= max_outside:
        return None
    return found(
        f"{room.id} reaches {beyond.area:.2f} m² beyond the outline.",
        room.id,
        where=beyond,
        measured=beyond.area,
        limit=max_outside,
        remedy=f"Pull its wall back to the outline; that takes {beyond.area:.2f} m² from it.",
    )
