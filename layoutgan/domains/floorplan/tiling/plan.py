"""What the whole tiling measures: contacts, facades, entrances, and the cost of it all."""

import numpy as np

from layoutgan.domains.floorplan.tiling.columns import (
    BOX_X0,
    BOX_X1,
    BOX_Y0,
    BOX_Y1,
    BROKEN,
    FACADE,
    FACADE_MIN,
    KIND_EITHER,
    KIND_ENTRANCE,
    KIND_FACADE,
    KIND_NEVER,
    KINDS,
    LINK_A,
    LINK_B,
    LINK_GROUP,
    LINK_KIND,
    LINK_LENGTH,
    OFF_AREA,
    OUTSIDE,
    OWNED,
    SHAPE,
    SLANTED,
    SOFT,
    TOLERANCE,
    TOTAL_BROKEN,
    TOTAL_SHAPE,
    TOTAL_SOFT,
    TOTAL_WET,
    TOTALS,
    WEIGHTS,
    WET,
)
from layoutgan.domains.floorplan.tiling.grid import cell
from layoutgan.domains.floorplan.tiling.kernel import kernel
from layoutgan.domains.floorplan.tiling.room import MISS

WET_WALL = 0.3
"""Least wall [m] that two wet rooms share to count as sharing their pipes."""


@kernel
def keep_run(a: int, b: int, length: float, run: np.ndarray, shares: np.ndarray) -> None:
    """Records a straight piece of wall between labels a and b if it is the longest yet."""
    if a >= 0 and b >= 0:
        run[a, b] = max(run[a, b], length)
        run[b, a] = run[a, b]
    elif a >= 0 and b == OUTSIDE:
        shares[FACADE, a] = max(shares[FACADE, a], length)
    elif b >= 0 and a == OUTSIDE:
        shares[FACADE, b] = max(shares[FACADE, b], length)


@kernel
def measure_runs(
    lines: np.ndarray, lab: np.ndarray, dims: np.ndarray, w: int, run: np.ndarray, shares: np.ndarray
) -> None:
    """Fills the longest straight shared wall [m] per pair of rooms and the longest facade [m] per room."""
    for a in range(run.shape[0]):
        shares[FACADE, a] = 0.0
        for b in range(run.shape[0]):
            run[a, b] = 0.0
    for axis in range(2):
        for i in range(1, dims[w, axis]):
            last_a = cell(lab, w, axis, i - 1, 0)
            last_b, length = last_a, 0.0
            for across in range(dims[w, 1 - axis]):
                a, b = cell(lab, w, axis, i - 1, across), cell(lab, w, axis, i, across)
                if a == SLANTED:
                    a = OUTSIDE
                if b == SLANTED:
                    b = OUTSIDE
                if a != last_a or b != last_b:
                    if last_a != last_b:
                        keep_run(last_a, last_b, length, run, shares)
                    last_a, last_b, length = a, b, 0.0
                length += lines[w, 1 - axis, across + 1] - lines[w, 1 - axis, across]
            if last_a != last_b:
                keep_run(last_a, last_b, length, run, shares)


@kernel
def box_gap(rec: np.ndarray, w: int, a: int, b: int) -> float:
    """Distance [m] between the bounding boxes of two rooms, both axes added."""
    gap = max(rec[w, a, BOX_X0] - rec[w, b, BOX_X1], rec[w, b, BOX_X0] - rec[w, a, BOX_X1])
    return max(gap, 0.0) + max(
        max(rec[w, a, BOX_Y0] - rec[w, b, BOX_Y1], rec[w, b, BOX_Y0] - rec[w, a, BOX_Y1]), 0.0
    )


@kernel
def doorway_shares(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    doorways: np.ndarray,
    p: int,
    shares: np.ndarray,
) -> float:
    """Adds to shares[OWNED] the length [m] that each room has of a piece of outline.

    The last slot takes the rest.

    A piece is (entrance, axis, place, low, high, side): on the line `place` of the axis, from low to high
    across it, with the site on the side +1 or -1 along it. Returns its length.
    """
    axis = int(doorways[p, 1])
    i = 0
    while i < dims[w, axis] and lines[w, axis, i] < doorways[p, 2] - TOLERANCE:
        i += 1
    along = i if doorways[p, 5] > 0 else i - 1
    for across in range(dims[w, 1 - axis]):
        low = max(doorways[p, 3], lines[w, 1 - axis, across])
        high = min(doorways[p, 4], lines[w, 1 - axis, across + 1])
        if high > low:
            label = cell(lab, w, axis, along, across)
            shares[OWNED, label if label >= 0 else shares.shape[1] - 1] += high - low
    return doorways[p, 4] - doorways[p, 3]


