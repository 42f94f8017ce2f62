"""Floor plans in drawings that were made elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from cad_plugin.dxf_read import damage
from cad_plugin.reading.assemble import outline_around, wall_settings, walls_and_connections
from cad_plugin.reading.content import Content, Stroke
from cad_plugin.reading.flatten import content_of
from cad_plugin.reading.floors import closed_walls, enclosed, lost_area, outlined, walls_between
from cad_plugin.reading.gaps import Hole, holes_in
from cad_plugin.reading.labels import Named, labels_of_rooms, named
from cad_plugin.reading.marks import Mark, marks_in, signs_of
from cad_plugin.reading.names import LayerMapping, Names
from cad_plugin.reading.network import Walls, walls_from
from cad_plugin.reading.open_plan import courtyards, divisions
from cad_plugin.reading.openings import THIN, openings_of
from cad_plugin.reading.room_shapes import room_shapes
from cad_plugin.reading.understood import LayerUse, Remark, Understood
from cad_plugin.reading.units import Unit, header_unit, unit_from
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Obstacle, Room
from layoutgan.domains.floorplan.walls import clear_shapes
from layoutgan.errors import InputError

__all__ = ["Options", "Reading", "ring_of", "understood"]

MAX_LINES = 60_000
"""Most straight pieces of walls [-]."""
MAX_ROOMS = 2_000
BESIDE = 0.45
"""How far from the outline of a room its doors and windows stand, where no walls are drawn [m]."""
SHAFT = 1.2
"""A nameless closed face up to this is a shaft where other rooms have names [m²]."""


@dataclass(frozen=True)
class Options:
    """What a user says about a drawing."""

    mapping: LayerMapping = field(default_factory=LayerMapping)
    units: str | None = None
    scale: float | None = None
    """The drawing is 1 to this [-]."""
    gap: float | None = None
    """Lines of walls that end this near to each other are meant to meet [m]."""


def understood(doc: Any, file: str, options: Options | None = None) -> Understood:
    """The floor plan that an ezdxf document shows.

    Args:
        doc: the document.
        file: its name, for messages.
        options: what the user says about it.

    Raises:
        InputError: it shows no rooms, or its unit is not known.
    """
    return Reading(doc, file, options or Options()).result()


class Reading:
    """One drawing on its way to a layout."""

    def __init__(self, doc: Any, file: str, options: Options) -> None:
        self.file, self.options = file, options
        self.gap = options.mapping.gap if options.gap is None else options.gap
        self.names = Names(options.mapping)
        self.remarks: list[Remark] = []
        with damage(file):
            drawn = content_of(doc, file)
            self.header = header_unit(doc)
        if drawn.empty():
            raise InputError("shows no rooms: it holds no lines and no fills", file=file)
        if drawn.space != "model":
            self._say("assumed", f"nothing stands in model space; the sheet '{drawn.space}' was read instead")
        self.unit = self._unit(drawn)
        self.content: Content = drawn.scaled(self.unit.metres)
        self.signs = signs_of(self.content, self.names)

    def _say(self, sort: str, text: str, at: Any = None) -> None:
        self.remarks.append(Remark(sort, text, None if at is None else (float(at[0]), float(at[1]))))

    def _unit(self, drawn: Content) -> Unit:
        roles = {s.layer: self.names.layer(s.layer).role for s in drawn.strokes}
        used = [s for s in drawn.strokes if roles[s.layer] != "ignore"] or drawn.strokes
        leaves = [
            s.bow.radius
            for s in used
            if s.bow is not None
            and 55.0 <= s.bow.sweep <= 100.0
            and (roles[s.layer] in ("door", "opening") or self._is_door(drawn, s))
        ]
        walls = [s for s in used if roles[s.layer] in ("wall", "room")] or used
        points = np.concatenate([s.points for s in walls]) if walls else np.zeros((1, 2))
        mapping = self.options.mapping
        return unit_from(
            self.header,
            leaves,
            float(np.ptp(points, axis=0).max()),
            said=self.options.units or mapping.units,
            scale=self.options.scale or mapping.scale or 1.0,
            file=self.file,
        )

    def _is_door(self, drawn: Content, stroke: Stroke) -> bool:
        number = stroke.insert
        while number >= 0:
            if self.names.block(drawn.inserts[number].name) == "door":
                return True
            number = drawn.inserts[number].parent
        return False

    def result(self) -> Understood:
        """The layout with everything that was assumed."""
        marks = marks_in(self.content, self.names)
        walls = self.walls_on()
        outlines = [shape for s in self._of("room") if (shape := ring_of(s)) is not None]
        floors, closed, holes, rest = self._floors(walls, outlines, marks)
        if not floors:
            raise InputError(self._no_rooms(), file=self.file)
        if len(floors) > MAX_ROOMS:
            problem = f"shows {len(floors)} closed faces; at most {MAX_ROOMS} are read"
            raise InputError(problem, file=self.file)
        texts = labels_of_rooms(self.content, self.names)
        said, stray = named(floors, texts, self.names)
        more = [] if outlines else divisions(walls, floors, said, texts, self.names)
        if more:
            holes = [*holes, *more]
            closed = closed_walls(walls, holes)
            floors = enclosed(walls, holes, closed)
            said, stray = named(floors, texts, self.names)
        for label in stray:
            name = label.text.splitlines()[0][:40]
            self._say("doubt", f"the name '{name}' stands in no closed room", label.at)
        layout = self._layout(floors, said, closed, holes)
        for mark in rest:
            middle = mark.shape.envelope.centroid
            self._say("left out", f"{mark.text} stands in no wall", (middle.x, middle.y))
        self._say_skipped()
        layout = layout.replaced(notes=tuple(str(r) for r in self._sorted())[:200])
        return Understood(layout, self.unit, tuple(self._uses()), tuple(self._sorted()), self._unused())

    def _sorted(self) -> list[Remark]:
        order = ("doubt", "assumed", "left out")
        return sorted(self.remarks, key=lambda r: order.index(r.sort))

    def _of(self, *roles: str) -> list[Stroke]:
        return [s for s in self.content.strokes if self.names.layer(s.layer).role in roles]

    def walls_on(self, layer: Callable[[str], bool] | None = None) -> Walls:
        """Walls from lines and hatches.

        Args:
            layer: whether a layer is used; by default all that are known to hold walls.
        """
        strokes = [s for s in self._of("wall", "railing") if not self._in_sign(s)]
        fills = [f for f in self.content.fills if self.names.layer(f.layer).role in ("wall", "wall_fill")]
        if layer is not None:
            strokes = [s for s in self.content.strokes if layer(s.layer) and not self._in_sign(s)]
            fills = [f for f in self.content.fills if layer(f.layer)]
        elif not strokes and not fills and not self._of("room"):
            strokes = self._likely_walls()
        lines = [line for s in strokes if (line := _line(s)) is not None]
        if sum(len(line.coords) for line in lines) > MAX_LINES:
            problem = f"has more than {MAX_LINES} pieces of walls; export only the floor plan"
            raise InputError(problem, file=self.file)
        near = shapely.union_all(lines) if lines else LineString()
        columns = [p for s in self._of("obstacle") if (p := ring_of(s)) is not None and p.is_valid]
        solid = [*(f.shape for f in fills), *(c for c in columns if near.distance(c) < self.gap)]
        walls = walls_from(lines, [f.buffer(0) for f in solid], self.gap)
        if walls.healed:
            text = f"{len(walls.healed)} gaps of up to {self.gap:g} m in wall lines closed, the first"
            self._say("assumed", text, (walls.healed[0].x, walls.healed[0].y))
        return walls

    def _in_sign(self, stroke: Stroke) -> bool:
        """Lines on wall layers inside the block of a door, a window or furniture are part of that."""
        sign = self.signs[stroke.insert] if stroke.insert >= 0 else -1
        return sign >= 0 and self.names.block(self.content.inserts[sign].name) != ""

    def _likely_walls(self) -> list[Stroke]:
        """The layer with most straight lines, where none is known to be of walls."""
        lengths: Counter[str] = Counter()
        for s in self.content.strokes:
            if self.names.layer(s.layer).role == "" and s.bow is None and not self._in_sign(s):
                lengths[s.layer] += float(np.linalg.norm(np.diff(s.points, axis=0), axis=1).sum())  # type: ignore[assignment]  # metres
        if not lengths:
            return []
        layer = max(lengths, key=lambda name: (lengths[name], name))
        self._say("assumed", f"no layer is known to hold walls; the lines on '{layer}' were taken for them")
        return [
            s for s in self.content.strokes if s.layer == layer and s.bow is None and not self._in_sign(s)
        ]

    def _floors(
        self, walls: Walls, outlines: Sequence[Polygon], marks: Sequence[Mark]
    ) -> tuple[list[Polygon], BaseGeometry, list[Hole], list[Mark]]:
        floors, around = outlined(outlines)
        if around:
            self._say("left out", f"{len(around)} outlines that are drawn around several rooms")
        drawn = not (floors and walls.bodies.is_empty and walls.singles.is_empty)
        if not drawn:
            between = walls_between(floors)
            edges = shapely.union_all([f.exterior for f in floors])
            walls = Walls(between, shapely.difference(edges, between.buffer(1e-3)))
            self._say("assumed", "no walls are drawn; they are what lies between the outlines of rooms")
        holes, rest = holes_in(walls, marks, 0.1 if drawn else BESIDE)
        closed = closed_walls(walls, holes)
        inside = enclosed(walls, holes, closed)
        if not floors:
            self._say_loose(walls)
            return inside, closed, holes, rest
        covered = shapely.union_all(floors).buffer(0.05)
        for face in inside:
            if face.area > 1.0 and face.intersection(covered).area < 0.3 * face.area:
                middle = face.representative_point()
                self._say(
                    "left out",
                    f"{face.area:.1f} m² enclosed by walls without an outline for a room",
                    (middle.x, middle.y),
                )
        return floors, closed, holes, rest

    def _say_loose(self, walls: Walls) -> None:
        if len(walls.loose) and not walls.bodies.is_empty:
            at = walls.loose[0]
            self._say(
                "doubt",
                f"{len(walls.loose)} lines of walls end without meeting another, the first",
                (at.x, at.y),
            )

    def _no_rooms(self) -> str:
        uses = [u for u in self._uses() if u.role in ("", "wall", "room")]
        seen = ", ".join(f"{u.name} ({u.role or 'unknown'}, {u.entities})" for u in uses[:8]) or "none of use"
        return (
            "shows no rooms: nothing is closed on layers of walls or rooms. Layers: "
            + seen
            + ". Say what they hold with --layers mapping.yaml, or close wider gaps with --gap 0.2"
        )

    def _layout(
        self, floors: Sequence[Polygon], said: Sequence[Named], closed: BaseGeometry, holes: Sequence[Hole]
    ) -> Layout:
        known = any(one.kind for one in said)
        courts = courtyards(floors, said, holes)
        for number in sorted(courts):
            at = floors[number].representative_point()
            text = f"a nameless space of {floors[number].area:.1f} m² with windows of rooms is a courtyard"
            self._say("assumed", text, (at.x, at.y))
        pairs = [
            (floor, one, known and (one.kind == "shaft" or (not one.name and floor.area <= SHAFT)))
            for number, (floor, one) in enumerate(zip(floors, said, strict=True))
            if number not in courts
        ]
        free = [(floor, one) for floor, one, shaft in pairs if not shaft]
        if not free:
            raise InputError("shows shafts only, no rooms", file=self.file)
        shapes, met = room_shapes([floor for floor, _ in free], closed)
        rooms = list(self._rooms(shapes, [one for _, one in free]))
        obstacles = list(self._obstacles([(floor, one) for floor, one, shaft in pairs if shaft], rooms))
        settings = wall_settings(met)
        doors, windows, remarks = openings_of(holes, rooms, settings.interior if closed.area else THIN)
        self.remarks += remarks
        boundary = outline_around(rooms, obstacles)
        walls, connections = walls_and_connections(rooms, obstacles, boundary, doors, settings, None, closed)
        layout = Layout(
            domain="floorplan",
            name=self._title(),
            boundary=boundary,
            elements=(*rooms, *obstacles, *walls, *doors, *windows),
            connections=connections,
        )
        self._compare(layout, [floor for floor, _ in free])
        return layout

    def _title(self) -> str:
        return self.file.replace("\\", "/").split("/")[-1].rsplit(".", 1)[0][:200] or "Untitled"

    def _rooms(self, shapes: Sequence[Polygon], said: Sequence[Named]) -> Iterator[Room]:
        used: Counter[str] = Counter()
        for shape, one in zip(shapes, said, strict=True):
            sort = one.kind or "other"
            used[sort] += 1
            inside = shape.representative_point()
            if not one.kind:
                text = (
                    f"the name '{one.name[:40]}' is no known kind of room"
                    if one.name
                    else "a room has no name"
                )
                self._say("assumed", f"{text}; its kind is 'other'", (inside.x, inside.y))
            if one.others:
                both = ", ".join(f"'{t[:30]}'" for t in (one.name, *one.others)[:4])
                self._say(
                    "doubt",
                    f"several names in one room ({both}): open to each other, or a wall is not "
                    f"closed; read as one {sort}",
                    (inside.x, inside.y),
                )
            yield Room(id=f"{sort}-{used[sort]}", kind=sort, shape=shape, name=one.name)

    def _obstacles(
        self, shafts: Sequence[tuple[Polygon, Named]], rooms: Sequence[Room]
    ) -> Iterator[Obstacle]:
        number = 0
        for shape, one in shafts:
            number += 1
            if not one.name:
                middle = shape.representative_point()
                self._say(
                    "assumed", f"a nameless space of {shape.area:.1f} m² is a shaft", (middle.x, middle.y)
                )
            yield Obstacle(id=f"shaft-{number}", kind="shaft", shape=shape, locked=True)
        free = shapely.union_all([r.shape for r in rooms])
        for stroke in self._of("obstacle"):
            ring = ring_of(stroke)
            if ring is not None and ring.is_valid and 1e-3 < ring.area < 4.0 and free.contains(ring):
                number += 1
                yield Obstacle(id=f"column-{number}", kind="column", shape=ring, locked=True)

    def _compare(self, layout: Layout, floors: Sequence[Polygon]) -> None:
        """Says where the clear floor that is judged is not the one that was drawn."""
        clear = clear_shapes(layout)
        for room, floor in zip(layout.of(Room), floors, strict=True):
            if lost_area(floor, clear[room.id]) > 0.02:
                at = floor.representative_point()
                self._say(
                    "doubt",
                    f"{room.id}: {floor.area:.2f} m² in the drawing, {clear[room.id].area:.2f} m² as judged",
                    (at.x, at.y),
                )

    def _say_skipped(self) -> None:
        for what, count in sorted(self.content.skipped.items()):
            if count:
                self._say("left out", f"{count} entities: {what}")
        for layer, count in sorted(self.content.hidden.items()):
            self._say("left out", f"{count} entities on layer '{layer}', which is off")
        for use in self._uses():
            if not use.role and use.entities:
                self._say("left out", f"layer '{use.name}' with {use.entities} entities was not understood")

    def _uses(self) -> Iterator[LayerUse]:
        counts = Counter(s.layer for s in self.content.strokes)
        counts.update(f.layer for f in self.content.fills)
        counts.update(t.layer for t in self.content.labels)
        for name, count in sorted(counts.items()):
            meaning = self.names.layer(name)
            yield LayerUse(name, meaning.role, meaning.why, count)

    def _unused(self) -> BaseGeometry:
        lines = [
            LineString(s.points)
            for s in self.content.strokes
            if self.names.layer(s.layer).role in ("", "text")
        ]
        return shapely.MultiLineString(lines)


def ring_of(stroke: Stroke) -> Polygon | None:
    """The area inside a closed chain of points [m]."""
    closed = stroke.closed or bool(np.abs(stroke.points[0] - stroke.points[-1]).max() < 1e-3)
    return Polygon(stroke.points) if closed and len(stroke.points) >= 3 else None


def _line(stroke: Stroke) -> LineString | None:
    points = np.concatenate([stroke.points, stroke.points[:1]]) if stroke.closed else stroke.points
    keep = np.concatenate([[True], np.abs(np.diff(points, axis=0)).max(axis=1) > 1e-6])
    return LineString(points[keep]) if keep.sum() >= 2 else None
