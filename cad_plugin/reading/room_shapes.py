"""From clear floors back to room shapes: edges move to the middle of their walls, or stay at outer walls.

The inverse of ``layoutgan.domains.floorplan.walls.clear_shapes``, for plans that people changed in a CAD
program.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from layoutgan.core.geometry import largest_part, simplified

__all__ = ["Thickness", "room_shapes"]

THICKEST = 0.75
"""Two rooms that are farther apart have no wall in common [m]."""
GRID = 1e-6
"""Corners are rounded to this, so that shapes of neighbours share them [m]."""


@dataclass
class Thickness:
    """Thicknesses of walls that were met, each with the length over which it was met [m]."""

    interior: list[tuple[float, float]] = field(default_factory=list)
    exterior: list[tuple[float, float]] = field(default_factory=list)

    def usual(self, which: str, default: float) -> float:
        """The thickness in the middle when sorted [m]."""
        met = self.interior if which == "interior" else self.exterior
        values = [round(t, 3) for t, length in met for _ in range(max(1, round(10 * length)))]
        return median(values) if values else default


@dataclass(frozen=True)
class _Piece:
    """A part of an edge and how far it moves outwards [m]."""

    start: tuple[float, float]
    end: tuple[float, float]
    out: float

    @property
    def direction(self) -> tuple[float, float]:
        size = math.dist(self.start, self.end)
        return (self.end[0] - self.start[0]) / size, (self.end[1] - self.start[1]) / size

    def moved(self, point: tuple[float, float]) -> tuple[float, float]:
        ux, uy = self.direction
        return point[0] + uy * self.out, point[1] - ux * self.out


def room_shapes(clear: Sequence[Polygon], walls: BaseGeometry) -> tuple[list[Polygon], Thickness]:
    """Shapes of rooms that reach to the middle of interior walls and to the inner face of exterior ones.

    Args:
        clear: floor of each room that walls leave free [m].
        walls: bodies of all walls, with openings closed [m].
    """
    met = Thickness()
    whole = shapely.set_precision(shapely.union_all([walls, *clear]), GRID)  # without cracks from rounding
    tree = shapely.STRtree(list(clear))
    shapes = []
    for number, shape in enumerate(clear):
        near = sorted(tree.query(shape, predicate="dwithin", distance=THICKEST))
        others = [clear[i] for i in near if i != number]
        x0, y0, x1, y1 = shape.bounds  # with a margin, so that the cut itself is never seen
        around = shapely.clip_by_rect(whole, x0 - 1.0, y0 - 1.0, x1 + 1.0, y1 + 1.0)
        rings = [
            _grown(ring, others, around, met) for ring in (orient(shape).exterior, *orient(shape).interiors)
        ]
        grown = Polygon(rings[0], rings[1:])
        grown = grown if grown.is_valid else largest_part(grown.buffer(0))
        shapes.append(simplified(largest_part(shapely.set_precision(grown, GRID)), 1e-5))
    return shapes, met


def _grown(
    ring: shapely.LinearRing, others: Sequence[Polygon], whole: BaseGeometry, met: Thickness
) -> list[tuple[float, float]]:
    points = np.asarray(simplified(Polygon(ring), 1e-7).exterior.coords)[:, :2]
    if bool(shapely.is_ccw(shapely.LinearRing(points))) != ring.is_ccw:
        points = points[::-1]
    near = [o for o in others if o.distance(Polygon(points)) <= THICKEST]
    pieces = [
        piece for a, b in pairwise(points.tolist()) for piece in _pieces(tuple(a), tuple(b), near, whole, met)
    ]
    return _joined(pieces)


def _pieces(a: tuple[float, float], b: tuple[float, float], near: Sequence[Polygon], whole: BaseGeometry,
            met: Thickness) -> list[_Piece]:
    """The edge cut where what lies behind its wall changes."""
    size = math.dist(a, b)
    ux, uy = (b[0] - a[0]) / size, (b[1] - a[1]) / size
    stops = sorted({0.0, size, *_stops(a, (ux, uy), size, near, whole)})
    stops = [s for s, t in zip(stops, [-1.0, *stops], strict=False) if s - t > 1e-6]
    spans: list[tuple[float, float, float | None]] = []
    for s, t in pairwise([*stops[:-1], size]):
        middle = (a[0] + ux * (s + t) / 2, a[1] + uy * (s + t) / 2)
        spans.append((s, t, _behind(middle, (uy, -ux), near, whole, met, t - s)))
    return [
        _Piece((a[0] + ux * s, a[1] + uy * s), (a[0] + ux * t, a[1] + uy * t), out)
        for s, t, out in _without_gaps(spans)
    ]


def _stops(a: tuple[float, float], u: tuple[float, float], size: float, near: Sequence[Polygon],
           whole: BaseGeometry) -> Iterator[float]:
    """Where corners of what lies behind the edge's wall come to stand along the edge."""
    corners = shapely.get_coordinates([*near, whole])
    along = (corners[:, 0] - a[0]) * u[0] + (corners[:, 1] - a[1]) * u[1]
    out = (corners[:, 0] - a[0]) * u[1] - (corners[:, 1] - a[1]) * u[0]
    for place in along[(out > 1e-6) & (out < THICKEST) & (along > 1e-6) & (along < size - 1e-6)]:
        yield float(place)


