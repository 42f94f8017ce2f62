"""What stands in each room on a drawing: name, number and area, and where there is room for it."""

from __future__ import annotations

from typing import NamedTuple

import shapely
from shapely.geometry import Point, Polygon

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.rectangles import floor_of
from layoutgan.domains.floorplan.walls import clear_shapes

__all__ = ["RoomTag", "room_tags"]


class RoomTag(NamedTuple):
    """The text in a room, and the space for it."""

    room: str
    """Id of the room."""
    number: int
    """From 1, in the order of the layout."""
    name: str
    area: float
    """Clear floor [m²]."""
    at: Point
    """Middle of the text [m]."""
    width: float
    """Space for the text along x [m]."""
    height: float
    """Space for the text along y [m]."""


def room_tags(layout: Layout) -> tuple[RoomTag, ...]:
    """One tag for each room, in their order."""
    clear = clear_shapes(layout)
    return tuple(_tag(room, number, clear[room.id]) for number, room in enumerate(layout.of(Room), start=1))


def _tag(room: Room, number: int, floor: Polygon) -> RoomTag:
    at, width, height = _place(floor if not floor.is_empty else room.shape)
    return RoomTag(room.id, number, room.name or kind(room.kind).title, float(floor.area), at, width, height)


def _place(floor: Polygon) -> tuple[Point, float, float]:
    """Middle and size of the roomiest upright rectangle; wide ones first, because text is wide."""
    plain = floor_of(floor)
    if plain is not None and plain.boxes and plain.turn == (1.0, 0.0):
        x0, y0, x1, y1 = max(plain.boxes, key=lambda b: (min(b[2] - b[0], 2.5 * (b[3] - b[1])), b))
        return Point((x0 + x1) / 2, (y0 + y1) / 2), x1 - x0, y1 - y0
    radius = shapely.maximum_inscribed_circle(floor, tolerance=0.02)
    side = 1.4 * float(radius.length)
    return Point(radius.coords[0]), side, side
