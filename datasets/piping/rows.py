"""Equipment in rows beside a rack, as plants are built: first legal places, no lines yet.

The rack runs along x with its centre-line at y = 0; one bank of rows stands on either side. From the rack
outwards: pumps on one centre-line, what wants to be near the rack, vessels and columns in line, exchangers
with their channels in one line and their bundles pulled outwards, and large things behind.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["BAY", "Ground", "Parts", "Planned", "Stood", "planned_rows", "stood_in_rows", "turned_box"]

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

STEP = 0.5
"""Places along a row that are tried [m]."""
FROM_RACK = 1.0
"""Least distance of footprints from the rack [m]."""
ROWS = (
    ("pump",),
    ("air_cooler", "compressor"),
    ("column", "vessel", "reactor", "drum", "filter", "plate_exchanger"),
    ("exchanger",),
    ("tank", "heater", "package", "other"),
)
"""Classes of each row, from the rack outwards."""
BAY = 6.0
"""Distance of the rack's frames [m]."""
_PULLED_OUT = 0.65
"""Share of plants whose exchangers stand outermost [-]."""
_SPLIT, _BALANCED = 0.35, 0.85
"""Shares of rows that both sides share, and that go where less stands [-]."""
_SLACK = 1.15
"""Rows are planned so much longer than what stands in them [-]."""
_ENOUGH = 0.6
"""A row keeps this quantile of the distances that its members need from what stands nearer the rack [-]."""
_MOST_ROWS = 14
_AGAIN = 3.0
"""A row in which nothing found a place is tried again this much farther out [m]."""


@dataclass(frozen=True)
class Parts:
    """What is to be arranged."""

    kinds: tuple[str, ...]
    sets: tuple[str, ...]
    """Name of each item's set of spares, or nothing."""
    sizes: Floats
    """Length and width [N, 2] [m]."""
    spacing: Floats
    """Least distances [N, N] [m]."""
    areas: tuple[tuple[Box, ...], ...]
    """Areas that must stay free beside each item, at turn 0 from its centre [m]."""
    turns: NDArray[np.bool_]
    """Turns that are allowed [N, 4]; what looks the same in all has turn 0 only."""


@dataclass(frozen=True)
class Ground:
    """The strip that rows may use."""

    length: float
    """Of the rack [m]."""
    width: float
    """Of the rack [m]."""
    taken: tuple[Box, ...] = ()
    """Other racks [m]."""


@dataclass
class Stood:
    """Where items stand."""

    centres: Floats
    turns: NDArray[np.int64]
    rows: list[list[int]] = field(default_factory=list)
    """Items on one centre-line, one list per row of pumps."""

    def boxes(self, parts: Parts) -> Floats:
        """Footprints [N, 4] [m]."""
        odd = (self.turns % 2 == 1)[:, None]
        half = np.where(odd, parts.sizes[:, ::-1], parts.sizes) / 2
        return np.concatenate((self.centres - half, self.centres + half), axis=1)


@dataclass(frozen=True)
class Planned:
    """A row that is wanted."""

    side: int
    """1 above the rack, -1 below."""
    kinds: tuple[str, ...]
    members: tuple[int, ...]


def turned_box(box: Sequence[float], turn: int) -> Box:
    """A box about the origin after quarter turns counter-clockwise [m]."""
    x0, y0, x1, y1 = box
    for _ in range(turn % 4):
        x0, y0, x1, y1 = -y1, x0, -y0, x1
    return x0, y0, x1, y1


def stood_in_rows(parts: Parts, ground: Ground, plan: Sequence[Planned], draw: random.Random) -> Stood | None:
    """Legal places for all items, or None where the rows would grow too many.

    Args:
        parts: what is arranged.
        ground: beside which rack.
        plan: the rows that are wanted, from the rack outwards; what does not fit makes further ones.
        draw: decides places and turns.
    """
    count = len(parts.kinds)
    stood = Stood(np.full((count, 2), np.nan), np.zeros(count, dtype=np.int64))
    board = _Board(parts, ground, stood)
    for planned in plan:
        rest = list(planned.members)
        push = 0.0
        for _ in range(_MOST_ROWS):
            if not rest:
                break
            row = _Row(planned.side, planned.kinds, _turns_for(planned.kinds, rest, parts, draw))
            left = board.fill(row, rest, push, draw)
            push = push + _AGAIN if len(left) == len(rest) else 0.0
            rest = left
        if rest:
            return None
    return stood


