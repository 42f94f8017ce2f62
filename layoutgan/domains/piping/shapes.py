"""Points and lines in space, and directions, as they stand in documents.

A line is a shapely ``LineString`` with z, a point a shapely ``Point`` with z, so that plan questions work on
them unchanged; ``coordinates`` gives all three numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from shapely.geometry import LineString, Point

from layoutgan.core.geometry import MAX_COORDINATE, MAX_POINTS

__all__ = [
    "DIRECTIONS",
    "Direction",
    "Line3Shape",
    "Point3Shape",
    "coordinates",
    "length3",
    "line3",
    "point3",
    "turned",
    "unit",
]

DIRECTIONS: dict[str, tuple[int, int, int]] = {
    "+x": (1, 0, 0),
    "-x": (-1, 0, 0),
    "+y": (0, 1, 0),
    "-y": (0, -1, 0),
    "+z": (0, 0, 1),
    "-z": (0, 0, -1),
}
"""Unit vector of each direction word [-]."""
_WORDS = {
    "up": "+z",
    "down": "-z",
    "top": "+z",
    "bottom": "-z",
    "x": "+x",
    "y": "+y",
    "z": "+z",
    "east": "+x",
    "west": "-x",
    "north": "+y",
    "south": "-y",
    "e": "+x",
    "w": "-x",
    "n": "+y",
    "s": "-y",
}


def _direction(value: Any) -> Any:
    return _WORDS.get(value.strip().lower(), value.strip().lower()) if isinstance(value, str) else value


Direction = Annotated[Literal["+x", "-x", "+y", "-y", "+z", "-z"], BeforeValidator(_direction)]
"""A direction parallel to an axis; ``north`` is ``+y``, ``east`` ``+x``, ``up`` ``+z``."""


def _triple(value: Any, what: str) -> tuple[float, float, float]:
    if not isinstance(value, Sequence) or isinstance(value, str | bytes) or len(value) != 3:
        raise ValueError(f"{what}: each point is [x, y, z] in metres, found {str(value)[:60]}")
    for number in value:
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise ValueError(f"{what}: a coordinate must be a number in metres, found {number!r}")
        if not math.isfinite(number) or abs(number) > MAX_COORDINATE:
            raise ValueError(
                f"{what}: coordinate {number!r} is not a finite number within ±{MAX_COORDINATE:.0f} m"
            )
    return float(value[0]), float(value[1]), float(value[2])


def _line(value: Any) -> LineString:
    if isinstance(value, LineString):
        return value if value.has_z else line3([(x, y, 0.0) for x, y in value.coords])
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        raise ValueError("a line in space must be a list of [x, y, z] points in metres")
    if len(value) > MAX_POINTS:
        raise ValueError(f"a line has {len(value)} points; at most {MAX_POINTS} are read")
    points = [_triple(item, "a line") for item in value]
    if len(set(points)) < 2:
        raise ValueError("a line in space needs at least two different points")
    return LineString(points)


def _point(value: Any) -> Point:
    if isinstance(value, Point):
        return value if value.has_z else Point(value.x, value.y, 0.0)
    return Point(_triple(value, "a point"))


_POINT3 = {"type": "array", "items": {"type": "number", "unit": "m"}, "minItems": 3, "maxItems": 3}

Line3Shape = Annotated[
    LineString,
    PlainValidator(_line),
    PlainSerializer(lambda s: [[float(v) for v in p] for p in s.coords]),
    WithJsonSchema(
        {"type": "array", "items": _POINT3, "minItems": 2, "description": "points [x, y, z] in metres"}
    ),
]
"""A line in space in a document [m]."""
Point3Shape = Annotated[
    Point,
    PlainValidator(_point),
    PlainSerializer(lambda p: [float(v) for v in p.coords[0]]),
    WithJsonSchema({**_POINT3, "description": "[x, y, z] in metres"}),
]
"""A point in space in a document [m]."""


def line3(points: Any) -> LineString:
    """A line in space through points [V, 3] [m]."""
    return LineString([tuple(float(v) for v in point) for point in points])


def point3(point: Any) -> Point:
    """A point in space [3] [m]."""
    x, y, z = (float(v) for v in point)
    return Point(x, y, z)


def coordinates(shape: LineString | Point) -> NDArray[np.float64]:
    """Coordinates [V, 3] of a line, or [3] of a point [m]."""
    found = np.asarray(shape.coords, dtype=np.float64)
    return found[0] if isinstance(shape, Point) else found


def length3(shape: LineString) -> float:
    """Length of a line in space [m]; shapely's own counts the plan only."""
    return float(np.linalg.norm(np.diff(coordinates(shape), axis=0), axis=1).sum())


def unit(direction: str) -> NDArray[np.float64]:
    """Unit vector [3] of a direction word [-]."""
    return np.asarray(DIRECTIONS[direction], dtype=np.float64)


def turned(direction: str, quarters: int) -> str:
    """A direction word after quarter turns counter-clockwise in plan."""
    x, y, z = DIRECTIONS[direction]
    for _ in range(quarters % 4):
        x, y = -y, x
    return next(word for word, vector in DIRECTIONS.items() if vector == (x, y, z))


assert set(get_args(get_args(Direction)[0])) == set(DIRECTIONS)  # the annotation and the table are one list
