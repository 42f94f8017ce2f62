"""Rooms that cover what stands there already."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.derived import obstacles, seams
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["room_over_obstacle"]


@rule("FP007", each=Room)
def room_over_obstacle(room: Room, context: Context, *, max_overlap: SquareMetres = 0.001) -> Judgement:
    """Room that covers a shaft, a stair or another thing that stands there already.

    Columns of at most 0.6 m a side may stand inside a room; everything else must stay free.

    Args:
        max_overlap: largest overlap that passes [m²].

    Example:
        >>> shaft = Obstacle(id="shaft-1", kind="shaft", shape=[[1, 1], [2, 1], [2, 2], [1, 2]])
        >>> plan = drawn('''
        ... aaa
        ... aaa
        ... aaa
        ... ''', a="bedroom", also=[shaft])
        >>> [f.elements for f in check(plan, [room_over_obstacle]).findings]
        [('a', 'shaft-1')]
    """
    standing = obstacles(context)
    if not standing:
        return SKIP
    if seams(context).exact:
        return None
    findings = []
    for obstacle in standing:
        shape = room.shape.intersection(obstacle.shape)
        if shape.area > max_overlap:
            findings.append(
                found(
                    f"{room.id} covers {shape.area:.2f} m² of the {obstacle.kind} {obstacle.id}.",
                    room.id,
                    obstacle.id,
                    where=shape,
                    measured=shape.area,
                    limit=max_overlap,
                    remedy=f"Keep the {shape.area:.2f} m² out of the room.",
                )
            )
    return findings
