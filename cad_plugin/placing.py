"""Where the parts of a drawing come to stand: inserted blocks, dimensions, texts, and the box around them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np
from shapely.geometry import Polygon

from cad_plugin.primitives import (
    Arc,
    Block,
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
from cad_plugin.typeface import text_width

__all__ = ["bounds", "dimension_parts", "placed", "text_box"]


def _extent(primitive: Primitive) -> list[Point]:  # one branch per type is the plainest form
    match primitive:
        case Line(start=a, end=b):
            return [a, b]
        case Polyline(points=points):
            return list(points)
        case Region(shape=shape):
            x0, y0, x1, y1 = shape.bounds
            return [(x0, y0), (x1, y1)]
        case Arc(centre=(x, y), radius=r, start=start, end=end):
            turns = [
                start,
                end,
                *(q for q in range(0, 720, 90) if start < q < (end if end > start else end + 360)),
            ]
            return [(x + r * math.cos(math.radians(t)), y + r * math.sin(math.radians(t))) for t in turns]
        case Circle(centre=(x, y), radius=r):
            return [(x - r, y - r), (x + r, y + r)]
        case Text():
            return text_box(primitive)
        case Dimension():
            return [p for part in dimension_parts(primitive) for p in _extent(part)]
        case _:
            return []


def bounds(primitives: Iterable[Primitive], blocks: Mapping[str, Block]) -> tuple[float, float, float, float]:
    """Box around primitives: least x and y, most x and y [mm]; zeros when there are none."""
    points: list[Point] = []
    for primitive in primitives:
        if isinstance(primitive, Insert):
            points += [p for inner in placed(primitive, blocks) for p in _extent(inner)] or [primitive.at]
        else:
            points += _extent(primitive)
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    array = np.asarray(points)
    (x0, y0), (x1, y1) = array.min(axis=0), array.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def placed(insert: Insert, blocks: Mapping[str, Block]) -> Iterator[Primitive]:
    """The primitives of an inserted block where they stand in the drawing."""
    turn = math.radians(insert.rotation)
    cos, sin = math.cos(turn), math.sin(turn)

    def move(p: Point) -> Point:
        return insert.at[0] + cos * p[0] - sin * p[1], insert.at[1] + sin * p[0] + cos * p[1]

    for p in blocks[insert.block].primitives:
        yield _moved(p, p.role or insert.role, move, insert.rotation)
    values = dict(insert.attributes)
    for a in blocks[insert.block].attributes:
        if a.visible and values.get(a.tag):
            yield Text(insert.role, move(a.at), values[a.tag], a.height, a.align, insert.rotation, a.bold)


def _moved(p: Primitive, role: str, move: Callable[[Point], Point], turn: float) -> Primitive:
    """A primitive of a block where its insert puts it; turn [°]."""
    match p:
        case Line():
            return replace(p, role=role, start=move(p.start), end=move(p.end))
        case Polyline():
            return replace(p, role=role, points=tuple(move(q) for q in p.points))
        case Region():
            rings = [[move((q[0], q[1])) for q in r.coords] for r in (p.shape.exterior, *p.shape.interiors)]
            return replace(p, role=role, shape=Polygon(rings[0], rings[1:]))
        case Arc():
            return replace(p, role=role, centre=move(p.centre), start=p.start + turn, end=p.end + turn)
        case Circle():
            return replace(p, role=role, centre=move(p.centre))
        case Text():
            return replace(p, role=role, at=move(p.at), rotation=p.rotation + turn)
        case _:
            raise TypeError(f"a block cannot hold {type(p).__name__}")


def dimension_parts(dimension: Dimension) -> Iterable[Primitive]:
    """The lines, ticks and text of a dimension."""
    size, axis, line, role = dimension.height, int(dimension.vertical), dimension.line, dimension.role

    def at(along: float, across: float) -> Point:
        return (along, across) if axis == 0 else (across, along)

    a, b = dimension.first[axis], dimension.second[axis]
    yield Line(role, at(a - 0.3 * size, line), at(b + 0.3 * size, line))
    for along, foot in ((a, dimension.first[1 - axis]), (b, dimension.second[1 - axis])):
        out = 1.0 if line > foot else -1.0
        yield Line(role, at(along, foot + out * 0.8 * size), at(along, line + out * 0.5 * size))
        (x, y), tick = at(along, line), 0.4 * size
        yield Line(role, (x - tick, y - tick), (x + tick, y + tick))
    yield Text(role, dimension.text_at, dimension.text, size, rotation=90.0 if axis else 0.0)


def text_box(text: Text) -> list[Point]:
    """The four corners around a text [mm]."""
    width = text_width(text.text, text.height, text.bold)
    left = {"left": 0.0, "centre": -width / 2, "right": -width}[text.align]
    turn = math.radians(text.rotation)
    cos, sin = math.cos(turn), math.sin(turn)
    corners = [
        (left, -0.75 * text.height),
        (left + width, -0.75 * text.height),
        (left + width, 0.75 * text.height),
        (left, 0.75 * text.height),
    ]
    return [(text.at[0] + cos * x - sin * y, text.at[1] + sin * x + cos * y) for x, y in corners]
