"""The fewest bends that free space allows, as a table over the signs of what is left to travel.

Directions are numbered 0 +x, 1 -x, 2 +y, 3 -y, 4 +z, 5 -z; 6 stands for any.
"""

from __future__ import annotations

from collections import deque
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

__all__ = ["ANY", "STEPS", "bend_table", "direction_index"]

ANY = 6
STEPS = ((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1))
_REACH = 2


def direction_index(direction: tuple[int, int, int]) -> int:
    """The number of a unit direction; `ANY` for (0, 0, 0)."""
    return STEPS.index(direction) if any(direction) else ANY


def _cells() -> dict[tuple[int, int, int], int]:
    span = range(-_REACH, _REACH + 1)
    return {cell: index for index, cell in enumerate(product(span, span, span))}


def _fewest(arrival: int) -> NDArray[np.int64]:
    """Bends to the origin [cells, 6] by a breadth-first search backwards, straight steps first.

    A turn is followed by at least one step, except at the origin, where the last elbow may sit.
    """
    cells = _cells()
    best = np.full((len(cells), 6), 99, dtype=np.int64)
    queue: deque[tuple[tuple[int, int, int], int]] = deque()

    def offer(cell: tuple[int, int, int], direction: int, bends: int, straight: bool) -> None:
        if cell in cells and best[cells[cell], direction] > bends:
            best[cells[cell], direction] = bends
            (queue.appendleft if straight else queue.append)((cell, direction))

    ends = range(6) if arrival == ANY else (arrival,)
    for end in ends:
        offer((0, 0, 0), end, 0, True)
        for other in range(6):
            if other // 2 != end // 2:
                offer((0, 0, 0), other, 1, False)
    while queue:
        cell, direction = queue.popleft()
        bends, step = int(best[cells[cell], direction]), STEPS[direction]
        back = (cell[0] - step[0], cell[1] - step[1], cell[2] - step[2])
        offer(back, direction, bends, True)
        for other in range(6):
            if other // 2 != direction // 2:
                offer(back, other, bends + 1, False)
    return best


@cache
def bend_table() -> NDArray[np.int64]:
    """Fewest bends [7, 6, 3, 3, 3].

    Arrival direction, present direction, 1 + sign of what is left along x, y, z.
    """
    cells = _cells()
    table = np.zeros((7, 6, 3, 3, 3), dtype=np.int64)
    for arrival in range(7):
        best = _fewest(arrival)
        for signs in product((-1, 0, 1), repeat=3):
            here = cells[-signs[0], -signs[1], -signs[2]]
            table[arrival, :, 1 + signs[0], 1 + signs[1], 1 + signs[2]] = best[here]
    return table
