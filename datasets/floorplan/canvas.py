"""Rectangles painted over each other until they are a plan: what is painted last is on top."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .partition import OUTSIDE, Partition

__all__ = ["Canvas", "Rectangle"]

Rectangle = tuple[float, float, float, float]
"""x0, y0, x1, y1 [m]."""


@dataclass
class Canvas:
    """A plan in the making."""

    kinds: list[str] = field(default_factory=list)
    """What each label is."""
    strokes: list[tuple[int, Rectangle]] = field(default_factory=list)
    """Labels and where they were painted, in order."""

    def room(self, kind: str, box: Rectangle) -> int:
        """A new room; its label."""
        self.kinds.append(kind)
        self.strokes.append((len(self.kinds) - 1, box))
        return len(self.kinds) - 1

    def paint(self, label: int, box: Rectangle) -> None:
        """More of a room, or of the outside."""
        self.strokes.append((label, box))

    def cut(self, box: Rectangle) -> None:
        """Takes something off the outline."""
        self.strokes.append((OUTSIDE, box))

    def partition(self, snap: float) -> Partition:
        """The plan, coordinates rounded to centimetres, and those closer than ``snap`` [m] on one line."""
        boxes = np.array([box for _, box in self.strokes])
        xs, columns = _lines(boxes[:, [0, 2]], snap)
        ys, rows = _lines(boxes[:, [1, 3]], snap)
        labels = np.full((ys.size - 1, xs.size - 1), OUTSIDE, dtype=np.int64)
        for (label, _), (i0, i1), (j0, j1) in zip(self.strokes, columns, rows, strict=True):
            labels[j0:j1, i0:i1] = label
        return Partition(xs, ys, labels).compact()


def _lines(values: NDArray[np.float64], snap: float) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Rising lines, and the line of each value [S, 2]; the first of a crowd gives the place."""
    flat: list[float] = values.ravel().tolist()
    number = [0] * len(flat)
    kept: list[float] = []
    for i in sorted(range(len(flat)), key=flat.__getitem__):
        if not kept or flat[i] - kept[-1] > snap:
            kept.append(flat[i])
        number[i] = len(kept) - 1
    return np.round(kept, 2), np.array(number).reshape(values.shape)
