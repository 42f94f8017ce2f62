"""Points along the curves of DXF entities, in the coordinates in which the entity stands in the file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["LARGEST", "arc_points", "bulged", "ellipse_points", "hatch_rings", "spline_points"]

STEP = 4.0
"""Arcs are cut into pieces of at most this [°]."""
LARGEST = 1e9
"""Coordinates beyond this are damage, not drawing."""
MOST = 20_000
"""Most points of one entity."""

Points = NDArray[np.float64]


def arc_points(centre: Sequence[float], radius: float, start: float, sweep: float) -> Points:
    """Points of a circular arc [V, 2].

    Args:
        centre: of the circle.
        radius: of the circle.
        start: direction of its first point [°].
        sweep: how far it turns, counter-clockwise when positive [°].
    """
    count = max(2, math.ceil(abs(sweep) / STEP) + 1)
    angles = np.radians(np.linspace(start, start + sweep, count))
    return np.column_stack([centre[0] + radius * np.cos(angles), centre[1] + radius * np.sin(angles)])


def bulged(vertices: Iterable[Sequence[float]], closed: bool) -> Points:
    """Points of a polyline whose pieces may be arcs [V, 2].

    Args:
        vertices: x, y and bulge (tangent of a quarter of the arc's angle) each.
        closed: the last vertex is joined to the first.
    """
    rows = [(float(v[0]), float(v[1]), float(v[2])) for v in vertices][:MOST]
    if all(abs(b) < 1e-9 for _, _, b in rows):
        return np.array([(x, y) for x, y, _ in rows], dtype=np.float64).reshape(-1, 2)
    found: list[Points] = []
    following = [*rows[1:], *(rows[:1] if closed else [])]
    for (ax, ay, bulge), (bx, by, _) in zip(rows, following, strict=False):
        found.append(_bow((ax, ay), (bx, by), bulge)[:-1])
    if not closed:
        found.append(np.array([rows[-1][:2]]))
    return np.concatenate(found)[:MOST]


def _bow(a: tuple[float, float], b: tuple[float, float], bulge: float) -> Points:
    """The straight or bent piece from one vertex to the next [V, 2]."""
    size = math.dist(a, b)
    if abs(bulge) < 1e-9 or size <= 0 or not math.isfinite(bulge):
        return np.array([a, b], dtype=np.float64)
    sweep = 4 * math.atan(bulge)
    half = size / 2
    radius = half / math.sin(abs(sweep) / 2)
    away = half / math.tan(sweep / 2)
    ux, uy = (b[0] - a[0]) / size, (b[1] - a[1]) / size
    centre = ((a[0] + b[0]) / 2 - uy * away, (a[1] + b[1]) / 2 + ux * away)
    start = math.degrees(math.atan2(a[1] - centre[1], a[0] - centre[0]))
    return arc_points(centre, radius, start, math.degrees(sweep))


def ellipse_points(entity: Any) -> Points:
    """Points of an ELLIPSE in world coordinates [V, 2]."""
    major, ratio = entity.dxf.major_axis, float(entity.dxf.ratio)
    turned = entity.minor_axis
    start, end = float(entity.dxf.start_param), float(entity.dxf.end_param)
    sweep = (end - start) % math.tau or math.tau
    t = start + np.linspace(0.0, sweep, max(3, math.ceil(math.degrees(sweep) / STEP) + 1))
    if not (math.isfinite(ratio) and 0 < abs(ratio) <= 1e3):
        return np.empty((0, 2))
    centre = entity.dxf.center
    return np.column_stack(
        [
            centre.x + major.x * np.cos(t) + turned.x * np.sin(t),
            centre.y + major.y * np.cos(t) + turned.y * np.sin(t),
        ]
    )


def spline_points(entity: Any) -> Points:
    """Points of a SPLINE in world coordinates [V, 2]; none when it has no usable points."""
    control = list(entity.control_points)[:500]
    if len(control) < 2:
        fit = list(entity.fit_points)[:MOST]
        return np.array([(float(p[0]), float(p[1])) for p in fit], dtype=np.float64).reshape(-1, 2)
    if len(entity.control_points) > len(control) or not np.isfinite(np.asarray(control)).all():
        return np.empty((0, 2))
    made = entity.construction_tool().approximate(min(1000, 6 * len(control)))
    return np.array([(p.x, p.y) for p in made], dtype=np.float64).reshape(-1, 2)


def hatch_rings(hatch: Any) -> list[Points]:
    """Boundary rings of a HATCH, in the entity's own coordinates [V, 2] each."""
    from ezdxf.entities.boundary_paths import EdgePath, PolylinePath

    rings: list[Points] = []
    for path in hatch.paths.paths[:500]:
        if isinstance(path, PolylinePath):
            rings.append(bulged(((v[0], v[1], v[2] if len(v) > 2 else 0.0) for v in path.vertices), True))
        elif isinstance(path, EdgePath):
            rings.append(_edges(path.edges))
    return [ring for ring in rings if len(ring) >= 3]


def _edges(edges: Sequence[Any]) -> Points:
    """A ring made of edges, as far as they are lines and arcs [V, 2]."""
    found: list[Points] = []
    for edge in edges[: MOST // 10]:
        name = type(edge).__name__
        if name == "LineEdge":
            piece = np.array([tuple(edge.start)[:2], tuple(edge.end)[:2]], dtype=np.float64)
        elif name == "ArcEdge":
            sweep = (edge.end_angle - edge.start_angle) % 360.0 or 360.0
            piece = arc_points(edge.center, edge.radius, edge.start_angle, sweep)
            piece = piece if edge.ccw else piece[::-1]
        else:
            return np.empty((0, 2))
        if found and _gap(found[-1][-1], piece[-1]) < _gap(found[-1][-1], piece[0]):
            piece = piece[::-1]
        found.append(piece)
    return np.concatenate(found) if found else np.empty((0, 2))


def _gap(a: Points, b: Points) -> float:
    return float(np.abs(a - b).max())
