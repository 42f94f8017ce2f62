"""Where walls are interrupted: the gaps between their ends, and which of them are doors and windows.

The geometry of an opening comes from the walls, exactly; the sign in it only says what it is. So it does not
matter how a door is drawn: as a block with any base point, mirrored, scaled, nested, or in single lines.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.ops import nearest_points

from cad_plugin.reading.marks import Mark
from cad_plugin.reading.network import THICKEST, Walls, as_lines, ends_of, noded, segments
from layoutgan.core.geometry import parts, simplified

__all__ = ["Hole", "Swing", "bare_holes", "holes_in"]

REACH = 6.0
"""Widest opening that is looked for [m]."""
BARE = (0.5, 2.5)
"""Width of a gap that is an opening although no sign stands in it [m]."""
NARROWEST = 0.3
"""No opening is narrower [m]."""

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Swing:
    """How a leaf opens."""

    hinge: str
    """start or end of the line."""
    left: bool
    """Into what lies left of the line."""


@dataclass(frozen=True)
class Hole:
    """An opening in a wall."""

    line: LineString
    """Jambs, on the middle of the wall [m]."""
    thickness: float
    """Of the wall; 0 where walls are single lines [m]."""
    role: str
    """door, window or opening."""
    swing: Swing | None = None
    mark: Mark | None = None
    """The sign that stands in it."""

    def closing(self) -> LineString:
        """The line that closes it where walls are single lines, a little longer [m]."""
        return _stretched(self.line, 0.13)

    def body(self) -> Polygon:
        """The piece of wall that is missing, a little longer [m]."""
        return _stretched(self.line, 2e-3).buffer(self.thickness / 2, cap_style="flat")


@dataclass(frozen=True)
class _Gap:
    """The free space from the end of a wall to what stands opposite."""

    start: Points
    end: Points
    thickness: float
    facing: bool
    """The other side is the end of a wall of the same thickness in the same line."""

    @property
    def width(self) -> float:
        return float(np.linalg.norm(self.end - self.start))


def holes_in(walls: Walls, marks: Sequence[Mark], snap: float = 0.1) -> tuple[list[Hole], list[Mark]]:
    """Openings in walls, and the signs that stand in none.

    Args:
        walls: of the drawing.
        marks: signs of doors and windows.
        snap: how far from a wall that is a single line a sign may stand [m].
    """
    found: list[tuple[_Gap, Mark | None]] = []
    rest = set(range(len(marks)))
    tree = shapely.STRtree([m.shape for m in marks]) if marks else None
    taken = _Taken()
    for gap in sorted(_gaps(walls), key=lambda g: (g.width, *g.start, *g.end)):
        line = LineString([gap.start, gap.end])
        if taken.covers(line):
            continue
        room = line.buffer(gap.thickness / 2 + 0.05, cap_style="flat")
        near = sorted(tree.query(room, predicate="intersects")) if tree is not None else []
        here = [int(i) for i in near if i in rest and _stands_in(marks[i], gap, room)]
        if not here and not (gap.facing and BARE[0] <= gap.width <= BARE[1]):
            continue
        rest -= set(here)
        taken.add(line, max(0.05, 0.45 * gap.thickness))
        best = min(here, key=lambda i: (marks[i].role != "door", i), default=None)
        found.append((gap, None if best is None else marks[best]))
    holes = [_hole(gap, mark) for gap, mark in found]
    met = [[h.thickness for h in holes if h.role == role and h.thickness > 0] for role in ("window", "door")]
    usual = median(met[0] or met[1] or [0.25])
    left: list[Mark] = []
    for i in sorted(rest):
        near_by = _near(walls, marks[i].shape)
        hole = _across(near_by, marks[i], usual) or _over_wall(near_by, marks[i], snap)
        if hole is None:
            left.append(marks[i])
        elif not taken.meets(hole.line):
            taken.add(hole.line, hole.thickness / 2 + 0.02)
            holes.append(hole)
    return holes, left


class _Taken:
    """Places that have their opening already, looked up by neighbourhood."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], list[BaseGeometry]] = defaultdict(list)

    def add(self, line: LineString, half: float) -> None:
        """An opening in a wall of twice that thickness."""
        area = line.buffer(half, cap_style="flat")
        for cell in self._around(line, 0):
            self.cells[cell].append(area)

    def _around(self, line: LineString, ring: int) -> Iterator[tuple[int, int]]:
        x0, y0, x1, y1 = (math.floor(v / REACH) for v in line.bounds)
        for x in range(x0 - ring, x1 + ring + 1):
            yield from ((x, y) for y in range(y0 - ring, y1 + ring + 1))

    def _near(self, line: LineString) -> Iterator[BaseGeometry]:
        for cell in self._around(line, 1):
            yield from self.cells.get(cell, ())

    def covers(self, line: LineString) -> bool:
        """Whether one opening takes up half of a line."""
        near = (area for area in self._near(line) if area.intersects(line))
        return any(area.intersection(line).length > 0.5 * line.length for area in near)

    def meets(self, line: LineString) -> bool:
        """Whether a line touches any opening."""
        return any(area.intersects(line) for area in self._near(line))


