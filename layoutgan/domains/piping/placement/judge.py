"""What a placement costs and how far it is from legal, for the search: compiled, and by the item.

`evaluate` judges finished placements without any of this.
"""

from __future__ import annotations

import math

from layoutgan.domains.piping.placement.tables import Tables
from layoutgan.domains.piping.routing.compiled import Array, kernel

__all__ = ["CLEAR", "judge", "land_of", "move_judged"]

CLEAR = 1e-7
"""Shortfalls up to this are rounding [m]."""


@kernel
def shortfall(gap_x: float, gap_y: float, least: float) -> float:
    """What two boxes lack to keep a distance, from their gaps along x and y (negative: they overlap) [m]."""
    if gap_x >= least or gap_y >= least or least < 0.0:
        return 0.0
    if gap_x < 0.0 and gap_y < 0.0:
        return least - max(gap_x, gap_y)
    lack = least - math.hypot(max(gap_x, 0.0), max(gap_y, 0.0))
    return lack if lack > CLEAR else 0.0


@kernel
def envelopes_hit(t: Tables, at: Array, turn: Array, owner: int, other: int) -> float:
    """How deep an item stands in another's envelopes [m]."""
    total = 0.0
    half = t.halves[other, turn[other] % 2]
    for m in range(t.envelopes_of[owner], t.envelopes_of[owner + 1]):
        box = t.envelopes[m, turn[owner]]
        dx = min(at[owner, 0] + box[2], at[other, 0] + half[0]) - max(
            at[owner, 0] + box[0], at[other, 0] - half[0]
        )
        if dx <= CLEAR:
            continue
        dy = min(at[owner, 1] + box[3], at[other, 1] + half[1]) - max(
            at[owner, 1] + box[1], at[other, 1] - half[1]
        )
        if dy > CLEAR:
            total += min(dx, dy)
    return total


@kernel
def pair_hit(t: Tables, at: Array, turn: Array, i: int, j: int) -> float:
    """What two items lack to stand legally beside each other [m]."""
    one, two = t.halves[i, turn[i] % 2], t.halves[j, turn[j] % 2]
    gap_x = abs(at[i, 0] - at[j, 0]) - one[0] - two[0]
    gap_y = abs(at[i, 1] - at[j, 1]) - one[1] - two[1]
    least = t.spacing[i, j]
    far = max(least, t.reach[i], t.reach[j])
    if gap_x >= far or gap_y >= far:
        return 0.0
    total = shortfall(gap_x, gap_y, least)
    if least >= 0.0:
        if t.reach[i] > 0.0:
            total += envelopes_hit(t, at, turn, i, j)
        if t.reach[j] > 0.0:
            total += envelopes_hit(t, at, turn, j, i)
    return total


@kernel
def beyond_bounds(t: Tables, x0: float, y0: float, x1: float, y1: float) -> float:
    """How far a box reaches past the plot's bounding box [m]."""
    total = 0.0
    over = t.bounds[0] - x0
    total += over if over > CLEAR else 0.0
    over = t.bounds[1] - y0
    total += over if over > CLEAR else 0.0
    over = x1 - t.bounds[2]
    total += over if over > CLEAR else 0.0
    over = y1 - t.bounds[3]
    total += over if over > CLEAR else 0.0
    return total


@kernel
def ground_hit(t: Tables, at: Array, turn: Array, i: int) -> float:
    """What an item and its envelopes lack to stand on free ground inside the plot [m]."""
    x, y = at[i, 0], at[i, 1]
    half = t.halves[i, turn[i] % 2]
    total = beyond_bounds(t, x - half[0], y - half[1], x + half[0], y + half[1])
    count = t.boxes.shape[0]
    for k in range(count):
        box = t.boxes[k]
        gap_x = max(box[0] - x - half[0], x - half[0] - box[2])
        gap_y = max(box[1] - y - half[1], y - half[1] - box[3])
        total += shortfall(gap_x, gap_y, t.gaps[k, i])
    for m in range(t.envelopes_of[i], t.envelopes_of[i + 1]):
        e = t.envelopes[m, turn[i]]
        x0, y0, x1, y1 = x + e[0], y + e[1], x + e[2], y + e[3]
        if t.inside[m]:
            total += beyond_bounds(t, x0, y0, x1, y1)
        for k in range(count):
            if t.blocks[k] or (t.outside[k] and t.inside[m]):
                box = t.boxes[k]
                gap_x = max(box[0] - x1, x0 - box[2])
                gap_y = max(box[1] - y1, y0 - box[3])
                if gap_x < -CLEAR and gap_y < -CLEAR:
                    total -= max(gap_x, gap_y)
    return total


