"""What follows from a floor plan: widths, contacts, façades, doors and routes. Each is computed once per check.

All functions take the rule engine's ``Context``, so that rules share the results. Lengths are [m], areas [m²].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry import Polygon

from layoutgan.core.geometry import clear_width as circle_width
from layoutgan.domains.floorplan.brief import FloorplanBrief, Space
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Window
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.openings import sector, swing
from layoutgan.domains.floorplan.seams import OUTSIDE, Line, Seam, Seams
from layoutgan.domains.floorplan.walls import clear_shapes, seams_of, stands_in_room
from layoutgan.domains.floorplan.windows import glazed_area
from layoutgan.validation.rule import Context

__all__ = [
    "Contacts", "Passage", "brief_of", "clear_area", "clear_width", "clears", "contacts", "door_graph", "facades",
    "glazing", "host", "obstacles", "open_air", "passages", "reached", "rooms", "route", "seams", "spaces", "swings",
    "widest_square", "without",
]


def rooms(context: Context) -> dict[str, Room]:
    """Rooms by id."""
    return context.once(_rooms)


def _rooms(context: Context) -> dict[str, Room]:
    return {room.id: room for room in context.layout.of(Room)}


def brief_of(context: Context) -> FloorplanBrief | None:
    """The floor-plan brief that the layout should answer, if there is one."""
    return context.brief if isinstance(context.brief, FloorplanBrief) else None


def spaces(context: Context) -> dict[str, Space]:
    """Spaces of the brief by id; none without a brief."""
    return context.once(_spaces)


def _spaces(context: Context) -> dict[str, Space]:
    brief = brief_of(context)
    return {space.id: space for space in brief.spaces} if brief else {}


def obstacles(context: Context) -> tuple[Obstacle, ...]:
    """What rooms must leave free: everything but small columns."""
    return context.once(_obstacles)


def _obstacles(context: Context) -> tuple[Obstacle, ...]:
    return tuple(o for o in context.layout.of(Obstacle) if not stands_in_room(o))


def seams(context: Context) -> Seams:
    """Where rooms, obstacles and the outside meet."""
    return context.once(_seams)


def _seams(context: Context) -> Seams:
    return seams_of(context.layout)


def clears(context: Context) -> dict[str, Polygon]:
    """Clear floor of each room: its shape less the walls [m]."""
    return context.once(_clears)


def _clears(context: Context) -> dict[str, Polygon]:
    return clear_shapes(context.layout, seams(context))


def clear_area(context: Context, room: str) -> float:
    """Clear floor area of a room [m²]; columns inside are not taken off."""
    return context.once(_clear_areas).get(room, 0.0)


def _clear_areas(context: Context) -> dict[str, float]:
    shapes = clears(context)
    areas = shapely.area(np.asarray(list(shapes.values()), dtype=object)).tolist() if shapes else []
    return dict(zip(shapes, areas, strict=True))


class Width(NamedTuple):
    """How wide a room is."""

    square: float
    """Side of the largest square parallel to its walls [m]."""
    circle: float
    """Diameter of the largest circle [m]; never less than the square."""


def clear_width(context: Context, room: str) -> Width:
    """How wide a room is between its walls: the largest square, and the largest circle.

    For a rectangle both are the shorter side. The square is the stricter one where rooms bend: it is what furniture
    needs, and what the exact step plans with. A room whose walls are not at right angles has no such square; its circle
    stands for it.
    """
    known = context.once(_widths)
    if room not in known:
        known[room] = _width(clears(context)[room])
    return known[room]


def _widths(_: Context) -> dict[str, Width]:
    return {}


def _width(shape: Polygon) -> Width:
    square = widest_square(shape)
    if square is not None and len(shape.exterior.coords) == 5:
        return Width(square, square)
    circle = circle_width(shape)
    return Width(circle if square is None else square, circle if square is None else max(circle, square))


def widest_square(shape: Polygon) -> float | None:
    """Side of the largest square inside a room, parallel to its walls [m]; None if they are not at right angles.

    Example:
        >>> widest_square(Polygon([(0, 0), (3, 0), (3, 1), (1, 1), (1, 2), (0, 2)]))
        1.0
    """
    if shape.is_empty:
        return 0.0
    points = [np.asarray(ring.coords) for ring in (shape.exterior, *shape.interiors)]
    steps = np.diff(points[0], axis=0)
    ux, uy = steps[np.argmax(np.abs(steps).max(axis=1))]
    if abs(ux) > 1e-9 and abs(uy) > 1e-9:
        size = float(np.hypot(ux, uy))
        turn = np.array([[ux, -uy], [uy, ux]]) / size
        points = [ring @ turn for ring in points]
    upright: list[tuple[float, float, float]] = []
    levels: set[float] = set()
    for ring in points:
        for (x0, y0), (x1, y1) in pairwise(ring.tolist()):
            if min(abs(x1 - x0), abs(y1 - y0)) > 1e-4:
                return None
            if abs(x1 - x0) < abs(y1 - y0):
                upright.append((0.5 * (x0 + x1), min(y0, y1), max(y0, y1)))
                levels |= {y0, y1}
    return _square(upright, sorted(levels))


def _square(upright: list[tuple[float, float, float]], levels: list[float]) -> float:
    """Largest square among upright edges (x, low, high) and the levels between which they run [m]."""
    heights = [y for i, y in enumerate(levels) if i == 0 or y - levels[i - 1] > 1e-6]
    rows = []
    for low, high in pairwise(heights):
        middle = 0.5 * (low + high)
        cuts = sorted(x for x, a, b in upright if a < middle < b)
        rows.append(list(zip(cuts[::2], cuts[1::2], strict=False)))
    best = 0.0
    for i, first in enumerate(rows):
        common = first
        for j in range(i, len(rows)):
            if j > i:
                common = [(max(a, c), min(b, d)) for a, b in common for c, d in rows[j] if min(b, d) > max(a, c)]
            if not common:
                break
            widest = max(b - a for a, b in common)
            best = max(best, min(widest, heights[j + 1] - heights[i]))
            if widest <= best:
                break
    return best


@dataclass(frozen=True)
class Contacts:
    """Shared walls of all pairs of rooms. Rooms that meet at a corner only share nothing."""

    longest: Mapping[frozenset[str], float]
    """Longest straight piece by pair of ids [m]."""
    total: Mapping[frozenset[str], float]
    """Sum of all pieces by pair of ids [m]."""

    def between(self, one: str, two: str) -> float:
        """Longest straight wall that two rooms share [m]."""
        return self.longest.get(frozenset((one, two)), 0.0)


def contacts(context: Context) -> Contacts:
    """Walls that rooms share, strictly: pieces of outline that coincide, corners are 0."""
    return context.once(_contacts)


def _contacts(context: Context) -> Contacts:
    longest: dict[frozenset[str], float] = {}
    total: dict[frozenset[str], float] = {}
    known = rooms(context)
    for seam in seams(context).seams:
        if seam.left in known and seam.right in known:
            pair = frozenset((seam.left, seam.right))
            longest[pair] = max(longest.get(pair, 0.0), seam.length)
            total[pair] = total.get(pair, 0.0) + seam.length
    return Contacts(longest, total)


def open_air(context: Context) -> frozenset[str]:
    """Ids of balconies, gardens and the outside."""
    return context.once(_open_air)


def _open_air(context: Context) -> frozenset[str]:
    return frozenset({OUTSIDE, *(r.id for r in context.layout.of(Room) if kind(r.kind).outdoor)})


class Facade(NamedTuple):
    """A room's walls to the open air."""

    outline: float
    """Longest straight piece on the outline, party walls left out [m]."""
    air: float
    """Longest straight piece to the outside or to a balcony [m]."""