def _near(walls: Walls, shape: BaseGeometry) -> Walls:
    """The walls around a sign: what is far away would cost time and change nothing."""
    x0, y0, x1, y1 = shape.bounds
    box = x0 - REACH / 4, y0 - REACH / 4, x1 + REACH / 4, y1 + REACH / 4
    return Walls(shapely.clip_by_rect(walls.bodies, *box), shapely.clip_by_rect(walls.singles, *box))


def bare_holes(walls: Walls) -> list[Hole]:
    """Every gap straight ahead of the end of a wall, narrow ones first, whatever stands in it."""
    return [_hole(gap, None) for gap in sorted(_gaps(walls), key=lambda g: (g.width, *g.start, *g.end))]


def _gaps(walls: Walls) -> Iterator[_Gap]:
    """Free space straight ahead of every end of a wall."""
    caps = [*_caps(walls.bodies), *_line_ends(walls.singles)]
    if not caps:
        return
    outlines = shapely.get_parts(walls.bodies.boundary)
    pieces = segments(shapely.GeometryCollection([*outlines, *shapely.get_parts(walls.singles)]))
    tree = shapely.STRtree(as_lines(pieces))
    middles = np.array([at for at, _, _, _ in caps])
    for at, out, thickness, body in caps:
        width = _free(tree, pieces, at, out)
        if width is None or width < NARROWEST:
            continue
        end = at + width * out
        away = np.linalg.norm(middles - end, axis=1)
        other = int(np.argmin(away))
        level = away[other] < 0.03 and caps[other][1] @ out < -0.98
        alike = abs(caps[other][2] - thickness) < 0.03 and not (_stub(body) or _stub(caps[other][3]))
        yield _Gap(at, end, thickness, bool(level and alike))


def _stub(body: Any) -> bool:
    """A column: no wall goes on behind its end."""
    if body is None:
        return False
    x0, y0, x1, y1 = body.bounds
    return bool(max(x1 - x0, y1 - y0) <= 0.6)


def _caps(bodies: BaseGeometry) -> Iterator[tuple[Points, Points, float, Any]]:
    """Ends of walls: middle, direction onward, thickness, and the body that ends there."""
    for body in parts(bodies.normalize()):  # rings begin at a corner, never inside an edge
        clean = orient(simplified(body, 2e-3))  # the body is to the left of all its rings
        for ring in (clean.exterior, *clean.interiors):
            points = shapely.get_coordinates(ring)[:-1]
            along = np.roll(points, -1, axis=0) - points
            size = np.linalg.norm(along, axis=1)
            unit = along / np.maximum(size, 1e-12)[:, None]
            before, after = np.roll(unit, 1, axis=0), np.roll(unit, -1, axis=0)
            left = (_cross(before, unit) > 0.9) & (_cross(unit, after) > 0.9)
            for i in np.flatnonzero(left & (size > 0.03) & (size <= THICKEST)):
                yield points[i] + along[i] / 2, np.array([unit[i, 1], -unit[i, 0]]), float(size[i]), body


def _cross(a: Points, b: Points) -> NDArray[np.float64]:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])


def _line_ends(singles: BaseGeometry) -> Iterator[tuple[Points, Points, float, Any]]:
    """Ends of walls that are single lines."""
    if singles.is_empty:
        return
    ends = ends_of(noded([singles]))
    for at, out, length in zip(ends.at, ends.out, ends.length, strict=True):
        if length > 0.1:
            yield at, out, 0.0, None


