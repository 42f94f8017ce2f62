"""First states: the proposal painted onto the grid, or the site sliced in its order; and their repair."""

import numpy as np

from layoutgan.domains.floorplan.tiling.columns import AREA_TARGET, CAP_CELLS, LOCKED
from layoutgan.domains.floorplan.tiling.grid import line_at
from layoutgan.domains.floorplan.tiling.kernel import kernel
from layoutgan.domains.floorplan.tiling.walls import free

MERGE = 0.3
"""Proposed edges nearer to a line than this [m] make no line of their own."""
UNSET = 126
"""Label of a free cell that no room has yet."""


@kernel
def load_site(lines: np.ndarray, lab: np.ndarray, dims: np.ndarray, w: int, axes: np.ndarray, counts: np.ndarray, site: np.ndarray) -> None:
    """Fills state `w` with the bare site; its free cells are unset, and cells of locked rooms keep their room."""
    for axis in range(2):
        dims[w, axis] = counts[axis]
        for i in range(counts[axis] + 1):
            lines[w, axis, i] = axes[axis, i]
    for y in range(counts[1]):
        for x in range(counts[0]):
            lab[w, y, x] = UNSET if site[y, x] == 0 else (site[y, x] - 1 if site[y, x] > 0 else site[y, x])


@kernel
def box_distance(rects: np.ndarray, gates: np.ndarray, room: int, x: float, y: float) -> float:
    """Signed distance [m], the larger axis counting, from a point to the nearest of the room's proposed rectangles."""
    best = 1e9
    for k in range(rects.shape[1]):
        if gates[room, k]:
            dx = max(rects[room, k, 0] - x, x - rects[room, k, 2])
            dy = max(rects[room, k, 1] - y, y - rects[room, k, 3])
            best = min(best, max(dx, dy))
    return best


@kernel
def paint(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    rooms: np.ndarray,
    rects: np.ndarray,
    gates: np.ndarray,
    bias: np.ndarray,
    got: np.ndarray,
    size: float,
) -> None:
    """Gives each unset cell to the room whose proposal is nearest, biased until the areas about fit."""
    n = rooms.shape[0]
    for room in range(n):
        for k in range(rects.shape[1]):
            if gates[room, k] and rooms[room, LOCKED] == 0.0:
                for side in range(4):
                    axis = side % 2
                    place = rects[room, k, side]
                    inside = lines[w, axis, 1] < place < lines[w, axis, dims[w, axis] - 1]
                    if inside and dims[w, axis] < CAP_CELLS - 8:
                        line_at(lines, lab, dims, w, axis, place, MERGE)
    for y in range(dims[w, 1]):
        for x in range(dims[w, 0]):
            if free(rooms, lab[w, y, x]) and lab[w, y, x] != UNSET:
                lab[w, y, x] = UNSET
    bias[:] = 0.0
    for turn in range(13):
        got[:] = 0.0
        for y in range(1, dims[w, 1] - 1):
            for x in range(1, dims[w, 0] - 1):
                label = lab[w, y, x]
                if label < 0 or (label < n and rooms[label, LOCKED] > 0.0):
                    continue
                middle_x = 0.5 * (lines[w, 0, x] + lines[w, 0, x + 1])
                middle_y = 0.5 * (lines[w, 1, y] + lines[w, 1, y + 1])
                best, owner = 1e18, 0
                for room in range(n):
                    if rooms[room, LOCKED] == 0.0:
                        far = box_distance(rects, gates, room, middle_x, middle_y) - bias[room]
                        if far < best:
                            best, owner = far, room
                lab[w, y, x] = owner
                got[owner] += (lines[w, 0, x + 1] - lines[w, 0, x]) * (lines[w, 1, y + 1] - lines[w, 1, y])
        if turn < 12:
            for room in range(n):
                bias[room] += 0.08 * size * (rooms[room, AREA_TARGET] - got[room]) / (rooms[room, AREA_TARGET] + got[room])


@kernel
def free_area(
    lines: np.ndarray, lab: np.ndarray, dims: np.ndarray, w: int, x0: float, y0: float, x1: float, y1: float
) -> float:
    """Area [m²] of unset cells inside a box."""
    total = 0.0
    for y in range(1, dims[w, 1] - 1):
        high = min(y1, lines[w, 1, y + 1]) - max(y0, lines[w, 1, y])
        if high > 0.0:
            for x in range(1, dims[w, 0] - 1):
                if lab[w, y, x] == UNSET:
                    wide = min(x1, lines[w, 0, x + 1]) - max(x0, lines[w, 0, x])
                    if wide > 0.0:
                        total += wide * high
    return total


