"""Moves that shift walls: part of one, a whole line, a single cell. Each changes the trial state only."""

import numpy as np

from layoutgan.domains.floorplan.tiling.columns import (
    AREA_TARGET,
    CLEAR,
    FINE_SHARE,
    GAIN,
    LOCKED,
    NECK,
    UP_TO_FACING_WALL,
    UP_TO_JOG,
    UP_TO_LINE,
    UP_TO_OTHER_AREA,
    UP_TO_OTHER_DEPTH,
    UP_TO_OWN_AREA,
    UP_TO_OWN_DEPTH,
    UP_TO_WHOLE_WALL,
    WALL,
    WIDTH_MIN,
)
from layoutgan.domains.floorplan.tiling.grid import cell, line_at, put
from layoutgan.domains.floorplan.tiling.kernel import exponential, kernel, normal, pick, uniform

SNAP = 0.12
"""Walls nearer to a line than this [m] join it, or near-duplicate lines would appear."""
FINE_SNAP = 0.03
STRIDE = 0.5
"""Mean length [m] of a random shift."""
LINE_GAP = 0.05
"""Least distance [m] that a shifted line keeps to its neighbours."""


@kernel
def free(rooms: np.ndarray, label: int) -> bool:
    """Whether a cell of this label may change hands."""
    return label >= 0 and rooms[label, LOCKED] == 0.0


@kernel
def random_edge(
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    room: int,
    axis: int,
    way: int,
    rooms: np.ndarray,
    stream: np.ndarray,
) -> int:
    """A random cell of the room with a free neighbour on the side `way` of the axis.

    As along * 64 + across, or -1.
    """
    count = 0
    for across in range(1, dims[w, 1 - axis] - 1):
        for along in range(1, dims[w, axis] - 1):
            if cell(lab, w, axis, along, across) == room:
                other = cell(lab, w, axis, along + way, across)
                if other != room and free(rooms, other):
                    count += 1
    if count == 0:
        return -1
    chosen = pick(stream, count)
    for across in range(1, dims[w, 1 - axis] - 1):
        for along in range(1, dims[w, axis] - 1):
            if cell(lab, w, axis, along, across) == room:
                other = cell(lab, w, axis, along + way, across)
                if other != room and free(rooms, other):
                    if chosen == 0:
                        return along * 64 + across
                    chosen -= 1
    return -1


@kernel
def depth_behind(
    lines: np.ndarray, lab: np.ndarray, w: int, axis: int, way: int, along: int, across: int
) -> float:
    """How far [m] the label of a cell goes on from that cell along the axis, in the direction of `way`."""
    label = cell(lab, w, axis, along, across)
    total = 0.0
    while cell(lab, w, axis, along, across) == label:
        total += lines[w, axis, along + 1] - lines[w, axis, along]
        along += way
    return total


@kernel
def least_depth(rooms: np.ndarray, room: int, wall: float, stream: np.ndarray) -> float:
    """A depth [m] that keeps the room's neck, or its width."""
    width = rooms[room, WIDTH_MIN] + wall
    return rooms[room, NECK] if rooms[room, NECK] >= width or uniform(stream) < 0.5 else width


@kernel
def jog_line(
    lab: np.ndarray, dims: np.ndarray, w: int, axis: int, way: int, wall: int, beyond: int, room: int
) -> int:
    """The line on which the room's wall goes on beside the end of its straight run at line `wall`.

    -1 if it ends there.
    """
    along = wall - 1 if way > 0 else wall
    if cell(lab, w, axis, along, beyond) == room:
        while cell(lab, w, axis, along, beyond) == room:
            along += way
        return along if way > 0 else along + 1
    while 0 < along < dims[w, axis] - 1:
        along -= way
        if cell(lab, w, axis, along, beyond) == room:
            return along + 1 if way > 0 else along
    return -1


@kernel
def shift_length(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    axis: int,
    way: int,
    wall: int,
    low: int,
    high: int,
    length: float,
    rooms: np.ndarray,
    rec: np.ndarray,
    now: int,
    settings: np.ndarray,
    stream: np.ndarray,
) -> float:
    """How far [m] to shift a wall outward.

    To repair an area or a depth, to end a jog, to reach a line, or at random.
    """
    inner, outer = (wall - 1, wall) if way > 0 else (wall, wall - 1)
    room, other = cell(lab, w, axis, inner, low), cell(lab, w, axis, outer, low)
    chance = uniform(stream)
    if chance < settings[UP_TO_OWN_AREA]:
        return (rooms[room, AREA_TARGET] - rec[now, room, CLEAR]) / length
    if chance < settings[UP_TO_OTHER_AREA]:
        return (rec[now, other, CLEAR] - rooms[other, AREA_TARGET]) / length
    if chance < settings[UP_TO_OWN_DEPTH]:
        return least_depth(rooms, room, settings[WALL], stream) - depth_behind(
            lines, lab, w, axis, -way, inner, low
        )
    if chance < settings[UP_TO_OTHER_DEPTH]:
        return depth_behind(lines, lab, w, axis, way, outer, low) - least_depth(
            rooms, other, settings[WALL], stream
        )
    if chance < settings[UP_TO_LINE]:
        target = wall + pick(stream, 4) - 2
        target = target if target < wall else target + 1
        if chance < settings[UP_TO_JOG]:
            beyond = low - 1 if uniform(stream) < 0.5 else high + 1
            target = jog_line(lab, dims, w, axis, way, wall, beyond, room)
        if 0 < target < dims[w, axis]:
            return (lines[w, axis, target] - lines[w, axis, wall]) * way
    stride = STRIDE * exponential(stream)
    return stride if uniform(stream) < 0.5 else -stride


