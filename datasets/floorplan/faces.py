"""Faces that axis-parallel wall lines enclose, on a compact grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .partition import OUTSIDE, Partition, components

__all__ = ["Faces", "enclosed", "merged_lines"]


@dataclass(frozen=True)
class Faces:
    """A partition into unnamed faces."""

    partition: Partition
    count: int

    def at(self, x: float, y: float) -> int:
        """The face at a point, or OUTSIDE."""
        column = int(np.searchsorted(self.partition.xs, x)) - 1
        row = int(np.searchsorted(self.partition.ys, y)) - 1
        rows, columns = self.partition.labels.shape
        if not (0 <= row < rows and 0 <= column < columns):
            return OUTSIDE
        return int(self.partition.labels[row, column])


def merged_lines(
    values: NDArray[np.float64], weights: NDArray[np.float64], tolerance: float
) -> NDArray[np.float64]:
    """Coordinates of lines, those within the tolerance of each other replaced by their weighted mean; rising.

    The closest pair merges first, and a line never gathers coordinates further apart than twice the
    tolerance, so that a row of small steps does not collapse into one line.
    """
    low, inverse = np.unique(values, return_inverse=True)
    weight = np.bincount(inverse, weights=weights)
    middle, high = low.copy(), low.copy()
    while middle.size > 1:
        gaps = np.where(high[1:] - low[:-1] <= 2 * tolerance, np.diff(middle), np.inf)
        i = int(gaps.argmin())
        if gaps[i] > tolerance:
            break
        total = weight[i] + weight[i + 1]
        middle[i] = (middle[i] * weight[i] + middle[i + 1] * weight[i + 1]) / total
        weight[i], high[i] = total, high[i + 1]
        keep = np.arange(middle.size) != i + 1
        middle, weight, low, high = middle[keep], weight[keep], low[keep], high[keep]
    return middle


def enclosed(walls: NDArray[np.float64], tolerance: float) -> Faces:
    """The faces of walls, without those that the outside reaches; only the largest connected building.

    Args:
        walls: centre-lines [W, 4] as x0, y0, x1, y1, each parallel to an axis.
        tolerance: coordinates this close fall on one line.
    """
    upright = np.abs(walls[:, 0] - walls[:, 2]) < np.abs(walls[:, 1] - walls[:, 3])
    length = np.maximum(np.abs(walls[:, 0] - walls[:, 2]), np.abs(walls[:, 1] - walls[:, 3]))
    lines = []
    for axis in range(2):
        along = upright if axis == 0 else ~upright
        own = walls[along][:, [axis, axis + 2]].mean(axis=1)  # where walls stand
        ends = walls[~along][
            :, [axis, axis + 2]
        ].ravel()  # where walls across them end: weightless, they only follow
        values = np.r_[own, ends]
        weights = np.r_[length[along] + 1e-3, np.full(ends.size, 1e-3)]
        lines.append(np.round(merged_lines(values, weights, tolerance), 3))
    xs, ys = lines
    rows, columns = max(len(ys) - 1, 0), max(len(xs) - 1, 0)
    if not rows or not columns:
        return Faces(Partition(np.array([0.0, 1.0]), np.array([0.0, 1.0]), np.full((1, 1), OUTSIDE)), 0)
    vertical, horizontal = np.zeros((rows + 2, columns + 1), bool), np.zeros((rows + 1, columns + 2), bool)
    for wall, stands in zip(walls, upright, strict=True):
        i0, i1 = sorted(int(np.abs(xs - x).argmin()) for x in wall[[0, 2]])
        j0, j1 = sorted(int(np.abs(ys - y).argmin()) for y in wall[[1, 3]])
        if stands:
            vertical[j0 + 1 : j1 + 1, int(np.abs(xs - wall[[0, 2]].mean()).argmin())] = True
        else:
            horizontal[int(np.abs(ys - wall[[1, 3]].mean()).argmin()), i0 + 1 : i1 + 1] = True
    numbers = components(np.ones((rows + 2, columns + 2), bool), vertical, horizontal)
    labels = np.where(numbers == numbers[0, 0], OUTSIDE, numbers)[1:-1, 1:-1]
    labels = _largest_building(labels, xs, ys)
    values, inverse = np.unique(labels, return_inverse=True)
    count = int((values >= 0).sum())
    labels = inverse.reshape(labels.shape) - (values.size - count)
    return Faces(Partition(xs, ys, np.maximum(labels, OUTSIDE)), count)


def _largest_building(
    labels: NDArray[np.int64], xs: NDArray[np.float64], ys: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Labels of the connected building with the largest area; everything else is outside."""
    pieces = components(labels >= 0)
    if pieces.max() <= 0:
        return labels
    area = np.bincount(pieces[pieces >= 0], weights=np.outer(np.diff(ys), np.diff(xs))[pieces >= 0])
    return np.where(pieces == area.argmax(), labels, OUTSIDE)
