"""Grid lines: the axes of the outer walls with bubbles, numbers along x and letters along y."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from cad_plugin.annotation import MM, TEXT, edge_around
from cad_plugin.drawing import Drawing
from cad_plugin.placing import dimension_parts, placed, text_box
from cad_plugin.primitives import Circle, Dimension, Insert, Line, Polyline, Primitive, Text
from layoutgan.core.layout import Layout

__all__ = ["gridded"]

NEAR = 0.45
"""Axes nearer to each other than this share one grid line [m]: two bubbles would touch."""
BUBBLE = 1.6
"""Radius of a bubble over the height of its text [-]."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which look like digits."""


def gridded(layout: Layout, drawing: Drawing) -> Drawing:
    """The drawing with grid lines through the axes of outer and party walls.

    Args:
        layout: a floor plan; others have no such axes and stay as they are.
        drawing: of it.
    """
    walls = [e for e in layout.elements if e.tag == "wall" and e.kind in ("exterior", "party")]
    ends = [(e.shape.coords[0], e.shape.coords[-1]) for e in walls]
    across = _places(a[0] for a, b in ends if abs(a[0] - b[0]) < 1e-6)
    along = _places(a[1] for a, b in ends if abs(a[1] - b[1]) < 1e-6)
    if not across and not along:
        return drawing
    size = TEXT * drawing.scale
    x0, y0, x1, y1 = drawing.focus or drawing.bounds()
    radius, gap = BUBBLE * size, 1.5 * size
    least = 2.4 * radius
    made: list[Primitive] = []
    top, left = y1 + gap, x0 - gap
    texts = _texts(drawing, 0.35 * size)
    for number, (x, level) in enumerate(_staggered(across, least), start=1):
        high = top + level * least
        made += _broken((x, y0), (x, high), texts)
        made += _bubble((x, high + radius), radius, str(number), size)
    for number, (y, level) in enumerate(_staggered(along, least)):
        far = left - level * least
        made += _broken((far, y), (x1, y), texts)
        made += _bubble((far - radius, y), radius, _letter(number), size)
    kept = tuple(p for p in drawing.primitives if not (isinstance(p, Polyline) and p.role == "frame"))
    everything = (*kept, *made)
    reach = 2 * radius + (least if len(across) + len(along) > 4 else 0.0)
    return replace(
        drawing,
        primitives=(*everything, edge_around(everything, drawing.blocks, drawing.scale)),
        focus=(left - reach - gap / 2, y0, x1, top + reach + gap / 2),
        legend=(*drawing.legend, ("grid", "Grid: axes of outer walls")),
    )


def _places(values: Iterable[float]) -> list[float]:
    """Where grid lines stand [mm], from left to right."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return [value * MM for value in found]


def _staggered(places: Iterable[float], least: float) -> Iterable[tuple[float, int]]:
    """Places, and whether the bubble stands one row farther out because its neighbour is near."""
    before, level = -1e12, 0
    for place in places:
        level = 1 - level if place - before < least else 0
        before = place
        yield place, level


def _letter(number: int) -> str:
    most = len(_LETTERS)
    return _LETTERS[number] if number < most else _LETTERS[number // most - 1] + _LETTERS[number % most]


def _bubble(at: tuple[float, float], radius: float, text: str, size: float) -> list[Primitive]:
    return [Circle("grid", at, radius), Text("symbol", at, text, size)]


def _texts(drawing: Drawing, clear: float) -> BaseGeometry:
    """Where texts stand, with that much around them [mm]."""
    flat: list[Primitive] = []
    for p in drawing.primitives:
        flat += dimension_parts(p) if isinstance(p, Dimension) else [p]
        flat += placed(p, drawing.blocks) if isinstance(p, Insert) else []
    boxes = [Polygon(text_box(p)) for p in flat if isinstance(p, Text) and p.text]
    return shapely.union_all(shapely.buffer(boxes, clear, join_style="mitre"))


def _broken(start: tuple[float, float], end: tuple[float, float], texts: BaseGeometry) -> Iterator[Line]:
    """A grid line, broken where a text stands on it."""
    rest = LineString([start, end]).difference(texts)
    for piece in getattr(rest, "geoms", [rest]):
        (ax, ay), (bx, by) = piece.coords[0], piece.coords[-1]
        yield Line("grid", (ax, ay), (bx, by))
