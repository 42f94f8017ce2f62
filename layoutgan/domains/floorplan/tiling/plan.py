"""What the whole tiling measures: contacts, facades, entrances, and the cost of it all."""

import numpy as np

from layoutgan.domains.floorplan.tiling.columns import (
    BOX_X0,
    BOX_X1,
    BOX_Y0,
    BOX_Y1,
    BROKEN,
    FACADE_MIN,
    KIND_CONTACT,
    KIND_EITHER,
    KIND_ENTRANCE,
    KIND_FACADE,
    KIND_NEVER,
    KINDS,
    OFF_AREA,
    OUTSIDE,
    SHAPE,
    SLANTED,
    SOFT,
    TOLERANCE,
    TOTAL_BROKEN,
    TOTAL_SHAPE,
    TOTAL_SOFT,
    TOTAL_WET,
    TOTALS,
    WET,
)
from layoutgan.domains.floorplan.tiling.grid import cell
from layoutgan.domains.floorplan.tiling.kernel import kernel
from layoutgan.domains.floorplan.tiling.room import MISS

WET_WALL = 0.3
"""Least wall [m] that two wet rooms share to count as sharing their pipes."""


@kernel
def keep_run(a: int, b: int, length: float, run: np.ndarray, facade: np.ndarray) -> None:
    """Records a straight piece of wall between labels a and b if it is the longest yet."""
    if a >= 0 and b >= 0:
        run[a, b] = max(run[a, b], length)
        run[b, a] = run[a, b]
    elif a >= 0 and b == OUTSIDE:
        facade[a] = max(facade[a], length)
    elif b >= 0 and a == OUTSIDE:
        facade[b] = max(facade[b], length)


@kernel
def measure_runs(lines: np.ndarray, lab: np.ndarray, dims: np.ndarray, w: int, run: np.ndarray, facade: np.ndarray) -> None:
    """Fills the longest straight shared wall [m] per pair of rooms and the longest facade [m] per room."""
    run[:] = 0.0
    facade[:] = 0.0
    for axis in range(2):
        for i in range(1, dims[w, axis]):
            last_a, last_b, length = 0, 0, 0.0
            for across in range(dims[w, 1 - axis]):
                a, b = cell(lab, w, axis, i - 1, across), cell(lab, w, axis, i, across)
                a = OUTSIDE if a == SLANTED else a
                b = OUTSIDE if b == SLANTED else b
                if a != last_a or b != last_b:
                    if last_a != last_b:
                        keep_run(last_a, last_b, length, run, facade)
                    last_a, last_b, length = a, b, 0.0
                length += lines[w, 1 - axis, across + 1] - lines[w, 1 - axis, across]
            if last_a != last_b:
                keep_run(last_a, last_b, length, run, facade)


@kernel
def box_gap(rec: np.ndarray, w: int, a: int, b: int) -> float:
    """Distance [m] between the bounding boxes of two rooms, both axes added."""
    gap = max(rec[w, a, BOX_X0] - rec[w, b, BOX_X1], rec[w, b, BOX_X0] - rec[w, a, BOX_X1], 0.0)
    return gap + max(rec[w, a, BOX_Y0] - rec[w, b, BOX_Y1], rec[w, b, BOX_Y0] - rec[w, a, BOX_Y1], 0.0)


@kernel
def doorway_shares(lines: np.ndarray, lab: np.ndarray, dims: np.ndarray, w: int, piece: np.ndarray, owned: np.ndarray) -> float:
    """Adds to owned [n + 1] the length [m] that each room has of a piece of outline; the last slot takes the rest.

    A piece is (entrance, axis, place, low, high, side): on the line `place` of the axis, from low to high across it, with
    the site on the side +1 or -1 along it. Returns its length.
    """
    axis = int(piece[1])
    i = 0
    while i < dims[w, axis] and lines[w, axis, i] < piece[2] - TOLERANCE:
        i += 1
    along = i if piece[5] > 0 else i - 1
    for across in range(dims[w, 1 - axis]):
        low = max(piece[3], lines[w, 1 - axis, across])
        high = min(piece[4], lines[w, 1 - axis, across + 1])
        if high > low:
            label = cell(lab, w, axis, along, across)
            owned[label if label >= 0 else owned.size - 1] += high - low
    return piece[4] - piece[3]


