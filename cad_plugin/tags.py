"""Where room tags stand: inside the room, clear of walls, door swings and columns, as large as fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from cad_plugin.primitives import Key, Point, Text
from cad_plugin.typeface import text_width

__all__ = ["Tag", "placed_tag"]

LINE_STEP = 1.75
"""Distance of text lines over height of capitals [-]."""


@dataclass(frozen=True)
class Tag:
    """What stands in a room, and where."""

    at: Point
    """Its middle [mm]."""
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class _Trial:
    lines: tuple[str, ...]
    heights: tuple[float, ...]
    turned: bool

    @property
    def size(self) -> tuple[float, float]:
        pairs = zip(self.lines, self.heights, strict=True)
        width = max(text_width(line, h, bold=h == self.heights[0]) for line, h in pairs)
        height = sum(h * LINE_STEP for h in self.heights)
        return (height, width) if self.turned else (width, height)


def _trials(lines: tuple[str, ...], height: float) -> Iterator[_Trial]:
    """From everything in full size to the first line alone in small."""
    for size in (1.0, 0.85, 0.7, 0.55):
        least = 1 if size < 0.8 else 2
        for count in range(len(lines), least - 1, -1):
            heights = (height * size, *(0.8 * height * size for _ in lines[1:count]))
            for turned in (False, True):
                yield _Trial(lines[:count], heights, turned)


def _places(shape: Polygon) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Candidate middles [M, 2], and how far each is from the room's own middle [mm]."""
    x0, y0, x1, y1 = shape.bounds
    xs, ys = np.linspace(x0, x1, 23)[1:-1], np.linspace(y0, y1, 23)[1:-1]
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    middle = shape.centroid
    grid = np.concatenate([[[middle.x, middle.y], [(x0 + x1) / 2, (y0 + y1) / 2]], grid])
    return grid, np.hypot(grid[:, 0] - middle.x, grid[:, 1] - middle.y)


def placed_tag(role: str, lines: tuple[str, ...], shape: Polygon, taken: BaseGeometry, height: float,
               key: Key | None = None) -> Tag:
    """The tag of a room.

    Args:
        role: of the texts.
        lines: most important first; the later ones are dropped where the room is small.
        shape: clear floor [mm].
        taken: what the tag must keep off, such as door swings [mm].
        height: of the first line's capitals [mm].
        key: the element that the texts belong to.
    """
    free = shape.difference(taken).buffer(-0.35 * height)
    grid, away = _places(shape)
    shapely.prepare(free)
    for trial in _trials(lines, height):
        width, tall = trial.size
        boxes = shapely.box(
            grid[:, 0] - width / 2, grid[:, 1] - tall / 2, grid[:, 0] + width / 2, grid[:, 1] + tall / 2
        )
        fits = np.flatnonzero(shapely.contains(free, boxes))
        if len(fits):
            best = fits[np.lexsort((fits, np.round(away[fits], 3)))[0]]
            at = (float(grid[best, 0]), float(grid[best, 1]))
            return Tag(at, tuple(_texts(role, trial, at, key)))
    inside = shape.representative_point()
    last = _Trial(lines[:1], (0.5 * height,), turned=False)
    return Tag((inside.x, inside.y), tuple(_texts(role, last, (inside.x, inside.y), key)))


def _texts(role: str, trial: _Trial, at: Point, key: Key | None) -> Iterator[Text]:
    """The lines, first line on top (or leftmost when turned)."""
    cursor = sum(h * LINE_STEP for h in trial.heights) / 2
    for number, (line, height) in enumerate(zip(trial.lines, trial.heights, strict=True)):
        cursor -= height * LINE_STEP / 2
        place = (at[0] - cursor, at[1]) if trial.turned else (at[0], at[1] + cursor)
        cursor -= height * LINE_STEP / 2
        yield Text(
            role, place, line, height, rotation=90.0 if trial.turned else 0.0, bold=number == 0, key=key
        )