@kernel
def sweep(
    lab: np.ndarray,
    w: int,
    axis: int,
    way: int,
    wall: int,
    to: int,
    low: int,
    high: int,
    room: int,
    rooms: np.ndarray,
    touched: np.ndarray,
) -> bool:
    """Moves the wall of `room` at line `wall` to line `to` for the cells low..high across.

    Tells if a cell changed.
    """
    changed = False
    outward = (to - wall) * way > 0
    step = way if outward else -way
    near = wall if step > 0 else wall - 1
    for across in range(low, high + 1):
        facing = cell(lab, w, axis, wall if way > 0 else wall - 1, across)
        if not outward and not free(rooms, facing):
            continue
        for d in range(abs(to - wall)):
            along = near + d * step
            label = cell(lab, w, axis, along, across)
            if outward:
                if not free(rooms, label):
                    break
                if label != room:
                    put(lab, w, axis, along, across, room)
                    touched[label] = True
                    changed = True
            else:
                if label != room:
                    break
                put(lab, w, axis, along, across, facing)
                touched[facing] = True
                changed = True
    if changed:
        touched[room] = True
    return changed


@kernel
def shift_wall(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    now: int,
    room: int,
    rooms: np.ndarray,
    rec: np.ndarray,
    settings: np.ndarray,
    touched: np.ndarray,
    stream: np.ndarray,
) -> bool:
    """Shifts a straight wall of the room, or a part of one."""
    axis = pick(stream, 2)
    way = 1 if uniform(stream) < 0.5 else -1
    edge = random_edge(lab, dims, w, room, axis, way, rooms, stream)
    if edge < 0:
        return False
    along, across = edge // 64, edge % 64
    other = cell(lab, w, axis, along + way, across)
    chance = uniform(stream)
    low, high = across, across
    for turn in range(2):
        step = 1 if turn == 1 else -1
        at = across + step
        while cell(lab, w, axis, along, at) == room:
            facing = cell(lab, w, axis, along + way, at)
            if facing == room or (chance >= settings[UP_TO_WHOLE_WALL] and facing != other):
                break
            low, high = min(low, at), max(high, at)
            at += step
    if chance >= settings[UP_TO_FACING_WALL]:
        start, end = lines[w, 1 - axis, low], lines[w, 1 - axis, high + 1]
        before = dims[w, 1 - axis]
        cut = line_at(lines, lab, dims, w, 1 - axis, start + (end - start) * uniform(stream), SNAP)
        high += dims[w, 1 - axis] - before
        if low < cut <= high:
            if uniform(stream) < 0.5:
                high = cut - 1
            else:
                low = cut
    length = lines[w, 1 - axis, high + 1] - lines[w, 1 - axis, low]
    wall = along + 1 if way > 0 else along
    distance = shift_length(
        lines, lab, dims, w, axis, way, wall, low, high, length, rooms, rec, now, settings, stream
    )
    snap = FINE_SNAP if uniform(stream) < settings[FINE_SHARE] else SNAP
    before = dims[w, axis]
    to = line_at(lines, lab, dims, w, axis, lines[w, axis, wall] + way * distance, snap)
    if to < 0:
        return False
    if dims[w, axis] > before and to <= wall:
        wall += 1
    if to == wall:
        return False
    return sweep(lab, w, axis, way, wall, to, low, high, room, rooms, touched)


@kernel
def shift_line(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    now: int,
    rooms: np.ndarray,
    rec: np.ndarray,
    shares: np.ndarray,
    touched: np.ndarray,
    stream: np.ndarray,
) -> bool:
    """Shifts a whole line between its neighbours, so that what is aligned stays aligned."""
    axis = pick(stream, 2)
    if dims[w, axis] < 4:
        return False
    i = 1 + pick(stream, dims[w, axis] - 1)
    for a in range(rooms.shape[0]):
        shares[GAIN, a] = 0.0
    for across in range(dims[w, 1 - axis]):
        a, b = cell(lab, w, axis, i - 1, across), cell(lab, w, axis, i, across)
        if a != b:
            if not free(rooms, a) or not free(rooms, b):
                return False
            length = lines[w, 1 - axis, across + 1] - lines[w, 1 - axis, across]
            shares[GAIN, a] += length
            shares[GAIN, b] -= length
            touched[a] = True
            touched[b] = True
    above, below = 0.0, 0.0
    for a in range(rooms.shape[0]):
        above += shares[GAIN, a] * (rooms[a, AREA_TARGET] - rec[now, a, CLEAR])
        below += shares[GAIN, a] * shares[GAIN, a]
    if below > 0.0 and uniform(stream) < 0.6:
        distance = above / below * (0.5 + uniform(stream))
    else:
        distance = 0.25 * normal(stream)
    place = lines[w, axis, i] + distance
    place = min(max(place, lines[w, axis, i - 1] + LINE_GAP), lines[w, axis, i + 1] - LINE_GAP)
    if (
        lines[w, axis, i + 1] - lines[w, axis, i - 1] < 2.0 * LINE_GAP
        or abs(place - lines[w, axis, i]) < 1e-4
    ):
        return False
    lines[w, axis, i] = place
    return True


@kernel
def steal_cell(
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    room: int,
    rooms: np.ndarray,
    touched: np.ndarray,
    stream: np.ndarray,
) -> bool:
    """Gives one neighbouring cell to the room."""
    axis = pick(stream, 2)
    way = 1 if uniform(stream) < 0.5 else -1
    edge = random_edge(lab, dims, w, room, axis, way, rooms, stream)
    if edge < 0:
        return False
    along, across = edge // 64 + way, edge % 64
    touched[cell(lab, w, axis, along, across)] = True
    touched[room] = True
    put(lab, w, axis, along, across, room)
    return True
