"""Plans of a plant: what stands where, with pipes or without, with coordinates and clearances."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from cad_plugin.annotation import MM, TEXT, clean, framed, millimetres, scale_for
from cad_plugin.drawing import Box, Drawing
from cad_plugin.placing import bounds, dimension_parts
from cad_plugin.plant.labels import Labels
from cad_plugin.plant.schedules import plant_tables
from cad_plugin.plant.symbols import equipment_insert, middle
from cad_plugin.primitives import (
    Block,
    Circle,
    Dimension,
    Key,
    Line,
    Point,
    Polyline,
    Primitive,
    Region,
    Text,
)
from cad_plugin.schedules import findings_table
from layoutgan.core.geometry import parts
from layoutgan.core.layout import Layout
from layoutgan.domains.piping.classes import class_of
from layoutgan.domains.piping.elements import (
    Component,
    Envelope,
    Equipment,
    KeepOut,
    Pipe,
    Platform,
    Rack,
    Road,
    Terminal,
)
from layoutgan.validation.report import Report

__all__ = ["LEGEND", "draw_plant", "extent", "pipe_role", "size_text"]

GRID = 10.0
"""Distance of the coordinate lines [m]."""
LEGEND = {
    "plot": "Plot limit", "road": "Road", "rack": "Pipe rack", "equipment": "Equipment", "nozzle": "Nozzle",
    "envelope": "Kept free for maintenance", "keep_out": "Kept free", "line": "Pipe",
    "exception": "Pipe that found no way: see findings"}  # fmt: skip


def draw_plant(layout: Layout, report: Report | None = None, *, scale: int = 0, schedules: bool = False,
               pipes: bool = True, title: str = "Plot plan") -> Drawing:
    """The plan of a plant.

    Args:
        layout: in the domain ``piping``.
        report: findings to be shown on a layer of their own.
        scale: plot scale, 1 to this; by default such that the plan fits an A3 sheet.
        schedules: the drawing comes with equipment and line lists.
        pipes: draw the lines; without them the plan is an equipment arrangement.
        title: what kind of plan it is.
    """
    x0, y0, x1, y1 = (v * MM for v in extent(layout))
    scale = scale or scale_for(x1 - x0 + 8000.0, y1 - y0 + 8000.0)
    blocks: dict[str, Block] = {}
    labels = Labels()
    primitives = [*_ground(layout), *_racks(layout), *_kept_free(layout), *_items(layout, blocks)]
    if pipes:
        primitives += _pipes(layout)
    around = [*_coordinates((x0, y0, x1, y1), TEXT * scale), *_sizes((x0, y0, x1, y1), TEXT * scale)]
    for primitive in around:
        if isinstance(primitive, Text | Dimension):
            labels.take(_said(primitive))
    primitives += around
    _tags(layout, labels, TEXT * scale, pipes=pipes)
    tables = tuple(plant_tables(layout, pipes=pipes)) if schedules else ()
    if schedules and report is not None and (findings := findings_table(report)) is not None:
        tables += (findings,)
    present = {p.role for p in primitives}
    legend = tuple((role, meaning) for role, meaning in LEGEND.items() if role in present)
    drawn = Drawing(layout.name, (*primitives, *labels.texts), scale, blocks, tables=tables, legend=legend)
    said = [f"{title} · scale 1:{scale} on A3 · dimensions in mm, coordinates and elevations in m"]
    return framed(layout, drawn, said, report, _shapes(layout))


def _shapes(layout: Layout) -> dict[str, BaseGeometry]:
    """Plan of each element [mm], for findings that show no place of their own."""
    found: dict[str, BaseGeometry] = {}
    for element in layout.elements:
        shape = getattr(element, "shape", None)
        if isinstance(shape, BaseGeometry):
            found[element.id] = millimetres(shapely.force_2d(shape))
    return found


def extent(layout: Layout) -> tuple[float, float, float, float]:
    """Box around the plot and everything in it [m]."""
    shapes = [shapely.force_2d(e.shape) for e in layout.elements if isinstance(e.shape, BaseGeometry)]
    shapes += [layout.boundary] if layout.boundary is not None else []
    if not shapes:
        return 0.0, 0.0, 1.0, 1.0
    x0, y0, x1, y1 = shapely.total_bounds(shapes).tolist()
    return x0, y0, x1, y1


def _ring(shape: Polygon, role: str, key: Key | None = None) -> Iterator[Polyline]:
    for part in parts(shape):
        for ring in (part.exterior, *part.interiors):
            yield Polyline(role, tuple((x, y) for x, y, *_ in ring.coords)[:-1], closed=True, key=key)


def _ground(layout: Layout) -> Iterator[Primitive]:
    if layout.boundary is not None:
        yield from _ring(millimetres(layout.boundary), "plot", Key("boundary", ""))
    for road in layout.of(Road):
        shape, key = millimetres(road.shape), Key("road", road.id)
        yield Region("road_fill", shape, title=clean(road.id), key=key)
        yield from _ring(shape, "road", key)
    for keep in layout.of(KeepOut):
        shape, key = millimetres(keep.shape), Key("keep_out", keep.id)
        yield from _ring(shape, "keep_out", key)
        yield from _hatched(shape, 2000.0, key)


def _hatched(shape: Polygon, step: float, key: Key) -> Iterator[Line]:
    """Lines at 45° across a shape [mm]."""
    x0, y0, x1, y1 = shape.bounds
    count = min(200, int((x1 - x0 + y1 - y0) / step))
    for i in range(1, count + 1):
        c = x0 + i * step
        line = shapely.LineString([(c, y0), (c - (y1 - y0), y1)]).intersection(shape)
        for piece in shapely.get_parts(line):
            if piece.geom_type == "LineString":
                (ax, ay), (bx, by) = piece.coords[0][:2], piece.coords[-1][:2]
                yield Line("keep_out", (ax, ay), (bx, by), key)


def _racks(layout: Layout) -> Iterator[Primitive]:
    for rack in layout.of(Rack):
        key = Key("rack", rack.id)
        outline = millimetres(rack.shape)
        yield Region("rack_fill", outline, title=clean(rack.id), key=key)
        yield from _ring(outline, "rack", key)
        columns = rack.columns
        for one, two in zip(columns[::2], columns[1::2], strict=True):
            yield Line("rack", middle(one), middle(two), key)
        for column in columns:
            yield from _ring(millimetres(column), "rack", key)


def _kept_free(layout: Layout) -> Iterator[Primitive]:
    for free in layout.of(Envelope):
        shape = millimetres(free.shape)
        yield from _ring(shape, "envelope", Key("envelope", free.id))
    for platform in layout.of(Platform):
        yield from _ring(millimetres(platform.shape), "rack", Key("platform", platform.id))


def _items(layout: Layout, blocks: dict[str, Block]) -> Iterator[Primitive]:
    for item in layout.of(Equipment):
        insert, block = equipment_insert(item)
        blocks.setdefault(block.name, block)
        title = f"{item.id}, {class_of(item.kind).title.lower()}"
        shape = millimetres(item.shape)
        if class_of(item.kind).round:
            shape = shapely.Point(insert.at).buffer(min(item.size) / 2 * MM)
        yield Region("equipment_fill", shape, class_of(item.kind).colour, clean(title), insert.key)
        yield insert
        for nozzle in item.nozzles:
            x, y = nozzle.at.x * MM, nozzle.at.y * MM
            yield Circle("nozzle", (x, y), max(60.0, 0.5 * nozzle.nps * 25.4))


def pipe_role(pipe: Pipe) -> str:
    """The layer of a pipe: those that found no way stand on one of their own."""
    return "exception" if pipe.status == "exception" else "line"


def _pipes(layout: Layout) -> Iterator[Primitive]:
    for pipe in layout.of(Pipe):
        flat = [(x * MM, y * MM) for x, y, _ in pipe.points.tolist()]
        kept = [p for i, p in enumerate(flat) if i == 0 or p != flat[i - 1]]
        if len(kept) > 1:
            yield Polyline(pipe_role(pipe), tuple(kept), key=Key("pipe", pipe.id))
        for (ax, ay, az), (bx, by, bz) in pairwise(pipe.points.tolist()):
            if (ax, ay) == (bx, by) and abs(bz - az) > 0.05:  # a riser, seen from above
                yield Circle(pipe_role(pipe), (ax * MM, ay * MM), max(pipe.od / 2 * MM, 60.0))
    for part in layout.of(Component):
        if part.kind in ("support", "spade", "reducer", "eccentric_reducer"):
            continue
        yield from _valve((part.shape.x * MM, part.shape.y * MM), part.direction, max(part.length, 0.2) * MM)
    for terminal in layout.of(Terminal):
        at = (terminal.shape.x * MM, terminal.shape.y * MM)
        yield from _arrow(at, terminal.direction, Key("terminal", terminal.id))


def _along(direction: str) -> Point:
    sign = 1.0 if direction[0] == "+" else -1.0
    return {"x": (sign, 0.0), "y": (0.0, sign), "z": (0.0, 0.0)}[direction[1]]


def _valve(at: Point, direction: str, length: float) -> Iterator[Polyline]:
    """Two triangles that meet; a valve in a riser is seen from its end and stays a dot of the riser."""
    (dx, dy), half = _along(direction), length / 2
    if (dx, dy) == (0.0, 0.0):
        return
    across = (-dy * 0.35 * length, dx * 0.35 * length)
    for sign in (-1.0, 1.0):
        end = (at[0] + sign * dx * half, at[1] + sign * dy * half)
        yield Polyline("line", (at, (end[0] + across[0], end[1] + across[1]),
                                (end[0] - across[0], end[1] - across[1])), closed=True)


def _arrow(at: Point, direction: str, key: Key) -> Iterator[Polyline]:
    dx, dy = _along(direction)
    if (dx, dy) == (0.0, 0.0):
        dx = 1.0
    size = 600.0
    yield Polyline("line", (at, (at[0] - dx * size - dy * size / 2, at[1] - dy * size + dx * size / 2),
                            (at[0] - dx * size + dy * size / 2, at[1] - dy * size - dx * size / 2)),
                   closed=True, key=key)


def _coordinates(box: tuple[float, float, float, float], text: float) -> Iterator[Primitive]:
    """Lines every ten metres with what they stand for: E to the right, N upwards [mm]."""
    x0, y0, x1, y1 = box
    out = 1.6 * text
    for axis, (low, high) in enumerate(((x0, x1), (y0, y1))):
        step = GRID * MM * max(1, int(np.ceil((high - low) / (GRID * MM) / 15)))
        for value in np.arange(np.ceil(low / step) * step, high + 1.0, step).tolist():
            name = f"{'EN'[axis]} {value / MM:.0f}"
            if axis == 0:
                yield Line("grid", (value, y0), (value, y1 + out))
                yield Text("dimension", (value, y1 + out + text), name, 0.8 * text)
            else:
                yield Line("grid", (x0, value), (x1 + out, value))
                yield Text("dimension", (x1 + out + 0.5 * text, value), name, 0.8 * text, "left")


def _sizes(box: tuple[float, float, float, float], text: float) -> Iterator[Dimension]:
    x0, y0, x1, y1 = box
    yield Dimension("dimension", (x0, y0), (x1, y0), y0 - 3.0 * text, text)
    yield Dimension("dimension", (x0, y0), (x0, y1), x0 - 3.0 * text, text, vertical=True)


def _said(p: Text | Dimension) -> Box:
    """The box around a text, or around the text of a dimension [mm]."""
    text = p if isinstance(p, Text) else next(t for t in dimension_parts(p) if isinstance(t, Text))
    return bounds((text,), {})


def size_text(pipe: Pipe) -> str:
    """A pipe's number and size as a drawing says it."""
    return f"{clean(pipe.line, 40)} · {pipe.nps:g}\""