def facades(context: Context) -> dict[str, Facade]:
    """Façade of each room that has one. A wall that touches a neighbour is none."""
    return context.once(_facades)


def _facades(context: Context) -> dict[str, Facade]:
    found: dict[str, Facade] = {}
    known, air = rooms(context), open_air(context)
    for seam in seams(context).seams:
        for one, beyond in ((seam.left, seam.right), (seam.right, seam.left)):
            if one in known and beyond in air and not seam.party:
                outline, any_air = found.get(one, Facade(0.0, 0.0))
                length = seam.length
                found[one] = Facade(max(outline, length) if beyond == OUTSIDE else outline, max(any_air, length))
    return found


class Passage(NamedTuple):
    """A way on from a room."""

    to: str
    door: str
    """Id of the door or opening."""


def door_graph(context: Context) -> dict[str, tuple[Passage, ...]]:
    """Ways on from each room and from outside, by doors and openings, in their order."""
    return context.once(_door_graph)


def _door_graph(context: Context) -> dict[str, tuple[Passage, ...]]:
    found: dict[str, list[Passage]] = {name: [] for name in (*rooms(context), OUTSIDE)}
    for door in context.layout.of(Door):
        one, two = door.between
        if one in found and two in found:
            found[one].append(Passage(two, door.id))
            found[two].append(Passage(one, door.id))
    return {name: tuple(ways) for name, ways in found.items()}


