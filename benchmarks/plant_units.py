"""Synthetic process units for the scaling benchmarks: equipment, racks, roads and lines, from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layoutgan.domains.piping.routing.problem import Climb, Line, Rack, RoutingProblem, Solids, Terminal

# class: share, length, width, height [m] (low, high); sizes as the reference's table of equipment ranges
CLASSES = {
    "pump": (0.28, (1.5, 3.0), (0.8, 1.5), (1.2, 1.8)),
    "exchanger": (0.24, (4.0, 9.0), (1.0, 1.8), (2.0, 5.0)),
    "vessel": (0.14, (1.5, 4.0), (1.5, 4.0), (4.0, 10.0)),
    "column": (0.09, (2.0, 5.0), (2.0, 5.0), (15.0, 40.0)),
    "reactor": (0.07, (2.0, 5.0), (2.0, 5.0), (6.0, 20.0)),
    "drum": (0.08, (6.0, 15.0), (2.0, 4.0), (5.0, 8.0)),
    "tank": (0.05, (4.0, 12.0), (4.0, 12.0), (5.0, 12.0)),
    "package": (0.05, (2.0, 8.0), (2.0, 6.0), (2.0, 6.0)),
}
OUTSIDE = {
    1: 33.4,
    2: 60.3,
    3: 88.9,
    4: 114.3,
    6: 168.3,
    8: 219.1,
    10: 273.0,
    12: 323.8,
    16: 406.4,
    20: 508.0,
}
FLANGE = {1: 110, 2: 150, 3: 190, 4: 230, 6: 280, 8: 345, 10: 405, 12: 485, 16: 595, 20: 700}
RACK_WIDTH, BAY, AISLE = 8.0, 6.0, 3.0


@dataclass(frozen=True)
class Unit:
    """A synthetic unit: a legal arrangement and its lines."""

    boxes: np.ndarray
    """Equipment [N, 6] [m]."""
    kinds: tuple[str, ...]
    routing: RoutingProblem


def _shelves(
    rng: np.random.Generator, sizes: np.ndarray, width: float
) -> tuple[np.ndarray, list[float], float]:
    """Items in rows along x, two rows about each rack.

    Corners [N, 2], rack centre lines, and the depth used.
    """
    corner = np.zeros((len(sizes), 2))
    racks, y, item = [], 10.0, 0
    while item < len(sizes):
        for row in range(2):
            x, deep, first = 10.0, 0.0, item
            while item < len(sizes) and x + sizes[item, 0] <= width - 10.0:
                corner[item] = x, 0.0
                x += sizes[item, 0] + AISLE + rng.uniform(0.0, 2.0)
                deep = max(deep, sizes[item, 1])
                item += 1
            for index in range(first, item):  # rows face the rack
                corner[index, 1] = y + (deep - sizes[index, 1] if row == 0 else 0.0)
            y += deep + 2.0
            if row == 0:
                racks.append(y + 0.5 * RACK_WIDTH)
                y += RACK_WIDTH + 2.0
        y += 6.0  # an access way between the groups
    return corner, racks, y + 4.0


def _nozzles(
    rng: np.random.Generator, box: np.ndarray, count: int
) -> list[tuple[tuple[float, ...], tuple[int, ...]]]:
    """Faces and directions on one item, at least 0.9 m apart where there is room."""
    found: list[tuple[tuple[float, ...], tuple[int, ...]]] = []
    size = box[3:] - box[:3]
    apart = 0.9
    while len(found) < count:
        for _ in range(200):
            side = int(rng.choice([0, 1, 2, 3, 4], p=[0.15, 0.15, 0.2, 0.2, 0.3]))
            axis, up = side // 2, side % 2 == 0
            point = box[:3] + size * rng.uniform(0.12, 0.88, 3)
            point[2] = box[2] + min(size[2] * rng.uniform(0.3, 0.9), rng.uniform(0.8, 9.0))
            direction = [0, 0, 0]
            direction[axis] = 1 if up else -1
            point[axis] = box[axis + 3] if up else box[axis]
            point = np.round(point, 3)
            if all(np.abs(point - np.array(other)).max() >= apart for other, _ in found):
                found.append((tuple(map(float, point)), tuple(direction)))
                break
        else:
            apart *= 0.8
    return found


def _steel(centre: float, width: float, tiers: tuple[float, ...]) -> list[list[float]]:
    """Columns and cross beams of a straight rack along x."""
    boxes = []
    for x in np.arange(8.0, width - 8.0, BAY):
        for side in (-1, 1):
            y = centre + side * 0.5 * RACK_WIDTH
            boxes.append([x - 0.15, y - 0.15, 0.0, x + 0.15, y + 0.15, tiers[-1]])
        boxes += [
            [x - 0.15, centre - 0.5 * RACK_WIDTH, t - 0.3, x + 0.15, centre + 0.5 * RACK_WIDTH, t]
            for t in tiers
        ]
    return boxes


def _pairs(rng: np.random.Generator, centres: np.ndarray, lines: int) -> list[tuple[int, int]]:
    """Connections, nearer ones likelier, every item at least once."""
    n = len(centres)
    distance = np.abs(centres[:, None] - centres[None, :]).sum(axis=2)
    weight = np.exp(-distance / 30.0)
    np.fill_diagonal(weight, 0.0)
    pairs = [(item, int(rng.choice(n, p=weight[item] / weight[item].sum()))) for item in range(min(n, lines))]
    flat = np.triu(weight).ravel()
    more = rng.choice(n * n, size=lines - len(pairs), p=flat / flat.sum())
    return pairs + [(int(index) // n, int(index) % n) for index in more]


def make_unit(items: int, lines: int, seed: int, *, discount: float = 0.8, branches: float = 0.0) -> Unit:
    """A unit of `items` items and `lines` lines; `branches` is the share of lines with a third terminal."""
    rng = np.random.default_rng(seed)
    names, shares = list(CLASSES), np.array([row[0] for row in CLASSES.values()])
    kinds = tuple(names[index] for index in rng.choice(len(names), size=items, p=shares / shares.sum()))
    sizes = np.array([[rng.uniform(*span) for span in CLASSES[kind][1:]] for kind in kinds])
    width = max(50.0, np.sqrt((sizes[:, 0] + AISLE) @ (sizes[:, 1] + 4.0) * 3.0 * 1.4))
    corner, centres, depth = _shelves(rng, sizes, width)
    boxes = np.concatenate([corner, np.zeros((items, 1)), corner + sizes[:, :2], sizes[:, 2:]], axis=1)
    pairs = _pairs(rng, corner + 0.5 * sizes[:, :2], lines)
    extra = [int(rng.integers(items)) if rng.random() < branches else -1 for _ in pairs]
    wanted = np.bincount([*np.array(pairs).ravel(), *[item for item in extra if item >= 0]], minlength=items)
    free = [_nozzles(rng, box, count) for box, count in zip(boxes, wanted, strict=True)]
    tiers = (5.0, 6.5, 8.0)
    steel = np.array([box for centre in centres for box in _steel(centre, width, tiers)])
    solids = Solids(
        boxes=np.concatenate([boxes, steel]),
        gaps=np.concatenate([np.full(items, 0.1), np.zeros(len(steel))]),
        owners=np.concatenate([np.arange(items), np.full(len(steel), -1)]),
    )
    made = [
        _line(rng, index, [*pair, *([more] if more >= 0 else [])], free)
        for index, (pair, more) in enumerate(zip(pairs, extra, strict=True))
    ]
    half = 0.5 * RACK_WIDTH - 0.4
    racks = tuple(Rack((8.0, y - half, width - 8.0, y + half), 0, tiers, discount=discount) for y in centres)
    bounds = ((0.0, 0.0, 0.3), (float(width), float(depth), 45.0))
    return Unit(
        boxes, kinds, RoutingProblem(bounds, tuple(made), solids, racks=racks, bend_cost=2.0, gap=0.05)
    )


def _line(
    rng: np.random.Generator,
    index: int,
    ends: list[int],
    free: list[list[tuple[tuple[float, ...], tuple[int, ...]]]],
) -> Line:
    sizes = list(OUTSIDE)
    nps = sizes[int(np.argmin(np.abs(np.log(np.array(sizes)) - rng.normal(np.log(4.0), 0.6))))]
    insulation = 0.05 if rng.random() < 0.4 else 0.0
    elbow = 0.0381 * nps
    terminals = []
    for end in ends:
        face, direction = free[end].pop()
        terminals.append(Terminal(face, direction, round(elbow + 0.1, 3), owner=end))  # type: ignore[arg-type]
    return Line(
        name=f"{index:04d}",
        terminals=tuple(terminals),
        radius=OUTSIDE[nps] / 2000 + insulation,
        reach=FLANGE[nps] / 2000 + insulation,
        elbow=elbow,
        climb=Climb.FREE,
    )
