"""The brief that a finished floor plan answers: what training learns from.

Every demand in it is met by the plan itself, measured as the rules measure: areas and widths clear of half
the interior walls, contacts as straight shared walls.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from statistics import median

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.brief import (
    MAX_SPACES,
    Adjacency,
    Entrance,
    FloorplanBrief,
    Obstacle,
    Space,
    WallSettings,
)
from layoutgan.domains.floorplan.elements import Door, Room, Wall
from layoutgan.domains.floorplan.elements import Obstacle as Standing
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.seams import OUTSIDE, Seam, Seams, find_seams
from layoutgan.errors import InputError

__all__ = ["brief_from"]

DOOR = 0.9
PASSAGE = 1.2
"""Widths that doors and openings have unless their wall is too short [m]."""
NARROWEST = 0.5
"""Width below which a door is not asked for [m]."""
MARGIN = 0.1
"""Wall beside a door, both sides together, besides the thickness of crossing walls [m]."""
FACADE = 1.0
"""Straight façade that makes a room an outer room [m]."""
CONTACT = 0.5
"""Straight shared wall that makes rooms adjacent [m]."""


@dataclass(frozen=True)
class _Contacts:
    """Longest straight pieces of wall."""

    shared: dict[frozenset[str], float]
    """By pair of rooms [m]."""
    facade: dict[str, tuple[Seam, float]]
    """By room: the longest piece on the façade and its length [m]."""


def brief_from(
    layout: Layout, tolerance: float = 0.15, *, adjacent: float = 0.0, never: float = 0.0, seed: int = 0
) -> FloorplanBrief:
    """The brief that the layout answers.

    Args:
        layout: a floor plan whose rooms tile its outline.
        tolerance: areas are asked for within this share of the true clear area [-].
        adjacent: share of the contacts without a door that are asked for as ``adjacent`` [-].
        never: number of ``never`` pairs per room, drawn from rooms that do not touch [-].
        seed: of the draw of adjacent and never pairs.

    Raises:
        InputError: the layout has no outline or no rooms, or more rooms than a brief holds.
    """
    rooms = layout.of(Room)
    if layout.boundary is None or not rooms:
        raise InputError(
            "a brief can only be read off a floor plan with an outline and rooms; this layout lacks them"
        )
    if len(rooms) > MAX_SPACES:
        raise InputError(
            f"the plan has {len(rooms)} rooms and a brief holds at most {MAX_SPACES}; split the plan"
        )
    standing = layout.of(Standing)
    wall = _interior(layout)
    seams = find_seams([(e.id, e.shape) for e in (*rooms, *standing)], layout.boundary)
    contacts = _contacts(seams, {room.id for room in rooms})
    clear = _clear(rooms, seams, wall)
    doors = _doors(layout, contacts, wall)
    return FloorplanBrief(
        layoutgan=1,
        domain="floorplan",
        name=layout.name,
        north=layout.north,
        boundary=layout.boundary,
        entrance=_entrances(layout, seams) or None,
        walls=WallSettings(interior=wall),
        obstacles=tuple(Obstacle(kind=_obstacle_kind(o.kind), shape=o.shape) for o in standing),
        spaces=tuple(
            _space(room, shape, contacts, tolerance) for room, shape in zip(rooms, clear, strict=True)
        ),
        adjacencies=(*doors, *_drawn(layout, doors, contacts, seams, adjacent, never, random.Random(seed))),
    )


def _obstacle_kind(name: str) -> str:
    return name if name in ("shaft", "column", "stair", "void") else "shaft"


def _interior(layout: Layout) -> float:
    """Thickness of interior walls: the plan's own, or what its doors stand in, or the usual one [m]."""
    own = [w.thickness for w in layout.of(Wall) if w.kind == "interior"]
    own = own or [d.thickness for d in layout.of(Door) if d.kind != "entrance"]
    return min(max(median(own), 0.02), 1.0) if own else WallSettings().interior


def _contacts(seams: Seams, rooms: set[str]) -> _Contacts:
    shared: dict[frozenset[str], float] = {}
    facade: dict[str, tuple[Seam, float]] = {}
    for seam in seams.seams:
        for one, other in ((seam.left, seam.right), (seam.right, seam.left)):
            if (
                one in rooms
                and other == OUTSIDE
                and not seam.party
                and seam.length > facade.get(one, (seam, 0.0))[1]
            ):
                facade[one] = (seam, seam.length)
        if seam.left in rooms and seam.right in rooms:
            pair = frozenset((seam.left, seam.right))
            shared[pair] = max(shared.get(pair, 0.0), seam.length)
    return _Contacts(shared, facade)


