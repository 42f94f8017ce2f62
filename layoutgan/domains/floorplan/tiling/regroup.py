"""Moves that change who lies where: swap two rooms, or take one out and carve it elsewhere."""

import numpy as np

from layoutgan.domains.floorplan.tiling.columns import (
    AREA_TARGET,
    FACADE_MIN,
    KIND_NEVER,
    LINK_A,
    LINK_B,
    LINK_KIND,
    NECK,
    OUTSIDE,
    SLANTED,
    WALL,
    WIDTH_MIN,
)
from layoutgan.domains.floorplan.tiling.grid import cell, line_at
from layoutgan.domains.floorplan.tiling.kernel import kernel, normal, pick, uniform
from layoutgan.domains.floorplan.tiling.walls import SNAP, free, random_edge


@kernel
def swap_rooms(
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    room: int,
    rooms: np.ndarray,
    touched: np.ndarray,
    stream: np.ndarray,
) -> bool:
    """Lets the room and another one change places."""
    other = pick(stream, rooms.shape[0])
    if other == room or not free(rooms, room) or not free(rooms, other):
        return False
    for y in range(1, dims[w, 1] - 1):
        for x in range(1, dims[w, 0] - 1):
            label = int(lab[w, y, x])
            if label == room:
                lab[w, y, x] = other
            elif label == other:
                lab[w, y, x] = room
    touched[room] = True
    touched[other] = True
    return True


@kernel
def partner_of(room: int, links: np.ndarray, stream: np.ndarray) -> int:
    """A random room that this one has to touch, or may, or -1."""
    count, chosen = 0, -1
    for p in range(links.shape[0]):
        if int(links[p, LINK_KIND]) != KIND_NEVER:
            a, b = int(links[p, LINK_A]), int(links[p, LINK_B])
            if a == room or b == room:
                count += 1
                if uniform(stream) * count < 1.0:
                    chosen = a + b - room
    return chosen


@kernel
def near_facade(lab: np.ndarray, w: int, x: int, y: int) -> bool:
    """Whether an inner cell has a facade beside it."""
    for turn in range(4):
        yy = y + (1 if turn == 0 else (-1 if turn == 1 else 0))
        xx = x + (1 if turn == 2 else (-1 if turn == 3 else 0))
        if lab[w, yy, xx] == OUTSIDE or lab[w, yy, xx] == SLANTED:
            return True
    return False


@kernel
def anchor_cell(
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    partner: int,
    facade: bool,
    rooms: np.ndarray,
    stream: np.ndarray,
) -> int:
    """A random cell of the partner (or any free one), beside a facade if asked, as y * 64 + x, or -1."""
    count, chosen = 0, -1
    for y in range(1, dims[w, 1] - 1):
        for x in range(1, dims[w, 0] - 1):
            label = int(lab[w, y, x])
            fits = label == partner if partner >= 0 else free(rooms, label)
            if fits and (not facade or near_facade(lab, w, x, y)):
                count += 1
                if uniform(stream) * count < 1.0:
                    chosen = y * 64 + x
    return chosen


@kernel
def doorway_corner(
    doorways: np.ndarray, allowed: np.ndarray, room: int, stream: np.ndarray, out: np.ndarray
) -> bool:
    """Fills out[0:2] with an end of an entrance that the room may have; False if there is none."""
    count = 0
    for p in range(doorways.shape[0]):
        if allowed[int(doorways[p, 0]), room]:
            count += 1
            if uniform(stream) * count < 1.0:
                place = doorways[p, 3] if uniform(stream) < 0.5 else doorways[p, 4]
                out[0] = doorways[p, 2] if doorways[p, 1] == 0.0 else place
                out[1] = place if doorways[p, 1] == 0.0 else doorways[p, 2]
    return count > 0


@kernel
def carve(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    room: int,
    rooms: np.ndarray,
    wall: float,
    touched: np.ndarray,
    stream: np.ndarray,
    point: np.ndarray,
) -> bool:
    """Gives the room a rectangle of its target area at the point, in a random quadrant.

    Tells if it got a cell.
    """
    area = rooms[room, AREA_TARGET]
    width = np.sqrt(area) * np.exp(0.35 * normal(stream))
    least = max(rooms[room, WIDTH_MIN], rooms[room, NECK] - wall)
    if 0.0 < least * least < area:
        width = min(max(width, least), area / least)
    for axis in range(2):
        corner = point[axis]
        line_at(lines, lab, dims, w, axis, corner, 1e-6)
        side = (width if axis == 0 else area / width) + wall
        far = corner + (side if uniform(stream) < 0.5 else -side)
        far = min(max(far, lines[w, axis, 0]), lines[w, axis, dims[w, axis]])
        reach = line_at(lines, lab, dims, w, axis, far, SNAP)
        start = line_at(lines, lab, dims, w, axis, corner, 1e-6)
        if reach < 0 or start < 0:
            return False
        point[2 * axis + 2] = min(reach, start)
        point[2 * axis + 3] = max(reach, start)
    got = False
    for row in range(int(point[4]), int(point[5])):
        for column in range(int(point[2]), int(point[3])):
            label = int(lab[w, row, column])
            if free(rooms, label):
                touched[label] = True
                lab[w, row, column] = room
                got = True
    return got


@kernel
def reinsert(
    lines: np.ndarray,
    lab: np.ndarray,
    dims: np.ndarray,
    w: int,
    room: int,
    rooms: np.ndarray,
    links: np.ndarray,
    doorways: np.ndarray,
    allowed: np.ndarray,
    settings: np.ndarray,
    touched: np.ndarray,
    stream: np.ndarray,
    point: np.ndarray,
) -> bool:
    """Dissolves the room into a neighbour and carves it anew where it may meet what it has to meet."""
    start = pick(stream, 4)
    host = -1
    for turn in range(4):
        side = (start + turn) % 4
        edge = random_edge(lab, dims, w, room, side // 2, 1 if side % 2 == 1 else -1, rooms, stream)
        if edge >= 0:
            host = cell(lab, w, side // 2, edge // 64 + (1 if side % 2 == 1 else -1), edge % 64)
            break
    partner = partner_of(room, links, stream)
    if uniform(stream) < 0.15:
        partner = -1
    facade = rooms[room, FACADE_MIN] > 0.0 and uniform(stream) < 0.3
    placed = False
    if allowed.shape[0] > 0 and uniform(stream) < 0.3:
        placed = doorway_corner(doorways, allowed, room, stream, point)
    if not placed:
        chosen = anchor_cell(lab, dims, w, partner, facade, rooms, stream)
        if chosen < 0:
            return False
        point[0] = lines[w, 0, chosen % 64 + pick(stream, 2)]
        point[1] = lines[w, 1, chosen // 64 + pick(stream, 2)]
    if host < 0:
        return False
    for y in range(1, dims[w, 1] - 1):
        for x in range(1, dims[w, 0] - 1):
            if lab[w, y, x] == room:
                lab[w, y, x] = host
    touched[room] = True
    touched[host] = True
    return carve(lines, lab, dims, w, room, rooms, settings[WALL], touched, stream, point)
