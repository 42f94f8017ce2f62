"""The search: annealing over wall moves, restarted from several first states, and the one entry to all compiled code."""

import zlib
from pathlib import Path

import numpy as np
from numba import njit

from layoutgan.domains.floorplan.tiling.columns import (
    ASKED_X0,
    ASKED_X1,
    ASKED_Y0,
    ASKED_Y1,
    BROKEN,
    CAP_CELLS,
    CAP_LINES,
    COLD,
    COOL_FIRST,
    FIRST_ONLY,
    HOT,
    JITTER,
    KINDS,
    LOCKED,
    OFF_AREA,
    POLISH,
    RECORD_COLUMNS,
    SHAPE,
    SIZE,
    SOFT,
    STEPS,
    TOTAL_BROKEN,
    TOTAL_STEPS,
    TOTALS,
    TRIES,
)
from layoutgan.domains.floorplan.tiling.finish import finish
from layoutgan.domains.floorplan.tiling.grid import compact, copy_state
from layoutgan.domains.floorplan.tiling.initial import load_site, paint, slice_site
from layoutgan.domains.floorplan.tiling.kernel import exponential, kernel, normal, pick, uniform
from layoutgan.domains.floorplan.tiling.plan import cost_of
from layoutgan.domains.floorplan.tiling.regroup import reinsert, swap_rooms
from layoutgan.domains.floorplan.tiling.repair import make_legal
from layoutgan.domains.floorplan.tiling.state import Grid, Scratch, Tables, Task, judge, measure_all, measure_touched
from layoutgan.domains.floorplan.tiling.walls import free, shift_line, shift_wall, steal_cell

WEIGHT = 3.0
CAP_WEIGHT = 6.0
"""Growing weights stop here."""
GROW_EVERY = 300
SHAPE_WEIGHT = 2.0
COOL = 0.12
"""First temperature of a try that trusts its proposal."""
POLISH_COLD = 0.005


@kernel
def busiest_room(task: Task, tables: Tables, now: int) -> int:
    """A free room, by its share of the blame more often than not."""
    n = task.rooms.shape[0]
    total = 0.0
    for room in range(n):
        if free(task.rooms, room):
            total += tables.blame[now, room]
    if total > 0.0 and uniform(tables.stream) < 0.6:
        left = uniform(tables.stream) * total
        for room in range(n):
            if free(task.rooms, room):
                left -= tables.blame[now, room]
                if left < 0.0:
                    return room
    return pick(tables.stream, n)


@kernel
def propose(grid: Grid, task: Task, tables: Tables, now: int) -> bool:
    """Makes the trial state a neighbour of the current one; False if the move came to nothing."""
    trial = 1 - now
    lines, lab, dims = grid.lines, grid.lab, grid.dims
    copy_state(lines, lab, dims, now, trial)
    tables.touched[:] = False
    room = busiest_room(task, tables, now)
    if not free(task.rooms, room):
        return False
    chance = uniform(tables.stream)
    if chance < 0.50:
        return shift_wall(lines, lab, dims, trial, now, room, task.rooms, tables.rec, tables.touched, tables.stream)
    if chance < 0.62:
        return shift_line(lines, lab, dims, trial, now, task.rooms, tables.rec, tables.gain, tables.touched, tables.stream)
    if chance < 0.67:
        return steal_cell(lab, dims, trial, room, task.rooms, tables.touched, tables.stream)
    if chance < 0.80:
        return swap_rooms(lab, dims, trial, room, task.rooms, tables.touched, tables.stream)
    return reinsert(
        lines,
        lab,
        dims,
        trial,
        room,
        task.rooms,
        task.pairs,
        task.either,
        task.either_mask,
        task.doorways,
        task.allowed,
        task.settings,
        tables.touched,
        tables.stream,
        tables.point,
    )


@kernel
def accept(
    grid: Grid, task: Task, tables: Tables, scratch: Scratch, now: int, limit: float, shape_weight: float, whole_only: bool
) -> float:
    """The trial state's cost if it is at most `limit`, else -1; the cheap terms are counted first.

    All terms are at least zero, so what stays over the limit without the contacts need not be judged further.
    """
    trial = 1 - now
    compact(grid.lines, grid.lab, grid.dims, trial)
    n = task.rooms.shape[0]
    for room in range(n):
        for column in range(RECORD_COLUMNS):
            tables.rec[trial, room, column] = tables.rec[now, room, column]
    if not measure_touched(grid, task, tables, scratch, trial):
        return -1.0
    cost, broken = 0.0, 0.0
    for room in range(n):
        cost += tables.rec[trial, room, SOFT] + shape_weight * tables.rec[trial, room, SHAPE]
        broken += tables.rec[trial, room, BROKEN]
        for kind in range(4):
            cost += tables.weights[kind] * tables.rec[trial, room, OFF_AREA + kind]
    if cost > limit or (whole_only and broken > 0.0):
        return -1.0
    judge(grid, task, tables, trial)
    if whole_only and tables.totals[trial, TOTAL_BROKEN] > 0.0:
        return -1.0
    cost = cost_of(tables.totals, trial, tables.weights, shape_weight)
    return cost if cost <= limit else -1.0


