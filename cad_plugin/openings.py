"""Doors and windows of a floor plan as inserted blocks, and the floor that door leaves sweep."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as Place

from cad_plugin.annotation import MM, clean
from cad_plugin.primitives import Block, Insert, Key, Point, Text
from cad_plugin.symbols import door_block, window_block
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Door, Room, Window

__all__ = ["opening_tags", "placed_openings", "swings"]


class _Frame(NamedTuple):
    """An opening seen from one of its jambs."""

    base: Point
    """That jamb on the wall's centre-line [mm]."""
    angle: float
    """Direction to the other jamb [°]."""
    width: float
    """[mm]"""

    def at(self, along: float, left: float) -> Point:
        """A place along the opening and to its left [mm]."""
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        return self.base[0] + cos * along - sin * left, self.base[1] + sin * along + cos * left


def _frame(line: LineString, from_end: bool = False) -> _Frame:
    a, b = line.coords[0], line.coords[-1]
    if from_end:
        a, b = b, a
    angle = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
    return _Frame((a[0] * MM, a[1] * MM), angle, math.hypot(b[0] - a[0], b[1] - a[1]) * MM)


def _opens_left(door: Door, frame: _Frame, rooms: Mapping[str, Room]) -> bool:
    """The room into which the leaf opens lies to the left of the way from hinge to the other jamb."""
    room = rooms.get(door.opens_into or "")
    if room is None:
        return True
    step = (door.thickness / 2 + 0.1) * MM
    away = [room.shape.distance(Place(x / MM, y / MM))
            for x, y in (frame.at(frame.width / 2, step), frame.at(frame.width / 2, -step))]
    return bool(away[0] <= away[1])


def placed_openings(layout: Layout) -> Iterator[tuple[Insert, Block]]:
    """Every door and window as an insert, with the block that it inserts."""
    rooms = {r.id: r for r in layout.of(Room)}
    for number, door in enumerate(layout.of(Door), start=1):
        frame = _frame(door.shape, door.hinge == "end")
        hand = ""
        if door.kind in ("door", "entrance"):
            hand = "R" if _opens_left(door, frame, rooms) else "L"
        block = door_block(door.kind, frame.width, door.thickness * MM, hand)
        values: dict[str, str] = {
            "TAG": f"D{number:02d}", "TYPE": door.kind, "WIDTH": f"{frame.width:.0f}",
            "HEIGHT": f"{door.height * MM:.0f}", "FROM": clean(door.between[0]), "TO": clean(door.between[1]),
            "HINGE": door.hinge, "WALL": f"{door.thickness * MM:.0f}"}
        yield (
            Insert("door", block.name, frame.base, frame.angle, tuple(values.items()), Key("door", door.id)),
            block,
        )
    for number, window in enumerate(layout.of(Window), start=1):
        frame = _frame(window.shape)
        block = window_block(frame.width, window.thickness * MM)
        values = {
            "TAG": f"W{number:02d}",
            "WIDTH": f"{frame.width:.0f}",
            "SILL": f"{window.sill * MM:.0f}",
            "HEAD": f"{window.head * MM:.0f}",
            "ROOM": clean(window.room),
            "WALL": f"{window.thickness * MM:.0f}",
        }
        yield Insert("window", block.name, frame.base, frame.angle, tuple(values.items()),
                     Key("window", window.id)), block


def opening_tags(layout: Layout, height: float) -> Iterator[Text]:
    """Numbers of doors and windows as in the schedules, in the swing of a door and inside of a window.

    Args:
        layout: a floor plan.
        height: of the text [mm].
    """
    rooms = {r.id: r for r in layout.of(Room)}
    for number, door in enumerate(layout.of(Door), start=1):
        frame, half = _frame(door.shape, door.hinge == "end"), door.thickness * MM / 2
        side = 1.0 if _opens_left(door, frame, rooms) else -1.0
        leaf = door.kind in ("door", "entrance")
        at = frame.at(0.42 * frame.width, side * (half + 0.38 * frame.width)) if leaf else frame.at(
            frame.width / 2, side * (half + 1.3 * height))
        yield Text("door_tag", at, f"D{number:02d}", height, rotation=0.0 if leaf else _upright(frame.angle),
                   key=Key("door", door.id))
    for number, window in enumerate(layout.of(Window), start=1):
        frame, room = _frame(window.shape), rooms.get(window.room)
        step = window.thickness * MM / 2 + 1.3 * height
        places = [frame.at(frame.width / 2, side * step) for side in (1.0, -1.0)]
        if room is not None:
            shape = room.shape
            places.sort(key=lambda p: shape.distance(Place(p[0] / MM, p[1] / MM)))
        yield Text("window_tag", places[0], f"W{number:02d}", height, rotation=_upright(frame.angle),
                   key=Key("window", window.id))


def _upright(angle: float) -> float:
    """The direction of a text along a line, readable from below or from the right [°]."""
    turned = angle % 180.0
    return turned if turned <= 90.0 + 1e-6 else turned - 180.0


def swings(layout: Layout) -> list[Polygon]:
    """The floor that each door leaf sweeps [mm]."""
    rooms = {r.id: r for r in layout.of(Room)}
    found = []
    for door in layout.of(Door):
        if door.kind not in ("door", "entrance"):
            continue
        frame = _frame(door.shape, door.hinge == "end")
        side = 1.0 if _opens_left(door, frame, rooms) else -1.0
        half, width = door.thickness * MM / 2, frame.width
        arc = [math.radians(step) for step in range(0, 91, 15)]
        found.append(Polygon([frame.at(0.0, side * half), *(
            frame.at(width * math.cos(t), side * (half + width * math.sin(t))) for t in arc)]))
    return found
