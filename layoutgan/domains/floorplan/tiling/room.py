"""What one room measures: areas, widest square, necks, corners, and what that costs.

A room is read from its bit rows: bit `x` of `rows[room, y]` is set where the cell is the room's. Lines that do not bound the
room are dropped first, so a rectangle is one local cell however many lines cross it.
"""

import numpy as np

from layoutgan.domains.floorplan.tiling.columns import (
    AREA,
    AREA_MAX,
    AREA_MIN,
    AREA_TARGET,
    ASKED_X0,
    ASKED_X1,
    ASKED_Y0,
    ASKED_Y1,
    ASPECT_HARD,
    ASPECT_MAX,
    BOX_X0,
    BOX_X1,
    BOX_Y0,
    BOX_Y1,
    BROKEN,
    CLEAR,
    CORNERS,
    CORRIDOR,
    FIDELITY,
    NECK,
    OFF_AREA,
    OFF_ASPECT,
    OFF_NECK,
    OFF_WIDTH,
    SHAPE,
    SOFT,
    TOLERANCE,
    UNCOVERED,
    WIDTH,
    WIDTH_MIN,
)
from layoutgan.domains.floorplan.tiling.kernel import kernel

ROOM, WILD = 1, 2
"""Codes of local cells; wild ones lie beyond a slanted edge, where squares may reach over."""
MISS = 0.3
"""What each broken constraint costs on top of its amount, so that the last centimetre is worth repairing."""


@kernel
def local_grid(rows: np.ndarray, room: int, slant: np.ndarray, nx: int, ny: int, at: np.ndarray, loc: np.ndarray) -> int:
    """Fills the room's own lines at[axis] and cells loc; their counts come back as columns * 64 + rows."""
    change = 0
    k, m = 0, 0
    before, slant_before = 0, 0
    for y in range(ny):
        b, s = rows[room, y], slant[y]
        change |= (b ^ (b << 1)) | (s ^ (s << 1))
        if b != before or s != slant_before:
            at[1, m] = y
            m += 1
        before, slant_before = b, s
    at[1, m] = ny  # never reached: the last row is outside, so the last line found closes the room
    m -= 1
    for x in range(nx + 1):
        if (change >> x) & 1:
            at[0, k] = x
            k += 1
    k -= 1
    for j in range(m):
        b, s = rows[room, at[1, j]], slant[at[1, j]]
        for i in range(k):
            loc[j, i] = ROOM if (b >> at[0, i]) & 1 else (WILD if (s >> at[0, i]) & 1 else 0)
    return k * 64 + m


@kernel
def connected(loc: np.ndarray, k: int, m: int, seen: np.ndarray, stack: np.ndarray) -> bool:
    """Whether the room's local cells hang together by edges."""
    total, top, found = 0, 0, 0
    for j in range(m):
        for i in range(k):
            seen[j, i] = False
            if loc[j, i] == ROOM:
                total += 1
                if top == 0:
                    stack[0] = j * 64 + i
                    seen[j, i] = True
                    top = 1
    while top > 0:
        top -= 1
        found += 1
        j, i = stack[top] // 64, stack[top] % 64
        for turn in range(4):
            jj = j + (1 if turn == 0 else (-1 if turn == 1 else 0))
            ii = i + (1 if turn == 2 else (-1 if turn == 3 else 0))
            if 0 <= jj < m and 0 <= ii < k and loc[jj, ii] == ROOM and not seen[jj, ii]:
                seen[jj, ii] = True
                stack[top] = jj * 64 + ii
                top += 1
    return found == total


@kernel
def faces_room(lab: np.ndarray, w: int, room: int, x0: int, x1: int, y0: int, y1: int) -> bool:
    """Whether a cell in columns x0..x1-1, rows y0..y1-1 belongs to another room."""
    for y in range(y0, y1):
        for x in range(x0, x1):
            if lab[w, y, x] >= 0 and lab[w, y, x] != room:
                return True
    return False


@kernel
def clear_side(
    lines: np.ndarray, lab: np.ndarray, w: int, room: int, x0: int, x1: int, y0: int, y1: int, wall: float
) -> float:
    """Short side [m] of a rectangle of the room's cells after half the wall is taken off where other rooms adjoin.

    Corner neighbours count too, so the square surely stands clear of every wall end.
    """
    width = lines[w, 0, x1] - lines[w, 0, x0]
    height = lines[w, 1, y1] - lines[w, 1, y0]
    if wall > 0.0:
        for side in range(2):
            x = x1 if side == 1 else x0 - 1
            if faces_room(lab, w, room, x, x + 1, y0 - 1, y1 + 1):
                width -= 0.5 * wall
            y = y1 if side == 1 else y0 - 1
            if faces_room(lab, w, room, x0 - 1, x1 + 1, y, y + 1):
                height -= 0.5 * wall
    return min(width, height)


