"""Where rooms, obstacles and the outside meet: the straight seams of a plan, found once, read by everything.

Walls stand on seams, doors and windows stand in them, contacts and façades are their lengths. All edges of
all outlines are sorted onto the lines that carry them, and each line is swept once, so no pair of rooms is
ever intersected. Plain numbers instead of shapes: a plan has some sixty edges, and this runs for each
candidate that is ranked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

__all__ = ["NOTHING", "OUTSIDE", "Line", "Seam", "Seams", "Span", "corner", "find_seams"]

OUTSIDE = "outside"
"""The world beyond the outline."""
NOTHING = ""
"""A side of a seam where nothing is: a gap in the plan."""
SNAP = 1.0e-3
"""Edges closer than this lie on one line, and ends closer than this are one point [m]."""
EXACT = 1.0e-7
"""Deviation up to which edges count as identical [m]."""


class Line(NamedTuple):
    """An endless line: the point (x, y) + t · (ux, uy); its left is (-uy, ux)."""

    x: float
    y: float
    ux: float
    uy: float

    def at(self, t: float, left: float = 0.0) -> tuple[float, float]:
        """The point at t along the line and that far to its left [m]."""
        return self.x + t * self.ux - left * self.uy, self.y + t * self.uy + left * self.ux

    def along(self, x: float, y: float) -> float:
        """Where a point stands along the line [m]."""
        return (x - self.x) * self.ux + (y - self.y) * self.uy

    def aside(self, x: float, y: float) -> float:
        """How far left of the line a point stands [m]."""
        return (y - self.y) * self.ux - (x - self.x) * self.uy


    def crossing(self, left: float, other: Line, other_left: float) -> tuple[float, float] | None:
        """Where two lines cross after moving to their left [m]; None when they are nearly parallel."""
        across = self.ux * other.uy - self.uy * other.ux
        if abs(across) < 0.05:
            return None
        x, y = self.at(0.0, left)
        bx, by = other.at(0.0, other_left)
        return self.at(((bx - x) * other.uy - (by - y) * other.ux) / across, left)


class Seam(NamedTuple):
    """A straight piece of a line with one thing on its left and another on its right."""

    line: int
    """Number of the line that carries it."""
    start: float
    """Where it begins along that line [m]."""
    end: float
    left: str
    """Id of the room or obstacle, ``outside``, or nothing."""
    right: str
    party: bool
    """Touches a neighbour: no windows here."""

    @property
    def length(self) -> float:
        """Its length [m]."""
        return self.end - self.start

    def other(self, one: str) -> str:
        """What lies on the other side."""
        return self.right if self.left == one else self.left


class Span(NamedTuple):
    """One edge of an outline, walked with the inside on the left."""

    line: int
    begin: float
    """Where the walk enters the edge, along its line [m]."""
    finish: float


@dataclass(frozen=True, eq=False)
class Seams:
    """All seams of a plan; two are equal only if they are the same object."""

    lines: tuple[Line, ...]
    seams: tuple[Seam, ...]
    """Sorted by line and place."""
    rings: dict[str, tuple[tuple[Span, ...], ...]]
    """The outline of each room or obstacle as edges, ring by ring."""
    exact: bool
    """Every seam has exactly one thing on each side: no overlap and no hole anywhere."""

    def points(self, seam: Seam) -> tuple[tuple[float, float], tuple[float, float]]:
        """Both ends of a seam [m]."""
        line = self.lines[seam.line]
        return line.at(seam.start), line.at(seam.end)


def corner(point: tuple[float, float]) -> tuple[float, float]:
    """The same value for all points within about a tenth of a millimetre."""
    # Off by a quarter, so that whole millimetres never fall between two values.
    return round(point[0] + 2.5e-5, 4), round(point[1] + 2.5e-5, 4)


class _Edge(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float
    label: str
    inside: bool
    """The labelled thing lies on the left of the edge as walked, otherwise on its right."""
    ring: int


def _edges(shapes: Sequence[Any], labels: Sequence[str], outline: int) -> list[_Edge]:
    """Edges of polygons, walked so that the polygon lies on the left; the outline's label lies beyond it."""
    rings, owners = shapely.get_rings(np.asarray(shapes, dtype=object), return_index=True)
    points, numbers = shapely.get_coordinates(rings, return_index=True)
    hole = np.concatenate(([False], owners[1:] == owners[:-1]))
    turned = (shapely.is_ccw(rings) == hole).tolist()
    starts = np.searchsorted(numbers, np.arange(len(rings) + 1)).tolist()
    xy, owner = points.tolist(), owners.tolist()
    found = []
    for ring, turn in enumerate(turned):
        corners = xy[starts[ring]:starts[ring + 1]]
        if turn:
            corners.reverse()
        label, inside = labels[owner[ring]], owner[ring] != outline
        for (x0, y0), (x1, y1) in pairwise(corners):
            if abs(x1 - x0) + abs(y1 - y0) > 1e-12:
                found.append(_Edge(x0, y0, x1, y1, label, inside, ring))
    return found