@kernel
def base_weights(weights: np.ndarray) -> None:
    """Sets the weights that every try starts from."""
    weights[:] = WEIGHT
    weights[0] = 1.0


@kernel
def climb(grid: Grid, task: Task, tables: Tables, scratch: Scratch, now: int, hot: float, steps: int) -> int:
    """Anneals state `now` until every constraint holds or the steps are spent: the state's index, + 2 * steps used."""
    base_weights(tables.weights)
    cost = cost_of(tables.totals, now, tables.weights, SHAPE_WEIGHT)
    cold = min(task.settings[COLD], hot)
    for step in range(steps):
        if tables.totals[now, TOTAL_BROKEN] == 0.0:
            return now + 2 * step
        if step * 3 > steps and step % GROW_EVERY == 0:
            for kind in range(KINDS):
                if tables.totals[now, kind] > 0.0:
                    tables.weights[kind] = min(1.25 * tables.weights[kind], CAP_WEIGHT)
            cost = cost_of(tables.totals, now, tables.weights, SHAPE_WEIGHT)
        heat = hot * (cold / hot) ** (step / steps)
        if propose(grid, task, tables, now):
            limit = cost + heat * exponential(tables.stream)
            found = accept(grid, task, tables, scratch, now, limit, SHAPE_WEIGHT, False)
            if found >= 0.0:
                cost = found
                now = 1 - now
    return now + 2 * steps


@kernel
def polish(grid: Grid, task: Task, tables: Tables, scratch: Scratch, now: int, hot: float) -> int:
    """Anneals a state that keeps every constraint towards better shape, never leaving them: the state's index."""
    base_weights(tables.weights)
    steps = int(task.settings[POLISH])
    cost = cost_of(tables.totals, now, tables.weights, 2.0 * SHAPE_WEIGHT)
    for step in range(steps):
        heat = hot * (POLISH_COLD / hot) ** (step / steps)
        if propose(grid, task, tables, now):
            limit = cost + heat * exponential(tables.stream)
            found = accept(grid, task, tables, scratch, now, limit, 2.0 * SHAPE_WEIGHT, True)
            if found >= 0.0:
                cost = found
                now = 1 - now
    return now


@kernel
def disturb(task: Task, tables: Tables, rects: np.ndarray, moved: np.ndarray, centres: np.ndarray, gates: np.ndarray, axes: np.ndarray, counts: np.ndarray, far: float) -> None:
    """Fills `moved` with the proposal after random shifts of `far` times the site, and `centres` with its centres."""
    for room in range(rects.shape[0]):
        for axis in range(2):
            extent = axes[axis, counts[axis] - 1] - axes[axis, 1]
            shift = far * extent * normal(tables.stream) if far > 0.0 and task.rooms[room, LOCKED] == 0.0 else 0.0
            total, weight = 0.0, 0.0
            for k in range(rects.shape[1]):
                moved[room, k, axis] = rects[room, k, axis] + shift
                moved[room, k, axis + 2] = rects[room, k, axis + 2] + shift
                if gates[room, k]:
                    area = (rects[room, k, 2] - rects[room, k, 0]) * (rects[room, k, 3] - rects[room, k, 1])
                    total += area * 0.5 * (moved[room, k, axis] + moved[room, k, axis + 2])
                    weight += area
            centres[room, axis] = total / weight


@kernel
def first_state(grid: Grid, task: Task, tables: Tables, scratch: Scratch, axes: np.ndarray, counts: np.ndarray, site: np.ndarray, rects: np.ndarray, gates: np.ndarray, moved: np.ndarray, centres: np.ndarray, turn: int) -> bool:
    """Fills state 0 from the proposal, by slicing in even turns and painting in odd ones; False if it stays illegal."""
    n = task.rooms.shape[0]
    for kind in range(2):
        load_site(grid.lines, grid.lab, grid.dims, 0, axes, counts, site)
        if (turn + kind) % 2 == 0:
            order, spans, boxes = np.zeros(n, np.int64), np.zeros((2 * n + 2, 2), np.int64), np.zeros((2 * n + 2, 4))
            slice_site(grid.lines, grid.lab, grid.dims, 0, task.rooms, centres, order, boxes, spans)
        else:
            bias, got = np.zeros(n), np.zeros(n)
            paint(grid.lines, grid.lab, grid.dims, 0, task.rooms, moved, gates, bias, got, task.settings[SIZE])
        piece = np.zeros((CAP_LINES, CAP_LINES), np.int64)
        area, stack, border = np.zeros(CAP_CELLS**2), np.zeros(CAP_CELLS**2, np.int64), np.zeros(n)
        legal = make_legal(grid.lines, grid.lab, grid.dims, 0, task.rooms, centres, piece, area, stack, border)
        if legal and measure_all(grid, task, tables, scratch, 0):
            return True
    return False