@kernel
def widest_square(
    lines: np.ndarray,
    lab: np.ndarray,
    w: int,
    room: int,
    at: np.ndarray,
    loc: np.ndarray,
    k: int,
    m: int,
    wall: float,
    neck: float,
    wild: bool,
    cover: np.ndarray,
    height: np.ndarray,
) -> float:
    """Side [m] of the largest clear square; marks in `cover` the local cells that squares of side `neck` reach."""
    best = 0.0
    for i in range(k):
        height[i] = 0
    for j in range(m):
        cover[j] = 0
        for i in range(k):
            height[i] = height[i] + 1 if loc[j, i] == ROOM or (wild and loc[j, i] == WILD) else 0
        for i in range(k):
            low = height[i]
            for i2 in range(i, k):
                low = min(low, height[i2])
                if low == 0:
                    break
                x0, x1, y0, y1 = at[0, i], at[0, i2 + 1], at[1, j + 1 - low], at[1, j + 1]
                side = min(lines[w, 0, x1] - lines[w, 0, x0], lines[w, 1, y1] - lines[w, 1, y0])
                if side > best and not wild:
                    best = max(best, clear_side(lines, lab, w, room, x0, x1, y0, y1, wall))
                if side >= neck - TOLERANCE:
                    bits = (1 << (i2 + 1)) - (1 << i)
                    for jj in range(j + 1 - low, j + 1):
                        cover[jj] |= bits
    return best


@kernel
def corner_count(lab: np.ndarray, w: int, room: int, at: np.ndarray, loc: np.ndarray, k: int, m: int, out: np.ndarray) -> None:
    """Counts into out[0] the room's corners, slanted edges left out, and into out[1] convex less reflex wall corners.

    A wall corner is one where other rooms lie on both sides, so that two half walls meet in it.
    """
    corners, balance = 0, 0
    for j in range(m + 1):
        for i in range(k + 1):
            count, wild = 0, False
            for q in range(4):
                jj, ii = j - (q >> 1), i - (q & 1)
                if 0 <= jj < m and 0 <= ii < k:
                    count += 1 if loc[jj, ii] == ROOM else 0
                    wild = wild or loc[jj, ii] == WILD
            if count == 0 or count == 4:
                continue
            x, y = at[0, i], at[1, j]
            for q in range(4):
                row, column = y - (q >> 1), x - (q & 1)
                beside = lab[w, row, 2 * x - 1 - column]
                above = lab[w, 2 * y - 1 - row, column]
                if lab[w, row, column] == room and beside != room and above != room:
                    corners += 0 if wild else 1
                    balance += 1 if beside >= 0 and above >= 0 else 0
                elif lab[w, row, column] != room and beside == room and above == room and count == 3:
                    corners += 0 if wild else 1
                    balance -= 1 if lab[w, row, column] >= 0 else 0
    out[0] = corners
    out[1] = balance


@kernel
def wall_run(
    lines: np.ndarray, lab: np.ndarray, w: int, room: int, at: np.ndarray, loc: np.ndarray, k: int, m: int
) -> float:
    """Length [m] of the room's border that other rooms share."""
    total = 0.0
    for j in range(m):
        for i in range(k):
            if loc[j, i] != ROOM:
                continue
            for side in range(2):
                ii = i + 1 if side == 1 else i - 1
                if ii < 0 or ii >= k or loc[j, ii] != ROOM:
                    x = at[0, i + 1] if side == 1 else at[0, i] - 1
                    for y in range(at[1, j], at[1, j + 1]):
                        if lab[w, y, x] >= 0:
                            total += lines[w, 1, y + 1] - lines[w, 1, y]
                jj = j + 1 if side == 1 else j - 1
                if jj < 0 or jj >= m or loc[jj, i] != ROOM:
                    y = at[1, j + 1] if side == 1 else at[1, j] - 1
                    for x in range(at[0, i], at[0, i + 1]):
                        if lab[w, y, x] >= 0:
                            total += lines[w, 0, x + 1] - lines[w, 0, x]
    return total