@kernel
def judge_entrances(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    rec: np.ndarray,
    doorways: np.ndarray,
    allowed: np.ndarray,
    owned: np.ndarray,
    blame: np.ndarray,
    missing: np.ndarray,
) -> float:
    """Cost of the entrances that no allowed room has whole; the lengths missing [m] go to `missing`."""
    cost = 0.0
    n = allowed.shape[1]
    for e in range(allowed.shape[0]):
        owned[:] = 0.0
        total, mid_x, mid_y, pieces = 0.0, 0.0, 0.0, 0
        for p in range(doorways.shape[0]):
            if int(doorways[p, 0]) == e:
                total += doorway_shares(lines, lab, dims, w, doorways[p], owned)
                middle = 0.5 * (doorways[p, 3] + doorways[p, 4])
                mid_x += doorways[p, 2] if doorways[p, 1] == 0.0 else middle
                mid_y += middle if doorways[p, 1] == 0.0 else doorways[p, 2]
                pieces += 1
        best, near = 0.0, 1e9
        for a in range(n):
            if allowed[e, a]:
                best = max(best, owned[a])
                x, y = mid_x / max(pieces, 1), mid_y / max(pieces, 1)
                gap = max(rec[w, a, BOX_X0] - x, x - rec[w, a, BOX_X1], 0.0)
                near = min(near, gap + max(rec[w, a, BOX_Y0] - y, y - rec[w, a, BOX_Y1], 0.0))
        missing[e] = max(total - best, 0.0)
        if missing[e] > TOLERANCE:
            cost += missing[e] + MISS + (min(near, 50.0) * 0.5 if best == 0.0 else 0.0)
            for a in range(n):
                if allowed[e, a] or owned[a] > 0.0:
                    blame[a] += missing[e] + MISS
        else:
            missing[e] = 0.0
    return cost


@kernel
def judge_plan(  # noqa: PLR0915, C901 - one pass over all constraint tables, compiled
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    rooms: np.ndarray,
    rec: np.ndarray,
    pairs: np.ndarray,
    pair_min: np.ndarray,
    never: np.ndarray,
    either: np.ndarray,
    either_mask: np.ndarray,
    doorways: np.ndarray,
    allowed: np.ndarray,
    run: np.ndarray,
    facade: np.ndarray,
    owned: np.ndarray,
    missing: np.ndarray,
    blame: np.ndarray,
    totals: np.ndarray,
) -> None:
    """Fills the totals per kind of constraint and each room's share of the blame, from records already made."""
    n = rooms.shape[0]
    measure_runs(lines, lab, dims, w, run, facade)
    for t in range(TOTALS):
        totals[w, t] = 0.0
    broken = 0.0
    wet_rooms, dry = 0, 0
    for a in range(n):
        own = 0.0
        for kind in range(4):
            off = rec[w, a, OFF_AREA + kind]
            totals[w, kind] += off
            own += off
        need = rooms[a, FACADE_MIN]
        if facade[a] < need - TOLERANCE:
            off = need - facade[a] + MISS
            totals[w, KIND_FACADE] += off
            own += off
            broken += 1.0
        blame[w, a] = own
        totals[w, TOTAL_SOFT] += rec[w, a, SOFT]
        totals[w, TOTAL_SHAPE] += rec[w, a, SHAPE]
        broken += rec[w, a, BROKEN]
        if rooms[a, WET] > 0.0:
            wet_rooms += 1
            together = False
            for b in range(n):
                together = together or (rooms[b, WET] > 0.0 and run[a, b] >= WET_WALL)
            dry += 0 if together else 1
    if wet_rooms > 1:
        totals[w, TOTAL_WET] = 0.06 * dry
    for p in range(pairs.shape[0]):
        a, b = pairs[p, 0], pairs[p, 1]
        off = pair_min[p] - run[a, b]
        if off > TOLERANCE:
            off += MISS + (0.5 * box_gap(rec, w, a, b) if run[a, b] == 0.0 else 0.0)
            totals[w, KIND_CONTACT] += off
            blame[w, a] += off
            blame[w, b] += off
            broken += 1.0
    for p in range(never.shape[0]):
        a, b = never[p, 0], never[p, 1]
        if run[a, b] > TOLERANCE:
            off = run[a, b] + MISS
            totals[w, KIND_NEVER] += off
            blame[w, a] += off
            blame[w, b] += off
            broken += 1.0
    for q in range(either.shape[0]):
        a = int(either[q, 0])
        off = 1e9
        for b in range(n):
            if either_mask[q, b] and b != a:
                off = min(off, either[q, 1] - run[a, b] + (0.5 * box_gap(rec, w, a, b) if run[a, b] == 0.0 else 0.0))
        if off > TOLERANCE:
            totals[w, KIND_EITHER] += min(off, 50.0) + MISS
            blame[w, a] += min(off, 50.0) + MISS
            broken += 1.0
    if allowed.shape[0] > 0:
        cost = judge_entrances(lines, lab, dims, w, rec, doorways, allowed, owned, blame[w], missing)
        totals[w, KIND_ENTRANCE] = cost
        for e in range(allowed.shape[0]):
            broken += 1.0 if missing[e] > 0.0 else 0.0
    totals[w, TOTAL_BROKEN] = broken


@kernel
def cost_of(totals: np.ndarray, w: int, weights: np.ndarray, shape_weight: float) -> float:
    """The cost that the annealing compares."""
    cost = totals[w, TOTAL_SOFT] + totals[w, TOTAL_WET] + shape_weight * totals[w, TOTAL_SHAPE]
    for kind in range(KINDS):
        cost += weights[kind] * totals[w, kind]
    return cost
