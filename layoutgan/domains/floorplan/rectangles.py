"""Rooms with right angles as their maximal rectangles: how wide they are, where they pinch, what is too thin.

A square that fits on a floor lies in one of the floor's maximal rectangles, so each question about squares
is one about a handful of rectangles. That is exact, and far faster than growing and shrinking polygons.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

__all__ = ["Floor", "floor_of"]

RIGHT_ANGLE = 1.0e-4
"""How far an edge may be from straight [m]."""
SAME = 1.0e-6
"""Levels closer than this are one [m]."""

_Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in the room's own frame [m]."""
_Runs = list[tuple[float, float]]


class Floor(NamedTuple):
    """A floor with right angles."""

    boxes: tuple[_Box, ...]
    """Its maximal rectangles, in a frame parallel to its walls."""
    levels: tuple[float, ...]
    """Heights between which nothing changes [m]."""
    runs: tuple[_Runs, ...]
    """The floor between each two levels, as stretches from and to [m]."""
    turn: tuple[float, float]
    """Direction of the frame's x-axis."""

    @property
    def widest(self) -> float:
        """Side of the largest square [m]."""
        return max((min(x1 - x0, y1 - y0) for x0, y0, x1, y1 in self.boxes), default=0.0)

    def holding(self, side: float) -> list[_Box]:
        """The rectangles in which a square of that side [m] fits."""
        return [b for b in self.boxes if min(b[2] - b[0], b[3] - b[1]) >= side - SAME]

    def groups(self, side: float) -> list[list[_Box]]:
        """Those rectangles by where a square of that side [m] can be moved without leaving the floor."""
        groups: list[list[_Box]] = []
        for box in self.holding(side):
            near = [g for g in groups if any(_overlap(box, other) >= side - SAME for other in g)]
            groups = [g for g in groups if g not in near]
            groups.append([box, *(b for g in near for b in g)])
        return groups

    def beyond(self, side: float) -> float:
        """Area that no square of that side [m] reaches [m²]."""
        holding = self.holding(side)
        missing = 0.0
        for (low, high), runs in zip(pairwise(self.levels), self.runs, strict=True):
            total = sum(b - a for a, b in runs)
            covered, reach = 0.0, -np.inf
            here = [(b[0], b[2]) for b in holding if b[1] <= low + SAME and b[3] >= high - SAME]
            for a, b in sorted(here):
                if b > reach:
                    covered += b - max(a, reach)
                    reach = b
            missing += (total - covered) * (high - low)
        return max(missing, 0.0)

    def shape(self, boxes: list[_Box]) -> Polygon | MultiPolygon:
        """The union of rectangles, back in the plan's frame [m]."""
        union = shapely.union_all(shapely.box(*np.asarray(boxes).reshape(-1, 4).T))
        ux, uy = self.turn
        back = np.array([[ux, uy], [-uy, ux]])
        return shapely.transform(union, lambda points: points @ back)  # type: ignore[return-value]  # polygons stay so


def _overlap(one: _Box, two: _Box) -> float:
    """Shorter side of what two rectangles share; negative when they are apart [m]."""
    return min(min(one[2], two[2]) - max(one[0], two[0]), min(one[3], two[3]) - max(one[1], two[1]))


def floor_of(shape: Polygon) -> Floor | None:
    """The maximal rectangles of a floor; None if its walls are not at right angles.

    Example:
        >>> floor = floor_of(Polygon([(0, 0), (3, 0), (3, 1), (1, 1), (1, 2), (0, 2)]))
        >>> floor.boxes, floor.widest
        (((0.0, 0.0, 3.0, 1.0), (0.0, 0.0, 1.0, 2.0)), 1.0)
    """
    if shape.is_empty:
        return Floor((), (), (), (1.0, 0.0))
    rings = [shapely.get_coordinates(ring) for ring in (shape.exterior, *shape.interiors)]
    steps = np.diff(rings[0], axis=0)
    ux, uy = steps[np.abs(steps).max(axis=1).argmax()].tolist()
    size = (ux * ux + uy * uy) ** 0.5
    ux, uy = (1.0, 0.0) if min(abs(ux), abs(uy)) <= RIGHT_ANGLE else (ux / size, uy / size)
    if uy != 0.0:
        rings = [ring @ np.array([[ux, -uy], [uy, ux]]) for ring in rings]
    upright: list[tuple[float, float, float]] = []
    heights: list[float] = []
    for ring in rings:
        for (x0, y0), (x1, y1) in pairwise(ring.tolist()):
            if min(abs(x1 - x0), abs(y1 - y0)) > RIGHT_ANGLE:
                return None
            if abs(x1 - x0) < abs(y1 - y0):
                upright.append((0.5 * (x0 + x1), min(y0, y1), max(y0, y1)))
                heights += (y0, y1)
    heights.sort()
    levels = [y for i, y in enumerate(heights) if i == 0 or y - heights[i - 1] > SAME]
    runs: list[_Runs] = []
    for low, high in pairwise(levels):
        middle = 0.5 * (low + high)
        cuts = sorted(x for x, a, b in upright if a < middle < b)
        runs.append(list(zip(cuts[::2], cuts[1::2], strict=False)))
    return Floor(tuple(_maximal(levels, runs)), tuple(levels), tuple(runs), (ux, uy))


def _maximal(levels: list[float], runs: list[_Runs]) -> list[_Box]:
    """Rectangles that cannot grow in any direction."""
    boxes = []
    for i, first in enumerate(runs):
        common = first
        for j in range(i, len(runs)):
            if j > i:
                both = [(max(a, c), min(b, d)) for a, b in common for c, d in runs[j]]
                common = [(a, b) for a, b in both if b - a > SAME]
            if not common:
                break
            beside = [*(runs[i - 1] if i > 0 else ()), *(runs[j + 1] if j + 1 < len(runs) else ())]
            boxes += [(a, levels[i], b, levels[j + 1]) for a, b in common if not _within(a, b, beside)]
    return boxes


def _within(start: float, end: float, runs: _Runs) -> bool:
    return any(a <= start + SAME and b >= end - SAME for a, b in runs)
