"""What follows from a floor plan: widths, contacts, façades, doors and routes, each computed once per check.

All functions take the rule engine's ``Context``, so that rules share the results. Lengths are [m], areas
[m²].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from layoutgan.core.geometry import clear_width as circle_width
from layoutgan.core.geometry import largest_part
from layoutgan.domains.floorplan.brief import FloorplanBrief, Space, is_column
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Window
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.openings import sector, swing
from layoutgan.domains.floorplan.rectangles import Floor, floor_of
from layoutgan.domains.floorplan.seams import OUTSIDE, Line, Seam, Seams
from layoutgan.domains.floorplan.walls import clear_floors, seams_of
from layoutgan.domains.floorplan.windows import glazed_area
from layoutgan.validation.rule import Context

__all__ = [
    "Contacts", "Facade", "Host", "Overlap", "Passage", "brief_of", "clear_area", "clear_circle",
    "clear_width", "clears", "contacts", "door_graph", "ends", "facades", "floor_rectangles", "floors",
    "glazing", "host",
    "obstacles", "open_air", "overlaps", "passages", "reached", "rooms", "route", "seams", "spaces", "swings",
    "without",
]


def rooms(context: Context) -> dict[str, Room]:
    """Rooms by id."""
    return context.once(_rooms)


def _rooms(context: Context) -> dict[str, Room]:
    return {room.id: room for room in context.of(Room)}


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
    return tuple(o for o in context.of(Obstacle) if not is_column(o))


def seams(context: Context) -> Seams:
    """Where rooms, obstacles and the outside meet."""
    return context.once(_seams)


def _seams(context: Context) -> Seams:
    return seams_of(context.layout)


def clears(context: Context) -> dict[str, Polygon]:
    """Clear floor of each room: its shape less the walls [m]."""
    return context.once(_clears)


def _clears(context: Context) -> dict[str, Polygon]:
    return {name: largest_part(shape) if isinstance(shape, MultiPolygon) else shape
            for name, shape in floors(context).items()}


def floors(context: Context) -> dict[str, Polygon | MultiPolygon]:
    """Clear floor of each room with all its pieces [m]; more than one where walls cut it in two."""
    return context.once(_floors)


def _floors(context: Context) -> dict[str, Polygon | MultiPolygon]:
    return clear_floors(context.layout, seams(context))


class Overlap(NamedTuple):
    """Floor that two rooms both claim."""

    one: str
    two: str
    shape: BaseGeometry
    """[m]"""


def overlaps(context: Context) -> tuple[Overlap, ...]:
    """Pairs of rooms whose shapes overlap."""
    return context.once(_overlaps)


def _overlaps(context: Context) -> tuple[Overlap, ...]:
    if seams(context).exact:
        return ()
    known = context.of(Room)
    shapes = np.asarray([r.shape for r in known], dtype=object)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    keep = first < second
    pairs = sorted(zip(first[keep].tolist(), second[keep].tolist(), strict=True))
    common = [(i, j, shapes[i].intersection(shapes[j])) for i, j in pairs]
    return tuple(Overlap(known[i].id, known[j].id, shape) for i, j, shape in common if shape.area > 0)


def clear_area(context: Context, room: str) -> float:
    """Clear floor area of a room [m²]; columns inside are not taken off."""
    return context.once(_clear_areas).get(room, 0.0)


def _clear_areas(context: Context) -> dict[str, float]:
    shapes = clears(context)
    areas = shapely.area(np.asarray(list(shapes.values()), dtype=object)).tolist() if shapes else []
    return dict(zip(shapes, areas, strict=True))


def floor_rectangles(context: Context, room: str) -> Floor | None:
    """Maximal rectangles of a room's clear floor; None if its walls are not at right angles."""
    known = context.once(_floor_rectangles)
    if room not in known:
        known[room] = floor_of(clears(context)[room])
    return known[room]


def _floor_rectangles(_: Context) -> dict[str, Floor | None]:
    return {}


def clear_width(context: Context, room: str) -> float:
    """Side of the largest square, parallel to the walls, that fits on a room's clear floor [m].

    For a rectangle that is its shorter side. It is what furniture needs and what the exact step plans with.
    A room whose walls are not at right angles has no such square; its largest circle stands for it.
    """
    floor = floor_rectangles(context, room)
    return clear_circle(context, room) if floor is None else floor.widest


def clear_circle(context: Context, room: str) -> float:
    """Diameter of the largest circle on a room's clear floor [m]; never less than the square's side."""
    floor = floor_rectangles(context, room)
    circle = circle_width(clears(context)[room])
    return circle if floor is None else max(circle, floor.widest)


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
    return frozenset({OUTSIDE, *(r.id for r in context.of(Room) if kind(r.kind).outdoor)})


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
                outline = max(outline, length) if beyond == OUTSIDE else outline
                found[one] = Facade(outline, max(any_air, length))
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
    for door in context.of(Door):
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
    """Rooms on the way from the entrance to a room, both included, by the fewest doors; empty if none."""
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
    for door in context.of(Door):
        into = door.opens_into
        if into == OUTSIDE:
            into = next((end for end in door.between if end != OUTSIDE), None)
        if into is not None and into in known:
            leaf = swing(door, known[into].shape)
            if leaf is not None:
                found[door.id] = sector(leaf)
    return found


def ends(context: Context) -> dict[str, tuple[tuple[float, float], tuple[float, float]]]:
    """Both jambs of each door and window by id [m]."""
    return context.once(_ends)


def _ends(context: Context) -> dict[str, tuple[tuple[float, float], tuple[float, float]]]:
    openings = [*context.of(Door), *context.of(Window)]
    points = shapely.get_coordinates([o.shape for o in openings]).tolist() if openings else []
    if len(points) != 2 * len(openings):  # somebody's opening with more than two points
        points = [p for o in openings for p in (o.shape.coords[0], o.shape.coords[-1])]
    return {o.id: ((points[2 * i][0], points[2 * i][1]), (points[2 * i + 1][0], points[2 * i + 1][1]))
            for i, o in enumerate(openings)}


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
    """The seam that an opening stands on, between a room and one of several things; the best of more."""
    found = seams(context)
    (ax, ay), (bx, by) = ends(context)[opening.id]
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
    known = context.once(_glazing)
    if room not in known:
        area = clear_area(context, room)
        glass = glazed_area(context.of(Window), context.of(Door), room, open_air(context))
        known[room] = glass / area if area > 0 else 0.0
    return known[room]


def _glazing(_: Context) -> dict[str, float]:
    return {}

