"""The ground around rows of equipment: battery limit, roads, odd corners, and turning it all."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from shapely.geometry import Polygon

from .rows import Ground, Parts, Stood, turned_box

__all__ = ["Frame", "Plot", "plot_around"]

_GRID = 0.5
"""Outlines and roads lie on this grid [m]."""
_ODD, _CUT = 0.2, 0.1
"""Shares of plots with an odd corner, and of those where it is cut off rather than kept free [-]."""
_ROADS = (0.75, 0.3)
"""Shares of plots with a road at either long side [-]."""


@dataclass(frozen=True)
class Plot:
    """The ground around the rows, rack along x."""

    edges: tuple[float, float, float, float]
    roads: tuple[tuple[tuple[float, float, float, float], int], ...]
    """Boxes, and the side of the plot that each one lies at."""
    cut: tuple[float, float, float, float] | None
    keep_out: tuple[float, float, float, float] | None


def plot_around(parts: Parts, ground: Ground, stood: Stood, draw: random.Random) -> Plot:
    """A battery limit around everything, roads at its long sides, now and then a cut corner or a keep-out."""
    plans = stood.boxes(parts)
    blocks = [*map(tuple, plans.tolist())]
    for i, areas in enumerate(parts.areas):
        x, y = stood.centres[i]
        for area in areas:
            x0, y0, x1, y1 = turned_box(area, int(stood.turns[i]))
            blocks.append((x0 + x, y0 + y, x1 + x, y1 + y))
    rack = (0.0, -ground.width / 2, ground.length, ground.width / 2)
    solid = [*map(tuple, plans.tolist()), rack, *ground.taken]
    every = np.asarray([*blocks, rack, *ground.taken])
    low, high = every[:, :2].min(axis=0), every[:, 2:].max(axis=0)
    feet = np.asarray(solid)
    ease = draw.choice((0.5, 1.0, 2.0, 4.0))
    x0, x1 = low[0] - draw.uniform(0.5, 1.0 + ease), high[0] + draw.uniform(0.5, 1.0 + ease)
    y0, y1 = low[1] - draw.uniform(0.5, 1.0 + 2 * ease), high[1] + draw.uniform(0.5, 1.0 + 2 * ease)
    roads: list[tuple[tuple[float, float, float, float], int]] = []
    wide = draw.choice((4.0, 5.0, 6.0))
    if draw.random() < _ROADS[0]:  # bundles may be pulled over the road, so it lies against what stands
        edge = float(np.floor((feet[:, 1].min() - 1.0) / _GRID) * _GRID) - wide
        y0 = min(y0, edge)
        roads.append(((0.0, edge, 0.0, edge + wide), 1))
    if draw.random() < _ROADS[1]:
        edge = float(np.ceil((feet[:, 3].max() + 1.0) / _GRID) * _GRID)
        y1 = max(y1, edge + wide)
        roads.append(((0.0, edge, 0.0, edge + wide), 3))
    edges = tuple(float(v) for v in (
        math.floor(x0 / _GRID) * _GRID, math.floor(y0 / _GRID) * _GRID,
        math.ceil(x1 / _GRID) * _GRID, math.ceil(y1 / _GRID) * _GRID))  # fmt: skip
    placed = tuple(((edges[0], r[1], edges[2], r[3]), side) for r, side in roads)
    cut, keep_out = _odd_corner(edges, [*blocks, rack, *ground.taken, *(r for r, _ in placed)], draw)
    return Plot((edges[0], edges[1], edges[2], edges[3]), placed, cut, keep_out)


def _odd_corner(
    edges: Sequence[float], blocks: Sequence[Sequence[float]], draw: random.Random
) -> tuple[Any, Any]:
    """A corner where nothing stands, cut off (an L) or kept free; one plant in five."""
    what = draw.random()
    if what >= _ODD:
        return None, None
    x0, y0, x1, y1 = edges
    for corner in draw.sample(range(4), 4):
        for part in (0.4, 0.3, 0.2, 0.12):
            dx, dy = part * (x1 - x0), part * (y1 - y0)
            dx, dy = round(dx / _GRID) * _GRID, round(dy / _GRID) * _GRID
            a, b = (x0, x0 + dx) if corner in (0, 3) else (x1 - dx, x1)
            c, d = (y0, y0 + dy) if corner in (0, 1) else (y1 - dy, y1)
            hit = any(q[0] < b + 1.6 and q[2] > a - 1.6 and q[1] < d + 1.6 and q[3] > c - 1.6 for q in blocks)
            if not hit and min(dx, dy) >= 3.0:
                return ((a, c, b, d), None) if what < _CUT else (None, (a, c, b, d))
    return None, None


class Frame:
    """Quarter turns of the whole plot, and its lower left corner at the origin."""

    def __init__(self, edges: tuple[float, float, float, float], turn: int) -> None:
        self.turn = turn
        x0, y0, _, _ = turned_box(edges, turn)
        self.shift = (-x0, -y0)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point of the drawn plot in the layout [m]."""
        for _ in range(self.turn % 4):
            x, y = -y, x
        return round(float(x) + self.shift[0], 4), round(float(y) + self.shift[1], 4)

    def ring(self, shape: Polygon) -> list[list[float]]:
        """Corners of a shape in the layout [m]."""
        return [list(self.at(x, y)) for x, y in shape.exterior.coords[:-1]]
