"""The tables that the search works on, and measuring a whole state at once."""

from typing import NamedTuple

import numpy as np

from layoutgan.domains.floorplan.tiling.columns import SIZE, WALL
from layoutgan.domains.floorplan.tiling.grid import compact
from layoutgan.domains.floorplan.tiling.kernel import kernel
from layoutgan.domains.floorplan.tiling.plan import judge_plan
from layoutgan.domains.floorplan.tiling.room import measure_room


class Grid(NamedTuple):
    """Three states side by side: two that take turns as current and trial, and the best found."""

    lines: np.ndarray
    lab: np.ndarray
    dims: np.ndarray


class Task(NamedTuple):
    """What is asked, as tables."""

    rooms: np.ndarray
    pairs: np.ndarray
    pair_min: np.ndarray
    never: np.ndarray
    either: np.ndarray
    either_mask: np.ndarray
    doorways: np.ndarray
    allowed: np.ndarray
    settings: np.ndarray


class Tables(NamedTuple):
    """What is measured, and what the moves note down."""

    rec: np.ndarray
    totals: np.ndarray
    blame: np.ndarray
    run: np.ndarray
    facade: np.ndarray
    owned: np.ndarray
    missing: np.ndarray
    weights: np.ndarray
    touched: np.ndarray
    gain: np.ndarray
    rows: np.ndarray
    slant: np.ndarray
    stream: np.ndarray
    point: np.ndarray


class Scratch(NamedTuple):
    """Working memory, so that nothing is allocated while searching."""

    at: np.ndarray
    loc: np.ndarray
    seen: np.ndarray
    work: np.ndarray


@kernel
def fill_rows(lab: np.ndarray, dims: np.ndarray, w: int, touched: np.ndarray, rows: np.ndarray, slant: np.ndarray, slanted: bool) -> None:
    """Fills the bit rows of the touched rooms, and those of the slanted outside if there is any."""
    for y in range(dims[w, 1]):
        for room in range(touched.size):
            if touched[room]:
                rows[room, y] = 0
        for x in range(dims[w, 0]):
            label = lab[w, y, x]
            if label >= 0 and touched[label]:
                rows[label, y] |= 1 << x
    if slanted:
        for y in range(dims[w, 1]):
            slant[y] = 0
            for x in range(1, dims[w, 0] - 1):
                if lab[w, y, x] == -3:
                    slant[y] |= 1 << x


@kernel
def measure_touched(grid: Grid, task: Task, tables: Tables, scratch: Scratch, w: int) -> bool:
    """Measures the touched rooms of state `w`; False if one is empty or in pieces."""
    fill_rows(grid.lab, grid.dims, w, tables.touched, tables.rows, tables.slant, task.settings[10] > 0.0)
    for room in range(tables.touched.size):
        if tables.touched[room] and not measure_room(
            grid.lines,
            grid.lab,
            grid.dims,
            w,
            room,
            task.rooms,
            tables.rec,
            tables.rows,
            tables.slant,
            task.settings[WALL],
            task.settings[SIZE],
            scratch.at,
            scratch.loc,
            scratch.seen,
            scratch.work,
        ):
            return False
    return True


@kernel
def judge(grid: Grid, task: Task, tables: Tables, w: int) -> None:
    """Fills the totals of state `w` from its records."""
    judge_plan(
        grid.lines,
        grid.lab,
        grid.dims,
        w,
        task.rooms,
        tables.rec,
        task.pairs,
        task.pair_min,
        task.never,
        task.either,
        task.either_mask,
        task.doorways,
        task.allowed,
        tables.run,
        tables.facade,
        tables.owned,
        tables.missing,
        tables.blame,
        tables.totals,
    )


@kernel
def measure_all(grid: Grid, task: Task, tables: Tables, scratch: Scratch, w: int) -> bool:
    """Measures and judges a whole state; False if a room is empty or in pieces."""
    compact(grid.lines, grid.lab, grid.dims, w)
    tables.touched[:] = True
    if not measure_touched(grid, task, tables, scratch, w):
        return False
    judge(grid, task, tables, w)
    return True
