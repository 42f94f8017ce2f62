"""Moves of the search: each writes new places and turns of a few items and lists them."""

from __future__ import annotations

import numpy as np

from layoutgan.domains.piping.placement.tables import Tables
from layoutgan.domains.piping.routing.compiled import Array, kernel

__all__ = ["propose"]

SHIFT, TURN, SWAP, JUMP, ABUT, ALIGN, CLUSTER, MIRROR = 0, 1, 2, 3, 4, 5, 6, 7


@kernel
def put(t: Tables, at: Array, axis: Array, moved: Array, count: int, i: int, x: float, y: float) -> int:
    """Moves an item to (x, y); a row comes along across its line. The number of items in `moved`."""
    if t.fixed[i]:
        return count
    row = t.row_of[i]
    if row < 0:
        at[i, 0], at[i, 1] = x, y
        moved[count] = i
        return count + 1
    along = axis[row]
    at[i, along] = x if along == 0 else y
    across = 1 - along
    to = y if along == 0 else x
    if t.row_held[row] or to == at[i, across]:
        moved[count] = i
        return count + 1
    for k in range(t.row_start[row], t.row_start[row + 1]):
        at[t.row_items[k], across] = to
        moved[count] = t.row_items[k]
        count += 1
    return count


@kernel
def free_item(t: Tables) -> int:
    """A random item that may move, -1 if none turns up."""
    n = t.fixed.shape[0]
    for _ in range(20):
        i = np.random.randint(n)
        if not t.fixed[i]:
            return i
    return -1


@kernel
def place_of_pin(t: Tables, at: Array, turn: Array, e: int, side: int, which: int) -> float:
    """Coordinate `which` of one pin of a wire [m]."""
    item = t.ends[e, side]
    if item < 0:
        return t.pins[e, side, 0, which]
    return at[item, which] + t.pins[e, side, turn[item], which]


@kernel
def near_partner(t: Tables, at: Array, turn: Array, i: int, sigma: float, out: Array) -> None:
    """A place about the other end of one of the item's wires."""
    first, last = t.wires_of[i], t.wires_of[i + 1]
    if last == first:
        out[0] = at[i, 0] + sigma * np.random.standard_normal()
        out[1] = at[i, 1] + sigma * np.random.standard_normal()
        return
    e = t.wires[np.random.randint(first, last)]
    side = 1 if t.ends[e, 0] == i else 0
    far = 3.0 + sigma
    out[0] = place_of_pin(t, at, turn, e, side, 0) + far * np.random.standard_normal()
    out[1] = place_of_pin(t, at, turn, e, side, 1) + far * np.random.standard_normal()


@kernel
def turn_item(t: Tables, turn: Array, i: int) -> bool:
    """Another of an item's turns; whether there is one."""
    if t.turn_count[i] < 2:
        return False
    while True:
        to = np.random.randint(4)
        if t.turns[i, to] and to != turn[i]:
            turn[i] = to
            return True


@kernel
def abut(
    t: Tables, at: Array, turn: Array, axis: Array, moved: Array, count: int, i: int, j: int, out: Array
) -> int:
    """Puts an item beside another at exactly their distance."""
    one, two = t.halves[i, turn[i] % 2], t.halves[j, turn[j] % 2]
    least = max(0.0, t.spacing[i, j])
    which = np.random.randint(2)
    sign = 1.0 if np.random.random() < 0.5 else -1.0
    out[which] = at[j, which] + sign * (one[which] + two[which] + least)
    other = 1 - which
    kind = np.random.randint(4)
    if kind == 0:
        out[other] = at[j, other]
    elif kind == 1:
        out[other] = at[j, other] + (one[other] - two[other]) * (1.0 if np.random.random() < 0.5 else -1.0)
    else:
        out[other] = at[i, other]
    return put(t, at, axis, moved, count, i, out[0], out[1])


@kernel
def swap(t: Tables, at: Array, axis: Array, moved: Array, i: int, j: int) -> int:
    """Exchanges the places of two items; in one row only along it."""
    if t.fixed[i] or t.fixed[j] or i == j:
        return 0
    x, y, u, v = at[i, 0], at[i, 1], at[j, 0], at[j, 1]
    if t.row_of[i] >= 0 and t.row_of[i] == t.row_of[j]:
        along = axis[t.row_of[i]]
        at[i, along], at[j, along] = at[j, along], at[i, along]
        moved[0], moved[1] = i, j
        return 2
    if t.row_of[i] >= 0 and t.row_of[j] >= 0:
        return 0
    count = put(t, at, axis, moved, 0, i, u, v)
    return put(t, at, axis, moved, count, j, x, y)


