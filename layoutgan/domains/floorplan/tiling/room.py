"""What one room measures: areas, widest square, necks, corners, and what that costs.

A room is read from its bit rows: bit `x` of `rows[room, y]` is set where the cell is the room's. Lines that
do not bound the room are dropped first, so a rectangle is one local cell however many lines cross it.
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
    COUNTS,
    COVER,
    FIDELITY,
    HAS_SLANT,
    HEIGHT,
    LINES_X,
    LINES_Y,
    NECK,
    OFF_AREA,
    OFF_ASPECT,
    OFF_NECK,
    OFF_WIDTH,
    SHAPE,
    SIZE,
    SOFT,
    STACK,
    TILE_AREA,
    TILE_WIDTH,
    TOLERANCE,
    UNCOVERED,
    WALL,
    WIDTH,
    WIDTH_MIN,
)
from layoutgan.domains.floorplan.tiling.kernel import kernel
from layoutgan.domains.floorplan.tiling.passages import keep_part, passage_short

ROOM, WILD = 1, 2
"""Codes of local cells; wild ones lie beyond a slanted edge, where squares may reach over."""
CRAMPED = 0.5
"""What a room under its wished tile area or width costs, on top of the share that is missing."""
MISS = 0.3
"""What each broken constraint costs on top of its amount, so that the last centimetre is worth repairing."""


@kernel
def local_grid(
    rows: np.ndarray, room: int, slanted: bool, nx: int, ny: int, work: np.ndarray, loc: np.ndarray
) -> int:
    """Fills the room's own lines work[axis] and cells loc[0]; their counts come back as columns * 64 + rows.

    The last of the bit rows holds the cells beyond a slanted edge, if there are any.
    """
    outer = rows.shape[0] - 1
    change = 0
    k, m = 0, 0
    before, slant_before = 0, 0
    for y in range(ny):
        b, s = rows[room, y], (rows[outer, y] if slanted else 0)
        change |= (b ^ (b << 1)) | (s ^ (s << 1))
        if b != before or s != slant_before:
            work[LINES_Y, m] = y
            m += 1
        before, slant_before = b, s
    work[LINES_Y, m] = ny  # never reached: the last row is outside, so the last line found closes the room
    m -= 1
    for x in range(nx + 1):
        if (change >> x) & 1:
            work[LINES_X, k] = x
            k += 1
    k -= 1
    for j in range(m):
        b, s = rows[room, work[LINES_Y, j]], (rows[outer, work[LINES_Y, j]] if slanted else 0)
        for i in range(k):
            loc[0, j, i] = (
                ROOM if (b >> work[LINES_X, i]) & 1 else (WILD if (s >> work[LINES_X, i]) & 1 else 0)
            )
    return k * 64 + m


@kernel
def connected(loc: np.ndarray, k: int, m: int, work: np.ndarray) -> bool:
    """Whether the room's local cells hang together by edges."""
    total, top, found = 0, 0, 0
    for j in range(m):
        for i in range(k):
            loc[1, j, i] = 0
            if loc[0, j, i] == ROOM:
                total += 1
                if top == 0:
                    work[STACK, 0] = j * 64 + i
                    loc[1, j, i] = 1
                    top = 1
    while top > 0:
        top -= 1
        found += 1
        j, i = work[STACK, top] // 64, work[STACK, top] % 64
        for turn in range(4):
            jj = j + (1 if turn == 0 else (-1 if turn == 1 else 0))
            ii = i + (1 if turn == 2 else (-1 if turn == 3 else 0))
            if 0 <= jj < m and 0 <= ii < k and loc[0, jj, ii] == ROOM and loc[1, jj, ii] == 0:
                loc[1, jj, ii] = 1
                work[STACK, top] = jj * 64 + ii
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
    """Short side [m] of a rectangle of the room's cells, half a wall off where other rooms adjoin.

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
    work: np.ndarray,
    loc: np.ndarray,
    k: int,
    m: int,
    wall: float,
    neck: float,
    wild: bool,
) -> tuple[float, float]:
    """Sides [m] of the largest clear square and of the largest one of the tile.

    Marks in work[COVER] the local cells that squares of side `neck` reach.
    """
    best, wide = 0.0, 0.0
    work[COUNTS, 2] = 0
    for i in range(k):
        work[HEIGHT, i] = 0
    for j in range(m):
        work[COVER, j] = 0
        for i in range(k):
            work[HEIGHT, i] = (
                work[HEIGHT, i] + 1 if loc[0, j, i] == ROOM or (wild and loc[0, j, i] == WILD) else 0
            )
        for i in range(k):
            low = work[HEIGHT, i]
            for i2 in range(i, k):
                low = min(low, work[HEIGHT, i2])
                if low == 0:
                    break
                x0, x1, y0, y1 = (
                    work[LINES_X, i],
                    work[LINES_X, i2 + 1],
                    work[LINES_Y, j + 1 - low],
                    work[LINES_Y, j + 1],
                )
                side = min(lines[w, 0, x1] - lines[w, 0, x0], lines[w, 1, y1] - lines[w, 1, y0])
                wide = max(wide, side)
                if side > best and not wild:
                    best = max(best, clear_side(lines, lab, w, room, x0, x1, y0, y1, wall))
                if side >= neck - TOLERANCE:
                    keep_part(work, x0, x1, y0, y1)
                    bits = (1 << (i2 + 1)) - (1 << i)
                    for jj in range(j + 1 - low, j + 1):
                        work[COVER, jj] |= bits
    return best, wide


@kernel
def corner_count(
    lab: np.ndarray, w: int, room: int, work: np.ndarray, loc: np.ndarray, k: int, m: int, walled: bool
) -> None:
    """Counts into work[COUNTS, 0] the room's corners, slanted edges left out, and into [...

    1] its wall corners.

    A wall corner is one where other rooms lie on both sides, so that two half walls meet in it; convex ones
    count +1, reflex ones -1. They are counted only if walls have a thickness.
    """
    corners, balance = 0, 0
    for j in range(m + 1):
        for i in range(k + 1):
            inside, wild = 0, False
            for q in range(4):
                jj, ii = j - (q >> 1), i - (q & 1)
                if 0 <= jj < m and 0 <= ii < k:
                    if loc[0, jj, ii] == ROOM:
                        inside |= 1 << q
                    elif loc[0, jj, ii] == WILD:
                        wild = True
            # Bits 0 and 3 are one diagonal of the four cells around the point, 1 and 2 the other.
            diagonal = inside == 9 or inside == 6
            single = inside == 1 or inside == 2 or inside == 4 or inside == 8
            triple = inside == 14 or inside == 13 or inside == 11 or inside == 7
            if not (diagonal or single or triple):
                continue
            if not wild:
                corners += 2 if diagonal else 1
            if not walled:
                continue
            x, y = work[LINES_X, i], work[LINES_Y, j]
            for q in range(4):
                row, column = y - (q >> 1), x - (q & 1)
                if triple:
                    if not (inside >> q) & 1 and lab[w, row, column] >= 0:
                        balance -= 1
                elif (inside >> q) & 1:
                    if lab[w, row, 2 * x - 1 - column] >= 0 and lab[w, 2 * y - 1 - row, column] >= 0:
                        balance += 1
    work[COUNTS, 0] = corners
    work[COUNTS, 1] = balance


@kernel
def wall_run(
    lines: np.ndarray, lab: np.ndarray, w: int, room: int, work: np.ndarray, loc: np.ndarray, k: int, m: int
) -> float:
    """Length [m] of the room's border that other rooms share."""
    total = 0.0
    for j in range(m):
        for i in range(k):
            if loc[0, j, i] != ROOM:
                continue
            for side in range(2):
                ii = i + 1 if side == 1 else i - 1
                if ii < 0 or ii >= k or loc[0, j, ii] != ROOM:
                    x = work[LINES_X, i + 1] if side == 1 else work[LINES_X, i] - 1
                    for y in range(work[LINES_Y, j], work[LINES_Y, j + 1]):
                        if lab[w, y, x] >= 0:
                            total += lines[w, 1, y + 1] - lines[w, 1, y]
                jj = j + 1 if side == 1 else j - 1
                if jj < 0 or jj >= m or loc[0, jj, i] != ROOM:
                    y = work[LINES_Y, j + 1] if side == 1 else work[LINES_Y, j] - 1
                    for x in range(work[LINES_X, i], work[LINES_X, i + 1]):
                        if lab[w, y, x] >= 0:
                            total += lines[w, 0, x + 1] - lines[w, 0, x]
    return total


