"""What a placement costs and how far it is from legal, for the search: compiled, and by the item.

`evaluate` judges finished placements without any of this.
"""

from __future__ import annotations

import math

from layoutgan.domains.piping.placement.board import (
    AREA,
    AREA_END,
    BLOCKS,
    COST,
    DRIFT,
    FIXED,
    INSIDE,
    LAND,
    LIMIT,
    OUTSIDE,
    PRICE,
    REACH,
    SECTOR,
    SPARK,
    SPARK_END,
    WIND,
    WIRE,
    WIRE_END,
    WISH,
    WISH_END,
    Board,
)
from layoutgan.domains.piping.routing.compiled import Array, kernel

__all__ = ["CLEAR", "land_of", "move_judged"]

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
def past(over: float) -> float:
    """What counts of a reach beyond a limit [m]."""
    return over if over > CLEAR else 0.0


@kernel
def land_of(b: Board, at: Array, turn: Array) -> float:
    """Cost of the ground under all footprints."""
    if b.site[LAND] <= 0.0:
        return 0.0
    x0, y0, x1, y1 = 1e18, 1e18, -1e18, -1e18
    for i in range(at.shape[0]):
        odd = turn[i] % 2
        hx, hy = b.sizes[i, odd], b.sizes[i, 1 - odd]
        x0, x1 = min(x0, at[i, 0] - hx), max(x1, at[i, 0] + hx)
        y0, y1 = min(y0, at[i, 1] - hy), max(y1, at[i, 1] + hy)
    return b.site[LAND] * (x1 - x0) * (y1 - y0)


@kernel
def move_judged(b: Board, at: Array, turn: Array, moved: Array, count: int, mark: Array, out: Array) -> None:
    """Cost (out[0]) and shortfall [m] (out[1]) of everything that touches some items, each thing once.

    `moved[:count]` lists the items, `mark` [N] is 1 for them. Land is not part of it, nor what fixed items
    lack by themselves: no search can mend that.
    """
    cost, lack = 0.0, 0.0
    west, south, east, north = b.site[0], b.site[1], b.site[2], b.site[3]
    for k in range(count):
        i = moved[k]
        x, y, ti, fixed = at[i, 0], at[i, 1], turn[i], b.items[i, FIXED]
        hx, hy = b.sizes[i, ti % 2], b.sizes[i, 1 - ti % 2]
        if fixed == 0:  # the plot and taken ground
            lack += past(west - x + hx) + past(south - y + hy) + past(x + hx - east) + past(y + hy - north)
            for q in range(b.boxes.shape[0]):
                lack += shortfall(
                    max(b.boxes[q, 0] - x, x - b.boxes[q, 2]) - hx,
                    max(b.boxes[q, 1] - y, y - b.boxes[q, 3]) - hy,
                    b.gaps[q, i],
                )
            for m in range(b.items[i, AREA], b.items[i, AREA_END]):
                ax0, ay0 = x + b.areas[m, 4 * ti], y + b.areas[m, 4 * ti + 1]
                ax1, ay1 = x + b.areas[m, 4 * ti + 2], y + b.areas[m, 4 * ti + 3]
                inside = b.areas[m, INSIDE] > 0.0
                if inside:
                    lack += past(west - ax0) + past(south - ay0) + past(ax1 - east) + past(ay1 - north)
                for q in range(b.boxes.shape[0]):
                    if b.ground[q] == BLOCKS or (b.ground[q] == OUTSIDE and inside):
                        gap_x = max(b.boxes[q, 0] - ax1, ax0 - b.boxes[q, 2])
                        gap_y = max(b.boxes[q, 1] - ay1, ay0 - b.boxes[q, 3])
                        if gap_x < -CLEAR and gap_y < -CLEAR:
                            lack -= max(gap_x, gap_y)
        for w in range(b.items[i, WISH], b.items[i, WISH_END]):
            gap_x = max(0.0, max(b.wishes[w, 0] - x, x - b.wishes[w, 2]) - hx)
            gap_y = max(0.0, max(b.wishes[w, 1] - y, y - b.wishes[w, 3]) - hy)
            cost += b.wishes[w, PRICE] * max(0.0, math.hypot(gap_x, gap_y) - b.wishes[w, LIMIT])
        for j in range(at.shape[0]):  # the other items, and the envelopes of both
            least = b.spacing[i, j]
            if j == i or least < 0.0 or (mark[j] == 1 and j < i) or (fixed == 1 and b.items[j, FIXED] == 1):
                continue
            odd = turn[j] % 2
            gx, gy = b.sizes[j, odd], b.sizes[j, 1 - odd]
            u, v = at[j, 0], at[j, 1]
            gap_x, gap_y = abs(x - u) - hx - gx, abs(y - v) - hy - gy
            far = max(least, b.sizes[i, 2], b.sizes[j, 2])
            if gap_x >= far or gap_y >= far:
                continue
            lack += shortfall(gap_x, gap_y, least)
            for m in range(b.items[i, AREA], b.items[i, AREA_END]):
                dx = min(x + b.areas[m, 4 * ti + 2], u + gx) - max(x + b.areas[m, 4 * ti], u - gx)
                dy = min(y + b.areas[m, 4 * ti + 3], v + gy) - max(y + b.areas[m, 4 * ti + 1], v - gy)
                if dx > CLEAR and dy > CLEAR:
                    lack += min(dx, dy)
            tj = turn[j]
            for m in range(b.items[j, AREA], b.items[j, AREA_END]):
                dx = min(u + b.areas[m, 4 * tj + 2], x + hx) - max(u + b.areas[m, 4 * tj], x - hx)
                dy = min(v + b.areas[m, 4 * tj + 3], y + hy) - max(v + b.areas[m, 4 * tj + 1], y - hy)
                if dx > CLEAR and dy > CLEAR:
                    lack += min(dx, dy)
        for w in range(b.items[i, WIRE], b.items[i, WIRE_END]):
            e = b.lists[w]
            side = 0 if b.wires[e, 0] == i else 1
            j = b.wires[e, 1 - side]
            if j >= 0 and j < i and mark[j] == 1:
                continue
            dx, dy = x + b.pins[e, 8 * side + 2 * ti], y + b.pins[e, 8 * side + 2 * ti + 1]
            if j >= 0:
                dx -= at[j, 0] + b.pins[e, 8 - 8 * side + 2 * turn[j]]
                dy -= at[j, 1] + b.pins[e, 9 - 8 * side + 2 * turn[j]]
            else:
                dx -= b.pins[e, 8 - 8 * side]
                dy -= b.pins[e, 9 - 8 * side]
            cost += b.pins[e, COST] * (abs(dx) + abs(dy))
        for s in range(b.items[i, SPARK], b.items[i, SPARK_END]):
            d = b.lists[s]
            leak, spark = b.sparks[d, 0], b.sparks[d, 1]
            j = leak + spark - i
            if j < i and mark[j] == 1:
                continue
            dx, dy = at[spark, 0] - at[leak, 0], at[spark, 1] - at[leak, 1]
            run = math.hypot(dx, dy)
            if run > 0.0 and dx * b.site[WIND] + dy * b.site[WIND + 1] > b.site[SECTOR] * run:
                odd = turn[j] % 2
                gap_x = max(0.0, abs(dx) - hx - b.sizes[j, odd])
                gap_y = max(0.0, abs(dy) - hy - b.sizes[j, 1 - odd])
                cost += b.site[DRIFT] * max(0.0, b.site[REACH] - math.hypot(gap_x, gap_y))
    out[0], out[1] = cost, lack
