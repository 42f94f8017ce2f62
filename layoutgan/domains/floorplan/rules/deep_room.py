"""Rooms too deep for daylight."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from layoutgan.core.schema import Ratio
from layoutgan.domains.floorplan.derived import clears, open_air
from layoutgan.domains.floorplan.elements import Door, Room, Window
from layoutgan.domains.floorplan.rules.least import LIVED_IN
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["deep_room"]


@rule("FP904", each=Room, source=Source("good practice"), severity=Severity.WARNING)
def deep_room(room: Room, context: Context, *, max_ratio: Ratio = 2.5) -> Judgement:
    """Room deeper than daylight reaches from its windows.

    Daylight reaches about two and a half times as far as the head of the window is high. Measured is the
    distance from the windows and glass doors to the farthest corner of the clear floor, over the height of
    the head.

    Args:
        max_ratio: depth over height of the window head [-].

    Example:
        >>> plan = drawn("aaa", scale=3.0, a="living_room", windows=[{"room": "a", "at": [0, 1.5]}])
        >>> [(f.elements, round(f.measured, 1)) for f in check(plan, [deep_room]).findings]
        [(('a',), 4.3)]
    """
    lights: list[tuple[BaseGeometry, float]] = [
        (w.shape, w.head) for w in context.of(Window) if w.room == room.id
    ]
    air = open_air(context)
    lights += [
        (door.shape, door.height)
        for door in context.of(Door)
        if door.kind == "sliding" and room.id in door.between and set(door.between) & air
    ]
    if room.kind not in LIVED_IN or not lights:
        return SKIP
    corners = shapely.get_coordinates(clears(context)[room.id])
    depth, head = 0.0, 1.0
    for corner in (shapely.Point(xy) for xy in corners):
        near, height = min((shape.distance(corner), height) for shape, height in lights)
        if near / height > depth / head:
            depth, head = near, height
    if depth / head <= max_ratio + 1e-6:
        return None
    return found(
        f"{room.id} is {depth:.1f} m deep behind a window {head:.1f} m high.",
        room.id,
        where=room.shape,
        measured=depth / head,
        limit=max_ratio,
        remedy=f"Add a window within {max_ratio * head:.1f} m of its far corner, or make it less deep.",
    )
