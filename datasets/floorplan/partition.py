"""A plan as labels on a compact grid: from there rooms tile exactly, because no cell has two labels.

Grid lines stand where walls do, so coordinates are exact and a plan has few cells. All our readers and the
procedural generator end here; ``assemble`` turns labels and openings into a layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon

from layoutgan.core.layout import Connection, Element, Layout, Provenance
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Window

__all__ = ["OUTSIDE", "SOLID", "Opening", "Partition", "Run", "assemble", "components", "connected"]

OUTSIDE = -1
"""Label of cells beyond the outline."""
SOLID = -2
"""Label of cells that no room may take: shafts."""
ADJACENT = 0.5
"""Shortest straight shared wall that makes two rooms adjacent [m]."""
JAMB = 0.05
"""Least wall that stays beside a door [m]."""


class Run(NamedTuple):
    """A maximal straight piece of wall between two labels."""

    low: int
    """Label on the side of smaller coordinates."""
    high: int
    """Label on the side of larger coordinates."""
    axis: int
    """0: the wall stands on an x-line and runs along y; 1: on a y-line."""
    at: float
    """Coordinate of the line [m]."""
    start: float
    """Where it begins along the line [m]."""
    end: float
    """Where it ends [m]."""

    @property
    def length(self) -> float:
        """Length [m]."""
        return self.end - self.start


class Opening(NamedTuple):
    """A door, window or passage in a run of wall."""

    kind: str
    """door, sliding, opening, entrance or window."""
    first: int
    """Label of the room it belongs to."""
    second: int
    """Label across the wall, or OUTSIDE."""
    axis: int
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Partition:
    """Labels on a compact grid."""

    xs: NDArray[np.float64]
    """x-lines [C + 1], rising [m]."""
    ys: NDArray[np.float64]
    """y-lines [R + 1], rising [m]."""
    labels: NDArray[np.int64]
    """Room of each cell [R, C], or OUTSIDE, or SOLID."""

    def areas(self, count: int) -> NDArray[np.float64]:
        """Area of rooms 0 … count - 1 [m²]."""
        cells = np.diff(self.ys)[:, None] * np.diff(self.xs)[None, :]
        inside = self.labels >= 0
        return np.bincount(self.labels[inside], weights=cells[inside], minlength=count).astype(np.float64)

    def compact(self) -> Partition:
        """The same plan without lines across which no label changes."""
        rows = np.r_[True, (self.labels[1:] != self.labels[:-1]).any(axis=1), True]
        columns = np.r_[True, (self.labels[:, 1:] != self.labels[:, :-1]).any(axis=0), True]
        return Partition(self.xs[columns], self.ys[rows], self.labels[rows[:-1]][:, columns[:-1]])

    def shape(self, label: int) -> Polygon:
        """The polygon of a connected label [m]."""
        return self.polygon(self.labels == label)

    def polygon(self, mask: NDArray[np.bool_]) -> Polygon:
        """The union of marked cells [R, C]; the largest piece if there are several [m]."""
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        x0, y0, x1, y1 = (
            self.xs[columns[0]],
            self.ys[rows[0]],
            self.xs[columns[-1] + 1],
            self.ys[rows[-1] + 1],
        )
        if mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].all():  # most rooms are rectangles
            return Polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
        steps = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
        row, first = np.nonzero(steps == 1)
        last = np.nonzero(steps == -1)[1]
        whole = shapely.union_all(shapely.box(self.xs[first], self.ys[row], self.xs[last], self.ys[row + 1]))
        if not isinstance(whole, Polygon):
            whole = max(shapely.get_parts(whole), key=lambda p: p.area)
        return Polygon(_corners(whole.exterior), [_corners(ring) for ring in whole.interiors])

    def runs(self) -> list[Run]:
        """All maximal straight pieces of wall, also those towards the outside."""
        padded = np.pad(self.labels, 1, constant_values=OUTSIDE)
        return [*_runs(0, self.xs, self.ys, padded[1:-1]), *_runs(1, self.ys, self.xs, padded[:, 1:-1].T)]


def _corners(ring: shapely.LinearRing) -> NDArray[np.float64]:
    """Points of a ring without those on straight edges."""
    points = np.asarray(ring.coords)[:-1]
    before, after = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
    a, b = points - before, after - points
    return points[np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]) > 1e-12]


def _runs(
    axis: int, lines: NDArray[np.float64], across: NDArray[np.float64], padded: NDArray[np.int64]
) -> list[Run]:
    """Runs on the lines of one axis; ``padded`` has the labels [across, lines + 1]."""
    low, high = padded[:, :-1].T, padded[:, 1:].T
    wall = low != high
    turn = (low[:, 1:] != low[:, :-1]) | (high[:, 1:] != high[:, :-1])
    edge = np.ones((wall.shape[0], 1), bool)
    line, start = np.nonzero(wall & np.hstack([edge, turn]))
    end = np.nonzero(wall & np.hstack([turn, edge]))[1] + 1
    return [
        Run(*values)
        for values in zip(
            low[line, start].tolist(),
            high[line, start].tolist(),
            [axis] * line.size,
            lines[line].tolist(),
            across[start].tolist(),
            across[end].tolist(),
            strict=True,
        )
    ]


def components(
    mask: NDArray[np.bool_],
    vertical: NDArray[np.bool_] | None = None,
    horizontal: NDArray[np.bool_] | None = None,
) -> NDArray[np.int64]:
    """Numbers of the connected pieces of marked cells [R, C], from 0; -1 where not marked.

    Args:
        mask: cells that count.
        vertical: barriers [R, C - 1] between a cell and the one in the next column.
        horizontal: barriers [R - 1, C] between a cell and the one in the next row.
    """
    numbers = np.where(mask, np.arange(mask.size).reshape(mask.shape), -1)
    right = mask[:, 1:] & mask[:, :-1]
    down = mask[1:] & mask[:-1]
    if vertical is not None:
        right = right & ~vertical
    if horizontal is not None:
        down = down & ~horizontal
    while True:  # each pass spreads the smallest number over whole straight stretches at least once
        old = numbers.copy()
        for _ in range(2):
            np.minimum(numbers[:, 1:], numbers[:, :-1], out=numbers[:, 1:], where=right)
            np.minimum(numbers[:, 1:], numbers[:, :-1], out=numbers[:, :-1], where=right)
            np.minimum(numbers[1:], numbers[:-1], out=numbers[1:], where=down)
            np.minimum(numbers[1:], numbers[:-1], out=numbers[:-1], where=down)
        if (old == numbers).all():
            break
    values, inverse = np.unique(numbers, return_inverse=True)
    shift = int(values[0] == -1)
    result: NDArray[np.int64] = inverse.reshape(mask.shape).astype(np.int64) - shift
    return result


def connected(mask: NDArray[np.bool_]) -> bool:
    """Whether marked cells [R, C] hang together by edges; quick, for up to 62 columns."""
    rows: list[int] = (mask @ (1 << np.arange(mask.shape[1]))).tolist()
    first = next((i for i, row in enumerate(rows) if row), None)
    if first is None:
        return True
    seen = [0] * len(rows)
    seen[first] = rows[first] & -rows[first]
    stack = [first]
    while stack:
        i = stack.pop()
        bits, old = seen[i], -1
        while bits != old:  # spread along the row
            old = bits
            bits |= ((bits << 1) | (bits >> 1)) & rows[i]
        seen[i] = bits
        for j in (i - 1, i + 1):
            if 0 <= j < len(rows) and bits & rows[j] & ~seen[j]:
                seen[j] |= bits & rows[j]
                stack.append(j)
    return seen == rows


def _line(opening: Opening) -> LineString:
    if opening.axis == 0:
        return LineString([(opening.at, opening.start), (opening.at, opening.end)])
    return LineString([(opening.start, opening.at), (opening.end, opening.at)])


def _names(kinds: Sequence[str]) -> list[str]:
    """bedroom1, bedroom2, kitchen …: the kind, numbered when there are several."""
    seen: dict[str, int] = {}
    names = []
    for kind in kinds:
        seen[kind] = seen.get(kind, 0) + 1
        names.append(f"{kind}{seen[kind]}" if list(kinds).count(kind) > 1 else kind)
    return names


def assemble(
    partition: Partition,
    kinds: Sequence[str],
    openings: Sequence[Opening],
    *,
    name: str,
    provenance: Provenance,
    thickness: float = 0.1,
) -> Layout:
    """The layout of a partition.

    Args:
        partition: labels 0 … len(kinds) - 1 for rooms; each label is one connected piece.
        kinds: what each room is.
        openings: doors, passages and windows; those without a room on both sides are entrances and windows.
        name: of the layout.
        provenance: data set and licence.
        thickness: of interior walls, for doors [m].
    """
    names = _names(kinds)
    elements: list[Element] = [
        Room(id=names[i], kind=kind, shape=partition.shape(i)) for i, kind in enumerate(kinds)
    ]
    solids = components(partition.labels == SOLID)
    elements += [
        Obstacle(id=f"shaft{i + 1}", kind="shaft", shape=partition.polygon(solids == i))
        for i in range(int(solids.max(initial=-1)) + 1)
    ]
    connections, linked = [], set()
    doors = windows = 0
    for opening in openings:
        if opening.kind == "window":
            windows += 1
            elements.append(
                Window(
                    id=f"window{windows}",
                    kind="window",
                    shape=_line(opening),
                    room=names[opening.first],
                    thickness=thickness,
                )
            )
            continue
        doors += 1
        pair = (names[opening.first], names[opening.second] if opening.second >= 0 else "outside")
        elements.append(
            Door(
                id=f"door{doors}", kind=opening.kind, shape=_line(opening), between=pair, thickness=thickness
            )
        )
        connections.append(
            Connection(kind="open" if opening.kind == "opening" else "door", between=pair, via=f"door{doors}")
        )
        linked.add(frozenset(pair))
    for run in partition.runs():
        if run.low >= 0 and run.high >= 0 and run.length >= ADJACENT:
            pair = (names[min(run.low, run.high)], names[max(run.low, run.high)])
            if frozenset(pair) not in linked:
                linked.add(frozenset(pair))
                connections.append(Connection(kind="adjacent", between=pair))
    return Layout(
        domain="floorplan",
        name=name,
        boundary=partition.polygon(partition.labels != OUTSIDE),
        elements=tuple(elements),
        connections=tuple(connections),
        provenance=provenance,
    )
