"""Rooms that claim the same floor."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.derived import overlaps
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import Context, Judgement, found, rule

__all__ = ["overlapping_rooms"]


@rule("FP001", each=Room)
def overlapping_rooms(room: Room, context: Context, *, max_overlap: SquareMetres = 0.001) -> Judgement:
    """Room that claims floor of another one.

    Two rooms cannot have the same floor: areas count twice, and no wall can be drawn between them. The
    overlap of the rooms' shapes is measured; rooms that share a wall only touch.

    Args:
        max_overlap: largest overlap that passes, for rounding in files from elsewhere [m²].

    Example:
        >>> a = Room(id="a", kind="bedroom", shape=[[0, 0], [4, 0], [4, 3], [0, 3]])
        >>> b = Room(id="b", kind="bedroom", shape=[[3, 0], [7, 0], [7, 3], [3, 3]])
        >>> plan = Layout(domain="floorplan", elements=(a, b))
        >>> [(f.elements, f.measured) for f in check(plan, [overlapping_rooms]).findings]
        [(('a', 'b'), 3.0)]
    """
    return [
        found(
            f"{one} and {two} overlap on {shape.area:.2f} m².",
            one,
            two,
            where=shape,
            measured=shape.area,
            limit=max_overlap,
            remedy=f"Move their common wall so that {shape.area:.2f} m² belong to one of them.",
        )
        for one, two, shape in overlaps(context)
        if one == room.id and shape.area > max_overlap
    ]