def _behind(
    at: tuple[float, float],
    normal: tuple[float, float],
    near: Sequence[Polygon],
    whole: BaseGeometry,
    met: Thickness,
    length: float,
) -> float | None:
    """How far the edge moves here [m]; None when the wall is seen along its length."""
    ray = LineString([at, (at[0] + normal[0] * THICKEST, at[1] + normal[1] * THICKEST)])
    start = shapely.Point(at)
    hits = [start.distance(hit) for o in near if not (hit := ray.intersection(o)).is_empty]
    inside = ray.intersection(whole)
    run = next(
        (p.length for p in shapely.get_parts(inside) if p.distance(start) < 1e-6 and p.length > 0), 0.0
    )
    if hits and min(hits) <= run + 1e-6:
        met.interior.append((min(hits), length))
        return min(hits) / 2
    if run < THICKEST - 1e-6:
        if run > 0.02:  # less is no wall: outlines without walls around them
            met.exterior.append((run, length))
        return 0.0
    return None


def _without_gaps(spans: list[tuple[float, float, float | None]]) -> list[tuple[float, float, float]]:
    """Unknown spans take over from their neighbours: the outer wall's side, or half and half."""
    known = [(s, t, out) for s, t, out in spans if out is not None]
    if not known:
        return [(spans[0][0], spans[-1][1], 0.0)]
    found: list[tuple[float, float, float]] = []
    for i, (s, t, out) in enumerate(spans):
        if out is not None:
            found.append((s, t, out))
            continue
        before = next((o for _, _, o in reversed(spans[:i]) if o is not None), None)
        after = next((o for _, _, o in spans[i + 1:] if o is not None), None)
        if before is None or after is None:
            found.append((s, t, after if before is None else before))  # type: ignore[arg-type]  # one of them is known
        elif before == after or 0.0 in (before, after):
            found.append((s, t, min(before, after)))
        else:
            found += [(s, (s + t) / 2, before), ((s + t) / 2, t, after)]
    return found


def _joined(pieces: Sequence[_Piece]) -> list[tuple[float, float]]:
    """The ring of pieces after each has moved outwards."""
    points: list[tuple[float, float]] = []
    for one, two in zip(pieces, [*pieces[1:], pieces[0]], strict=True):
        (ux, uy), (vx, vy) = one.direction, two.direction
        across = ux * vy - uy * vx
        p, q = one.moved(one.end), two.moved(two.start)
        if abs(across) < 1e-6:
            points += [p] if one.out == two.out else [p, q]
        else:
            t = ((q[0] - p[0]) * vy - (q[1] - p[1]) * vx) / across
            points.append((p[0] + t * ux, p[1] + t * uy))
    return points
