"""Polygons as one or two rectangles, and back."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from layoutgan.encoding.record import RECTANGLES, Floats

_MOST_LINES = (
    14  # grid lines per axis: more would be slanted or round outlines, which a coarse grid serves as well
)
_SHORTLIST = 120
_LEAST_GAIN = 0.03  # a second rectangle must explain this share of the polygon's area


class Fit(NamedTuple):
    """Rectangles that stand for a polygon."""

    corners: NDArray[np.float64]
    """[K, 4] left, bottom, right, top [m]; an unused rectangle repeats the first."""
    gates: NDArray[np.float64]
    """[K] 1 where in use."""
    error: float
    """Area of the symmetric difference over the polygon's area [-]."""


def fit_rectangles(polygon: Polygon | MultiPolygon, count: int = RECTANGLES) -> Fit:
    """The axis-parallel rectangles, two at most, whose union differs least from the polygon.

    Sides run along the polygon's own vertices where there are few, else along an even grid.

    Raises:
        ValueError: the polygon has no area.

    Example:
        >>> ell = shapely.from_wkt("POLYGON ((0 0, 4 0, 4 1, 1 1, 1 3, 0 3, 0 0))")
        >>> fit = fit_rectangles(ell)
        >>> fit.corners.tolist(), fit.gates.tolist(), fit.error
        ([[0.0, 0.0, 4.0, 1.0], [0.0, 0.0, 1.0, 3.0]], [1.0, 1.0], 0.0)
    """
    if not polygon.area > 0:
        raise ValueError("cannot fit rectangles to a shape without area")
    xs, ys, cells = _grid(polygon)
    corners, gains = _candidates(xs, ys, cells)
    total = float(polygon.area)
    order = np.argsort(-gains, kind="stable")[:_SHORTLIST]
    corners, gains = corners[order], gains[order]
    best, pair, gain = 0, 0, float(gains[0])
    if count > 1:
        best, pair, gain = _best_pair(corners, gains, xs, ys, cells)
    if gain - gains[0] < _LEAST_GAIN * total:
        best = pair = 0
        gain = float(gains[0])
    chosen = corners[[best, pair]]
    areas = (chosen[:, 2] - chosen[:, 0]) * (chosen[:, 3] - chosen[:, 1])
    if areas[1] > areas[0] + 1e-9:
        chosen = chosen[::-1]
    used = 1 if best == pair else 2
    rows = np.concatenate([chosen[:used], np.repeat(chosen[:1], count - used, 0)])
    gates = (np.arange(count) < used).astype(np.float64)
    return Fit(rows, gates, (total - gain) / total)


def polygon_of(
    corners: NDArray[np.float64] | Floats, gates: NDArray[np.float64] | Floats
) -> Polygon | MultiPolygon:
    """Union of the rectangles [K, 4] (left, bottom, right, top) [m] whose gate [K] is above one half."""
    used = [row for row, gate in zip(corners.tolist(), gates.tolist(), strict=True) if gate > 0.5]
    return cast("Polygon | MultiPolygon", shapely.union_all([shapely.box(*row) for row in used]))


def _grid(
    polygon: Polygon | MultiPolygon,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Grid lines and, per cell, covered minus uncovered area [m²]: what a rectangle gains by it."""
    vertices = shapely.get_coordinates(polygon)
    left, bottom, right, top = polygon.bounds
    xs, ys = _lines(vertices[:, 0], left, right), _lines(vertices[:, 1], bottom, top)
    if _slanted(polygon):
        xs, ys = np.linspace(left, right, _MOST_LINES), np.linspace(bottom, top, _MOST_LINES)
    cells = shapely.box(xs[:-1, None], ys[None, :-1], xs[1:, None], ys[None, 1:])
    shapely.prepare(polygon)
    covered = shapely.area(shapely.intersection(cells, polygon))
    return xs, ys, 2 * covered - shapely.area(cells)


def _slanted(polygon: Polygon | MultiPolygon) -> bool:
    """Whether some edge runs along neither axis."""
    for part in shapely.get_parts(polygon):
        for ring in (part.exterior, *part.interiors):
            if (np.abs(np.diff(shapely.get_coordinates(ring), axis=0)).min(1) > 1e-3).any():
                return True
    return False


def _lines(values: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    lines: NDArray[np.float64] = np.unique(values.round(6))
    lines = lines[np.concatenate([[True], np.diff(lines) > 1e-3 * (high - low)])]
    if len(lines) > _MOST_LINES or len(lines) < 2:
        return np.linspace(low, high, _MOST_LINES)
    return lines


def _candidates(
    xs: NDArray[np.float64], ys: NDArray[np.float64], cells: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """All grid rectangles [R, 4] and what each gains [R]."""
    sums = np.zeros((len(xs), len(ys)))
    sums[1:, 1:] = cells.cumsum(0).cumsum(1)
    left, right = np.triu_indices(len(xs), 1)
    bottom, top = np.triu_indices(len(ys), 1)
    gain = sums[right][:, top] - sums[left][:, top] - sums[right][:, bottom] + sums[left][:, bottom]
    i, j = np.indices(gain.shape).reshape(2, -1)
    return np.stack([xs[left[i]], ys[bottom[j]], xs[right[i]], ys[top[j]]], 1), gain.ravel()


def _best_pair(
    corners: NDArray[np.float64],
    gains: NDArray[np.float64],
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
    cells: NDArray[np.float64],
) -> tuple[int, int, float]:
    """Indices of the two candidates whose union gains most, and that gain."""
    middle_x, middle_y = (xs[:-1] + xs[1:]) / 2, (ys[:-1] + ys[1:]) / 2
    in_x = (middle_x > corners[:, 0:1]) & (middle_x < corners[:, 2:3])
    in_y = (middle_y > corners[:, 1:2]) & (middle_y < corners[:, 3:4])
    holds = (in_x[:, :, None] & in_y[:, None]).reshape(len(corners), -1).astype(np.float64)
    shared = (holds * cells.ravel()) @ holds.T
    union = gains[:, None] + gains[None] - shared
    flat = int(union.argmax())
    first, second = divmod(flat, len(corners))
    return first, second, float(union[first, second])