@kernel
def wire_cost(t: Tables, at: Array, turn: Array, e: int) -> float:
    """Cost of one wire."""
    a, b = t.ends[e, 0], t.ends[e, 1]
    ta = turn[a] if a >= 0 else 0
    tb = turn[b] if b >= 0 else 0
    x = t.pins[e, 0, ta, 0] - t.pins[e, 1, tb, 0]
    y = t.pins[e, 0, ta, 1] - t.pins[e, 1, tb, 1]
    if a >= 0:
        x += at[a, 0]
        y += at[a, 1]
    if b >= 0:
        x -= at[b, 0]
        y -= at[b, 1]
    return t.costs[e] * (abs(x) + abs(y))


@kernel
def wish_cost(t: Tables, at: Array, turn: Array, i: int) -> float:
    """Cost of an item's distance from where it wishes to be."""
    total = 0.0
    half = t.halves[i, turn[i] % 2]
    for w in range(t.wishes_of[i], t.wishes_of[i + 1]):
        box = t.wish_box[w]
        gap_x = max(0.0, max(box[0] - at[i, 0], at[i, 0] - box[2]) - half[0])
        gap_y = max(0.0, max(box[1] - at[i, 1], at[i, 1] - box[3]) - half[1])
        total += t.wish_cost[w] * max(0.0, math.hypot(gap_x, gap_y) - t.wish_limit[w])
    return total


@kernel
def spark_cost(t: Tables, at: Array, turn: Array, d: int) -> float:
    """Cost of an ignition source down-wind of a release: what it lacks to the end of the sector."""
    i, j = t.drift_pairs[d, 0], t.drift_pairs[d, 1]
    dx, dy = at[j, 0] - at[i, 0], at[j, 1] - at[i, 1]
    run = math.hypot(dx, dy)
    if run <= 0.0 or dx * t.drift[0] + dy * t.drift[1] <= t.drift[3] * run:
        return 0.0
    one, two = t.halves[i, turn[i] % 2], t.halves[j, turn[j] % 2]
    gap = math.hypot(max(0.0, abs(dx) - one[0] - two[0]), max(0.0, abs(dy) - one[1] - two[1]))
    return t.drift[4] * max(0.0, t.drift[2] - gap)


@kernel
def land_of(t: Tables, at: Array, turn: Array) -> float:
    """Cost of the ground under all footprints."""
    if t.land <= 0.0:
        return 0.0
    x0, y0, x1, y1 = 1e18, 1e18, -1e18, -1e18
    for i in range(at.shape[0]):
        half = t.halves[i, turn[i] % 2]
        x0, x1 = min(x0, at[i, 0] - half[0]), max(x1, at[i, 0] + half[0])
        y0, y1 = min(y0, at[i, 1] - half[1]), max(y1, at[i, 1] + half[1])
    return t.land * (x1 - x0) * (y1 - y0)


@kernel
def move_judged(t: Tables, at: Array, turn: Array, moved: Array, count: int, mark: Array, out: Array) -> None:
    """Cost (out[0]) and shortfall [m] (out[1]) of everything that touches some items, each thing once.

    `moved[:count]` lists the items, `mark` [N] is 1 for them. Land is not part of it, nor what fixed items
    lack by themselves: no search can mend that.
    """
    cost, lack = 0.0, 0.0
    for k in range(count):
        i = moved[k]
        if not t.fixed[i]:
            lack += ground_hit(t, at, turn, i)
        cost += wish_cost(t, at, turn, i)
        for j in range(at.shape[0]):
            if j == i or (mark[j] == 1 and j < i):
                continue
            if not (t.fixed[i] and t.fixed[j]):
                lack += pair_hit(t, at, turn, i, j)
        for w in range(t.wires_of[i], t.wires_of[i + 1]):
            e = t.wires[w]
            other = t.ends[e, 0] + t.ends[e, 1] - i
            if not (other >= 0 and other < i and mark[other] == 1):
                cost += wire_cost(t, at, turn, e)
        if t.drift[4] > 0.0:
            for s in range(t.sparks_of[i], t.sparks_of[i + 1]):
                d = t.sparks[s]
                other = t.drift_pairs[d, 0] + t.drift_pairs[d, 1] - i
                if not (other < i and mark[other] == 1):
                    cost += spark_cost(t, at, turn, d)
    out[0], out[1] = cost, lack


@kernel
def judge(t: Tables, at: Array, turn: Array, moved: Array, mark: Array, out: Array) -> None:
    """Cost with land (out[0]) and shortfall [m] (out[1]) of a whole placement."""
    n = at.shape[0]
    for i in range(n):
        moved[i] = i
        mark[i] = 1
    move_judged(t, at, turn, moved, n, mark, out)
    out[0] += land_of(t, at, turn)
    for i in range(n):
        mark[i] = 0
