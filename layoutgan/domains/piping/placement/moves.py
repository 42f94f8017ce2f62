"""Moves of the search: each writes new places and turns of a few items and lists them."""

from __future__ import annotations

import numpy as np

from layoutgan.domains.piping.placement.board import FIXED, MAY, ROW, TURNS, WIRE, WIRE_END, Board
from layoutgan.domains.piping.routing.compiled import Array, kernel

__all__ = ["propose"]

WHOLE = 0.4
"""Share of an item's moves that its whole row makes: one by one its items do not get past anything [-]."""


@kernel
def put(
    items: Array, rows: Array, members: Array, at: Array, axis: Array, moved: Array,
    count: int, i: int, x: float, y: float,
) -> int:  # fmt: skip
    """Moves an item to (x, y); its row comes along across, or wholly. The number of items in `moved`."""
    if items[i, FIXED]:
        return count
    row = items[i, ROW]
    moved[count] = i
    count += 1
    if row < 0:
        at[i, 0], at[i, 1] = x, y
        return count
    if rows[row, 3] == 0 and np.random.random() < WHOLE:
        dx, dy = x - at[i, 0], y - at[i, 1]
        for k in range(rows[row, 0], rows[row, 1]):
            j = members[k]
            at[j, 0] += dx
            at[j, 1] += dy
            moved[count] = j
            count += 1
        return count
    along = axis[row]
    at[i, along] = x if along == 0 else y
    across = 1 - along
    to = y if along == 0 else x
    if rows[row, 3] == 0 and to != at[i, across]:
        for k in range(rows[row, 0], rows[row, 1]):
            at[members[k], across] = to
            moved[count] = members[k]
            count += 1
    return count


@kernel
def turn_item(items: Array, turn: Array, i: int) -> bool:
    """Another of an item's turns; whether there is one."""
    if items[i, TURNS] < 2:
        return False
    while True:
        to = np.random.randint(4)
        if items[i, MAY + to] and to != turn[i]:
            turn[i] = to
            return True


@kernel
def shift_cluster(
    items: Array, rows: Array, at: Array, moved: Array, i: int, sigma: float, mirror: bool
) -> int:
    """Shifts an item with what stands about it, or mirrors them about a line through it."""
    radius = 4.0 + 12.0 * np.random.random()
    dx, dy = sigma * np.random.standard_normal(), sigma * np.random.standard_normal()
    if np.random.random() < 0.5:
        if np.random.random() < 0.5:
            dx = 0.0
        else:
            dy = 0.0
    which = np.random.randint(2)
    x, y, middle, own = at[i, 0], at[i, 1], at[i, which], items[i, ROW]
    count = 0
    for j in range(at.shape[0]):
        if items[j, FIXED]:
            continue
        row = items[j, ROW]
        near = abs(at[j, 0] - x) <= radius and abs(at[j, 1] - y) <= radius
        # A row goes as a whole, with the item that it is moved about, or not at all.
        if row >= 0:
            near = row == own and not mirror and rows[row, 3] == 0
        if not near:
            continue
        moved[count] = j
        count += 1
        if mirror:
            at[j, which] = 2.0 * middle - at[j, which]
        else:
            at[j, 0] += dx
            at[j, 1] += dy
    return count


@kernel
def flip_row(
    items: Array, rows: Array, members: Array, at: Array, axis: Array, moved: Array, row: int
) -> int:
    """Turns a row about one of its items by a quarter, where it may run either way."""
    if rows[row, 2] >= 0:
        return 0
    first, last = rows[row, 0], rows[row, 1]
    pivot = members[np.random.randint(first, last)]
    for k in range(first, last):
        if items[members[k], FIXED]:
            pivot = members[k]
    x, y = at[pivot, 0], at[pivot, 1]
    count = 0
    axis[row] = 1 - axis[row]
    for k in range(first, last):
        i = members[k]
        if items[i, FIXED] == 0:
            dx, dy = at[i, 0] - x, at[i, 1] - y
            at[i, 0], at[i, 1] = x + dy, y + dx
            moved[count] = i
            count += 1
    return count


