"""After the search: near walls are aligned and lines rounded to the millimetre, as far as every constraint stays kept."""

import numpy as np

from layoutgan.domains.floorplan.tiling.columns import TOTAL_BROKEN
from layoutgan.domains.floorplan.tiling.grid import cell, copy_state, drop_line
from layoutgan.domains.floorplan.tiling.kernel import kernel
from layoutgan.domains.floorplan.tiling.state import Grid, Scratch, Tables, Task, measure_all
from layoutgan.domains.floorplan.tiling.walls import free

ALIGN = 0.05
"""Walls nearer than this [m] are made one line."""
GRAIN = 1000.0
"""Lines per metre that rounding leaves."""


@kernel
def movable(lab: np.ndarray, dims: np.ndarray, w: int, axis: int, i: int, rooms: np.ndarray) -> bool:
    """Whether a line bounds free rooms only, so that it is no part of the outline or of a locked room."""
    for across in range(dims[w, 1 - axis]):
        a, b = cell(lab, w, axis, i - 1, across), cell(lab, w, axis, i, across)
        if a != b and not (free(rooms, a) and free(rooms, b)):
            return False
    return True


@kernel
def keeps(grid: Grid, task: Task, tables: Tables, scratch: Scratch, broken: float) -> bool:
    """Takes the trial state 1 over into state 0 if no more is broken than before."""
    if not measure_all(grid, task, tables, scratch, 1) or tables.totals[1, TOTAL_BROKEN] > broken:
        return False
    copy_state(grid.lines, grid.lab, grid.dims, 1, 0)
    return True


@kernel
def align(grid: Grid, task: Task, tables: Tables, scratch: Scratch) -> None:
    """Merges near lines of state 0."""
    broken = tables.totals[0, TOTAL_BROKEN]
    for axis in range(2):
        i = 1
        while i < grid.dims[0, axis] - 1:
            merged = False
            if grid.lines[0, axis, i + 1] - grid.lines[0, axis, i] < ALIGN:
                for turn in range(2):
                    if not merged and movable(grid.lab, grid.dims, 0, axis, i + turn, task.rooms):
                        copy_state(grid.lines, grid.lab, grid.dims, 0, 1)
                        drop_line(grid.lines, grid.lab, grid.dims, 1, axis, i + turn, turn)
                        merged = keeps(grid, task, tables, scratch, broken)
            if not merged:
                i += 1


@kernel
def round_lines(grid: Grid, task: Task, tables: Tables, scratch: Scratch) -> None:
    """Rounds the movable lines of state 0: all at once if that holds, else each up, down or not at all."""
    broken = tables.totals[0, TOTAL_BROKEN]
    copy_state(grid.lines, grid.lab, grid.dims, 0, 1)
    for axis in range(2):
        for i in range(1, grid.dims[0, axis]):
            if movable(grid.lab, grid.dims, 0, axis, i, task.rooms):
                grid.lines[1, axis, i] = np.rint(grid.lines[0, axis, i] * GRAIN) / GRAIN
    if keeps(grid, task, tables, scratch, broken):
        return
    for axis in range(2):
        for i in range(1, grid.dims[0, axis]):
            if movable(grid.lab, grid.dims, 0, axis, i, task.rooms):
                place = grid.lines[0, axis, i]
                for turn in range(3):
                    near = np.rint(place * GRAIN) + (0 if turn == 0 else (1 if turn == 1 else -1))
                    copy_state(grid.lines, grid.lab, grid.dims, 0, 1)
                    grid.lines[1, axis, i] = near / GRAIN
                    if abs(near / GRAIN - place) < 1.0 / GRAIN and keeps(grid, task, tables, scratch, broken):
                        break


@kernel
def finish(grid: Grid, task: Task, tables: Tables, scratch: Scratch) -> None:
    """Aligns, rounds and measures state 0."""
    measure_all(grid, task, tables, scratch, 0)
    align(grid, task, tables, scratch)
    round_lines(grid, task, tables, scratch)
    measure_all(grid, task, tables, scratch, 0)
