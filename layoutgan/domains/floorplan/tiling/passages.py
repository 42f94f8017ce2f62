"""Whether the wide parts of a room are joined by passages that are wide as well.

A room may be covered by squares of its neck's side and still pinch where two of its parts meet; so the
rectangles of its cells that hold such a square must hang together through overlaps that hold one too.
"""

import numpy as np

from layoutgan.domains.floorplan.tiling.columns import COUNTS, PARTS, TOLERANCE
from layoutgan.domains.floorplan.tiling.kernel import kernel

MOST = 40
"""Rectangles looked at; rooms with more are so ragged that other costs deal with them."""


@kernel
def keep_part(work: np.ndarray, x0: int, x1: int, y0: int, y1: int) -> None:
    """Notes a rectangle of the room's cells, in lines of the plan, unless one that is noted holds it."""
    count = work[COUNTS, 2]
    if count >= MOST:
        return
    for p in range(count):
        q = 4 * p
        if (
            work[PARTS, q] <= x0
            and x1 <= work[PARTS, q + 1]
            and work[PARTS, q + 2] <= y0
            and y1 <= work[PARTS, q + 3]
        ):
            return
    q = 4 * count
    work[PARTS, q], work[PARTS, q + 1], work[PARTS, q + 2], work[PARTS, q + 3] = x0, x1, y0, y1
    work[COUNTS, 2] = count + 1


@kernel
def passage_short(lines: np.ndarray, w: int, work: np.ndarray, neck: float) -> float:
    """How much [m] the widest passage between two groups of rectangles lacks; 0 if there is one group."""
    count = work[COUNTS, 2]
    if count < 2 or count >= MOST:
        return 0.0
    joined, widest, missing = 1, 0.0, False
    # Bit p of `joined` is set when rectangle p hangs together with the first.
    while True:
        grown, widest, missing = joined, 0.0, False
        for p in range(count):
            if not (grown >> p) & 1:
                continue
            for q in range(count):
                if (grown >> q) & 1:
                    continue
                width = (
                    lines[w, 0, min(work[PARTS, 4 * p + 1], work[PARTS, 4 * q + 1])]
                    - lines[w, 0, max(work[PARTS, 4 * p], work[PARTS, 4 * q])]
                )
                height = (
                    lines[w, 1, min(work[PARTS, 4 * p + 3], work[PARTS, 4 * q + 3])]
                    - lines[w, 1, max(work[PARTS, 4 * p + 2], work[PARTS, 4 * q + 2])]
                )
                side = min(width, height)
                if side >= neck - TOLERANCE:
                    grown |= 1 << q
                else:
                    widest, missing = max(widest, side), True
        if grown == joined:
            break
        joined = grown
    return neck - widest if missing else 0.0
