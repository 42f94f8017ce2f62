"""Makes a first state legal: every room present and in one piece."""

import numpy as np

from layoutgan.domains.floorplan.tiling.columns import AREA_TARGET, LOCKED
from layoutgan.domains.floorplan.tiling.kernel import kernel
from layoutgan.domains.floorplan.tiling.walls import free


@kernel
def find_pieces(
    lines: np.ndarray, lab: np.ndarray, dims: np.ndarray, w: int, piece: np.ndarray, area: np.ndarray, stack: np.ndarray
) -> int:
    """Numbers the connected pieces of equal label, their areas [m²] beside them, and returns their count."""
    count = 0
    nx, ny = dims[w, 0], dims[w, 1]
    for y in range(ny):
        for x in range(nx):
            piece[y, x] = -1
    for y0 in range(1, ny - 1):
        for x0 in range(1, nx - 1):
            if lab[w, y0, x0] < 0 or piece[y0, x0] >= 0:
                continue
            label = lab[w, y0, x0]
            area[count] = 0.0
            stack[0] = y0 * 64 + x0
            piece[y0, x0] = count
            top = 1
            while top > 0:
                top -= 1
                y, x = stack[top] // 64, stack[top] % 64
                area[count] += (lines[w, 0, x + 1] - lines[w, 0, x]) * (lines[w, 1, y + 1] - lines[w, 1, y])
                for turn in range(4):
                    yy = y + (1 if turn == 0 else (-1 if turn == 1 else 0))
                    xx = x + (1 if turn == 2 else (-1 if turn == 3 else 0))
                    if lab[w, yy, xx] == label and piece[yy, xx] < 0:
                        piece[yy, xx] = count
                        stack[top] = yy * 64 + xx
                        top += 1
            count += 1
    return count


@kernel
def longest_host(
    lines: np.ndarray, lab: np.ndarray, dims: np.ndarray, w: int, piece: np.ndarray, which: int, rooms: np.ndarray, border: np.ndarray
) -> int:
    """The free room with the longest border to a piece, or -1."""
    border[:] = 0.0
    for y in range(1, dims[w, 1] - 1):
        for x in range(1, dims[w, 0] - 1):
            if piece[y, x] != which:
                continue
            for turn in range(4):
                yy = y + (1 if turn == 0 else (-1 if turn == 1 else 0))
                xx = x + (1 if turn == 2 else (-1 if turn == 3 else 0))
                label = lab[w, yy, xx]
                if label != lab[w, y, x] and free(rooms, label):
                    length = lines[w, 0, x + 1] - lines[w, 0, x] if turn < 2 else lines[w, 1, y + 1] - lines[w, 1, y]
                    border[label] += length
    best, host = 0.0, -1
    for room in range(rooms.shape[0]):
        if border[room] > best:
            best, host = border[room], room
    return host


@kernel
def give_piece(lab: np.ndarray, dims: np.ndarray, w: int, piece: np.ndarray, which: int, room: int) -> None:
    """Labels a piece."""
    for y in range(1, dims[w, 1] - 1):
        for x in range(1, dims[w, 0] - 1):
            if piece[y, x] == which:
                lab[w, y, x] = room


@kernel
def place_missing(
    lines: np.ndarray, lab: np.ndarray, dims: np.ndarray, w: int, room: int, rooms: np.ndarray, centres: np.ndarray, cells: np.ndarray
) -> bool:
    """Gives an absent room the free cell nearest its proposed centre, never another room's only one."""
    cells[:] = 0.0
    for y in range(1, dims[w, 1] - 1):
        for x in range(1, dims[w, 0] - 1):
            if lab[w, y, x] >= 0:
                cells[lab[w, y, x]] += 1.0
    best, at = 1e18, -1
    for y in range(1, dims[w, 1] - 1):
        for x in range(1, dims[w, 0] - 1):
            label = lab[w, y, x]
            if free(rooms, label) and cells[label] > 1.0:
                far = abs(0.5 * (lines[w, 0, x] + lines[w, 0, x + 1]) - centres[room, 0])
                far += abs(0.5 * (lines[w, 1, y] + lines[w, 1, y + 1]) - centres[room, 1])
                if far < best:
                    best, at = far, y * 64 + x
    if at >= 0:
        lab[w, at // 64, at % 64] = room
    return at >= 0


@kernel
def keep_largest(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    rooms: np.ndarray,
    piece: np.ndarray,
    area: np.ndarray,
    stack: np.ndarray,
    border: np.ndarray,
) -> int:
    """Gives one stray piece to its best neighbour: 1 if it did, 0 if none is left, -1 if one has no free neighbour.

    A stray piece without a free neighbour, as beside a locked room, takes the room whose target is nearest its area.
    """
    count = find_pieces(lines, lab, dims, w, piece, area, stack)
    n = rooms.shape[0]
    main = np.full(n, -1)
    label_of = np.zeros(count, np.int64)
    for y in range(1, dims[w, 1] - 1):
        for x in range(1, dims[w, 0] - 1):
            if piece[y, x] >= 0:
                label_of[piece[y, x]] = lab[w, y, x]
    for p in range(count):
        room = label_of[p]
        if main[room] < 0 or area[p] > area[main[room]]:
            main[room] = p
    for p in range(count):
        room = label_of[p]
        if p == main[room] or not free(rooms, room):
            continue
        host = longest_host(lines, lab, dims, w, piece, p, rooms, border)
        if host >= 0:
            give_piece(lab, dims, w, piece, p, host)
            return 1
        best, newcomer, home = 1e18, -1, -1
        for a in range(n):
            if a != room and rooms[a, LOCKED] == 0.0:
                misfit = abs(rooms[a, AREA_TARGET] - area[p])
                if misfit < best and main[a] >= 0:
                    settled = longest_host(lines, lab, dims, w, piece, main[a], rooms, border)
                    if settled >= 0:
                        best, newcomer, home = misfit, a, settled
                elif misfit < best:
                    best, newcomer, home = misfit, a, -1
        if newcomer < 0:
            return -1
        if home >= 0:
            give_piece(lab, dims, w, piece, main[newcomer], home)
        give_piece(lab, dims, w, piece, p, newcomer)
        return 1
    return 0


@kernel
def make_legal(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    rooms: np.ndarray,
    centres: np.ndarray,
    piece: np.ndarray,
    area: np.ndarray,
    stack: np.ndarray,
    border: np.ndarray,
) -> bool:
    """Repairs strays and absences; False if it could not."""
    n = rooms.shape[0]
    for _ in range(12 * n):
        state = keep_largest(lines, lab, dims, w, rooms, piece, area, stack, border)
        if state < 0:
            return False
        if state == 1:
            continue
        absent = -1
        for room in range(n):
            found = False
            for y in range(1, dims[w, 1] - 1):
                for x in range(1, dims[w, 0] - 1):
                    found = found or lab[w, y, x] == room
            if not found:
                absent = room
        if absent < 0:
            return True
        if not place_missing(lines, lab, dims, w, absent, rooms, centres, border):
            return False
    return False
