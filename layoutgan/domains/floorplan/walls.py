"""Walls of a plan: what floor they leave clear, and the bodies that drawings show.

Rooms reach to the centre-lines of interior walls and to the inner face of exterior ones, so an interior
wall is centred on its seam, and exterior, party and shaft walls stand wholly outside the rooms.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from layoutgan.core.geometry import largest_part, parts
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.brief import FloorplanBrief, is_column
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Wall, Window
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.seams import Line, Seams, corner, find_seams

__all__ = ["clear_floors", "clear_shapes", "covered_length", "seams_of", "wall_bodies"]

T = TypeVar("T")

TOUCH = 1.0e-3
"""A wall face this near to a seam stands on it [m]."""

def seams_of(layout: Layout) -> Seams:
    """The seams of a layout's rooms and obstacles."""
    shapes = [(e.id, e.shape) for e in layout.elements
              if isinstance(e, Room) or (isinstance(e, Obstacle) and not is_column(e))]
    brief = layout.brief
    if isinstance(brief, FloorplanBrief):
        return _found(tuple(shapes), layout.boundary, brief.party, 0.05)
    walls = [e for e in layout.of(Wall) if e.kind == "party"]
    # A party wall's centre-line lies half its thickness beyond the outline.
    reach = max((0.55 * w.thickness for w in walls), default=0.05)
    return _found(tuple(shapes), layout.boundary, tuple(w.shape for w in walls), reach)


def _found(shapes: Sequence[tuple[str, Polygon]], outline: Polygon | None, party: Sequence[LineString],
           reach: float) -> Seams:
    geometry = [*(shape for _, shape in shapes), *party, *([outline] if outline is not None else [])]
    key = (tuple(name for name, _ in shapes), _fingerprint(geometry), len(party), outline is None, reach)
    return _SEAMS.of(key, lambda: find_seams(shapes, outline, party, reach=reach))


class _Recent(Generic[T]):
    """What was computed last: a plan is completed, checked and drawn one after the other."""

    def __init__(self, size: int = 4) -> None:
        self._known: dict[Any, T] = {}
        self._size = size

    def of(self, key: Any, make: Callable[[], T]) -> T:
        """The value for a key, computed now unless it was among the last ones."""
        if key not in self._known:
            while len(self._known) >= self._size:
                del self._known[next(iter(self._known))]
            self._known[key] = make()
        return self._known[key]


_SEAMS: _Recent[Seams] = _Recent()


def _fingerprint(shapes: Sequence[Any]) -> bytes:
    """Equal for equal shapes in the same order: their points, and how these make up rings."""
    array = np.asarray(shapes, dtype=object)
    rings = shapely.get_num_interior_rings(array)
    return b"|".join((shapely.get_coordinates(array).tobytes(), shapely.get_num_coordinates(array).tobytes(),
                      rings.tobytes()))


def clear_shapes(layout: Layout, found: Seams | None = None) -> dict[str, Polygon]:
    """The floor of each room that its walls leave clear [m], by room id; of several pieces the largest."""
    return {name: largest_part(shape) for name, shape in clear_floors(layout, found).items()}


def clear_floors(layout: Layout, found: Seams | None = None) -> dict[str, Polygon | MultiPolygon]:
    """The floor of each room less its walls [m], by room id; several pieces where walls cut a room in two.

    Each edge of a room moves inwards by what its walls take. Only where that fails, because a room is
    thinner than its walls or a wall stands free, shapes are cut from each other.
    """
    found = seams_of(layout) if found is None else found
    rooms = tuple((room.id, room.shape) for room in layout.of(Room))
    walls = tuple(_Solid(wall.shape, wall.thickness) for wall in layout.of(Wall))
    key = (tuple(name for name, _ in rooms), tuple(wall.thickness for wall in walls), id(found),
           _fingerprint([*(shape for _, shape in rooms), *(wall.shape for wall in walls)]))
    return dict(_CLEARED.of(key, lambda: (found, _cleared(found, rooms, walls)))[1])


class _Solid(NamedTuple):
    """What of a wall takes floor."""

    shape: LineString
    thickness: float


_Floors = dict[str, Polygon | MultiPolygon]
_CLEARED: _Recent[tuple[Seams, _Floors]] = _Recent()
"""With their seams, so that no other seams can take the place of these in memory."""


def _cleared(found: Seams, rooms: tuple[tuple[str, Polygon], ...],
             walls: tuple[_Solid, ...]) -> _Floors:
    depths, free = _depths(found, walls)
    shapes = [_inset(found, name, depths) for name, _ in rooms]
    good = shapely.is_valid(np.asarray(shapes, dtype=object)).tolist() if shapes else []
    solid: Any = None
    result: dict[str, Polygon | MultiPolygon] = {}
    for (name, whole), shape, fine in zip(rooms, shapes, good, strict=True):
        if shape is not None and fine and not any(shape.intersects(line) for line in free):
            result[name] = shape
        else:
            solid = shapely.union_all(_solids(walls)) if solid is None else solid
            rest = parts(whole.difference(solid))
            result[name] = rest[0] if len(rest) == 1 else MultiPolygon(rest)
    return result