@kernel
def restarts(grid: Grid, task: Task, tables: Tables, scratch: Scratch, axes: np.ndarray, counts: np.ndarray, site: np.ndarray, rects: np.ndarray, gates: np.ndarray, info: np.ndarray) -> bool:
    """Fills state 2 with the best of several tries; False if no first state was legal."""
    settings = task.settings
    moved, centres = rects.copy(), np.zeros((rects.shape[0], 2))
    best, best_broken, used = 1e18, 1e18, 0
    for turn in range(int(settings[TRIES])):
        if used >= settings[TOTAL_STEPS]:
            break
        far = settings[JITTER] * max(turn - 1, 0)
        disturb(task, tables, rects, moved, centres, gates, axes, counts, min(far, 0.5))
        if not first_state(grid, task, tables, scratch, axes, counts, site, rects, gates, moved, centres, turn):
            continue
        cool = turn == 0 and settings[COOL_FIRST] > 0.0
        hot = COOL if cool else (settings[HOT] if turn < 2 else 1.5 * settings[HOT])
        steps = int(min(settings[STEPS], settings[TOTAL_STEPS] - used))
        ended = climb(grid, task, tables, scratch, 0, hot, steps)
        now = ended % 2
        used += ended // 2
        info[0] = turn + 1
        if tables.totals[now, TOTAL_BROKEN] == 0.0:
            now = polish(grid, task, tables, scratch, now, COOL)
            used += int(settings[POLISH])
        base_weights(tables.weights)
        cost = cost_of(tables.totals, now, tables.weights, SHAPE_WEIGHT)
        broken = tables.totals[now, TOTAL_BROKEN]
        if (broken == 0.0 and best_broken > 0.0) or (cost < best and (broken == 0.0 or best_broken > 0.0)):
            best, best_broken = cost, broken
            copy_state(grid.lines, grid.lab, grid.dims, now, 2)
        if broken == 0.0 and settings[FIRST_ONLY] > 0.0:
            break
    info[1] = used
    return best < 1e18


def _entry(stamp: int):  # noqa: ANN202 - numba's dispatcher has no public type
    """The compiled entry; the stamp of all sources is part of its cache key, which by itself only knows this file."""

    @njit(cache=True, error_model="numpy", nogil=True)
    def search(
        axes: np.ndarray,
        counts: np.ndarray,
        site: np.ndarray,
        rooms: np.ndarray,
        rects: np.ndarray,
        gates: np.ndarray,
        pairs: np.ndarray,
        pair_min: np.ndarray,
        never: np.ndarray,
        either: np.ndarray,
        either_mask: np.ndarray,
        doorways: np.ndarray,
        allowed: np.ndarray,
        settings: np.ndarray,
        stream: np.ndarray,
        out_lines: np.ndarray,
        out_dims: np.ndarray,
        out_lab: np.ndarray,
        out_rec: np.ndarray,
        out_run: np.ndarray,
        out_facade: np.ndarray,
        out_missing: np.ndarray,
        out_totals: np.ndarray,
        out_info: np.ndarray,
    ) -> bool:
        n = rooms.shape[0]
        grid = Grid(
            np.zeros((3, 2, CAP_LINES + 1)), np.zeros((3, CAP_LINES, CAP_LINES), np.int8), np.zeros((3, 2), np.int64)
        )
        task = Task(rooms, pairs, pair_min, never, either, either_mask, doorways, allowed, settings)
        tables = Tables(
            np.zeros((2, n, RECORD_COLUMNS)),
            np.zeros((2, TOTALS)),
            np.zeros((2, n)),
            out_run,
            out_facade,
            np.zeros(n + 1),
            out_missing,
            np.zeros(KINDS),
            np.zeros(n, np.bool_),
            np.zeros(n),
            np.zeros((n, CAP_LINES), np.int64),
            np.zeros(CAP_LINES, np.int64),
            stream,
            np.zeros(2),
        )
        scratch = Scratch(
            np.zeros((2, CAP_LINES + 1), np.int64),
            np.zeros((CAP_LINES, CAP_LINES), np.int8),
            np.zeros((CAP_LINES, CAP_LINES), np.bool_),
            np.zeros((4, CAP_CELLS**2), np.int64),
        )
        out_info[2] = 0.0 * stamp
        if settings[TRIES] > 0.0:
            if not restarts(grid, task, tables, scratch, axes, counts, site, rects, gates, out_info):
                return False
            copy_state(grid.lines, grid.lab, grid.dims, 2, 0)
            finish(grid, task, tables, scratch)
        else:
            load_site(grid.lines, grid.lab, grid.dims, 0, axes, counts, site)
            if not measure_all(grid, task, tables, scratch, 0):
                return False
        for axis in range(2):
            out_dims[axis] = grid.dims[0, axis]
            for i in range(CAP_LINES):
                out_lines[axis, i] = grid.lines[0, axis, i]
        out_lab[:] = grid.lab[0]
        out_rec[:] = tables.rec[0]
        out_totals[:] = tables.totals[0]
        return True

    return search


def _stamp() -> int:
    """Checksum of the sources that are compiled together."""
    total = 0
    for path in sorted(Path(__file__).parent.glob("*.py")):
        total = zlib.crc32(path.read_bytes(), total)
    return total


search = _entry(_stamp())
