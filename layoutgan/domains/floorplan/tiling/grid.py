"""The compact grid: wall lines at exact coordinates and a label per cell.

Two states lie side by side, the current one and the trial, told apart by the first index `w` of each array:
`lines[w, axis, i]` are the sorted x-lines (axis 0) and y-lines (axis 1) [m], `dims[w, axis]` counts the cells
along the axis, and `lab[w, row, column]` is the room of a cell, or a negative code from `columns`. Along an
axis, `along` counts cells in its direction and `across` in the other.
"""

import numpy as np

from layoutgan.domains.floorplan.tiling.columns import CAP_CELLS
from layoutgan.domains.floorplan.tiling.kernel import kernel


@kernel
def cell(lab: np.ndarray, w: int, axis: int, along: int, across: int) -> int:
    """The label of a cell."""
    return int(lab[w, across, along]) if axis == 0 else int(lab[w, along, across])


@kernel
def put(lab: np.ndarray, w: int, axis: int, along: int, across: int, label: int) -> None:
    """Sets the label of a cell."""
    if axis == 0:
        lab[w, across, along] = label
    else:
        lab[w, along, across] = label


@kernel
def copy_state(lines: np.ndarray, lab: np.ndarray, dims: np.ndarray, w: int, to: int) -> None:
    """Copies state `w` over state `to`."""
    for axis in range(2):
        dims[to, axis] = dims[w, axis]
        for i in range(dims[w, axis] + 1):
            lines[to, axis, i] = lines[w, axis, i]
    for row in range(dims[w, 1]):
        for column in range(dims[w, 0]):
            lab[to, row, column] = lab[w, row, column]


@kernel
def line_at(
    lines: np.ndarray, lab: np.ndarray, dims: np.ndarray, w: int, axis: int, place: float, snap: float
) -> int:
    """The index of the line at a coordinate, made if no line is within `snap` [m].

    -1 where there can be none.
    """
    count = dims[w, axis]
    after = 0
    while after <= count and lines[w, axis, after] < place:
        after += 1
    above = lines[w, axis, after] - place if after <= count else 1e9
    below = place - lines[w, axis, after - 1] if after > 0 else 1e9
    if min(above, below) <= snap:
        return after if above <= below else after - 1
    if count >= CAP_CELLS or after == 0 or after > count:
        return -1
    for i in range(count, after - 1, -1):
        lines[w, axis, i + 1] = lines[w, axis, i]
    lines[w, axis, after] = place
    dims[w, axis] = count + 1
    for across in range(dims[w, 1 - axis]):
        for along in range(count, after - 1, -1):
            put(lab, w, axis, along, across, cell(lab, w, axis, along - 1, across))
    return after


@kernel
def compact(lines: np.ndarray, lab: np.ndarray, dims: np.ndarray, w: int) -> None:
    """Removes the lines across which no label changes."""
    for axis in range(2):
        for i in range(dims[w, axis] - 1, 0, -1):
            used = False
            for across in range(dims[w, 1 - axis]):
                if cell(lab, w, axis, i - 1, across) != cell(lab, w, axis, i, across):
                    used = True
                    break
            if used:
                continue
            count = dims[w, axis]
            dims[w, axis] = count - 1
            for k in range(i, count):
                lines[w, axis, k] = lines[w, axis, k + 1]
            for across in range(dims[w, 1 - axis]):
                for along in range(i, count - 1):
                    put(lab, w, axis, along, across, cell(lab, w, axis, along + 1, across))