@kernel
def judge_entrances(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    rec: np.ndarray,
    doorways: np.ndarray,
    allowed: np.ndarray,
    shares: np.ndarray,
    missing: np.ndarray,
) -> float:
    """Cost of the entrances that no allowed room has whole; the lengths missing [m] go to `missing`."""
    cost = 0.0
    n = allowed.shape[1]
    for e in range(allowed.shape[0]):
        for a in range(n + 1):
            shares[OWNED, a] = 0.0
        total, x, y, pieces = 0.0, 0.0, 0.0, 0
        for p in range(doorways.shape[0]):
            if int(doorways[p, 0]) == e:
                total += doorway_shares(lines, lab, dims, w, doorways, p, shares)
                middle = 0.5 * (doorways[p, 3] + doorways[p, 4])
                x += doorways[p, 2] if doorways[p, 1] == 0.0 else middle
                y += middle if doorways[p, 1] == 0.0 else doorways[p, 2]
                pieces += 1
        x, y = x / max(pieces, 1), y / max(pieces, 1)
        best, near = 0.0, 50.0
        for a in range(n):
            if allowed[e, a]:
                best = max(best, shares[OWNED, a])
                gap = max(max(rec[w, a, BOX_X0] - x, x - rec[w, a, BOX_X1]), 0.0)
                near = min(near, gap + max(max(rec[w, a, BOX_Y0] - y, y - rec[w, a, BOX_Y1]), 0.0))
        missing[e] = max(total - best, 0.0)
        if missing[e] > TOLERANCE:
            cost += missing[e] + MISS + (near * 0.5 if best == 0.0 else 0.0)
            for a in range(n):
                if allowed[e, a] or shares[OWNED, a] > 0.0:
                    shares[w, a] += missing[e] + MISS
        else:
            missing[e] = 0.0
    return cost


@kernel
def judge_links(
    w: int, rec: np.ndarray, links: np.ndarray, run: np.ndarray, shares: np.ndarray, totals: np.ndarray
) -> float:
    """Adds what contacts, forbidden contacts and any-of contacts cost; returns how many are broken.

    Rows of one any-of group follow each other, and the cheapest of them counts.
    """
    broken, least = 0.0, 1e9
    for p in range(links.shape[0]):
        kind, a, b = int(links[p, LINK_KIND]), int(links[p, LINK_A]), int(links[p, LINK_B])
        off = run[a, b] if kind == KIND_NEVER else links[p, LINK_LENGTH] - run[a, b]
        if kind != KIND_NEVER and run[a, b] == 0.0:
            off += 0.5 * box_gap(rec, w, a, b)
        if kind == KIND_EITHER:
            least = min(least, off)
            if p + 1 < links.shape[0] and links[p + 1, LINK_GROUP] == links[p, LINK_GROUP]:
                continue
            off, least = least, 1e9
        if off > TOLERANCE:
            off += MISS
            totals[w, kind] += off
            shares[w, a] += off
            if kind != KIND_EITHER:
                shares[w, b] += off
            broken += 1.0
    return broken


@kernel
def judge_plan(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    rooms: np.ndarray,
    rec: np.ndarray,
    links: np.ndarray,
    doorways: np.ndarray,
    allowed: np.ndarray,
    run: np.ndarray,
    missing: np.ndarray,
    shares: np.ndarray,
    totals: np.ndarray,
) -> None:
    """Fills the totals per kind of constraint and each room's share of the blame, from records already made.

    Poor shape earns a little blame too, so that once all holds the moves go where they improve most.
    """
    n = rooms.shape[0]
    measure_runs(lines, lab, dims, w, run, shares)
    for t in range(TOTALS):
        totals[w, t] = 0.0
    broken, wet_rooms, dry = 0.0, 0, 0
    for a in range(n):
        own = 0.1 * (rec[w, a, SHAPE] + rec[w, a, SOFT])
        for kind in range(4):
            off = rec[w, a, OFF_AREA + kind]
            totals[w, kind] += off
            own += off
        off = rooms[a, FACADE_MIN] - shares[FACADE, a]
        if off > TOLERANCE:
            totals[w, KIND_FACADE] += off + MISS
            own += off + MISS
            broken += 1.0
        shares[w, a] = own
        totals[w, TOTAL_SOFT] += rec[w, a, SOFT]
        totals[w, TOTAL_SHAPE] += rec[w, a, SHAPE]
        broken += rec[w, a, BROKEN]
        if rooms[a, WET] > 0.0:
            wet_rooms += 1
            dry += 1
            for b in range(n):
                if rooms[b, WET] > 0.0 and run[a, b] >= WET_WALL:
                    dry -= 1
                    break
    if wet_rooms > 1:
        totals[w, TOTAL_WET] = 0.06 * dry
    broken += judge_links(w, rec, links, run, shares, totals)
    if allowed.shape[0] > 0:
        totals[w, KIND_ENTRANCE] = judge_entrances(
            lines, lab, dims, w, rec, doorways, allowed, shares, missing
        )
        for e in range(allowed.shape[0]):
            broken += 1.0 if missing[e] > 0.0 else 0.0
    totals[w, TOTAL_BROKEN] = broken


@kernel
def cost_of(totals: np.ndarray, w: int, shape_weight: float) -> float:
    """The cost that the annealing compares."""
    cost = totals[w, TOTAL_SOFT] + totals[w, TOTAL_WET] + shape_weight * totals[w, TOTAL_SHAPE]
    for kind in range(KINDS):
        cost += totals[WEIGHTS, kind] * totals[w, kind]
    return cost
