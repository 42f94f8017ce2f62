"""The table of pipes that lie in space at present, and which of them a path would touch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.piping.routing.compiled import entry
from layoutgan.domains.piping.routing.space import legs

__all__ = ["Pipes", "touched"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_SAME = 1e-7


@entry
def _touch(path: np.ndarray, boxes: np.ndarray, away: np.ndarray, out: np.ndarray) -> None:
    for box in range(boxes.shape[0]):
        grow = away[box] - _SAME
        if away[box] < 0.0:
            continue
        for leg in range(path.shape[0]):
            meets = True
            for axis in range(3):
                if path[leg, axis + 3] <= boxes[box, axis] - grow or path[leg, axis] >= boxes[box, axis + 3] + grow:
                    meets = False
                    break
            if meets:
                out[box] = True
                break


def touched(path: Floats, boxes: Floats, away: Floats) -> Bools:
    """Which open boxes [F], grown by `away` (negative: ignored), a path [P, 3] passes through."""
    out = np.zeros(len(boxes), dtype=np.bool_)
    _touch(legs(path), boxes, away, out)
    return out


class Pipes:
    """The legs of every line between its take-offs, in fixed rows so that a change is a copy.

    Args:
        lines: number of lines L.
        room: rows kept per line at first; grows when a path has more legs.
    """

    def __init__(self, lines: int, room: int = 12) -> None:
        self.room = room
        self.boxes = np.zeros((lines, room, 6))
        self.counts = np.zeros(lines, dtype=np.int64)

    def place(self, line: int, paths: tuple[Floats, ...]) -> None:
        """Lays a line; an empty tuple takes it away."""
        rows = np.concatenate([legs(path) for path in paths]) if paths else np.zeros((0, 6))
        if len(rows) > self.room:
            self.boxes = np.concatenate([self.boxes, np.zeros((len(self.boxes), len(rows) - self.room, 6))], axis=1)
            self.room = len(rows)
        self.boxes[line, : len(rows)] = rows
        self.counts[line] = len(rows)

    def table(self, line: int, clear: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
        """All other lines' legs as boxes [G, 6], how far each keeps the line away [G], and whose it is [G]."""
        present = np.arange(self.room)[None, :] < self.counts[:, None]
        present[line] = False
        rows, _ = np.nonzero(present)
        return self.boxes[present], clear[line, rows], rows

    def conflicts(self, line: int, clear: Floats) -> NDArray[np.int64]:
        """Lines that a line touches, ascending."""
        boxes, away, rows = self.table(line, clear)
        out = np.zeros(len(boxes), dtype=np.bool_)
        _touch(self.boxes[line, : self.counts[line]], boxes, away, out)
        return np.unique(rows[out])