def _sorted_onto_lines(edges: list[_Edge], snap: float) -> tuple[list[Line], list[list[int]], float]:
    """Lines, the edges on each, and the largest deviation [m] of an edge from its line."""
    upright, level, slanted = [], [], []
    for i, e in enumerate(edges):
        dx, dy = abs(e.x1 - e.x0), abs(e.y1 - e.y0)
        if dx <= snap and dx < dy:
            upright.append((0.5 * (e.x0 + e.x1), i))
        elif dy <= snap and dy < dx:
            level.append((0.5 * (e.y0 + e.y1), i))
        else:
            slanted.append((-math.hypot(dx, dy), i))
    lines: list[Line] = []
    groups: list[list[int]] = []
    worst = 0.0
    for values, is_upright in ((upright, True), (level, False)):
        values.sort()
        before = -math.inf
        for value, i in values:
            if value - before > snap:
                lines.append(Line(value, 0.0, 0.0, 1.0) if is_upright else Line(0.0, value, 1.0, 0.0))
                groups.append([])
                first = value
            groups[-1].append(i)
            worst = max(worst, value - first)
            before = value
    straight = len(lines)
    for _, i in sorted(slanted):  # the longest edge gives the line its direction
        e = edges[i]
        for number in range(straight, len(lines)):
            line = lines[number]
            off = max(abs(line.aside(e.x0, e.y0)), abs(line.aside(e.x1, e.y1)))
            if off <= snap:
                groups[number].append(i)
                worst = max(worst, off)
                break
        else:
            ux, uy = e.x1 - e.x0, e.y1 - e.y0
            size = math.hypot(ux, uy) * (1.0 if ux > 0 else -1.0)
            lines.append(Line(e.x0, e.y0, ux / size, uy / size))
            groups.append([i])
    return lines, groups, worst


def _places(values: list[float], snap: float) -> list[float]:
    """Sorted places, those closer than the snap to the one before left out [m]."""
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > snap:
            result.append(value)
    return result


def _covering(pieces: list[tuple[float, float, str]], middle: float) -> list[str]:
    return [label for low, high, label in pieces if low < middle < high]


def find_seams(shapes: Sequence[tuple[str, Polygon]], outline: Polygon | None,
               party: Iterable[LineString] = (), *, snap: float = SNAP, reach: float = 0.05) -> Seams:
    """The seams between shapes and along the outline.

    Args:
        shapes: ids and polygons of rooms and obstacles [m].
        outline: what they should fill; beyond it is the outside [m].
        party: pieces of the outline that touch a neighbour [m].
        snap: edges closer than this are one [m].
        reach: how far party lines may lie from the outline [m].
    """
    labels = [name for name, _ in shapes] + ([OUTSIDE] if outline is not None else [])
    polygons: list[Any] = [shape for _, shape in shapes] + ([outline] if outline is not None else [])
    edges = _edges(polygons, labels, len(shapes))
    lines, groups, worst = _sorted_onto_lines(edges, snap)
    blind = [piece for line in party for piece in _pieces(line)]
    walks: list[tuple[int, str, int, Span]] = []
    seams: list[Seam] = []
    exact = worst <= EXACT and outline is not None
    for number, (line, members) in enumerate(zip(lines, groups, strict=True)):
        left: list[tuple[float, float, str]] = []
        right: list[tuple[float, float, str]] = []
        for i in members:
            e = edges[i]
            begin, finish = line.along(e.x0, e.y0), line.along(e.x1, e.y1)
            forward = finish > begin
            (left if forward == e.inside else right).append(
                (begin, finish, e.label) if forward else (finish, begin, e.label))
            if e.inside:
                walks.append((i, e.label, e.ring, Span(number, begin, finish)))
        marks = _marks(line, blind, reach)
        one, clean = _swept(number, left, right, marks, snap)
        seams += one
        exact = exact and clean
    return Seams(tuple(lines), tuple(seams), _rings(walks), exact)


def _rings(walks: list[tuple[int, str, int, Span]]) -> dict[str, tuple[tuple[Span, ...], ...]]:
    """Edges by what they bound, ring by ring, in walking order."""
    rings: dict[str, dict[int, list[Span]]] = {}
    for _, label, ring, span in sorted(walks):
        rings.setdefault(label, {}).setdefault(ring, []).append(span)
    return {label: tuple(tuple(spans) for spans in found.values()) for label, found in rings.items()}


def _pieces(line: LineString) -> list[tuple[float, float, float, float]]:
    xy = shapely.get_coordinates(line).tolist()
    return [(*p, *q) for p, q in pairwise(xy)]


def _marks(line: Line, blind: list[tuple[float, float, float, float]],
           reach: float) -> list[tuple[float, float]]:
    """The stretches of a line that party pieces cover [m]."""
    found = []
    for x0, y0, x1, y1 in blind:
        if abs(line.aside(x0, y0)) <= reach and abs(line.aside(x1, y1)) <= reach:
            a, b = line.along(x0, y0), line.along(x1, y1)
            found.append((min(a, b), max(a, b)))
    return found


def _swept(number: int, left: list[tuple[float, float, str]], right: list[tuple[float, float, str]],
           marks: list[tuple[float, float]], snap: float) -> tuple[list[Seam], bool]:
    """The seams of one line, and whether each of its pieces has exactly one thing on each side."""
    ends = [t for piece in (*left, *right) for t in piece[:2]]
    low, high = min(ends), max(ends)
    places = _places(ends + [t for mark in marks for t in mark if low < t < high], snap)
    clean = all(min(abs(t - p) for p in places) <= EXACT for t in ends)
    found: dict[tuple[str, str], Seam] = {}  # the open seam of each pair
    done: list[Seam] = []
    for begin, finish in pairwise(places):
        middle = 0.5 * (begin + finish)
        lefts, rights = _covering(left, middle), _covering(right, middle)
        clean = clean and len(lefts) == len(rights) and len(lefts) <= 1
        if not lefts and not rights:
            continue
        party = any(a < middle < b for a, b in marks)
        for one in sorted(set(lefts)) or [NOTHING]:
            for two in sorted(set(rights)) or [NOTHING]:
                if one == two:
                    continue
                before = found.get((one, two))
                if before is not None and before.end == begin and before.party == party:
                    found[one, two] = before._replace(end=finish)
                else:
                    if before is not None:
                        done.append(before)
                    found[one, two] = Seam(number, begin, finish, one, two, party)
    done += found.values()
    done.sort()
    return done, clean
