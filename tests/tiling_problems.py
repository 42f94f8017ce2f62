"""Problems of the exact step that its tests share: outlines as pictures, rooms with random limits."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layoutgan.domains.floorplan.tiling import BLOCKED, OUTSIDE, Problem, Tiling

OUTLINES = {
    "square": ["##", "##"],
    "long and thin": ["######"],
    "L": ["###", "#  ", "#  "],
    "T": ["###", " # ", " # "],
    "U": ["# #", "# #", "###"],
    "Z": ["## ", " ##"],
    "courtyard": ["####", "#  #", "####"],
    "plus": [" # ", "###", " # "],
    "comb": ["#####", "# # #"],
}
"""Outlines by name; a mark is a square to be tiled, the first row lies on top."""


def site(picture: list[str], side: float) -> dict[str, Any]:
    """Lines and cells of a picture whose squares have a side [m], in a ring of outside cells."""
    rows = [[c == "#" for c in row] for row in picture[::-1]]
    cells = np.where(np.pad(np.array(rows), 1), 0, OUTSIDE).astype(np.int16)
    x, y = (np.round(np.arange(-1, size) * side, 9) for size in cells.shape[::-1])
    return {"x_lines": x, "y_lines": y, "site": cells}


def problem(outline: str, count: int, *, area: float = 60.0, seed: int = 0, **limits: Any) -> Problem:
    """Rooms of random sizes on an outline of that area [m²], with limits that leave some room.

    Args:
        outline: a name of `OUTLINES`.
        count: number of rooms (N).
        area: of the outline [m²].
        seed: of the sizes and of the search.
        limits: fields of the problem that differ.
    """
    picture = OUTLINES[outline]
    side = round(float(np.sqrt(area / "".join(picture).count("#"))), 3)  # briefs are rounded to millimetres
    place = site(picture, side)
    draw = np.random.default_rng(seed)
    share = 0.5 + draw.random(count)
    target = area * share / share.sum()
    fields: dict[str, Any] = {
        **place,
        "area_min": 0.7 * target,
        "area_target": target,
        "area_max": 1.4 * target,
        "width_min": np.full(count, 0.9),
        "neck": np.full(count, 0.75),
        "aspect_max": np.full(count, 8.0),
        "aspect_hard": np.ones(count, np.bool_),
        "facade_min": np.zeros(count),
        "wall": 0.1,
        "seed": seed,
    }
    return Problem(**(fields | limits))


def drawn(rows: list[str], scale: float = 1.0) -> tuple[dict[str, Any], NDArray[np.int16]]:
    """Lines and labels of a picture of letters, `a` being room 0; points are outside, `x` is blocked."""
    codes = {".": OUTSIDE, "x": BLOCKED}
    table = [[codes[c] if c in codes else ord(c) - ord("a") for c in row] for row in rows[::-1]]
    labels = np.pad(np.array(table, np.int16), 1, constant_values=OUTSIDE)
    x = np.arange(-1, labels.shape[1], dtype=np.float64) * scale
    y = np.arange(-1, labels.shape[0], dtype=np.float64) * scale
    lines = {"x_lines": x, "y_lines": y, "site": np.where(labels < 0, labels, 0).astype(np.int16)}
    return lines, labels


def without_limits(lines: dict[str, Any], count: int, **limits: Any) -> Problem:
    """A problem that asks for nothing but what is given."""
    nothing = np.zeros(count)
    fields: dict[str, Any] = {
        **lines,
        "area_min": nothing,
        "area_target": nothing + 1.0,
        "area_max": nothing + 1e3,
        "width_min": nothing,
        "neck": nothing,
        "aspect_max": nothing + np.inf,
        "aspect_hard": np.zeros(count, np.bool_),
        "facade_min": nothing,
    }
    return Problem(**(fields | limits))


def shapes(tiling: Tiling) -> list[BaseGeometry]:
    """Each room as the union of its cells [N] [m]."""
    found = []
    for room in range(len(tiling.areas)):
        rows, columns = np.nonzero(tiling.labels == room)
        x, y = tiling.x_lines, tiling.y_lines
        boxes = shapely.box(x[columns], y[rows], x[columns + 1], y[rows + 1])
        found.append(shapely.union_all(boxes))
    return found


def inside(asked: Problem) -> BaseGeometry:
    """What the problem wants tiled [m]."""
    rows, columns = np.nonzero(asked.site >= 0)
    x, y = asked.x_lines, asked.y_lines
    return shapely.union_all(shapely.box(x[columns], y[rows], x[columns + 1], y[rows + 1]))


def longest_border(first: BaseGeometry, second: BaseGeometry) -> float:
    """Longest straight piece of the border of two axis-parallel shapes [m]."""
    by_line: dict[tuple[int, float], list[tuple[float, float]]] = {}
    for piece in shapely.get_parts(shapely.intersection(first.boundary, second.boundary)):
        points = np.round(shapely.get_coordinates(piece), 6)
        for p, q in pairwise(points):
            axis = int(p[0] != q[0])
            low, high = sorted((float(p[1 - axis]), float(q[1 - axis])))
            by_line.setdefault((axis, float(p[axis])), []).append((low, high))
    best = 0.0
    for spans in by_line.values():
        start, end = min(spans)
        for low, high in sorted(spans):
            start, end = (start, max(end, high)) if low <= end + 1e-6 else (low, high)
            best = max(best, end - start)
    return best


def passable(shape: BaseGeometry, side: float) -> bool:
    """Whether squares of a side [m] reach all of an axis-parallel shape without leaving it."""
    half = side / 2 - 1e-5
    core = shape.buffer(-half, join_style="mitre")
    whole = core.buffer(half, join_style="mitre")
    return isinstance(core, Polygon) and shape.difference(whole).area < 1e-3
