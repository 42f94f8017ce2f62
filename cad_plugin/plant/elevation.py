"""Elevations of a plant, and the piping general arrangement: the plan with two elevations beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import shapely
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from cad_plugin.annotation import MM, SCALES, TEXT, clean
from cad_plugin.drawing import Drawing
from cad_plugin.placing import bounds
from cad_plugin.plant.labels import Labels
from cad_plugin.plant.plan import draw_plant, extent, pipe_role
from cad_plugin.primitives import Circle, Key, Line, Point, Polyline, Primitive, Region, Text
from layoutgan.core.geometry import parts
from layoutgan.core.layout import Layout
from layoutgan.domains.piping.classes import class_of
from layoutgan.domains.piping.elements import Equipment, Pipe, Rack
from layoutgan.validation.report import Report

__all__ = ["draw_arrangement", "elevation"]

LYING = ("drum", "exchanger")
_Place = Callable[[float, float], Point]
"""From a place along the view and a height [m] to the drawing [mm]."""
GAP = 12.0
"""Between plan and elevations on paper [mm]."""


@dataclass(frozen=True)
class _Front:
    """What one sees of an item, and how far away it is [m]."""

    shape: Polygon
    away: float
    item: Equipment


def elevation(layout: Layout, axis: int, at: Point, scale: int) -> list[Primitive]:
    """A plant seen from the south (axis 0) or from the east (axis 1).

    Args:
        layout: in the domain ``piping``.
        axis: that runs to the right: x seen from the south, y seen from the east.
        at: where the start of that axis at grade lies in the drawing [mm].
        scale: plot scale, 1 to this [-].
    """
    text = TEXT * scale
    low, high = extent(layout)[axis], extent(layout)[axis + 2]

    def place(along: float, height: float) -> Point:
        return at[0] + (along - low) * MM, at[1] + height * MM

    top = max([i.top for i in layout.of(Equipment)] + [max(r.tiers) for r in layout.of(Rack)] + [5.0])
    made: list[Primitive] = [Line("plot", place(low, 0.0), place(high, 0.0))]
    made += _levels(place, (low, high), top, text)
    made += _rack_frames(layout, axis, place)
    labels = Labels()
    for front in _fronts(layout, axis):
        made += _drawn(front, place)
        x0, z0, x1, z1 = front.shape.bounds
        where = [(place((x0 + x1) / 2, (z0 + z1) / 2), 90.0 if z1 - z0 > 2 * (x1 - x0) else 0.0),
                 (place((x0 + x1) / 2, z1 + text / MM), 0.0)]
        labels.put("tag", clean(front.item.id, 40), where, 0.8 * text, Key("equipment", front.item.id),
                   bold=True, must=False)
    made += _pipe_fronts(layout, axis, place)
    title = "Elevation, seen from the south" if axis == 0 else "Elevation, seen from the east"
    made += labels.texts
    start = place(low, 0.0)
    made.append(Text("note", (start[0], start[1] - 3.0 * text), title, text, "left", bold=True))
    return made


def _levels(place: _Place, ends: tuple[float, float], top: float,
            text: float) -> Iterator[Primitive]:
    """Lines at round heights and at the tiers of racks."""
    step = next(s for s in (2.0, 5.0, 10.0, 20.0, 50.0) if top / s <= 8 or s == 50.0)
    heights = {round(step * i, 3) for i in range(int(top / step) + 2)}
    for height in sorted(heights):
        start, end = place(ends[0], height), place(ends[1], height)
        yield Line("level", start, (end[0] + 2.0 * text, end[1]))
        yield Text("dimension", (end[0] + 2.5 * text, end[1]), f"EL {height:+.3f}", 0.7 * text, "left")


def _fronts(layout: Layout, axis: int) -> list[_Front]:
    """Items from the nearest to the farthest, each without what nearer ones hide [m]."""
    found = []
    for item in layout.of(Equipment):
        x0, y0, low, x1, y1, top = item.box
        a, b, away = (x0, x1, y0) if axis == 0 else (y0, y1, -x1)
        found.append(_Front(_front(item, a, b, low, top, axis), away, item))
    found.sort(key=lambda front: (front.away, front.item.id))
    seen: BaseGeometry = Polygon()
    visible = []
    for front in found:
        rest = front.shape.difference(seen)
        seen = seen.union(front.shape)
        visible += [replace(front, shape=piece) for piece in parts(rest) if piece.area > 0.01]
    return visible


def _front(item: Equipment, a: float, b: float, low: float, top: float, axis: int) -> Polygon:
    """Outline of an item from the side [m]: dished ends for vessels, a circle for a drum from its end."""
    if item.kind in LYING:
        length_along = (item.turn % 2 == 0) == (axis == 0)
        if not length_along:
            return shapely.Point((a + b) / 2, (low + top) / 2).buffer(min(b - a, top - low) / 2)
        bulge = min(0.25 * (top - low), 0.2 * (b - a))
        return _capsule(a, b, low, top, bulge, level=True)
    if class_of(item.kind).round and item.kind not in ("tank", "flare"):
        return _capsule(a, b, low, top, min(0.25 * (b - a), 0.2 * (top - low)), level=False)
    return box(a, low, b, top)


def _capsule(a: float, b: float, low: float, top: float, bulge: float, *, level: bool) -> Polygon:
    """A rectangle with elliptic ends, to the sides or above and below."""
    turns = [math.pi * i / 12 for i in range(13)]
    if level:
        r, z = (top - low) / 2, (low + top) / 2
        right = [(b - bulge + bulge * math.sin(t), z - r * math.cos(t)) for t in turns]
        left = [(a + bulge - bulge * math.sin(t), z + r * math.cos(t)) for t in turns]
        return Polygon(right + left)
    r, x = (b - a) / 2, (a + b) / 2
    upper = [(x + r * math.cos(t), top - bulge + bulge * math.sin(t)) for t in turns]
    lower = [(x - r * math.cos(t), low + bulge - bulge * math.sin(t)) for t in turns]
    return Polygon(upper + lower)


def _drawn(front: _Front, place: _Place) -> Iterator[Primitive]:
    ring = [place(x, z) for x, z in front.shape.exterior.coords[:-1]]
    key = Key("equipment", front.item.id)
    yield Region("equipment_fill", Polygon(ring), class_of(front.item.kind).colour, clean(front.item.id), key)
    yield Polyline("equipment", tuple(ring), closed=True, key=key)
    x0, low, x1, _ = front.shape.bounds
    if 0.05 < low <= front.item.bottom + 1e-6 and not front.item.above:
        for share in (0.2, 0.8):
            x = x0 + share * (x1 - x0)
            yield Line("equipment", place(x, 0.0), place(x, low), key)


def _rack_frames(layout: Layout, axis: int, place: _Place) -> Iterator[Primitive]:
    for rack in layout.of(Rack):
        key, top = Key("rack", rack.id), max(rack.tiers)
        for column in rack.columns:
            bounds_ = column.bounds
            yield Line("rack", place((bounds_[axis] + bounds_[axis + 2]) / 2, 0.0),
                       place((bounds_[axis] + bounds_[axis + 2]) / 2, top), key)
        a, b = rack.shape.bounds[axis], rack.shape.bounds[axis + 2]
        for tier in rack.tiers:
            yield Line("rack", place(a, tier), place(b, tier), key)


def _pipe_fronts(layout: Layout, axis: int, place: _Place) -> Iterator[Primitive]:
    for pipe in layout.of(Pipe):
        flat = [place(p[axis], p[2]) for p in pipe.points.tolist()]
        kept = [p for i, p in enumerate(flat) if i == 0 or math.dist(p, flat[i - 1]) > 1.0]
        if len(kept) > 1:
            yield Polyline(pipe_role(pipe), tuple(kept), key=Key("pipe", pipe.id))
        for a, b in pairwise(pipe.points.tolist()):
            if abs(b[1 - axis] - a[1 - axis]) > 0.05:  # it runs away from the viewer
                yield Circle(pipe_role(pipe), place(a[axis], a[2]), max(pipe.od / 2 * MM, 60.0))


def draw_arrangement(layout: Layout, report: Report | None = None, *, scale: int = 0,
                     schedules: bool = False) -> Drawing:
    """The piping general arrangement: the plan, and the plant seen from the south and from the east.

    Args:
        layout: in the domain ``piping``.
        report: findings to be marked in the plan.
        scale: plot scale, 1 to this; by default the largest usual one at which it fits an A1 sheet.
        schedules: with equipment and line lists.
    """
    x0, y0, x1, y1 = (v * MM for v in extent(layout))
    top = max([i.top for i in layout.of(Equipment)] + [5.0]) * MM
    wide, tall = (x1 - x0) + (y1 - y0), (y1 - y0) + top
    scale = scale or next((s for s in SCALES[1:] if wide / s <= 700.0 and tall / s <= 430.0), SCALES[-1])
    plan = draw_plant(layout, report, scale=scale, schedules=schedules, title="Piping general arrangement")
    text = TEXT * scale
    below = y0 - 3.0 * text - GAP * scale - top - 2.0 * text
    right = x1 + 7.0 * text + GAP * scale
    views = [*elevation(layout, 0, (x0, below), scale), *elevation(layout, 1, (right, below), scale)]
    kept = [p for p in plan.primitives if p.role not in ("title", "frame", "symbol", "finding")
            and not (isinstance(p, Text) and p.role == "note" and p.text.startswith("Piping general"))]
    everything = (*kept, *views)
    return replace(plan, primitives=everything, focus=bounds(everything, plan.blocks), scale=scale)