def _tags(layout: Layout, labels: Labels, text: float, *, pipes: bool) -> None:
    for pipe in layout.of(Pipe) if pipes else ():  # first, so that tags keep off them
        for (ax, ay, _), (bx, by, _) in pairwise(pipe.points.tolist()):
            thin = 0.15 * text
            labels.take((min(ax, bx) * MM - thin, min(ay, by) * MM - thin,
                         max(ax, bx) * MM + thin, max(ay, by) * MM + thin))
    _name_items(layout, labels, text)
    if pipes:
        _name_pipes(layout, labels, text)


def _name_items(layout: Layout, labels: Labels, text: float) -> None:
    for item in layout.of(Equipment):
        at, (x0, y0, x1, y1) = middle(item.shape), (v * MM for v in item.shape.bounds)
        turn = 90.0 if y1 - y0 > 1.6 * (x1 - x0) else 0.0
        places = [(at, turn), (at, 90.0 - turn), ((at[0], y1 + text), 0.0), ((at[0], y0 - text), 0.0),
                  ((x0 - 2.5 * text, at[1]), 0.0), ((x1 + 2.5 * text, at[1]), 0.0)]  # fmt: skip
        if item.kind in ("pump", "compressor"):  # their symbols fill the middle
            places = [*places[2:], *places[:2]]
        labels.put("tag", clean(item.id, 40), places, text, Key("equipment", item.id), bold=True)
    for rack in layout.of(Rack):
        tops = " / ".join(f"{tier:+.2f}" for tier in rack.tiers)
        _beside(labels, "note", f"{clean(rack.id, 40)}  TOS {tops}", rack.shape, 0.8 * text)
    for road in layout.of(Road):
        _beside(labels, "note", clean(road.id, 40), road.shape, 0.8 * text)
    for terminal in layout.of(Terminal):
        x, y = terminal.shape.x * MM, terminal.shape.y * MM
        dx, dy = _along(terminal.direction)
        out = 4.5 * text
        steps = (0, 1, -1, 2, -2, 3, -3)
        places = [((x - dx * out, y - dy * 1.6 * text + k * 1.7 * text), 0.0) for k in steps]
        labels.put("tag", clean(terminal.id, 40), places, 0.8 * text, Key("terminal", terminal.id))


