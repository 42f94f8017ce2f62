"""Headroom: how low pipes come over an area."""

from __future__ import annotations

import itertools

import numpy as np
import shapely
from shapely.geometry import Polygon

from layoutgan.domains.piping.elements import Pipe

__all__ = ["crossing_angle", "lowest_over"]

_UPRIGHT = 1e-9


def lowest_over(pipe: Pipe, area: Polygon) -> float | None:
    """Lowest underside of a pipe, with insulation, over an area [m]; None where it does not cross it.

    What runs below grade is a buried crossing and does not count.
    """
    wide = area.buffer(pipe.radius, join_style="mitre")
    x0, y0, x1, y1 = wide.bounds
    points = pipe.points
    if (
        points[:, 0].max() < x0
        or points[:, 0].min() > x1
        or points[:, 1].max() < y0
        or points[:, 1].min() > y1
    ):
        return None
    lowest: float | None = None
    for a, b in itertools.pairwise(points):
        z = _lowest_of_leg(a, b, wide)
        if z is not None and z - pipe.radius > 0:
            lowest = z - pipe.radius if lowest is None else min(lowest, z - pipe.radius)
    return lowest


def _lowest_of_leg(a: np.ndarray, b: np.ndarray, area: Polygon) -> float | None:
    run = float(np.linalg.norm(b[:2] - a[:2]))
    if run < _UPRIGHT:
        return min(float(a[2]), float(b[2])) if shapely.contains_xy(area, a[0], a[1]) else None
    inside = shapely.intersection(shapely.LineString([a[:2], b[:2]]), area)
    if inside.is_empty:
        return None
    spots = shapely.get_coordinates(inside)
    along = np.linalg.norm(spots - a[:2], axis=1) / run
    return float((a[2] + along * (b[2] - a[2])).min())


def crossing_angle(pipe: Pipe, area: Polygon) -> float | None:
    """Least angle of a pipe that crosses an area with the area's long axis [°]; None where none crosses."""
    rectangle = area.minimum_rotated_rectangle
    p = shapely.get_coordinates(rectangle)
    sides = sorted((p[1] - p[0], p[2] - p[1]), key=np.linalg.norm)
    axis = sides[1] / np.linalg.norm(sides[1])
    width = float(np.linalg.norm(sides[0]))
    best: float | None = None
    for a, b in zip(pipe.points[:-1, :2], pipe.points[1:, :2], strict=True):
        run = float(np.linalg.norm(b - a))
        if run < _UPRIGHT:
            continue
        inside = shapely.intersection(shapely.LineString([a, b]), area)
        if inside.length < 0.5 * width:
            continue
        angle = float(np.degrees(np.arccos(min(1.0, abs(float((b - a) @ axis)) / run))))
        best = angle if best is None else min(best, angle)
    return best