@kernel
def flip_row(t: Tables, at: Array, axis: Array, moved: Array, row: int) -> int:
    """Turns a row about one of its items by a quarter, where it may run either way."""
    first, last = t.row_start[row], t.row_start[row + 1]
    pivot = t.row_items[np.random.randint(first, last)]
    for k in range(first, last):
        if t.fixed[t.row_items[k]]:
            pivot = t.row_items[k]
    if t.row_axis[row] >= 0:
        return 0
    count = 0
    axis[row] = 1 - axis[row]
    for k in range(first, last):
        i = t.row_items[k]
        if t.fixed[i]:
            continue
        dx, dy = at[i, 0] - at[pivot, 0], at[i, 1] - at[pivot, 1]
        at[i, 0], at[i, 1] = at[pivot, 0] + dy, at[pivot, 1] + dx
        moved[count] = i
        count += 1
    return count


@kernel
def shift_cluster(
    t: Tables, at: Array, axis: Array, moved: Array, mark: Array, i: int, sigma: float, mirror: bool
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
    middle = at[i, which]
    count = 0
    for j in range(at.shape[0]):
        if t.fixed[j] or abs(at[j, 0] - at[i, 0]) > radius or abs(at[j, 1] - at[i, 1]) > radius:
            continue
        if t.row_of[j] >= 0:
            # A row goes as a whole or not at all, with the item that it is moved about.
            if t.row_held[t.row_of[j]] or t.row_of[j] != t.row_of[i] or mirror:
                continue
        moved[count] = j
        count += 1
    if t.row_of[i] >= 0 and not mirror and not t.row_held[t.row_of[i]]:
        for k in range(t.row_start[t.row_of[i]], t.row_start[t.row_of[i] + 1]):
            j = t.row_items[k]
            if abs(at[j, 0] - at[i, 0]) > radius or abs(at[j, 1] - at[i, 1]) > radius:
                moved[count] = j
                count += 1
    for k in range(count):
        j = moved[k]
        if mirror:
            at[j, which] = 2.0 * middle - at[j, which]
        else:
            at[j, 0] += dx
            at[j, 1] += dy
    return count


@kernel
def align(t: Tables, at: Array, turn: Array, axis: Array, moved: Array, i: int, out: Array) -> int:
    """Moves an item so that one of its wires runs straight."""
    first, last = t.wires_of[i], t.wires_of[i + 1]
    if last == first:
        return 0
    e = t.wires[np.random.randint(first, last)]
    side = 0 if t.ends[e, 0] == i else 1
    which = np.random.randint(2)
    out[0], out[1] = at[i, 0], at[i, 1]
    out[which] += place_of_pin(t, at, turn, e, 1 - side, which) - place_of_pin(t, at, turn, e, side, which)
    return put(t, at, axis, moved, 0, i, out[0], out[1])


@kernel
def propose(
    t: Tables, at: Array, turn: Array, axis: Array, moved: Array, mark: Array, sigma: float, out: Array
) -> int:
    """Makes one random move; the number of items in `moved`, 0 where it came to nothing.

    An item may be listed twice; the caller takes each once.
    """
    i = free_item(t)
    if i < 0:
        return 0
    n = at.shape[0]
    dice = np.random.random()
    if dice < 0.42:
        dx, dy = sigma * np.random.standard_normal(), sigma * np.random.standard_normal()
        if dice < 0.14:
            dx = 0.0
        elif dice < 0.28:
            dy = 0.0
        return put(t, at, axis, moved, 0, i, at[i, 0] + dx, at[i, 1] + dy)
    if dice < 0.54:
        if not turn_item(t, turn, i):
            return 0
        moved[0] = i
        return 1
    if dice < 0.68:
        return swap(t, at, axis, moved, i, np.random.randint(n))
    if dice < 0.76:
        if np.random.random() < 0.5:
            turn_item(t, turn, i)
        near_partner(t, at, turn, i, sigma, out)
        return max(1, put(t, at, axis, moved, 0, i, out[0], out[1]))
    if dice < 0.86:
        j = np.random.randint(n)
        if j == i or (t.row_of[i] >= 0 and t.row_of[i] == t.row_of[j] and np.random.random() < 0.5):
            return 0
        return abut(t, at, turn, axis, moved, 0, i, j, out)
    if dice < 0.92:
        return align(t, at, turn, axis, moved, i, out)
    if dice < 0.94 and t.row_of[i] >= 0:
        return flip_row(t, at, axis, moved, t.row_of[i])
    return shift_cluster(t, at, axis, moved, mark, i, sigma, dice > 0.985)