def _clear(rooms: tuple[Room, ...], seams: Seams, wall: float) -> list[Polygon]:
    """Rooms less half the walls that they share with others [N], in their order [m]."""
    own: dict[str, list[LineString]] = {room.id: [] for room in rooms}
    for seam in seams.seams:
        if seam.left in own and seam.right in own:
            line = LineString(seams.points(seam))
            own[seam.left].append(line)
            own[seam.right].append(line)
    lines = [shapely.MultiLineString(own[room.id]) for room in rooms]
    strips = shapely.buffer(lines, wall / 2, cap_style="square", join_style="mitre")
    rest = shapely.difference([room.shape for room in rooms], strips)
    return [
        r if isinstance(r, Polygon) and not r.is_empty else room.shape
        for r, room in zip(rest, rooms, strict=True)
    ]


def _space(room: Room, clear: Polygon, contacts: _Contacts, tolerance: float) -> Space:
    usual = kind(room.kind)
    exterior = None
    if usual.window or usual.outdoor:
        exterior = contacts.facade.get(room.id, (None, 0.0))[1] >= FACADE
    low, high = round((1 - tolerance) * clear.area, 2), round((1 + tolerance) * clear.area, 2)
    return Space(
        id=room.id,
        kind=room.kind,
        name=room.name,
        area=(max(low, 0.01), max(high, 0.02)),
        min_width=_narrow(clear, usual.min_width),
        exterior=exterior,
    )


def _narrow(clear: Polygon, usual: float) -> float | None:
    """The width to ask for when the usual one does not fit: a little less than the widest square [m]."""

    def fits(side: float) -> bool:
        return not clear.buffer(-side / 2, join_style="mitre").is_empty

    x0, y0, x1, y1 = clear.bounds
    low, high = 0.0, min(1.02 * usual, x1 - x0, y1 - y0)
    if abs((x1 - x0) * (y1 - y0) - clear.area) < 1e-9 or fits(high):  # most rooms are rectangles
        low = high
    if low >= 1.02 * usual:
        return None
    for _ in range(8 if low < high else 0):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return max(math.floor(95 * low) / 100, 0.05)


def _doors(layout: Layout, contacts: _Contacts, wall: float) -> list[Adjacency]:
    """Doors and passages, one per pair of rooms; left out where the wall is too short for any door."""
    kinds: dict[frozenset[str], str] = {}
    order: dict[frozenset[str], tuple[str, str]] = {}
    for connection in layout.connections:
        pair = frozenset(connection.between)
        if connection.kind in ("door", "open") and len(pair) == 2 and pair in contacts.shared:
            order.setdefault(pair, connection.between)
            kinds[pair] = "door" if "door" in (connection.kind, kinds.get(pair)) else "open"
    found = []
    for pair, between in order.items():
        fits = contacts.shared[pair] - wall - MARGIN
        usual = PASSAGE if kinds[pair] == "open" else DOOR
        if fits >= NARROWEST:
            width = None if fits >= usual else math.floor(100 * fits) / 100
            found.append(Adjacency(between=between, kind=kinds[pair], width=width))
        elif contacts.shared[pair] >= CONTACT:
            found.append(Adjacency(between=between, kind="adjacent"))
    return found


def _entrances(layout: Layout, seams: Seams) -> tuple[Entrance, ...]:
    """Front doors, moved along their piece of façade where they would not fit."""
    found = []
    for door in layout.of(Door):
        if OUTSIDE not in door.between:
            continue
        space = next((end for end in door.between if end != OUTSIDE), None)
        middle = door.shape.interpolate(0.5, normalized=True)
        best: tuple[float, Point, float] | None = None
        for seam in seams.seams:
            if space is None or {seam.left, seam.right} != {space, OUTSIDE}:
                continue
            line = seams.lines[seam.line]
            away = abs(line.aside(middle.x, middle.y))
            width = min(DOOR, max(0.6, min(door.shape.length, seam.length - MARGIN)))
            start, end = seam.start + (width + MARGIN) / 2, seam.end - (width + MARGIN) / 2
            place = (
                float(np.clip(line.along(middle.x, middle.y), start, end))
                if start <= end
                else (start + end) / 2
            )
            away += abs(place - line.along(middle.x, middle.y)) + max(0.0, width - seam.length)
            if best is None or away < best[0] - 1e-9:
                best = (away, Point(line.at(place)), width)
        if best is not None:
            found.append(Entrance(at=best[1], space=space, width=best[2]))
    return tuple(found)


def _drawn(
    layout: Layout,
    doors: list[Adjacency],
    contacts: _Contacts,
    seams: Seams,
    adjacent: float,
    never: float,
    draw: random.Random,
) -> list[Adjacency]:
    """Some of the contacts without a door, and some pairs that do not touch."""
    if adjacent <= 0 and never <= 0:
        return []
    taken = {frozenset(a.between) for a in doors}
    names = [room.id for room in layout.of(Room)]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    touching = [
        p for p in pairs if contacts.shared.get(frozenset(p), 0.0) >= CONTACT and frozenset(p) not in taken
    ]
    apart = [p for p in pairs if frozenset(p) not in contacts.shared]
    wanted = [Adjacency(between=p, kind="adjacent") for p in touching if draw.random() < adjacent]
    count = min(len(apart), int(never * len(names) + draw.random()))
    return wanted + [Adjacency(between=p, kind="never") for p in sorted(draw.sample(apart, count))]