def planned_rows(parts: Parts, aspect: float, width: float, draw: random.Random) -> tuple[int, list[Planned]]:
    """How many bays the rack has, and which rows stand on which side.

    Args:
        parts: what is arranged.
        aspect: wanted length over depth of the plot [-].
        width: of the rack [m].
        draw: decides orders and sides.
    """
    groups = [(kinds, _in_order([i for i, k in enumerate(parts.kinds) if k in kinds], parts, draw))
              for kinds in ROWS]  # fmt: skip
    groups = [(kinds, members) for kinds, members in groups if members]
    fronts = {kinds: [_front(i, kinds, parts) for i in members] for kinds, members in groups}
    depths = {kinds: max(_depth(i, kinds, parts) for i in members) for kinds, members in groups}
    least = max(max(f) for f in fronts.values()) + 1.0
    options = []
    for bays in range(max(2, math.ceil(least / BAY)), 60):
        rows = {kinds: math.ceil(_SLACK * sum(front) / (bays * BAY)) for kinds, front in fronts.items()}
        deep = width + sum(number * depths[kinds] for kinds, number in rows.items())
        options.append((abs(math.log(bays * BAY / deep / aspect)), bays, rows))
    _, bays, rows = min(options, key=lambda option: (option[0], option[1]))
    found, reach = [], {1: 0.0, -1: 0.0}
    for kinds, members in groups:
        number = rows[kinds]
        if number == 1 and len(members) > 3 and draw.random() < _SPLIT:
            number = 2
        for chunk in _chunks(members, number, parts):
            side = min((1, -1), key=lambda s: reach[s]) if draw.random() < _BALANCED else draw.choice((1, -1))
            reach[side] += depths[kinds]
            found.append(Planned(side, kinds, tuple(chunk)))
    # Bundles are pulled outwards, so that exchangers stand last more often than not.
    last = draw.random() < _PULLED_OUT
    return bays, sorted(found, key=lambda row: 9 if last and row.kinds == ROWS[3] else ROWS.index(row.kinds))


