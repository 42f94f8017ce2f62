"""A floor-plan layout from what a drawing shows: after people changed it, or without our data inside."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as Place
from shapely.geometry.base import BaseGeometry

from cad_plugin.reading.assemble import outline_around, wall_settings, walls_and_connections
from cad_plugin.reading.found import Found, FoundOpening, FoundShape
from cad_plugin.reading.room_shapes import room_shapes
from cad_plugin.reading.symbols import free_name, openings_from, symbol_of
from layoutgan.core.geometry import largest_part, parts, simplified
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.brief import is_column
from layoutgan.domains.floorplan.elements import Obstacle, Room
from layoutgan.domains.floorplan.kinds import ALIASES, KINDS
from layoutgan.errors import InputError

__all__ = ["differences", "layout_from"]

SAME = 1e-5
"""Deviation up to which shapes count as unchanged [m]."""


def differences(found: Found, expected: Found) -> list[str]:
    """What is not as it was drawn, in words; nothing when nobody changed anything."""
    said = []
    for what, now, before in (
        ("room", found.rooms, expected.rooms),
        ("obstacle", found.obstacles, expected.obstacles),
    ):
        said += _changed_shapes(what, now, before)
    if found.walls.symmetric_difference(expected.walls).area > 1e-4:
        said.append("walls were changed")
    old = {_name(o): o for o in expected.openings}
    new = {_name(o): o for o in found.openings}
    for name in sorted({*old, *new}):
        if name not in new:
            said.append(f"{name} was removed")
        elif name not in old:
            said.append(f"{name} was added")
        elif _moved(old[name], new[name]):
            said.append(f"{name} was changed")
    if len(new) != len(found.openings):
        said.append("a door or window was copied")
    return said


def _name(opening: FoundOpening) -> str:
    return opening.key.id if opening.key else f"{opening.block} at {opening.at[0]:.2f}, {opening.at[1]:.2f}"


def _moved(a: FoundOpening, b: FoundOpening) -> bool:
    turned = abs((a.angle - b.angle + 180.0) % 360.0 - 180.0) > 1e-3
    return (
        math.dist(a.at, b.at) > SAME or turned or a.block.upper() != b.block.upper() or a.stretch != b.stretch
    )


def _changed_shapes(what: str, now: Sequence[FoundShape], before: Sequence[FoundShape]) -> list[str]:
    def by_id(shapes: Sequence[FoundShape]) -> dict[str, BaseGeometry]:
        found: dict[str, list[Polygon]] = {}
        for s in shapes:
            found.setdefault(s.key.id if s.key else "", []).append(s.shape)
        return {name: shapely.union_all(pieces) for name, pieces in found.items()}

    old, new = by_id(before), by_id(now)
    said = [f"{what} {name or 'without a name'} was {'removed' if name in old else 'added'}"
            for name in sorted({*old} ^ {*new})]
    return said + [f"{what} {name} was changed" for name in sorted({*old} & {*new})
                   if old[name].symmetric_difference(new[name]).area > SAME * max(old[name].length, 1.0)]


def layout_from(found: Found, known: Layout | None, file: str, expected: Found | None = None) -> Layout:
    """The floor plan that a drawing shows.

    Args:
        found: what it shows.
        known: the layout that was written into the file, when it is still there.
        file: its name, for messages.
        expected: what the drawing of the known layout shows.

    Raises:
        InputError: the drawing shows no rooms.
    """
    return _Reading(found, known, file, expected).layout()


class _Floor(NamedTuple):
    """The clear floor of a room, and the outline that named it."""

    shape: Polygon
    outline: FoundShape | None


@dataclass
class _Reading:
    found: Found
    known: Layout | None
    file: str
    expected: Found | None

    def layout(self) -> Layout:
        """The layout, with the ids of the known one where things are recognised."""
        closed = self._closed_walls()
        floors, closed = self._floors(closed)
        if not floors:
            raise InputError(
                "shows no rooms: neither closed outlines on a layer for rooms (A-AREA) nor walls that "
                "enclose something on a layer for walls (A-WALL)",
                file=self.file,
            )
        shapes, met = room_shapes([f.shape for f in floors], closed)
        rooms = self._rooms(shapes, floors)
        obstacles = self._obstacles()
        boundary = self._boundary(rooms, obstacles)
        doors, windows = openings_from(self.found.openings, rooms, self.known)
        walls, connections = walls_and_connections(
            rooms, obstacles, boundary, doors, wall_settings(met, self.known), self.known
        )
        known = self.known
        return Layout(
            domain="floorplan",
            name=known.name if known else self._title(),
            boundary=boundary,
            north=known.north if known else 90.0,
            elements=(*rooms, *obstacles, *walls, *doors, *windows),
            connections=connections,
            brief=known.brief if known else None,
            provenance=known.provenance if known else None,
            notes=(*(known.notes if known else ()), f"Read from the drawing {file_name(self.file)}."),
        )

    def _title(self) -> str:
        return file_name(self.file).rsplit(".", 1)[0] or "Untitled"

    def _closed_walls(self) -> BaseGeometry:
        """Walls with their openings filled [m]."""
        # Also where doors stood before: who moves a door in CAD seldom mends the hole that it leaves.
        openings = [*self.found.openings, *(self.expected.openings if self.expected else ())]
        symbols = [s for s in map(symbol_of, openings) if s is not None]
        # A millimetre longer than the opening, so that no crack stays between it and the wall.
        fills = [_longer(s.line, 1e-3).buffer(s.thickness / 2, cap_style="flat") for s in symbols]
        return shapely.set_precision(shapely.union_all([self.found.walls, *fills]), 1e-6)

    def _floors(self, closed: BaseGeometry) -> tuple[list[_Floor], BaseGeometry]:
        """Clear floor of each room, and the walls between them [m].

        Outlines of rooms say it, unless only walls were changed since the drawing was made: then walls do.
        Where only outlines were changed, walls are what lies between them.
        """
        rooms = self.found.rooms
        outer = [r for r in rooms if not _is_hole(r, rooms)]
        walls_changed = rooms_changed = False
        if self.expected is not None:
            walls_changed = self.found.walls.symmetric_difference(self.expected.walls).area > 1e-4
            rooms_changed = bool(_changed_shapes("room", rooms, self.expected.rooms))
        if outer and (rooms_changed or not walls_changed):
            free = [r.shape.difference(shapely.union_all(_holes(r, rooms))) for r in outer]
            floors = [_Floor(largest_part(shape), r) for shape, r in zip(free, outer, strict=True)]
            if walls_changed or not rooms_changed:
                return floors, closed
            between = shapely.union_all([f.shape for f in floors])
            return floors, between.buffer(0.35, join_style="mitre").buffer(-0.35, join_style="mitre")
        solid = [o.shape for o in self.found.obstacles]
        holes = [Polygon(ring) for part in parts(closed) for ring in part.interiors]
        enclosed = [largest_part(h.difference(closed)) for h in holes if h.area > 0.2]
        floors = [_Floor(shape, _outline_in(shape, rooms)) for shape in enclosed
                  if not any(shape.intersection(s).area > 0.5 * shape.area for s in solid)
                  and (self._stamp_in(shape) or not self.found.stamps)]
        return sorted(floors, key=self._place), closed

    def _place(self, floor: _Floor) -> tuple[int, int]:
        """Rooms come in the order of their outlines or stamps."""
        stamp = self._stamp_in(floor.shape)
        return (self.found.rooms.index(floor.outline) if floor.outline else len(self.found.rooms),
                self.found.stamps.index(stamp) if stamp else len(self.found.stamps))

    def _stamp_in(self, shape: Polygon) -> FoundOpening | None:
        return next((s for s in self.found.stamps if shape.covers(Place(s.at))), None)

    def _rooms(
        self, shapes: Sequence[Polygon], floors: Sequence[_Floor]
    ) -> list[Room]:
        before = {r.id: r for r in self.known.of(Room)} if self.known else {}
        rooms: list[Room] = []
        used: set[str] = set()
        for number, (shape, (floor, outline)) in enumerate(zip(shapes, floors, strict=True), start=1):
            stamp = self._stamp_in(floor)
            values = dict(stamp.values) if stamp else {}
            key = (outline.key if outline else None) or (stamp.key if stamp else None)
            name = values.get("NAME") or next((t for p, t in self.found.texts if floor.covers(p) and t), "")
            identifier = free_name(key.id if key else values.get("NUMBER") or f"room-{number}", used)
            old = before.get(identifier)
            if old is not None:
                same = old.shape.symmetric_difference(shape).area < SAME * max(shape.length, 1.0)
                rooms.append(
                    old
                    if same
                    else Room(id=old.id, kind=old.kind, name=old.name, shape=shape, locked=old.locked)
                )
            else:
                sort = kind_named(values.get("KIND") or name)
                rooms.append(Room(id=identifier, kind=sort, shape=shape, name=name[:120]))
        return rooms

    def _obstacles(self) -> list[Obstacle]:
        before = {o.id: o for o in self.known.of(Obstacle)} if self.known else {}
        used: set[str] = set()
        made = []
        for number, one in enumerate(self.found.obstacles, start=1):
            identifier = free_name(one.key.id if one.key else f"obstacle-{number}", used)
            old = before.get(identifier)
            x0, y0, x1, y1 = one.shape.bounds
            kind = old.kind if old else "column" if max(x1 - x0, y1 - y0) <= 0.6 else "shaft"
            shape = (
                old.shape
                if old and old.shape.symmetric_difference(one.shape).area < SAME
                else simplified(one.shape)
            )
            made.append(Obstacle(id=identifier, kind=kind, shape=shape, locked=old.locked if old else True))
        return made

    def _boundary(self, rooms: Sequence[Room], obstacles: Sequence[Obstacle]) -> Polygon:
        """The outline: everything inside the outer walls."""
        if self.known is not None and self.known.boundary is not None:
            inside = shapely.union_all(
                [*(r.shape for r in rooms), *(o.shape for o in obstacles if not is_column(o))]
            )
            old = self.known.boundary
            if old.symmetric_difference(inside).area < 2e-3 * old.length:
                return old
        return outline_around(rooms, obstacles)


def file_name(path: str) -> str:
    """The last part of a path, however its parts are divided."""
    return re.split(r"[/\\]", path)[-1]


def kind_named(text: str) -> str:
    """The kind of room that a word means: its name, title, or an alias; otherwise ``other``."""
    word = re.sub(r"[\s-]+", "_", re.sub(r"[\d.]+$", "", text.strip().lower()).strip())
    if word in KINDS:
        return word
    if word in ALIASES:
        return ALIASES[word]
    titles = {k.title.lower().replace(" ", "_"): name for name, k in KINDS.items()}
    return titles.get(word) or next(
        (name for name in (*KINDS, *ALIASES) if len(name) > 3 and name in word), "other"
    ).replace("master_bedroom", "bedroom")


def _longer(line: LineString, by: float) -> LineString:
    (ax, ay), (bx, by_) = line.coords[0], line.coords[-1]
    ux, uy = (bx - ax) / line.length * by, (by_ - ay) / line.length * by
    return LineString([(ax - ux, ay - uy), (bx + ux, by_ + uy)])


def _is_hole(one: FoundShape, rooms: Sequence[FoundShape]) -> bool:
    return any(one in _holes(other, rooms, shapes=False) for other in rooms if other is not one)


def _holes(one: FoundShape, rooms: Sequence[FoundShape], shapes: bool = True) -> list[Any]:
    """Outlines of the same element inside its outline."""
    found = [
        r
        for r in rooms
        if r is not one and r.key is not None and r.key == one.key and r.shape.within(one.shape)
    ]
    return [r.shape for r in found] if shapes else found


def _outline_in(shape: Polygon, rooms: Sequence[FoundShape]) -> FoundShape | None:
    """The outline that covers most of a shape."""
    best = max(rooms, key=lambda r: r.shape.intersection(shape).area, default=None)
    return best if best is not None and best.shape.intersection(shape).area > 0.3 * shape.area else None