@kernel
def judge_room(rooms: np.ndarray, rec: np.ndarray, w: int, room: int, wide: float, size: float) -> None:
    """Fills the room's costs from its measures.

    `wide` [m] is the side of the tile's largest square, `size` [m] that of a square as large as the site.
    """
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
    if wide < rooms[room, TILE_WIDTH]:
        soft += CRAMPED + 3.0 * (1.0 - wide / rooms[room, TILE_WIDTH])
    if rec[w, room, AREA] < rooms[room, TILE_AREA]:
        soft += CRAMPED + 3.0 * (1.0 - rec[w, room, AREA] / rooms[room, TILE_AREA])
    if rooms[room, CORRIDOR] > 0.0:
        soft += 0.3 * max(clear / target - 1.0, 0.0)
    if rooms[room, FIDELITY] > 0.0:
        away = abs(
            rooms[room, ASKED_X0] + rooms[room, ASKED_X1] - rec[w, room, BOX_X0] - rec[w, room, BOX_X1]
        )
        away += abs(
            rooms[room, ASKED_Y0] + rooms[room, ASKED_Y1] - rec[w, room, BOX_Y0] - rec[w, room, BOX_Y1]
        )
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
    settings: np.ndarray,
    work: np.ndarray,
    loc: np.ndarray,
) -> bool:
    """Fills the room's record; False if the room is empty or in pieces."""
    wall = settings[WALL]
    counts = local_grid(rows, room, settings[HAS_SLANT] > 0.0, dims[w, 0], dims[w, 1], work, loc)
    k, m = counts // 64, counts % 64
    if k < 1 or m < 1 or (k * m > 1 and not connected(loc, k, m, work)):
        return False
    neck = rooms[room, NECK]
    box_x0, box_y0, box_x1, box_y1, area, bare = 1e9, 1e9, -1e9, -1e9, 0.0, 0.0
    best, wide = 0.0, 0.0
    for turn in range(2):
        side, tile = widest_square(lines, lab, w, room, work, loc, k, m, wall, neck, turn == 1)
        best, wide = max(best, side), max(wide, tile)
        if settings[HAS_SLANT] == 0.0 or neck == 0.0:
            break
    for j in range(m):
        for i in range(k):
            if loc[0, j, i] == ROOM:
                x0, x1 = lines[w, 0, work[LINES_X, i]], lines[w, 0, work[LINES_X, i + 1]]
                y0, y1 = lines[w, 1, work[LINES_Y, j]], lines[w, 1, work[LINES_Y, j + 1]]
                box_x0, box_x1 = min(box_x0, x0), max(box_x1, x1)
                box_y0, box_y1 = min(box_y0, y0), max(box_y1, y1)
                area += (x1 - x0) * (y1 - y0)
                if not (work[COVER, j] >> i) & 1:
                    bare += (x1 - x0) * (y1 - y0)
    if area == 0.0:
        return False
    rec[w, room, WIDTH] = best
    rec[w, room, UNCOVERED] = bare + neck * passage_short(lines, w, work, neck)
    rec[w, room, BOX_X0], rec[w, room, BOX_X1] = box_x0, box_x1
    rec[w, room, BOX_Y0], rec[w, room, BOX_Y1] = box_y0, box_y1
    rec[w, room, AREA] = area
    corner_count(lab, w, room, work, loc, k, m, wall > 0.0)
    rec[w, room, CORNERS] = work[COUNTS, 0]
    rec[w, room, CLEAR] = area
    if wall > 0.0:
        shared = wall_run(lines, lab, w, room, work, loc, k, m)
        rec[w, room, CLEAR] = area - 0.5 * wall * shared + 0.25 * wall * wall * work[COUNTS, 1]
    judge_room(rooms, rec, w, room, wide, settings[SIZE])
    return True