@kernel
def propose(
    b: Board, at: Array, turn: Array, axis: Array, moved: Array, active: Array, i: int, sigma: float
) -> int:
    """Makes one random move of an item, alone or with others; the number of items in `moved`, 0 for none.

    An item may be listed twice; the caller takes each once.
    """
    n = at.shape[0]
    items, rows, members = b.items, b.rows, b.members
    if items[i, FIXED]:
        return 0
    dice = np.random.random()
    x, y = at[i, 0], at[i, 1]
    if dice < 0.42:  # shift
        if dice > 0.14:
            x += sigma * np.random.standard_normal()
        if dice < 0.28:
            y += sigma * np.random.standard_normal()
    elif dice < 0.54:  # turn
        moved[0] = i
        return 1 if turn_item(items, turn, i) else 0
    elif dice < 0.68:  # exchange
        j = active[np.random.randint(active.shape[0])]
        if items[j, FIXED] or i == j:
            return 0
        u, v, row = at[j, 0], at[j, 1], items[i, ROW]
        if row >= 0 and items[j, ROW] >= 0:
            if row != items[j, ROW]:
                return 0
            along = axis[row]
            at[i, along], at[j, along] = at[j, along], at[i, along]
            moved[0], moved[1] = i, j
            return 2
        count = put(items, rows, members, at, axis, moved, 0, i, u, v)
        return put(items, rows, members, at, axis, moved, count, j, x, y)
    elif dice < 0.74 or (dice >= 0.86 and dice < 0.92):  # to, or in line with, what it is connected to
        first, last = items[i, WIRE], items[i, WIRE_END]
        if last == first:
            return 0
        e = b.lists[np.random.randint(first, last)]
        side = 0 if b.wires[e, 0] == i else 1
        j = b.wires[e, 1 - side]
        u, v = b.pins[e, 8 - 8 * side], b.pins[e, 9 - 8 * side]
        if j >= 0:
            u = at[j, 0] + b.pins[e, 8 - 8 * side + 2 * turn[j]]
            v = at[j, 1] + b.pins[e, 9 - 8 * side + 2 * turn[j]]
        if dice < 0.74:
            if np.random.random() < 0.5:
                turn_item(items, turn, i)
            x = u + (3.0 + sigma) * np.random.standard_normal()
            y = v + (3.0 + sigma) * np.random.standard_normal()
        elif np.random.random() < 0.5:
            x = u - b.pins[e, 8 * side + 2 * turn[i]]
        else:
            y = v - b.pins[e, 8 * side + 2 * turn[i] + 1]
    elif dice < 0.86:  # beside another, at exactly their distance
        j = np.random.randint(n)
        if j == i:
            return 0
        if np.random.random() < 0.3:
            turn_item(items, turn, i)
        sign = 1.0 if np.random.random() < 0.5 else -1.0
        hx, hy = b.sizes[i, turn[i] % 2], b.sizes[i, 1 - turn[i] % 2]
        gx, gy = b.sizes[j, turn[j] % 2], b.sizes[j, 1 - turn[j] % 2]
        least = max(0.0, b.spacing[i, j])
        kind = np.random.randint(4)
        if np.random.random() < 0.5:
            x = at[j, 0] + sign * (hx + gx + least)
            if kind == 0:
                y = at[j, 1]
            elif kind == 1:
                y = at[j, 1] + (hy - gy) * (1.0 if np.random.random() < 0.5 else -1.0)
        else:
            y = at[j, 1] + sign * (hy + gy + least)
            if kind == 0:
                x = at[j, 0]
            elif kind == 1:
                x = at[j, 0] + (hx - gx) * (1.0 if np.random.random() < 0.5 else -1.0)
    elif dice < 0.945 and items[i, ROW] >= 0:
        return flip_row(items, rows, members, at, axis, moved, items[i, ROW])
    else:
        return shift_cluster(items, rows, at, moved, i, sigma, dice > 0.985)
    return put(items, rows, members, at, axis, moved, 0, i, x, y)
