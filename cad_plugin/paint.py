"""How a drawing looks in pictures: primitives become paths and labels with a pen, in painting order.

SVG, PNG and PDF writers only need to know paths and labels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cad_plugin.drawing import Drawing
from cad_plugin.placing import dimension_parts, placed
from cad_plugin.primitives import (
    Arc,
    Circle,
    Dimension,
    Insert,
    Line,
    Point,
    Polyline,
    Primitive,
    Region,
    Text,
)

__all__ = ["Label", "Path", "Pen", "painted"]


@dataclass(frozen=True)
class Pen:
    """Colours and line width."""

    stroke: str = ""
    """Colour of the line; empty for none."""
    width: float = 0.0
    """Of the line on paper [mm]."""
    fill: str = ""
    """Colour of the area; empty for none."""
    opacity: float = 1.0
    """Of the area [-]."""


@dataclass(frozen=True)
class Path:
    """Rings or chains of points, painted together; holes are rings of the other direction or even-odd."""

    rings: tuple[tuple[Point, ...], ...]
    closed: bool
    pen: Pen
    title: str = ""
    role: str = ""


@dataclass(frozen=True)
class Label:
    """A line of text, placed as in ``drawing.Text``."""

    text: Text
    colour: str


INK, GREY, PALE = "#22262b", "#6b7380", "#9aa3ad"
_PENS: dict[str, Pen] = {
    "room_fill": Pen(fill="#eeeeee"),
    "wall_fill": Pen(fill="#343a42"),
    "wall": Pen(INK, 0.35),
    "railing": Pen(GREY, 0.2, "#ffffff"),
    "door": Pen("#5b4636", 0.18),
    "window": Pen("#3f6f96", 0.18, "#ffffff"),
    "tag": Pen(INK, 0.18),
    "door_tag": Pen("#5b4636", 0.18),
    "window_tag": Pen("#3f6f96", 0.18),
    "schedule": Pen(INK, 0.13),
    "obstacle": Pen(GREY, 0.2),
    "obstacle_fill": Pen(fill="#7d858f"),
    "equipment": Pen(INK, 0.35, "#f3f4f6"),
    "equipment_fill": Pen(fill="#f3f4f6"),
    "line": Pen("#2a6f97", 0.35),
    "exception": Pen("#d7263d", 0.5),
    "plot": Pen(INK, 0.5),
    "road": Pen(GREY, 0.2),
    "road_fill": Pen(fill="#eceef1"),
    "keep_out": Pen(GREY, 0.2),
    "rack": Pen("#a06a2c", 0.25),
    "rack_fill": Pen(fill="#f7f0e4"),
    "envelope": Pen(PALE, 0.13),
    "nozzle": Pen("#1f4e79", 0.25),
    "level": Pen(PALE, 0.13),
    "grid": Pen(PALE, 0.13),
    "dimension": Pen(GREY, 0.12),
    "note": Pen(GREY, 0.18),
    "symbol": Pen(INK, 0.18),
    "title": Pen(INK, 0.25),
    "finding": Pen("#d7263d", 0.4),
}
HIDDEN = ("room", "axis", "site", "frame")
"""Roles that are for other programs, not for the eye."""
ORDER = (
    "room_fill",
    "road_fill",
    "road",
    "rack_fill",
    "grid",
    "level",
    "keep_out",
    "envelope",
    "obstacle_fill",
    "obstacle",
    "equipment_fill",
    "equipment",
    "rack",
    "line",
    "exception",
    "nozzle",
    "plot",
    "wall_fill",
    "wall",
    "railing",
    "window",
    "door",
    "dimension",
    "symbol",
    "tag",
    "door_tag",
    "window_tag",
    "schedule",
    "note",
    "title",
    "finding",
)
TEXT_COLOURS = {"dimension": "#3c434c", "note": "#4a525c", "tag": INK, "finding": "#b3122b"}


def _pen(role: str) -> Pen:
    return _PENS.get(role, Pen(INK, 0.2))


def painted(drawing: Drawing, *, findings: bool = True) -> list[Path | Label]:
    """Paths and labels in the order of painting [mm].

    Args:
        drawing: what is shown.
        findings: show the findings in it.
    """
    places = {role: number for number, role in enumerate(ORDER)}
    flat: list[Primitive] = []
    for primitive in drawing.primitives:
        flat += placed(primitive, drawing.blocks) if isinstance(primitive, Insert) else [primitive]
    hidden = HIDDEN if findings else (*HIDDEN, "finding")
    flat = [p for p in flat if p.role not in hidden]
    flat.sort(key=lambda p: places.get(p.role, len(places)))  # stable: same role keeps its order
    return [part for primitive in flat for part in _painted(primitive)]


def _painted(primitive: Primitive) -> Iterator[Path | Label]:
    pen, role = _pen(primitive.role), primitive.role
    line_only = replace(pen, fill="")
    match primitive:
        case Region(shape=shape, colour=colour, title=title):
            rings = tuple(
                tuple((x, y) for x, y, *_ in r.coords)[:-1] for r in (shape.exterior, *shape.interiors)
            )
            yield Path(rings, True, Pen(fill=colour or pen.fill or pen.stroke), title, role)
        case Polyline(points=points, closed=closed):
            # Walls are filled by their own regions; a finding must not cover what it is about.
            filled = role in ("window", "equipment", "railing")
            marked = (
                replace(pen, fill=pen.stroke, opacity=0.12) if role == "finding" and closed else line_only
            )
            yield Path((points,), closed, pen if filled and closed else marked, "", role)
        case Line(start=a, end=b):
            yield Path(((a, b),), False, line_only, "", role)
        case Circle() | Arc():
            disc = role == "finding" and isinstance(primitive, Circle)
            yield Path((_round(primitive),), isinstance(primitive, Circle),
                       replace(line_only, fill="#ffffff") if disc else line_only, "", role)
        case Text():
            yield Label(primitive, TEXT_COLOURS.get(role, pen.stroke or INK))
        case Dimension():
            for part in dimension_parts(primitive):
                yield from _painted(part)
        case _:
            raise TypeError(f"a picture cannot hold {type(primitive).__name__}")


def _round(shape: Circle | Arc) -> tuple[Point, ...]:
    """Points on a circle or arc, 5° apart."""
    start, end = (0.0, 355.0) if isinstance(shape, Circle) else (shape.start, shape.end)
    end = end if end > start else end + 360.0
    steps = max(2, math.ceil((end - start) / 5.0))
    turns = (math.radians(start + (end - start) * i / steps) for i in range(steps + 1))
    return tuple(
        (shape.centre[0] + shape.radius * math.cos(t), shape.centre[1] + shape.radius * math.sin(t))
        for t in turns
    )