def _name_pipes(layout: Layout, labels: Labels, text: float) -> None:
    longest: dict[str, Pipe] = {}
    for pipe in layout.of(Pipe):
        if pipe.line not in longest or pipe.length > longest[pipe.line].length:
            longest[pipe.line] = pipe
    for pipe in longest.values():
        _line_number(labels, pipe, 0.7 * text)


def _beside(labels: Labels, role: str, text: str, shape: Polygon, height: float) -> None:
    """A name inside a long shape, along it, near one of its ends [shape in m]."""
    x0, y0, x1, y1 = (v * MM for v in shape.bounds)
    upright = y1 - y0 > x1 - x0
    places = []
    for share in (0.12, 0.88, 0.5, 0.3, 0.7):
        for off in (0.5, 0.2, 0.8):
            at = ((x0 + off * (x1 - x0), y0 + share * (y1 - y0)) if upright
                  else (x0 + share * (x1 - x0), y0 + off * (y1 - y0)))
            places.append((at, 90.0 if upright else 0.0))
    labels.put(role, text, places, height)


def _line_number(labels: Labels, pipe: Pipe, height: float) -> None:
    legs = [(a, b) for a, b in pairwise(pipe.points.tolist()) if a[:2] != b[:2]]
    legs.sort(key=lambda leg: -abs(leg[1][0] - leg[0][0]) - abs(leg[1][1] - leg[0][1]))
    places: list[tuple[Point, float]] = []
    for a, b in legs[:3]:
        level = abs(b[0] - a[0]) >= abs(b[1] - a[1])
        for share in (0.5, 0.3, 0.7):
            x, y = (a[i] + share * (b[i] - a[i]) for i in (0, 1))
            for side in (1.0, -1.0):
                off = side * 1.2 * height
                at = (x * MM, y * MM + off) if level else (x * MM - off, y * MM)
                places.append((at, 0.0 if level else 90.0))
    if places:
        name = f"{size_text(pipe)} · EL {legs[0][0][2]:+.2f}"
        labels.put("note", name, places, height, Key("pipe", pipe.id), must=False)