@kernel
def cut_place(
    lines: np.ndarray, lab: np.ndarray, dims: np.ndarray, w: int, axis: int, box: np.ndarray, share: float
) -> float:
    """Where to cut a box [x0, y0, x1, y1] along an axis so that the low part has this share of its unset area."""
    low, high = box[axis], box[axis + 2]
    whole = share * free_area(lines, lab, dims, w, box[0], box[1], box[2], box[3])
    for _ in range(22):
        middle = 0.5 * (low + high)
        if axis == 0:
            part = free_area(lines, lab, dims, w, box[0], box[1], middle, box[3])
        else:
            part = free_area(lines, lab, dims, w, box[0], box[1], box[2], middle)
        if part < whole:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


@kernel
def sort_rooms(order: np.ndarray, start: int, end: int, centres: np.ndarray, axis: int) -> None:
    """Sorts order[start:end] by the rooms' proposed centres along an axis, by insertion."""
    for i in range(start + 1, end):
        room = order[i]
        j = i - 1
        while j >= start and centres[order[j], axis] > centres[room, axis]:
            order[j + 1] = order[j]
            j -= 1
        order[j + 1] = room


@kernel
def best_cut(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    rooms: np.ndarray,
    centres: np.ndarray,
    order: np.ndarray,
    start: int,
    end: int,
    box: np.ndarray,
    out: np.ndarray,
) -> None:
    """Fills out with axis, place and size of the low part of the cut that fits the proposal best and leaves no strips."""
    best = 1e18
    whole = 0.0
    for i in range(start, end):
        whole += rooms[order[i], AREA_TARGET]
    for axis in range(2):
        sort_rooms(order, start, end, centres, axis)
        part = 0.0
        for i in range(start, end - 1):
            part += rooms[order[i], AREA_TARGET]
            place = cut_place(lines, lab, dims, w, axis, box, part / whole)
            wrong = 0.0
            for j in range(start, end):
                away = centres[order[j], axis] - place
                wrong += max(away, 0.0) if j <= i else max(-away, 0.0)
            across = box[3 - axis] - box[1 - axis]
            for side in range(2):
                deep = place - box[axis] if side == 0 else box[axis + 2] - place
                rooms_in = i + 1 - start if side == 0 else end - i - 1
                strip = across / max(deep, 0.01)
                strip = max(strip, 1.0 / strip)
                wrong += 0.25 * max(strip - 1.5 - 0.5 * rooms_in, 0.0)
            if wrong < best:
                best = wrong
                out[0], out[1], out[2] = axis, place, i + 1 - start


@kernel
def slice_site(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    rooms: np.ndarray,
    centres: np.ndarray,
    order: np.ndarray,
    boxes: np.ndarray,
    spans: np.ndarray,
) -> None:
    """Cuts the site again and again, each time in the areas' exact ratio, until every room has its box."""
    n, count = rooms.shape[0], 0
    for room in range(n):
        if rooms[room, LOCKED] == 0.0:
            order[count] = room
            count += 1
    leaves = 0
    top = 1
    spans[0, 0], spans[0, 1] = 0, count
    boxes[0, 0], boxes[0, 1] = lines[w, 0, 1], lines[w, 1, 1]
    boxes[0, 2], boxes[0, 3] = lines[w, 0, dims[w, 0] - 1], lines[w, 1, dims[w, 1] - 1]
    out = np.zeros(3)
    leaf = np.zeros((n, 5))
    while top > 0:
        top -= 1
        start, end = spans[top, 0], spans[top, 1]
        if end - start <= 1:
            if end > start:
                leaf[leaves, :4] = boxes[top]
                leaf[leaves, 4] = order[start]
                leaves += 1
            continue
        box = boxes[top].copy()
        best_cut(lines, lab, dims, w, rooms, centres, order, start, end, box, out)
        axis, place = int(out[0]), out[1]
        sort_rooms(order, start, end, centres, axis)
        middle = start + int(out[2])
        spans[top, 0], spans[top, 1] = start, middle
        boxes[top] = box
        boxes[top, axis + 2] = place
        top += 1
        spans[top, 0], spans[top, 1] = middle, end
        boxes[top] = box
        boxes[top, axis] = place
        top += 1
    for i in range(leaves):
        for side in range(4):
            place = leaf[i, side]
            axis = side % 2
            if lines[w, axis, 1] < place < lines[w, axis, dims[w, axis] - 1] and dims[w, axis] < CAP_CELLS:
                line_at(lines, lab, dims, w, axis, place, 0.01)
    for y in range(1, dims[w, 1] - 1):
        for x in range(1, dims[w, 0] - 1):
            if lab[w, y, x] == UNSET:
                middle_x = 0.5 * (lines[w, 0, x] + lines[w, 0, x + 1])
                middle_y = 0.5 * (lines[w, 1, y] + lines[w, 1, y + 1])
                best = 1e18
                for i in range(leaves):
                    dx = max(leaf[i, 0] - middle_x, middle_x - leaf[i, 2])
                    dy = max(leaf[i, 1] - middle_y, middle_y - leaf[i, 3])
                    if max(dx, dy) < best:
                        best = max(dx, dy)
                        lab[w, y, x] = int(leaf[i, 4])
