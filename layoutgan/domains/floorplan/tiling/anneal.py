"""Annealing over wall moves: the one entry to all compiled code."""

import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numba import njit

from layoutgan.domains.floorplan.tiling.columns import (
    BROKEN,
    CLIMB,
    COLD,
    HAS_SLANT,
    HOT,
    KINDS,
    OFF_AREA,
    PHASE,
    POLISH,
    RECORD_COLUMNS,
    SHAPE,
    SHAPE_WEIGHT,
    SLANTED,
    SOFT,
    STEPS,
    TOTAL_BROKEN,
    UP_TO_SHIFT_LINE,
    UP_TO_SHIFT_WALL,
    UP_TO_STEAL,
    UP_TO_SWAP,
    WEIGHTS,
)
from layoutgan.domains.floorplan.tiling.grid import compact, copy_state
from layoutgan.domains.floorplan.tiling.kernel import exponential, kernel, pick, uniform
from layoutgan.domains.floorplan.tiling.plan import cost_of, judge_plan
from layoutgan.domains.floorplan.tiling.regroup import reinsert, swap_rooms
from layoutgan.domains.floorplan.tiling.room import measure_room
from layoutgan.domains.floorplan.tiling.walls import free, shift_line, shift_wall, steal_cell

CAP_WEIGHT = 6.0
"""Growing weights stop here."""
GROW_EVERY = 300


@kernel
def busiest_room(rooms: np.ndarray, shares: np.ndarray, w: int, stream: np.ndarray) -> int:
    """A room, by its share of the blame more often than not."""
    n = rooms.shape[0]
    total = 0.0
    for room in range(n):
        if free(rooms, room):
            total += shares[w, room]
    if total > 0.0 and uniform(stream) < 0.6:
        left = uniform(stream) * total
        for room in range(n):
            if free(rooms, room):
                left -= shares[w, room]
                if left < 0.0:
                    return room
    return pick(stream, n)


@kernel
def fill_rows(
    lab: np.ndarray, dims: np.ndarray, w: int, touched: np.ndarray, rows: np.ndarray, slanted: bool
) -> None:
    """Fills the bit rows of the touched rooms, and in the last one the cells beyond slanted edges."""
    outer = touched.size
    for y in range(dims[w, 1]):
        for room in range(outer):
            if touched[room]:
                rows[room, y] = 0
        rows[outer, y] = 0
        for x in range(1, dims[w, 0] - 1):
            label = int(lab[w, y, x])
            if label >= 0:
                if touched[label]:
                    rows[label, y] |= 1 << x
            elif slanted and label == SLANTED:
                rows[outer, y] |= 1 << x


@kernel
def early_cost(w: int, rec: np.ndarray, totals: np.ndarray, shape_weight: float, whole_only: bool) -> float:
    """The part of the cost that rooms have by themselves; huge if one breaks a constraint where none may."""
    cost, broken = 0.0, 0.0
    for room in range(rec.shape[1]):
        cost += rec[w, room, SOFT] + shape_weight * rec[w, room, SHAPE]
        broken += rec[w, room, BROKEN]
        for kind in range(4):
            cost += totals[WEIGHTS, kind] * rec[w, room, OFF_AREA + kind]
    return 1e18 if whole_only and broken > 0.0 else cost


