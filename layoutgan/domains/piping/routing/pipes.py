"""The table of pipes that lie in space at present, and which of them a path would touch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.piping.routing.refine import touch
from layoutgan.domains.piping.routing.space import legs

__all__ = ["Pipes"]

Floats = NDArray[np.float64]
_GROW = np.array([-1.0, -1.0, -1.0, 1.0, 1.0, 1.0])


class Pipes:
    """The legs of every line between its take-offs, in fixed rows so that a change is a copy.

    Args:
        lines: number of lines L.
        drops: how far the fall of each line may move it up or down [L] [m].
        room: rows kept per line at first; grows when a path has more legs.
    """

    def __init__(self, lines: int, drops: Floats, room: int = 12) -> None:
        self.room = room
        self.drops = drops
        self.boxes = np.zeros((lines, room, 6))
        self.counts = np.zeros(lines, dtype=np.int64)

    def place(self, line: int, paths: tuple[Floats, ...]) -> None:
        """Lays a line; an empty tuple takes it away."""
        rows = np.concatenate([legs(path) for path in paths]) if paths else np.zeros((0, 6))
        if len(rows) > self.room:
            self.boxes = np.concatenate(
                [self.boxes, np.zeros((len(self.boxes), len(rows) - self.room, 6))], axis=1
            )
            self.room = len(rows)
        self.boxes[line, : len(rows)] = rows
        self.counts[line] = len(rows)

    def others(self, line: int, clear: Floats) -> tuple[Floats, NDArray[np.int64]]:
        """All other lines' legs as boxes grown by what the line must keep away [G, 6].

        And whose they are [G].
        """
        present = np.arange(self.room)[None, :] < self.counts[:, None]
        present[line] = False
        rows, _ = np.nonzero(present)
        away = clear[line, rows][:, None]
        grown = self.boxes[present] + _GROW * away
        if self.drops.any():
            drop = self.drops[rows] + self.drops[line]
            grown[:, 2] -= drop
            grown[:, 5] += drop
        return grown, rows

    def conflicts(self, line: int, paths: tuple[Floats, ...], clear: Floats) -> NDArray[np.int64]:
        """Lines that a line touches, ascending."""
        boxes, rows = self.others(line, clear)
        out = np.zeros(len(boxes), dtype=np.bool_)
        for path in paths:
            touch(path, boxes, out)
        return np.unique(rows[out])