def _chunks(members: list[int], number: int, parts: Parts) -> list[list[int]]:
    """Members in runs of about the same number, spares never parted."""
    units: dict[str, list[int]] = {}
    for i in members:
        units.setdefault(parts.sets[i] or f"#{i}", []).append(i)
    rows: list[list[int]] = [[] for _ in range(number)]
    for place, unit in enumerate(units.values()):
        rows[place * number // len(units)] += unit
    return [row for row in rows if row]


def _front(i: int, kinds: tuple[str, ...], parts: Parts) -> float:
    """Length of a row that an item takes, with the distance to its like [m]."""
    across = kinds in (ROWS[0], ROWS[3]) or parts.kinds[i] == "drum"
    own = float(parts.sizes[i, 1 if across else 0])
    others = [j for j, k in enumerate(parts.kinds) if k in kinds and j != i]
    return own + (float(np.median(parts.spacing[i, others])) if others else 1.0)


def _depth(i: int, kinds: tuple[str, ...], parts: Parts) -> float:
    """Depth of ground that an item's row takes, with the distance to the next [m]."""
    if kinds == ROWS[3]:
        return float(parts.sizes[i, 0]) + 6.0
    across = kinds == ROWS[0] or parts.kinds[i] == "drum"
    return float(parts.sizes[i, 0 if across else 1]) + 3.5


def _in_order(members: list[int], parts: Parts, draw: random.Random) -> list[int]:
    """Members of a row in a random order, spares side by side."""
    keys: dict[str, float] = {}
    for i in members:
        keys.setdefault(parts.sets[i] or str(i), draw.random())
    return sorted(members, key=lambda i: (keys[parts.sets[i] or str(i)], i))


def _turns_for(
    kinds: tuple[str, ...], members: Sequence[int], parts: Parts, draw: random.Random
) -> dict[int, int]:
    """Turns on the side y > 0: pumps drive towards the rack, bundles are pulled away from it."""
    if kinds == ("pump",):
        turn = 3 if draw.random() < 0.8 else 1
        return dict.fromkeys(members, turn)
    if kinds == ("exchanger",):
        return dict.fromkeys(members, 3)
    found = {}
    for i in members:
        square = abs(parts.sizes[i, 0] - parts.sizes[i, 1]) < 1e-9
        across = parts.kinds[i] == "drum" and draw.random() < 0.7
        turn = 3 if across else draw.choice((0, 2) if parts.kinds[i] != "drum" else (0,))
        found[i] = 0 if square and not parts.areas[i] else turn
    return found


@dataclass(frozen=True)
class _Row:
    """One row."""

    side: int
    """1 above the rack, -1 below."""
    kinds: tuple[str, ...]
    turns: dict[int, int]


class _Board:
    """What stands, as arrays; items are added one by one."""

    def __init__(self, parts: Parts, ground: Ground, stood: Stood) -> None:
        self.parts, self.ground, self.stood = parts, ground, stood
        self.placed: list[int] = []
        self.plans = np.zeros((0, 4))
        self.areas = np.zeros((0, 4))
        self.reach = {1: (0.0, 0.0), -1: (0.0, 0.0)}
        """How far footprints and free areas of either side reach from the rack's side [m]."""
        self.racks = np.asarray(
            [(-1e3, -ground.width / 2, 1e3, ground.width / 2), *ground.taken], dtype=np.float64
        )

    def fill(self, row: _Row, members: Sequence[int], push: float, draw: random.Random) -> list[int]:
        """Places as many as fit into one row, so much farther out than need be; returns the others."""
        shapes = {i: self._shape(i, row) for i in members}
        starts = {i: self._start(i, shapes[i], row, members) for i in members}
        # The row's line: centres of pumps and vessels, channel ends of exchangers, near sides of the rest.
        if row.kinds in (ROWS[0], ROWS[2]):
            starts = dict.fromkeys(members, max(starts.values()))
        elif row.kinds == ROWS[3]:
            line = max(starts[i] + shapes[i][0][3] for i in members)
            starts = {i: line - shapes[i][0][3] for i in members}
        cursor, rest, done = 0.0, [], []
        plan_reach, area_reach = self.reach[row.side]
        slack = draw.uniform(0.0, 1.5)
        rack = self.ground.width / 2
        for i in members:
            at = self._place(i, shapes[i], row.side, rack + starts[i] + push, cursor)
            if at is None:
                rest.append(i)
                continue
            turn = (row.turns[i] + (0 if row.side > 0 else 2)) % 4
            self.stood.turns[i] = turn if self.parts.turns[i, turn] else 0
            plan, areas = shapes[i]
            cursor = at + plan[2] + slack * draw.random()
            plan_reach = max(plan_reach, starts[i] + push + plan[3])
            area_reach = max([area_reach, *(starts[i] + push + area[3] for area in areas)])
            done.append(i)
        if done:
            self.reach[row.side] = (plan_reach, area_reach)
        if row.kinds == ROWS[0] and len(done) > 1:
            self.stood.rows.append(done)
        return rest

    def _start(
        self, i: int, shape: tuple[Box, tuple[Box, ...]], row: _Row, members: Sequence[int]
    ) -> float:
        """Nearest distance of an item's centre from the rack's side [m]."""
        plan, areas = shape
        plan_reach, area_reach = self.reach[row.side]
        low = min([0.0, *(area[1] for area in areas)])
        gap = self._gap(row, members) if plan_reach else FROM_RACK
        return max(plan_reach + gap - plan[1], area_reach + 0.01 - plan[1], plan_reach + 0.01 - low)

    def _shape(self, i: int, row: _Row) -> tuple[Box, tuple[Box, ...]]:
        """Footprint and free areas of an item about its centre, as seen on the side y > 0."""
        length, width = self.parts.sizes[i]
        turn = row.turns[i]
        plan = turned_box((-length / 2, -width / 2, length / 2, width / 2), turn)
        return plan, tuple(turned_box(area, turn) for area in self.parts.areas[i])

    def _gap(self, row: _Row, members: Sequence[int]) -> float:
        """Distance to what stands nearer the rack on the same side."""
        near = [j for j in self.placed if self.stood.centres[j, 1] * row.side > 0]
        if not near:
            return 0.0
        lack = self.parts.spacing[np.ix_(list(members), near)]
        return max(0.3, float(np.quantile(lack, _ENOUGH)))

    def _place(
        self, i: int, shape: tuple[Box, tuple[Box, ...]], side: int, y: float, cursor: float
    ) -> float | None:
        """The first x from the cursor on where an item may stand, and stands from then on."""
        plan, areas = shape
        seen = [box if side > 0 else turned_box(box, 2) for box in (plan, *areas)]
        low, high = min(box[0] for box in seen), max(box[2] for box in seen)
        first = max(cursor - plan[0], -low)
        xs = np.arange(np.ceil(first / STEP) * STEP, self.ground.length - high + 1e-9, STEP)
        if not len(xs):
            return None
        free = self._free(i, shape, xs, y, side)
        if not free.any():
            return None
        x = float(xs[int(np.argmax(free))])
        centre = (x, side * y)
        self.stood.centres[i] = np.round(centre, 4)
        self.placed.append(i)
        self.plans = np.vstack((self.plans, self._boxes(plan, np.asarray([x]), y, side)))
        for area in areas:
            self.areas = np.vstack((self.areas, self._boxes(area, np.asarray([x]), y, side)))
        return x

    def _boxes(self, box: Box, xs: Floats, y: float, side: int) -> Floats:
        """A box at several places [C, 4]; below the rack it is turned by half a turn."""
        x0, y0, x1, y1 = box if side > 0 else turned_box(box, 2)
        at = side * y
        return np.stack((xs + x0, np.full(len(xs), at + y0), xs + x1, np.full(len(xs), at + y1)), 1)

    def _free(
        self, i: int, shape: tuple[Box, tuple[Box, ...]], xs: Floats, y: float, side: int
    ) -> NDArray[np.bool_]:
        plan, areas = shape
        mine = self._boxes(plan, xs, y, side)
        free = np.ones(len(xs), dtype=np.bool_)
        if self.placed:
            need = self.parts.spacing[i, self.placed]
            free &= (_distance(mine, self.plans) >= need[None] + 1e-6).all(axis=1)
        free &= (_distance(mine, self.racks) >= FROM_RACK - 1e-9).all(axis=1)
        if len(self.areas):
            free &= (~_overlap(mine, self.areas)).all(axis=1)
        for area in areas:
            theirs = self._boxes(area, xs, y, side)
            free &= (~_overlap(theirs, self.racks)).all(axis=1)
            if self.placed:
                free &= (~_overlap(theirs, self.plans)).all(axis=1)
        return free


def _distance(first: Floats, second: Floats) -> Floats:
    """Edge distances of boxes [A, B] [m]; 0 where they overlap."""
    gaps = np.maximum(first[:, None, :2] - second[None, :, 2:], second[None, :, :2] - first[:, None, 2:])
    found: Floats = np.hypot(*np.moveaxis(np.maximum(gaps, 0.0), -1, 0))
    return found


def _overlap(first: Floats, second: Floats) -> NDArray[np.bool_]:
    """Whether boxes share ground [A, B]."""
    gaps = np.maximum(first[:, None, :2] - second[None, :, 2:], second[None, :, :2] - first[:, None, 2:])
    found: NDArray[np.bool_] = (gaps < -1e-9).all(axis=-1)
    return found