def _entry(stamp: int) -> Callable[..., int]:
    """The compiled entry; the stamp of all sources is part of its cache key.

    Which by itself only knows this file.
    """

    @njit(cache=True, error_model="numpy", nogil=True)
    def anneal(
        lines: np.ndarray,
        lab: np.ndarray,
        dims: np.ndarray,
        rooms: np.ndarray,
        links: np.ndarray,
        doorways: np.ndarray,
        allowed: np.ndarray,
        settings: np.ndarray,
        rec: np.ndarray,
        totals: np.ndarray,
        shares: np.ndarray,
        run: np.ndarray,
        missing: np.ndarray,
        touched: np.ndarray,
        rows: np.ndarray,
        work: np.ndarray,
        loc: np.ndarray,
        point: np.ndarray,
        stream: np.ndarray,
    ) -> int:
        """Anneals state 0, and returns -1 if it is not legal.

        Else twice the steps used plus the state that holds the result.

        While climbing it stops as soon as every constraint holds; while polishing such states are never left.
        """
        n, steps = rooms.shape[0], int(settings[STEPS])
        hot, cold, shape_weight = settings[HOT], settings[COLD], settings[SHAPE_WEIGHT]
        whole_only, slanted = settings[PHASE] == POLISH, settings[HAS_SLANT] > 0.0
        now, cost, used = 1 + 0 * stamp, 0.0, 0
        # The first round measures state 0 as if it were a trial of state 1; every later one tries a move.
        for step in range(-1, steps):
            if step >= 0:
                if totals[now, TOTAL_BROKEN] == 0.0 and settings[PHASE] == CLIMB:
                    break
                used = step + 1
                if step * 3 > steps and step % GROW_EVERY == 0 and settings[PHASE] == CLIMB:
                    for kind in range(KINDS):
                        if totals[now, kind] > 0.0:
                            totals[WEIGHTS, kind] = min(1.25 * totals[WEIGHTS, kind], CAP_WEIGHT)
                    cost = cost_of(totals, now, shape_weight)
            trial = 1 - now
            limit = 1e17
            for room in range(n):
                touched[room] = step < 0
            if step >= 0:
                copy_state(lines, lab, dims, now, trial)
                room = busiest_room(rooms, shares, now, stream)
                if not free(rooms, room):
                    continue
                chance = uniform(stream)
                if chance < settings[UP_TO_SHIFT_WALL]:
                    moved = shift_wall(
                        lines, lab, dims, trial, now, room, rooms, rec, settings, touched, stream
                    )
                elif chance < settings[UP_TO_SHIFT_LINE]:
                    moved = shift_line(lines, lab, dims, trial, now, rooms, rec, shares, touched, stream)
                elif chance < settings[UP_TO_STEAL]:
                    moved = steal_cell(lab, dims, trial, room, rooms, touched, stream)
                elif chance < settings[UP_TO_SWAP]:
                    moved = swap_rooms(lab, dims, trial, room, rooms, touched, stream)
                else:
                    moved = reinsert(
                        lines,
                        lab,
                        dims,
                        trial,
                        room,
                        rooms,
                        links,
                        doorways,
                        allowed,
                        settings,
                        touched,
                        stream,
                        point,
                    )
                if not moved:
                    continue
                limit = cost + hot * (cold / hot) ** (step / steps) * exponential(stream)
                for other in range(n):
                    for column in range(RECORD_COLUMNS):
                        rec[trial, other, column] = rec[now, other, column]
            compact(lines, lab, dims, trial)
            fill_rows(lab, dims, trial, touched, rows, slanted)
            legal = True
            for room in range(n):
                if touched[room] and legal:
                    legal = measure_room(lines, lab, dims, trial, room, rooms, rec, rows, settings, work, loc)
            if not legal:
                if step < 0:
                    return -1
                continue
            # All terms are at least zero: what is over the limit without the contacts is judged no further.
            if step >= 0 and early_cost(trial, rec, totals, shape_weight, whole_only) > limit:
                continue
            judge_plan(
                lines, lab, dims, trial, rooms, rec, links, doorways, allowed, run, missing, shares, totals
            )
            found = cost_of(totals, trial, shape_weight)
            if found <= limit and not (whole_only and step >= 0 and totals[trial, TOTAL_BROKEN] > 0.0):
                cost, now = found, trial
        return 2 * used + now

    return anneal


def _stamp() -> int:
    """Checksum of the sources that are compiled together."""
    total = 0
    for path in sorted(Path(__file__).parent.glob("*.py")):
        total = zlib.crc32(path.read_bytes(), total)
    return total


anneal = _entry(_stamp())