_Depth = tuple[float, float, float]
"""From, to, and how far the wall's face stands inside the room [m]."""
_Depths = dict[tuple[str, int, bool], list[_Depth]]
"""Depths by room, line, and whether the room lies on the line's left."""
_Standing = tuple[float, float, float, float, int]
"""A wall on a line: from, to, how far it reaches to the left and right [m], and its number."""


def _depths(found: Seams, walls: Sequence[_Solid]) -> tuple[_Depths, list[LineString]]:
    """What walls take from each room, and the walls that stand on no seam."""
    by_line = _walls_by_line(found, walls)
    covered = [0.0] * len(walls)
    depths: _Depths = {}
    for seam in found.seams:
        places = [seam.start, seam.end]
        low, high = seam.start + TOUCH, seam.end - TOUCH
        near = [w for w in by_line.get(seam.line, ()) if w[0] < high and w[1] > low]
        for w in near:
            places += [t for t in w[:2] if low < t < high]
            covered[w[4]] += min(w[1], seam.end) - max(w[0], seam.start)
        if len(places) > 2:
            places.sort()
        for begin, finish in pairwise(places):
            middle = 0.5 * (begin + finish)
            left = right = 0.0
            for w in near:
                if w[0] < middle < w[1]:
                    left, right = max(left, w[2]), max(right, w[3])
            depths.setdefault((seam.left, seam.line, True), []).append((begin, finish, left))
            depths.setdefault((seam.right, seam.line, False), []).append((begin, finish, right))
    # Walls meet mitred, so that each end may stand a thickness beyond its seam.
    free = [w.shape for w, length in zip(walls, covered, strict=True)
            if w.shape.length - length > 2.5 * max(w.thickness, 0.3)]
    return depths, free


def covered_length(found: Seams, walls: Sequence[Wall]) -> list[float]:
    """How much of each seam walls cover, in their order [m].

    Where outer walls meet at an inner corner their centre-lines end before it, by half a thickness.
    """
    by_line = _walls_by_line(found, walls)
    mitre = max((w.thickness for w in walls), default=0.0) / 2
    lengths = []
    for seam in found.seams:
        total, reached = 0.0, seam.start
        for start, end, *_ in sorted(by_line.get(seam.line, ())):
            low, high = max(start - mitre, reached), min(end + mitre, seam.end)
            if high > low:
                total += high - low
                reached = high
        lengths.append(total)
    return lengths


def _walls_by_line(found: Seams, walls: Sequence[Wall | _Solid]) -> dict[int, list[_Standing]]:
    """Walls that stand on each line."""
    if not walls:
        return {}
    ends = shapely.get_coordinates([w.shape for w in walls]).tolist()
    if len(ends) != 2 * len(walls):  # somebody's wall with corners: its first and last point must do
        ends = [p for w in walls for p in (w.shape.coords[0], w.shape.coords[-1])]
    result: dict[int, list[_Standing]] = {}
    upright = [(line.x, n) for n, line in enumerate(found.lines) if line.ux == 0.0]
    level = [(line.y, n) for n, line in enumerate(found.lines) if line.uy == 0.0]
    slanted = [n for n, line in enumerate(found.lines) if line.ux != 0.0 and line.uy != 0.0]
    for i, wall in enumerate(walls):
        (x0, y0), (x1, y1) = ends[2 * i], ends[2 * i + 1]
        half = 0.5 * wall.thickness
        if abs(x1 - x0) <= TOUCH:
            near = [n for x, n in upright if abs(x - x0) <= half + TOUCH]
        elif abs(y1 - y0) <= TOUCH:
            near = [n for y, n in level if abs(y - y0) <= half + TOUCH]
        else:
            near = slanted
        for n in near:
            line = found.lines[n]
            aside, other = line.aside(x0, y0), line.aside(x1, y1)
            if abs(aside) <= half + TOUCH and abs(aside - other) <= TOUCH:
                a, b = line.along(x0, y0), line.along(x1, y1)
                result.setdefault(n, []).append((min(a, b), max(a, b), half + aside, half - aside, i))
    return result


