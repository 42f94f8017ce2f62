"""Rooms that their walls cut in pieces."""

from __future__ import annotations

from shapely.geometry import Polygon

from layoutgan.core.geometry import parts
from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.derived import floors
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import Context, Judgement, found, rule

__all__ = ["divided_room"]


@rule("FP004", each=Room)
def divided_room(room: Room, context: Context, *, min_piece: SquareMetres = 0.01) -> Judgement:
    """Room whose floor is in several pieces.

    A room is one connected floor. Where it is thinner than the walls around it, or a wall runs across it,
    nobody can walk from one piece to the other.

    Args:
        min_piece: smallest piece that counts [m²].

    Example:
        >>> plan = drawn('''
        ... aaaa
        ... aaaa
        ... ''', a="bedroom")
        >>> across = Wall(id="w", kind="interior", shape=[[2, 0], [2, 2]], thickness=0.1)
        >>> cut = plan.replaced(elements=(*plan.elements, across))
        >>> [f.elements for f in check(cut, [divided_room]).findings]
        [('a',)]
    """
    floor = floors(context)[room.id]
    if isinstance(floor, Polygon) and not floor.is_empty:
        return None
    pieces = [p for p in parts(floor) if p.area >= min_piece]
    if len(pieces) == 1:
        return None
    smaller = sum(p.area for p in pieces[1:])
    return found(
        f"The floor of {room.id} is in {len(pieces)} pieces.",
        room.id,
        where=pieces[-1] if pieces else room.shape,
        measured=smaller,
        limit=min_piece,
        remedy=f"Widen it where it is pinched, or give the smaller {smaller:.2f} m² to its neighbours.",
    )