@kernel
def judge_room(rooms: np.ndarray, rec: np.ndarray, w: int, room: int, size: float) -> None:
    """Fills the room's costs from its measures; `size` [m] is the side of a square as large as the site."""
    target = rooms[room, AREA_TARGET]
    clear = rec[w, room, CLEAR]
    low, high = rooms[room, AREA_MIN], rooms[room, AREA_MAX]
    broken = 0
    margin = min(0.03 * target, 0.2 * max(high - low, 0.0))  # keeps room for rounding
    beyond = max(low + margin - clear, clear - high + margin) / target
    off = 3.0 * max(beyond, 0.0)
    if clear < low - TOLERANCE or clear > high + TOLERANCE:
        off += MISS
        broken += 1
    rec[w, room, OFF_AREA] = off
    off = rooms[room, WIDTH_MIN] - rec[w, room, WIDTH]
    rec[w, room, OFF_WIDTH] = off + MISS if off > TOLERANCE else 0.0
    broken += 1 if off > TOLERANCE else 0
    off = rec[w, room, UNCOVERED]
    rec[w, room, OFF_NECK] = off + MISS if off > TOLERANCE else 0.0
    broken += 1 if off > TOLERANCE else 0
    width = rec[w, room, BOX_X1] - rec[w, room, BOX_X0]
    height = rec[w, room, BOX_Y1] - rec[w, room, BOX_Y0]
    aspect = max(width, height) / min(width, height)
    off = aspect - rooms[room, ASPECT_MAX]
    hard = rooms[room, ASPECT_HARD] > 0.0
    rec[w, room, OFF_ASPECT] = 0.3 * off + MISS if off > TOLERANCE and hard else 0.0
    broken += 1 if off > TOLERANCE and hard else 0
    soft = 0.2 * abs(clear - target) / target
    if off > 0.0 and not hard:
        soft += 0.1 * off
    if rooms[room, CORRIDOR] > 0.0:
        soft += 0.3 * max(clear / target - 1.0, 0.0)
    if rooms[room, FIDELITY] > 0.0:
        away = abs(rooms[room, ASKED_X0] + rooms[room, ASKED_X1] - rec[w, room, BOX_X0] - rec[w, room, BOX_X1])
        away += abs(rooms[room, ASKED_Y0] + rooms[room, ASKED_Y1] - rec[w, room, BOX_Y0] - rec[w, room, BOX_Y1])
        soft += rooms[room, FIDELITY] * 0.5 * away / size
    corners = rec[w, room, CORNERS]
    shape = 0.04 * max(corners - 4.0, 0.0) + 0.06 * max(corners - 8.0, 0.0)
    shape += 0.3 * max(0.65 - rec[w, room, AREA] / (width * height), 0.0)
    rec[w, room, SHAPE] = shape
    rec[w, room, SOFT] = soft
    rec[w, room, BROKEN] = broken


@kernel
def measure_room(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    room: int,
    rooms: np.ndarray,
    rec: np.ndarray,
    rows: np.ndarray,
    slant: np.ndarray,
    wall: float,
    size: float,
    at: np.ndarray,
    loc: np.ndarray,
    seen: np.ndarray,
    work: np.ndarray,
) -> bool:
    """Fills the room's record; False if the room is empty or in pieces."""
    counts = local_grid(rows, room, slant, dims[w, 0], dims[w, 1], at, loc)
    k, m = counts // 64, counts % 64
    if k < 1 or m < 1 or not connected(loc, k, m, seen, work[3]):
        return False
    neck = rooms[room, NECK]
    wild = False
    box_x0, box_y0, box_x1, box_y1, area = 1e9, 1e9, -1e9, -1e9, 0.0
    for j in range(m):
        for i in range(k):
            if loc[j, i] == ROOM:
                x0, x1 = lines[w, 0, at[0, i]], lines[w, 0, at[0, i + 1]]
                y0, y1 = lines[w, 1, at[1, j]], lines[w, 1, at[1, j + 1]]
                box_x0, box_x1 = min(box_x0, x0), max(box_x1, x1)
                box_y0, box_y1 = min(box_y0, y0), max(box_y1, y1)
                area += (x1 - x0) * (y1 - y0)
            elif loc[j, i] == WILD:
                wild = True
    if area == 0.0:
        return False
    rec[w, room, BOX_X0], rec[w, room, BOX_X1] = box_x0, box_x1
    rec[w, room, BOX_Y0], rec[w, room, BOX_Y1] = box_y0, box_y1
    rec[w, room, AREA] = area
    corner_count(lab, w, room, at, loc, k, m, work[0])
    rec[w, room, CORNERS] = work[0, 0]
    rec[w, room, CLEAR] = area
    if wall > 0.0:
        shared = wall_run(lines, lab, w, room, at, loc, k, m)
        rec[w, room, CLEAR] = area - 0.5 * wall * shared + 0.25 * wall * wall * work[0, 1]
    cover = work[1]
    rec[w, room, WIDTH] = widest_square(lines, lab, w, room, at, loc, k, m, wall, neck, False, cover, work[2])
    if wild and neck > 0.0:
        widest_square(lines, lab, w, room, at, loc, k, m, wall, neck, True, cover, work[2])
    bare = 0.0
    for j in range(m):
        for i in range(k):
            if loc[j, i] == ROOM and not (cover[j] >> i) & 1:
                x0, x1 = lines[w, 0, at[0, i]], lines[w, 0, at[0, i + 1]]
                bare += (x1 - x0) * (lines[w, 1, at[1, j + 1]] - lines[w, 1, at[1, j]])
    rec[w, room, UNCOVERED] = bare
    judge_room(rooms, rec, w, room, size)
    return True