def passages(context: Context, room: str) -> tuple[Passage, ...]:
    """Ways on from one room."""
    return door_graph(context).get(room, ())


def reached(context: Context) -> frozenset[str]:
    """Rooms that can be reached from outside through doors and openings."""
    return context.once(_reached)


def _reached(context: Context) -> frozenset[str]:
    return without(context, frozenset())


def without(context: Context, closed: frozenset[str]) -> frozenset[str]:
    """Rooms that can be reached from outside without walking through the closed ones; these may be ends."""
    graph = door_graph(context)
    seen, front = {OUTSIDE}, [OUTSIDE]
    while front:
        for to, _ in graph.get(front.pop(), ()):
            if to not in seen:
                seen.add(to)
                if to not in closed:
                    front.append(to)
    return frozenset(seen - {OUTSIDE})


def route(context: Context, room: str) -> tuple[str, ...]:
    """Rooms on the way from the entrance to a room, both included, by the fewest doors; empty if there is no way."""
    return context.once(_routes).get(room, ())


def _routes(context: Context) -> dict[str, tuple[str, ...]]:
    graph = door_graph(context)
    ways: dict[str, tuple[str, ...]] = {OUTSIDE: ()}
    front = [OUTSIDE]
    while front:
        following = []
        for here in front:
            for to, _ in graph.get(here, ()):
                if to not in ways:
                    ways[to] = (*ways[here], to)
                    following.append(to)
        front = following
    return ways


def swings(context: Context) -> dict[str, Polygon]:
    """The quarter circle that each leaf sweeps [m], by id of the door."""
    return context.once(_swings)


def _swings(context: Context) -> dict[str, Polygon]:
    known = rooms(context)
    found = {}
    for door in context.layout.of(Door):
        into = door.opens_into
        if into == OUTSIDE:
            into = next((end for end in door.between if end != OUTSIDE), None)
        if into is not None and into in known:
            leaf = swing(door, known[into].shape)
            if leaf is not None:
                found[door.id] = sector(leaf)
    return found


class Host(NamedTuple):
    """The wall that an opening stands in."""

    seam: Seam
    line: Line
    start: float
    """Of the opening along the line [m]."""
    end: float
    missing: float
    """How much of the opening lies beyond the wall [m]."""


def host(context: Context, opening: Door | Window, one: str, beyond: frozenset[str]) -> Host | None:
    """The seam that an opening stands on, between a room and one of several things; the best if there are more."""
    found = seams(context)
    coords = opening.shape.coords
    (ax, ay), (bx, by) = coords[0], coords[-1]
    best: Host | None = None
    for number in context.once(_seams_by_room).get(one, ()):
        seam = found.seams[number]
        if seam.other(one) not in beyond:
            continue
        line = found.lines[seam.line]
        # The opening is drawn on the wall's centre-line, up to a whole thickness away from the seam.
        if max(abs(line.aside(ax, ay)), abs(line.aside(bx, by))) > opening.thickness + 0.02:
            continue
        start, end = sorted((line.along(ax, ay), line.along(bx, by)))
        missing = max(seam.start - start, 0.0) + max(end - seam.end, 0.0)
        missing = min(missing, end - start)
        if best is None or missing < best.missing:
            best = Host(seam, line, start, end, missing)
    return best


def _seams_by_room(context: Context) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, seam in enumerate(seams(context).seams):
        found.setdefault(seam.left, []).append(number)
        found.setdefault(seam.right, []).append(number)
    return found


def glazing(context: Context, room: str) -> float:
    """Glass over clear floor of a room [-]: windows, and sliding doors to the open air."""
    area = clear_area(context, room)
    windows, doors = context.layout.of(Window), context.layout.of(Door)
    return glazed_area(windows, doors, room, open_air(context)) / area if area > 0 else 0.0