def _inset(found: Seams, room: str, depths: _Depths) -> Polygon | None:
    """The room with each edge moved inwards, or None where an edge would turn around."""
    rings = []
    for spans in found.rings.get(room, ()):
        pieces: list[_Piece] = []
        for number, begin, finish in spans:
            forward = finish > begin
            low, high = (begin, finish) if forward else (finish, begin)
            own = depths.get((room, number, forward), ())
            here = [piece for piece in own if piece[0] < high - TOUCH and piece[1] > low + TOUCH]
            found_here = [(max(a, low), min(b, high), d) for a, b, d in here]
            line = found.lines[number]
            if not forward:
                line = Line(line.x, line.y, -line.ux, -line.uy)
                found_here = [(-b, -a, d) for a, b, d in reversed(found_here)]
            for a, b, d in found_here:
                before = pieces[-1] if pieces else None
                if before is not None and before[0] == line and abs(before[3] - d) < 1e-9:
                    pieces[-1] = (line, before[1], b, d)
                else:
                    pieces.append((line, a, b, d))
        ring = _joined(pieces)
        if ring is None:
            return None
        rings.append(ring)
    return Polygon(rings[0], rings[1:]) if rings else None


_Piece = tuple[Line, float, float, float]
"""A line walked with the room on its left, from, to, and depth [m]."""


def _joined(pieces: Sequence[_Piece]) -> list[tuple[float, float]] | None:
    """The ring of pieces moved to their left by their depth, or None where a piece would turn around."""
    points: list[tuple[float, float]] = []
    marks: list[int] = []  # number of points before each joint
    for i, (line, _, end, depth) in enumerate(pieces):
        after, begin, _, next_depth = pieces[(i + 1) % len(pieces)]
        marks.append(len(points))
        crossing = None if after == line else line.crossing(depth, after, next_depth)
        if crossing is not None:
            points.append(crossing)
        else:
            points += [line.at(end, depth), after.at(begin, next_depth)]
    for i, (line, *_) in enumerate(pieces):
        first, last = points[marks[i] - 1], points[marks[i]]
        if line.along(*last) - line.along(*first) < -1e-9:
            return None
    return points


def _solids(walls: Sequence[Wall | _Solid]) -> list[Polygon]:
    """The walls as rectangles, and the kites that close the corners between them."""
    if not walls:
        return []
    lines = np.asarray([w.shape for w in walls], dtype=object)
    half = np.asarray([w.thickness for w in walls]) / 2
    return [*shapely.buffer(lines, half, cap_style="flat", join_style="mitre"), *_kites(walls)]


def _kites(walls: Sequence[Wall | _Solid]) -> list[Polygon]:
    """What is missing at the outer side of each corner where walls end together."""
    ends: dict[tuple[float, float], list[tuple[float, ...]]] = {}
    for wall in walls:
        (ax, ay), (bx, by) = wall.shape.coords[0], wall.shape.coords[-1]
        size = math.hypot(bx - ax, by - ay)
        dx, dy = (bx - ax) / size, (by - ay) / size
        for x, y, ux, uy in ((ax, ay, dx, dy), (bx, by, -dx, -dy)):
            ends.setdefault(corner((x, y)), []).append((math.atan2(uy, ux), ux, uy, wall.thickness / 2, x, y))
    kites = []
    for found in ends.values():
        found.sort()
        for i, (angle, ux, uy, half, x, y) in enumerate(found if len(found) > 1 else ()):
            after, vx, vy, other, *_ = found[(i + 1) % len(found)]
            gap = (after - angle) % (2 * math.pi)
            if math.pi + 0.05 < gap < 1.85 * math.pi:  # left face of one, right face of the next: a gap
                tip = Line(x, y, ux, uy).crossing(half, Line(x, y, vx, vy), -other)
                if tip is not None:
                    near, far = (x - half * uy, y + half * ux), (x + other * vy, y - other * vx)
                    kites.append(Polygon([(x, y), near, tip, far]))
    return [k for k in kites if k.area > 1e-9]


def wall_bodies(layout: Layout, *, openings: bool = True) -> dict[str, list[Polygon]]:
    """The bodies of walls as drawings show them [m]: ``wall`` and ``railing``, corners closed, largest first.

    Args:
        layout: with rooms and walls.
        openings: cut out doors and windows.
    """
    walls = layout.of(Wall)
    heavy = [w for w in walls if w.kind != "railing"]
    clear = clear_shapes(layout)
    indoor = [r for r in layout.of(Room) if not kind(r.kind).outdoor]
    # What a room loses to its walls closes the joints of interior walls, whatever their angle.
    lost = [r.shape.difference(clear[r.id]) for r in indoor]
    body: BaseGeometry = shapely.union_all([*_solids(heavy), *lost])
    light = shapely.union_all(_solids([w for w in walls if w.kind == "railing"])).difference(body)
    if openings:
        holes = [e for e in layout.elements if isinstance(e, Door | Window)]
        if holes:
            lines = np.asarray([e.shape for e in holes], dtype=object)
            # A little deeper than the wall, so that no skin of it stays.
            half = [e.thickness / 2 + 1e-4 for e in holes]
            cut = shapely.union_all(shapely.buffer(lines, half, cap_style="flat"))
            body, light = body.difference(cut), light.difference(cut)
    shapes = {"wall": body, "railing": light}
    return {name: [p for p in parts(shape) if p.area > 1e-6] for name, shape in shapes.items()}