def _free(tree: shapely.STRtree, pieces: Points, at: Points, out: Points) -> float | None:
    """How far one can go straight on from a wall's end [m]; None when there is nothing ahead."""
    ray = LineString([at + 1e-3 * out, at + REACH * out])
    near = pieces[tree.query(ray)]
    if not len(near):
        return None
    a, d = near[:, 0] - at, near[:, 1] - near[:, 0]
    across = out[0] * d[:, 1] - out[1] * d[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (a[:, 0] * d[:, 1] - a[:, 1] * d[:, 0]) / across
        s = (a[:, 0] * out[1] - a[:, 1] * out[0]) / across
    hit = (np.abs(across) > 1e-9) & (t > 5e-3) & (s > -1e-6) & (s < 1 + 1e-6) & (t <= REACH)
    # Single lines often end exactly opposite: then the ray runs along the line and only meets its ends.
    flat = np.abs(across) <= 1e-9
    level = flat & (np.abs(a[:, 0] * out[1] - a[:, 1] * out[0]) < 5e-3)
    ends = np.concatenate([(near[level, k] - at) @ out for k in (0, 1)])
    found = np.concatenate([t[hit], ends[(ends > 5e-3) & (ends <= REACH)]])
    return float(found.min()) if len(found) else None


def _stands_in(mark: Mark, gap: _Gap, room: BaseGeometry) -> bool:
    """Whether a sign is that of a gap: hinged at its jambs, or as long as the gap."""
    out = (gap.end - gap.start) / gap.width
    if mark.bows:
        hinged = [
            b
            for b in mark.bows
            if room.distance(Point(b.centre)) < 0.15
            and min(np.linalg.norm(gap.start - b.centre), np.linalg.norm(gap.end - b.centre))
            < 0.15 + gap.thickness
        ]
        return bool(hinged) and 0.75 * gap.width <= sum(b.radius for b in hinged) <= 1.3 * gap.width + 0.1
    inside = shapely.get_coordinates(mark.shape.intersection(room.buffer(0.1)))
    if not len(inside):
        return False
    along = np.clip((inside - gap.start) @ out, 0.0, gap.width)
    whole = (shapely.get_coordinates(mark.shape) - gap.start) @ out
    fits = whole.min() > -0.4 and whole.max() < gap.width + 0.4
    return bool(np.ptp(along) >= 0.5 * gap.width and fits)


def _hole(gap: _Gap, mark: Mark | None) -> Hole:
    line = LineString([gap.start, gap.end])
    swing = _swing(mark, line) if mark is not None else None
    return Hole(line, gap.thickness, "opening" if mark is None else mark.role, swing, mark)


def _swing(mark: Mark, line: LineString) -> Swing | None:
    """Which way the leaf of a sign opens."""
    if not mark.bows:
        return None
    bow = max(mark.bows, key=lambda b: b.radius)
    (ax, ay), (bx, by) = line.coords[0], line.coords[-1]
    start = math.dist(bow.centre, (ax, ay)) <= math.dist(bow.centre, (bx, by))
    side = sum((bx - ax) * (y - ay) - (by - ay) * (x - ax) for x, y in (bow.start, bow.end, bow.centre))
    return Swing("start" if start else "end", side > 0)


def _over_wall(walls: Walls, mark: Mark, snap: float) -> Hole | None:
    """The opening of a sign that lies on a wall drawn without a gap."""
    if mark.bows:
        return _door_over_wall(walls, mark, snap)
    reach = walls.bodies.buffer(0.03).union(walls.singles.buffer(snap))
    on = mark.shape.intersection(reach)
    if on.is_empty or on.length < NARROWEST:
        return None
    box = shapely.get_coordinates(on.minimum_rotated_rectangle)
    if len(box) < 5:
        line = LineString(box[:2]) if len(box) >= 2 else LineString()
    else:
        sides = np.linalg.norm(np.diff(box[:3], axis=0), axis=1)
        first = 0 if sides[0] >= sides[1] else 1
        line = LineString([(box[first] + box[(first + 3) % 4]) / 2, (box[first + 1] + box[first + 2]) / 2])
    if not NARROWEST <= line.length <= REACH:
        return None
    return _centred(walls, line, mark, snap)


def _door_over_wall(walls: Walls, mark: Mark, snap: float) -> Hole | None:
    lines = shapely.union_all([walls.bodies.boundary, walls.singles])
    hinges = [b.centre for b in mark.bows]
    tips = [min((b.start, b.end), key=lambda p: lines.distance(Point(p))) for b in mark.bows]
    if max(lines.distance(Point(p)) for p in (*hinges, *tips)) > max(0.2, snap):
        return None
    ends = (hinges[0], tips[0]) if len(hinges) == 1 else (hinges[0], hinges[1])
    return _centred(walls, LineString(ends), mark, snap)


def _across(walls: Walls, mark: Mark, usual: float) -> Hole | None:
    """A door that fills a passage from wall to wall, where no wall ends at its jambs.

    Args:
        walls: of the drawing.
        mark: the sign.
        usual: thickness of a wall with a door, when nothing shows it here [m].
    """
    solid = shapely.union_all([walls.bodies, walls.singles])
    for bow in mark.bows[:1]:
        for tip in (bow.start, bow.end):
            line = LineString([bow.centre, tip])
            middle = line.interpolate(0.5, normalized=True)
            if max(solid.distance(Point(p)) for p in line.coords) > 0.12 or solid.distance(middle) < 0.2:
                continue
            if walls.bodies.is_empty or solid.distance(Point(tip)) > walls.bodies.distance(Point(tip)) + 0.1:
                return Hole(line, 0.0, mark.role, _swing(mark, line), mark)
            (ax, ay), (bx, by) = line.coords
            nx, ny = -(by - ay) / line.length, (bx - ax) / line.length
            corner = _level_corners(walls.bodies, line, (nx, ny))
            thickness = usual if corner is None else abs(corner)
            # Leaves hang in the middle of the wall or at one of its faces.
            middled = corner is not None and 2 * thickness <= THICKEST
            shift = 0.0 if corner is None or middled else corner / 2
            moved = LineString([(x + nx * shift, y + ny * shift) for x, y in line.coords])
            wall = 2 * thickness if middled else thickness
            return Hole(_stretched(moved, 0.05), wall, mark.role, _swing(mark, moved), mark)
    return None


def _level_corners(bodies: BaseGeometry, line: LineString, normal: tuple[float, float]) -> float | None:
    """How far beside a line both walls have a corner [m]: the face of the wall that the line closes."""
    corners = shapely.get_coordinates(bodies.simplify(2e-3))
    offsets: list[NDArray[np.float64]] = []
    for x, y in line.coords:
        d = corners - (x, y)
        across = d @ np.array(normal)
        along = d @ np.array([normal[1], -normal[0]])
        offsets.append(across[(np.abs(along) < 0.13) & (np.abs(across) < 0.7) & (np.abs(across) > 0.02)])
    level = [float(a) for a in offsets[0] if len(offsets[1]) and np.abs(offsets[1] - a).min() < 0.02]
    return min(level, key=abs, default=None)


def _centred(walls: Walls, line: LineString, mark: Mark, snap: float) -> Hole | None:
    """The opening on the middle of the wall that the line lies in or along."""
    (ax, ay), (bx, by) = line.coords[0], line.coords[-1]
    if line.length < NARROWEST:
        return None
    nx, ny = -(by - ay) / line.length, (bx - ax) / line.length
    mx, my = (ax + bx) / 2, (ay + by) / 2
    ray = LineString([(mx - nx * THICKEST, my - ny * THICKEST), (mx + nx * THICKEST, my + ny * THICKEST)])
    pieces = [p for p in shapely.get_parts(ray.intersection(walls.bodies)) if p.length > 0.02]
    piece = min(pieces, key=lambda p: p.distance(Point(mx, my)), default=None)
    if piece is None or piece.distance(Point(mx, my)) > 0.25 or piece.length > THICKEST:
        if walls.singles.is_empty:
            return None
        foot, _ = nearest_points(walls.singles, Point(mx, my))
        dx, dy = foot.x - mx, foot.y - my
        if math.hypot(dx, dy) > snap or abs(dx * ny - dy * nx) > 0.02:
            return None
        moved = LineString([(ax + dx, ay + dy), (bx + dx, by + dy)])
        return Hole(moved, 0.0, mark.role, _swing(mark, line), mark)
    middle = piece.interpolate(0.5, normalized=True)
    dx, dy = middle.x - mx, middle.y - my
    moved = LineString([(ax + dx, ay + dy), (bx + dx, by + dy)])
    return Hole(moved, piece.length, mark.role, _swing(mark, moved), mark)


def _stretched(line: LineString, by: float) -> LineString:
    (ax, ay), (bx, by_) = line.coords[0], line.coords[-1]
    ux, uy = (bx - ax) / line.length * by, (by_ - ay) / line.length * by
    return LineString([(ax - ux, ay - uy), (bx + ux, by_ + uy)])
