"""Questions about plane shapes, in metres, and how shapes stand in documents.

Shapely does the work, vectorised where there are many shapes. A polygon in a document is a list of points, or
``{outer: [...], holes: [[...]]}`` when it has holes; a line is a list of points.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

__all__ = [
    "MAX_COORDINATE", "MAX_POINTS", "AnyShape", "LineShape", "PointShape", "PolygonShape",
    "aspect_ratio", "bounds", "clear_width", "corner_count", "explain_invalid", "largest_part", "parts",
    "rectilinear", "shared_length", "simplified", "union",
]

MAX_POINTS = 10_000
"""Most points of one shape in a document [-]."""
MAX_COORDINATE = 1.0e6
"""Largest coordinate in a document [m]."""


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"a coordinate must be a number in metres, found {str(value)[:60]}")
    if not abs(value) <= MAX_COORDINATE:  # NaN fails this too
        raise ValueError(f"a coordinate must lie within ±{MAX_COORDINATE:.0f} m, found {str(value)[:40]}")
    return float(value)


def _points(value: Any, least: int, what: str) -> list[tuple[float, float]]:
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        raise ValueError(f"{what} must be a list of [x, y] points in metres")
    if len(value) > MAX_POINTS:
        raise ValueError(f"{what} has {len(value)} points; at most {MAX_POINTS} are read")
    points: list[tuple[float, float]] = []
    for item in value:
        if not isinstance(item, Sequence) or isinstance(item, str | bytes) or len(item) != 2:
            raise ValueError(f"{what}: each point is [x, y] in metres, found {str(item)[:60]}")
        points.append((_number(item[0]), _number(item[1])))
    if len(set(points)) < least:
        raise ValueError(f"{what} needs at least {least} different points")
    return points


def _polygon(value: Any) -> Polygon:
    if isinstance(value, Polygon):
        shape = value
    elif isinstance(value, Mapping):
        if unknown := set(value) - {"outer", "holes"}:
            wrong = min(map(str, unknown))[:60]
            raise ValueError(f"a polygon has 'outer' and 'holes'; no such field: {wrong}")
        outer = _points(value.get("outer"), 3, "a polygon")
        holes = value.get("holes") or ()
        if not isinstance(holes, list | tuple):
            raise ValueError("holes must be a list of holes, each a list of [x, y] points in metres")
        shape = Polygon(outer, [_points(ring, 3, "a hole") for ring in holes])
    else:
        shape = Polygon(_points(value, 3, "a polygon"))
    if shape.is_empty or not shape.is_valid or shape.area <= 1e-9:
        raise ValueError(f"cannot be used: {explain_invalid(shape)}")
    return orient(shape)


def _line(value: Any) -> LineString:
    return value if isinstance(value, LineString) else LineString(_points(value, 2, "a line"))


def _point(value: Any) -> Point:
    return value if isinstance(value, Point) else Point(_points([value], 1, "a point")[0])


def _write_ring(ring: Any) -> list[list[float]]:
    return [[float(x), float(y)] for x, y in list(ring.coords)[:-1]]


def _write_polygon(shape: Polygon) -> Any:
    outer = _write_ring(shape.exterior)
    return {"outer": outer, "holes": [_write_ring(r) for r in shape.interiors]} if shape.interiors else outer


def _write_line(shape: LineString) -> list[list[float]]:
    return [[float(x), float(y)] for x, y in shape.coords]


_POINT = {"type": "array", "items": {"type": "number", "unit": "m"}, "minItems": 2, "maxItems": 2}
_RING = {"type": "array", "items": _POINT, "minItems": 3, "maxItems": MAX_POINTS}

PolygonShape = Annotated[
    Polygon,
    PlainValidator(_polygon),
    PlainSerializer(_write_polygon),
    WithJsonSchema({"anyOf": [_RING, {
        "type": "object", "properties": {"outer": _RING, "holes": {"type": "array", "items": _RING}},
        "required": ["outer"], "additionalProperties": False}], "description": "points [x, y] in metres"}),
]
"""A polygon in a document [m]."""
LineShape = Annotated[
    LineString, PlainValidator(_line), PlainSerializer(_write_line),
    WithJsonSchema({
        "type": "array", "items": _POINT, "minItems": 2, "maxItems": MAX_POINTS,
        "description": "points [x, y] in metres"}),
]
"""A line in a document [m]."""
PointShape = Annotated[
    Point, PlainValidator(_point), PlainSerializer(lambda p: [float(p.x), float(p.y)]),
    WithJsonSchema({**_POINT, "description": "[x, y] in metres"}),
]
"""A point in a document [m]."""


def _any_shape(value: Any) -> BaseGeometry | None:
    if value is None or isinstance(value, BaseGeometry):
        return value
    if not isinstance(value, Mapping):
        raise ValueError("a shape is written as GeoJSON: {type: Polygon, coordinates: [...]}")
    try:
        return shapely.from_geojson(json.dumps(value))
    except (shapely.errors.GEOSException, TypeError, ValueError) as error:
        raise ValueError(f"not a GeoJSON shape: {str(error).splitlines()[0][:100]}") from error


def _write_any(shape: BaseGeometry | None) -> Any:
    if shape is None:
        return None
    # A micrometre is enough, and keeps the noise of the last bits out of reports that people compare.
    return json.loads(shapely.to_geojson(shapely.transform(shape, lambda points: np.round(points, 6) + 0.0)))


AnyShape = Annotated[
    BaseGeometry | None, PlainValidator(_any_shape), PlainSerializer(_write_any),
    WithJsonSchema({
        "type": ["object", "null"], "properties": {"type": {"type": "string"}}, "required": ["type"],
        "description": "GeoJSON geometry in metres of the layout, not in degrees"}),
]
"""Any shape in a document, as GeoJSON [m]."""


def explain_invalid(shape: Polygon) -> str:
    """Why a polygon cannot be used, in words."""
    if shape.is_empty or len(shape.exterior.coords) < 4:
        return "it has fewer than three corners"
    if not shape.is_valid:
        reason, _, place = shapely.is_valid_reason(shape).partition("[")
        at = f" at [{place.rstrip(']').replace(' ', ', ')}]" if place else ""
        what = "edges cross or touch" if "intersection" in reason.lower() else reason.lower()
        return f"{what}{at}; list the corners one after the other around the shape"
    return f"its area is {shape.area:.2g} m²"


def parts(shape: Any) -> list[Polygon]:
    """The polygons of any shape, largest first."""
    found = [p for p in shapely.get_parts(shape) if isinstance(p, Polygon) and p.area > 0]
    return sorted(found, key=lambda p: -p.area)


def largest_part(shape: Any) -> Polygon:
    """The largest polygon of any shape, or an empty polygon."""
    found = parts(shape)
    return found[0] if found else Polygon()


def simplified(shape: Polygon, tolerance: float = 1e-6) -> Polygon:
    """The polygon without corners that lie on a straight edge; tolerance [m]."""
    if shape.is_empty:
        return shape
    plain = shape.simplify(tolerance)
    return orient(plain) if isinstance(plain, Polygon) else shape


def corner_count(shape: Polygon, tolerance: float = 0.05) -> int:
    """Corners of the outer ring after leaving out those within the tolerance [m] of a straight line."""
    plain = shape.simplify(tolerance)
    points = np.asarray((plain if isinstance(plain, Polygon) else shape).exterior.coords)[:-1]
    before, after = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
    a, b = points - before, after - points
    turn = np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])
    return int((turn > 1e-9 + 1e-3 * np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)).sum())


def clear_width(shape: Polygon) -> float:
    """Diameter of the largest circle inside [m]; for a rectangle its shorter side."""
    if shape.is_empty:
        return 0.0
    if len(shape.exterior.coords) == 5 and not shape.interiors:
        # A parallelogram: the smaller of its two heights. Exact, and most rooms are rectangles.
        p = np.asarray(shape.exterior.coords)[:4]
        a, b, c = p[1] - p[0], p[2] - p[1], p[3] - p[2]
        if np.abs(a + c).max() < 1e-9:
            return float(shape.area / max(np.linalg.norm(a), np.linalg.norm(b)))
    radius = shapely.maximum_inscribed_circle(shape, tolerance=0.005)
    return float(2 * radius.length)


def aspect_ratio(shape: Polygon) -> float:
    """Long side over short side of the smallest rotated rectangle around the shape [-]."""
    rectangle = shape.minimum_rotated_rectangle
    if not isinstance(rectangle, Polygon):
        return math.inf
    p = np.asarray(rectangle.exterior.coords)
    sides = sorted((float(np.linalg.norm(p[1] - p[0])), float(np.linalg.norm(p[2] - p[1]))))
    return sides[1] / sides[0] if sides[0] > 0 else math.inf


def rectilinear(shape: Polygon, tolerance: float = 1e-6) -> bool:
    """Whether all edges are parallel to the axes within the tolerance [m]."""
    for ring in (shape.exterior, *shape.interiors):
        steps = np.abs(np.diff(np.asarray(ring.coords), axis=0))
        if (steps.min(axis=1) > tolerance).any():
            return False
    return True


def shared_length(first: Any, second: Any) -> tuple[float, LineString]:
    """Longest straight contact of two touching polygons [m], and that contact.

    Touching at corners only gives 0. Only edges that coincide count: close gaps first.
    """
    common = first.boundary.intersection(second.boundary)
    lines = [g for g in shapely.get_parts(common) if isinstance(g, LineString) and g.length > 0]
    if not lines:
        return 0.0, LineString()
    merged = shapely.line_merge(shapely.MultiLineString(lines)) if len(lines) > 1 else lines[0]
    best = LineString()
    for piece in shapely.get_parts(merged):
        for straight in _straight(piece):
            if straight.length > best.length:
                best = straight
    return float(best.length), best


def _straight(line: LineString) -> Iterable[LineString]:
    """The maximal straight pieces of a line."""
    points = np.asarray(line.coords)
    start = 0
    for i in range(1, len(points)):
        if i == len(points) - 1:
            yield LineString(points[[start, i]])
            break
        a, b = points[i] - points[start], points[i + 1] - points[i]
        if abs(a[0] * b[1] - a[1] * b[0]) > 1e-9 * max(1.0, float(np.linalg.norm(a) * np.linalg.norm(b))):
            yield LineString(points[[start, i]])
            start = i


def union(shapes: Iterable[Any]) -> Polygon | MultiPolygon:
    """The union of many polygons."""
    return shapely.unary_union(list(shapes))  # type: ignore[return-value]  # polygons in, polygons out


def bounds(shapes: Sequence[Any]) -> NDArray[np.float64]:
    """Boxes [N, 4] as x0, y0, x1, y1 [m]."""
    return np.asarray(shapely.bounds(np.asarray(shapes, dtype=object)), dtype=np.float64).reshape(-1, 4)

