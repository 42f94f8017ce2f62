"""Shapes as pixels: drawn from polygons, traced back to polygons, with metres per pixel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from layoutgan.core.geometry import parts, simplified

__all__ = ["Raster"]

MAX_PIXELS = 16_000_000
"""Most pixels of one raster [-]."""


@dataclass(frozen=True)
class Raster:
    """Numbers on a square grid.

    Args:
        values: one number per pixel [H, W]; row 0 is the lowest y.
        origin: lower left corner of pixel (0, 0) [m].
        metres_per_pixel: side of a pixel [m].
    """

    values: NDArray[Any]
    origin: tuple[float, float]
    metres_per_pixel: float

    @classmethod
    def draw(cls, shapes: Iterable[Polygon], *, origin: tuple[float, float], size: tuple[int, int],
             metres_per_pixel: float) -> Raster:
        """Numbers the pixels whose centre lies in a shape: 1 for the first shape, 2 for the second.

        Where shapes overlap, later ones win.

        Args:
            shapes: polygons [m].
            origin: lower left corner [m].
            size: height and width [pixels].
            metres_per_pixel: side of a pixel [m].

        Raises:
            ValueError: the size is not positive or too large.
        """
        height, width = size
        if height < 1 or width < 1 or height * width > MAX_PIXELS or not metres_per_pixel > 0:
            raise ValueError(f"a raster of {height} x {width} pixels of {metres_per_pixel} m cannot be drawn")
        values = np.zeros((height, width), dtype=np.int32)
        xs = origin[0] + (np.arange(width) + 0.5) * metres_per_pixel
        ys = origin[1] + (np.arange(height) + 0.5) * metres_per_pixel
        for number, shape in enumerate(shapes, start=1):
            if shape.is_empty:
                continue
            x0, y0, x1, y1 = shape.bounds
            columns = np.flatnonzero((xs >= x0) & (xs <= x1))
            rows = np.flatnonzero((ys >= y0) & (ys <= y1))
            if columns.size and rows.size:
                window = np.ix_(rows, columns)
                grid_x, grid_y = np.meshgrid(xs[columns], ys[rows])
                values[window] = np.where(shapely.contains_xy(shape, grid_x, grid_y), number, values[window])
        return cls(values, origin, metres_per_pixel)

    def trace(self, value: int) -> list[Polygon]:
        """Polygons around the pixels of that value, along pixel edges, largest first [m]."""
        boxes = []
        step, (x, y) = self.metres_per_pixel, self.origin
        for row, line in enumerate(self.values == value):
            # Runs instead of pixels: the union then has far fewer parts to join.
            edges = np.flatnonzero(np.diff(np.concatenate(([0], line.astype(np.int8), [0]))))
            for start, stop in zip(edges[::2], edges[1::2], strict=True):
                low, high = y + row * step, y + (row + 1) * step
                boxes.append(shapely.box(x + start * step, low, x + stop * step, high))
        return [simplified(p, 1e-9) for p in parts(shapely.unary_union(boxes))] if boxes else []

    def area(self, value: int) -> float:
        """Area of the pixels of that value [m²]."""
        return float((self.values == value).sum()) * self.metres_per_pixel**2
