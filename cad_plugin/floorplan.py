"""Floor plans as drawings: walls, openings, rooms with tags, dimensions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as Place
from shapely.geometry.base import BaseGeometry

from cad_plugin.annotation import MM, TEXT, clean, framed, millimetres, scale_for
from cad_plugin.chains import Plan, dimension_chains
from cad_plugin.drawing import Drawing
from cad_plugin.openings import opening_tags, placed_openings, swings
from cad_plugin.placing import text_box
from cad_plugin.primitives import (
    Block,
    Insert,
    Key,
    Line,
    Point,
    Polyline,
    Primitive,
    Region,
)
from cad_plugin.schedules import findings_table, floorplan_tables, room_name
from cad_plugin.symbols import stamp_block
from cad_plugin.tags import Tag, placed_tag
from layoutgan.core.geometry import parts
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Wall, Window
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.walls import clear_shapes, wall_bodies
from layoutgan.validation.report import Report

__all__ = ["draw_floorplan"]


def draw_floorplan(layout: Layout, report: Report | None = None, *, plain_tags: bool = True, scale: int = 0,
                   schedules: bool = False) -> Drawing:
    """The plan of one floor.

    Args:
        layout: in the domain ``floorplan``.
        report: findings to be shown on a layer of their own.
        plain_tags: room tags are texts, which every reader shows, and attributes are invisible; otherwise the
            attributes of the room stamps are what one sees.
        scale: plot scale, 1 to this; by default such that the plan fits an A3 sheet.
        schedules: doors and windows show their numbers, and the drawing comes with schedules.
    """
    plan = _Plan.of(layout, plain_tags, scale, schedules)
    primitives: list[Primitive] = [
        *_site(layout),
        *_floors(plan),
        *_walls(plan),
        *_openings(plan),
        *_obstacles(plan),
        *_stamps(plan),
        *_dimensions(plan),
    ]
    tables = tuple(floorplan_tables(layout, plan.clear)) if schedules else ()
    if schedules and report is not None and (findings := findings_table(report)) is not None:
        tables += (findings,)
    drawn = Drawing(
        layout.name, tuple(primitives), plan.scale, plan.blocks, tables=tables, legend=_legend(plan)
    )
    return framed(layout, drawn, _lines(plan), report, _shapes(plan))


LEGEND = {"wall": "Wall", "railing": "Railing", "window": "Window", "door": "Door, leaf and swing",
          "obstacle": "Shaft or column", "finding": "Finding of the check"}  # fmt: skip


def _legend(plan: _Plan) -> tuple[tuple[str, str], ...]:
    """What is in the plan, with its meaning."""
    here = {"wall": bool(plan.bodies), "railing": bool(plan.railings), "window": bool(plan.layout.of(Window)),
            "door": bool(plan.layout.of(Door)), "obstacle": bool(plan.layout.of(Obstacle))}
    return tuple((role, LEGEND[role]) for role, found in here.items() if found)


@dataclass
class _Plan:
    """A layout with what several parts of its drawing need."""

    layout: Layout
    scale: int
    plain_tags: bool
    clear: Mapping[str, Polygon]
    """Clear floor by room [mm]."""
    bodies: tuple[Polygon, ...]
    """Walls with openings cut out [mm]."""
    railings: tuple[Polygon, ...] = ()
    """Of balconies [mm]."""
    schedules: bool = False
    blocks: dict[str, Block] = field(default_factory=dict)

    @classmethod
    def of(cls, layout: Layout, plain_tags: bool, scale: int, schedules: bool) -> _Plan:
        clear = {key: millimetres(shape) for key, shape in clear_shapes(layout).items()}
        # On a grid of a micrometre, so that cracks from rounding between two walls are not drawn as lines.
        found = {
            name: tuple(
                parts(shapely.set_precision(shapely.union_all([millimetres(p) for p in bodies]), 1e-3))
            )
            for name, bodies in wall_bodies(layout).items()
        }
        shapes = [millimetres(r.shape) for r in layout.of(Room)] or [Place(0.0, 0.0).buffer(1000.0)]
        x0, y0, x1, y1 = shapely.total_bounds([*shapes, *found["wall"]])
        scale = scale or scale_for(x1 - x0, y1 - y0)
        return cls(layout, scale, plain_tags, clear, found["wall"], found["railing"], schedules)

    @property
    def text(self) -> float:
        """Height of text in the drawing [mm]."""
        return TEXT * self.scale

    def block(self, block: Block) -> str:
        """The name of a block that is now in the drawing."""
        return self.blocks.setdefault(block.name, block).name


def _points(ring: shapely.LinearRing) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, y, *_ in ring.coords)[:-1]


def _site(layout: Layout) -> Iterator[Primitive]:
    if layout.boundary is not None:
        outline = millimetres(layout.boundary)
        for ring in (outline.exterior, *outline.interiors):
            yield Polyline("site", _points(ring), closed=True, key=Key("boundary", ""))


def _floors(plan: _Plan) -> Iterator[Primitive]:
    """Fills for pictures, and one closed line around the clear floor of each room."""
    rooms = plan.layout.of(Room)
    for room in rooms:
        title = f"{room_name(room)}, {_area(plan.clear[room.id])}"
        yield Region(
            "room_fill", millimetres(room.shape), kind(room.kind).colour, title, Key("room", room.id)
        )
    for room in rooms:
        shape = plan.clear[room.id]
        for ring in (shape.exterior, *shape.interiors):
            if not ring.is_empty:
                yield Polyline("room", _points(ring), closed=True, key=Key("room", room.id))


def _walls(plan: _Plan) -> Iterator[Primitive]:
    for body in plan.bodies:
        yield Region("wall_fill", body)
    for body in plan.bodies:
        for ring in (body.exterior, *body.interiors):
            yield Polyline("wall", _points(ring), closed=True)
    for wall in plan.layout.of(Wall):
        (ax, ay), (bx, by) = (c[:2] for c in (wall.shape.coords[0], wall.shape.coords[-1]))
        yield Line("axis", (ax * MM, ay * MM), (bx * MM, by * MM), Key("wall", wall.id))
    for body in plan.railings:
        for ring in (body.exterior, *body.interiors):
            yield Polyline("railing", _points(ring), closed=True)


def _openings(plan: _Plan) -> Iterator[Primitive]:
    for insert, block in placed_openings(plan.layout):
        plan.block(block)
        yield insert
    if plan.schedules:
        yield from opening_tags(plan.layout, 0.7 * plan.text)


def _obstacles(plan: _Plan) -> Iterator[Primitive]:
    for obstacle in plan.layout.of(Obstacle):
        shape, key = millimetres(obstacle.shape), Key("obstacle", obstacle.id)
        if obstacle.kind == "column":
            yield Region("obstacle_fill", shape, key=key)
        for ring in (shape.exterior, *shape.interiors):
            yield Polyline("obstacle", _points(ring), closed=True, key=key)
        if obstacle.kind in ("shaft", "void"):  # the usual sign for a hole in the floor
            x0, y0, x1, y1 = shape.bounds
            for line in (LineString([(x0, y0), (x1, y1)]), LineString([(x0, y1), (x1, y0)])):
                for piece in shapely.get_parts(line.intersection(shape)):
                    if isinstance(piece, LineString):
                        (ax, ay), (bx, by) = piece.coords[0][:2], piece.coords[-1][:2]
                        yield Line("obstacle", (ax, ay), (bx, by), key)


def _area(shape: Polygon) -> str:
    return f"{shape.area / MM**2:.1f} m²"


def _stamps(plan: _Plan) -> Iterator[Primitive]:
    block = plan.block(stamp_block(not plan.plain_tags, plan.text))
    shapes = [millimetres(o.shape) for o in plan.layout.of(Obstacle)] + swings(plan.layout)
    if plan.schedules:
        shapes += [Polygon(text_box(t)) for t in opening_tags(plan.layout, 0.7 * plan.text)]
    taken = shapely.union_all(shapes)
    for number, room in enumerate(plan.layout.of(Room), start=1):
        shape, key, label = plan.clear[room.id], Key("room", room.id), f"R{number:02d}"
        if shape.is_empty:
            continue
        tag = _tag(plan, room, label, shape, taken)
        inside = shape.representative_point()
        at = tag.at if shape.contains(Place(tag.at)) else (inside.x, inside.y)
        yield Insert(
            "tag",
            block,
            at,
            0.0,
            (
                ("NUMBER", label),
                ("NAME", room_name(room)),
                ("AREA", f"{shape.area / MM**2:.2f}"),
                ("KIND", room.kind),
            ),
            key,
        )
        if plan.plain_tags:
            yield from tag.texts


def _tag(plan: _Plan, room: Room, label: str, shape: Polygon, taken: BaseGeometry) -> Tag:
    x0, y0, x1, y1 = shape.bounds
    lines = [room_name(room), f"{label} · {_area(shape)}"]
    if shape.area > 0.999 * (x1 - x0) * (y1 - y0):
        lines.append(f"{(x1 - x0) / MM:.2f} × {(y1 - y0) / MM:.2f}")
    return placed_tag("tag", tuple(lines), shape, taken, plan.text, Key("room", room.id))


def _dimensions(plan: _Plan) -> Iterator[Primitive]:
    rooms = tuple(millimetres(r.shape) for r in plan.layout.of(Room))
    outline = shapely.union_all([*rooms, *plan.bodies, *plan.railings, *_bodies_of_openings(plan)])
    openings = (*(w.shape for w in plan.layout.of(Window)), *(d.shape for d in plan.layout.of(Door)))
    yield from dimension_chains(
        Plan(outline, rooms, tuple(millimetres(o) for o in openings)), "dimension", plan.text
    )


def _bodies_of_openings(plan: _Plan) -> Iterator[BaseGeometry]:
    openings: tuple[Window | Door, ...] = (*plan.layout.of(Window), *plan.layout.of(Door))
    for opening in openings:
        yield millimetres(opening.shape.buffer(opening.thickness / 2, cap_style="flat"))


def _shapes(plan: _Plan) -> dict[str, BaseGeometry]:
    return {e.id: plan.clear.get(e.id, millimetres(e.shape)) for e in plan.layout.elements}


def _lines(plan: _Plan) -> list[str]:
    rooms = plan.layout.of(Room)
    net = sum(plan.clear[r.id].area for r in rooms if not kind(r.kind).outdoor) / MM**2
    origin = plan.layout.provenance
    count = f"{len(rooms)} rooms" if len(rooms) != 1 else "1 room"
    first = [
        f"Scale 1:{plan.scale} on A3",
        count,
        f"net floor area {net:.1f} m²",
        "dimensions in mm, to wall axes and outer faces",
    ]
    second = []
    if origin is not None:
        second = [clean(origin.source, 60), *([f"seed {origin.seed}"] if origin.seed is not None else []),
                  *([f"brief {origin.brief}"] if origin.brief else [])]
    return [" · ".join(line) for line in (first, second) if line]
