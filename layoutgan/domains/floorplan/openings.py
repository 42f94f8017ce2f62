"""Openings in walls: how leaves swing, how wide doors usually are, where on a wall there is room for one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry import Polygon

from layoutgan.domains.floorplan.brief import WallSettings
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.seams import OUTSIDE, Seam, Seams
from layoutgan.domains.floorplan.wall_specs import WallSpec, wall_specs

__all__ = ["DOOR_WIDTHS", "Frame", "Swing", "WallSpace", "door_widths", "sector", "swing", "swing_of"]

CORNER = 0.10
"""Wall left between a door and a corner where there is room for it [m]."""
PIER = 0.10
"""Least wall left between two openings [m]."""
ARC_STEPS = 8
"""Chords of a quarter circle; the polygon then lies within 0.5 % of the radius of the arc."""

DOOR_WIDTHS: dict[str, tuple[float, float]] = {
    "living_room": (0.90, 0.75), "kitchen": (0.80, 0.70), "dining_room": (0.85, 0.75),
    "bedroom": (0.85, 0.70), "study": (0.80, 0.70), "bathroom": (0.75, 0.60), "toilet": (0.70, 0.60),
    "laundry": (0.75, 0.60), "entrance": (0.90, 0.75), "corridor": (0.90, 0.70), "storage": (0.70, 0.55),
    "closet": (0.70, 0.50), "garage": (0.85, 0.75), "stairs": (0.85, 0.75), "balcony": (1.80, 0.70),
    "outdoor": (1.80, 0.70),
}
"""Usual and least clear width of a door into a room, by kind [m]."""
OTHER_WIDTHS = (0.80, 0.60)

_ANGLES = np.linspace(0.0, math.pi / 2, ARC_STEPS + 1)
_ARC: list[tuple[float, float]] = [(math.cos(a), math.sin(a)) for a in _ANGLES]


def door_widths(one: str, two: str) -> tuple[float, float]:
    """Usual and least clear width of a door between two kinds of room [m].

    The room with the narrower doors decides, but a balcony's glass door is as wide as it wants.
    """
    first, second = DOOR_WIDTHS.get(one, OTHER_WIDTHS), DOOR_WIDTHS.get(two, OTHER_WIDTHS)
    if kind(one).outdoor or kind(two).outdoor:
        return max(first[0], second[0]), min(first[1], second[1])
    return min(first[0], second[0]), min(first[1], second[1])


class Swing(NamedTuple):
    """A leaf: from closed to open it sweeps a quarter circle about its hinge."""

    hinge: tuple[float, float]
    """At the face of the wall towards the room that the leaf opens into [m]."""
    closed: tuple[float, float]
    """Where the leaf's edge is when shut [m]."""
    open: tuple[float, float]
    """Where the leaf's edge is when open by 90° [m]."""


def sector(leaf: Swing, trim: float = 0.0) -> Polygon:
    """The quarter circle that a leaf sweeps, as a polygon [m].

    Args:
        leaf: its hinge and positions.
        trim: how much smaller on all sides [m]; a millimetre lets it touch walls without cutting them.
    """
    (x, y), (cx, cy), (ox, oy) = leaf
    ax, ay, bx, by = cx - x, cy - y, ox - x, oy - y
    radius = math.hypot(ax, ay)
    inner = trim / radius
    scale = 1.0 - 3.0 * inner
    x, y = x + inner * (ax + bx), y + inner * (ay + by)
    arc = [(x + scale * (c * ax + s * bx), y + scale * (c * ay + s * by)) for c, s in _ARC]
    return Polygon([(x, y), *arc])


def swing(door: Door, into: Polygon) -> Swing | None:
    """How a door's leaf swings, or None without a leaf.

    Args:
        door: with jambs, hinge and wall thickness.
        into: the room that the leaf opens into; its side of the wall decides.
    """
    if door.opens_into is None:
        return None
    (ax, ay), (bx, by) = door.shape.coords[0], door.shape.coords[-1]
    width = math.hypot(bx - ax, by - ay)
    ux, uy = (bx - ax) / width, (by - ay) / width
    half = door.thickness / 2
    mx, my, probe = (ax + bx) / 2, (ay + by) / 2, half + 0.02
    left = bool(shapely.contains_xy(into, mx - uy * probe, my + ux * probe))
    if door.opens_into == OUTSIDE:
        left = not left
    return swing_of((ax, ay), (bx, by), half, door.hinge == "start", left)


def swing_of(start: tuple[float, float], end: tuple[float, float], half: float, at_start: bool,
             left: bool) -> Swing:
    """The swing of a leaf between two jambs.

    Args:
        start: first jamb on the wall's centre-line [m].
        end: second jamb [m].
        half: half the wall's thickness [m].
        at_start: the hinge is at the first jamb.
        left: the leaf opens to the left of start to end.
    """
    (ax, ay), (bx, by) = start, end
    dx, dy = bx - ax, by - ay
    width = math.hypot(dx, dy)
    side = 1.0 if left else -1.0
    nx, ny = -dy / width * side, dx / width * side
    first, second = (ax + nx * half, ay + ny * half), (bx + nx * half, by + ny * half)
    hinge, closed = (first, second) if at_start else (second, first)
    return Swing(hinge, closed, (hinge[0] + nx * width, hinge[1] + ny * width))


class Frame(NamedTuple):
    """A place for an opening: a seam and the wall on it, from start to end along the seam's line [m]."""

    seam: Seam
    spec: WallSpec
    start: float
    end: float

    @property
    def width(self) -> float:
        """Its width [m]."""
        return self.end - self.start


@dataclass
class WallSpace:
    """What is still free on the walls of a plan."""

    found: Seams
    kinds: Mapping[str, str]
    settings: WallSettings
    outside: frozenset[str] = frozenset()
    """Rooms beyond the heated outline."""
    specs: list[WallSpec | None] = field(init=False)
    """The wall on each seam."""
    of: dict[str, list[int]] = field(init=False)
    """Seams by what lies on a side."""
    taken: dict[int, list[tuple[float, float]]] = field(init=False, default_factory=dict)
    """Openings by line: from, to [m]."""
    _nodes: dict[tuple[int, int], list[int]] = field(init=False, default_factory=dict)
    _covers: dict[int, tuple[float, float]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.specs = wall_specs(self.found, self.kinds, self.settings, self.outside)
        self.of = {}
        for i, seam in enumerate(self.found.seams):
            self.of.setdefault(seam.left, []).append(i)
            self.of.setdefault(seam.right, []).append(i)
            for point in self.found.points(seam):
                self._nodes.setdefault(_node(point), []).append(i)

    def between(self, one: str, two: str) -> list[int]:
        """Seams between two rooms that carry a wall, longest first."""
        seams = self.found.seams
        both = [i for i in self.of.get(one, ()) if seams[i].other(one) == two and self.specs[i] is not None]
        return sorted(both, key=lambda i: (-seams[i].length, i))

    def take(self, line: int, start: float, end: float) -> None:
        """Marks a piece of a line as used."""
        self.taken.setdefault(line, []).append((start, end))

    def keep_clear(self, column: Polygon, reach: float = 0.45) -> None:
        """Marks walls as used where a column stands in them or within reach before them [m]."""
        points = shapely.get_coordinates(column).tolist()
        for number, line in enumerate(self.found.lines):
            aside = [line.aside(x, y) for x, y in points]
            if min(aside) < reach and max(aside) > -reach:
                along = [line.along(x, y) for x, y in points]
                self.take(number, min(along), max(along))

    def frames(self, number: int, margin: float) -> list[Frame]:
        """Free pieces of a seam's wall, widest first.

        Args:
            number: of the seam.
            margin: wall left at both ends beyond what crossing walls cover [m].
        """
        seam, spec = self.found.seams[number], self.specs[number]
        if spec is None:
            return []
        covers = self._covers.get(number)
        if covers is None:
            covers = self._cover(number, seam.start, spec), self._cover(number, seam.end, spec)
            self._covers[number] = covers
        low, high = seam.start + covers[0] + margin, seam.end - covers[1] - margin
        if high <= low:
            return []
        free = [(low, high)]
        for start, end in self.taken.get(seam.line, ()):
            if start - PIER < high and end + PIER > low:
                cut = [p for a, b in free for p in ((a, min(b, start - PIER)), (max(a, end + PIER), b))]
                free = [(a, b) for a, b in cut if b > a]
        if len(free) > 1:
            free.sort(key=lambda piece: (piece[0] - piece[1], piece[0]))
        return [Frame(seam, spec, a, b) for a, b in free]

    def _cover(self, number: int, t: float, spec: WallSpec) -> float:
        """How much of a seam's end crossing walls cover [m]."""
        line = self.found.lines[self.found.seams[number].line]
        covered = 0.0
        for i in self._nodes[_node(line.at(t))]:
            other, seam = self.specs[i], self.found.seams[i]
            if other is None or other.shift != 0.0 or seam.line == self.found.seams[number].line:
                continue  # walls outside the rooms cover nothing
            cross = self.found.lines[seam.line]
            sine = abs(line.ux * cross.uy - line.uy * cross.ux)
            cosine = abs(line.ux * cross.ux + line.uy * cross.uy)
            covered = max(covered, (other.thickness + spec.thickness * cosine) / 2 / max(sine, 0.2))
        return covered

    def corner(self, number: int, t: float, room: str) -> bool:
        """Whether the room has a wall that turns inwards at an end of a seam."""
        seam = self.found.seams[number]
        line = self.found.lines[seam.line]
        side = 1.0 if seam.left == room else -1.0
        for i in self._nodes[_node(line.at(t))]:
            other = self.found.seams[i]
            if other.line == seam.line or room not in (other.left, other.right):
                continue
            if any(side * line.aside(*point) > 0.05 for point in self.found.points(other)):
                return True
        return False

    def facade(self, room: str, *, party: bool = False) -> list[int]:
        """Seams of a room towards open air, longest first: the outside, balconies and gardens.

        Args:
            room: its id.
            party: include walls to a neighbour.
        """
        seams = self.found.seams
        found = []
        for i in self.of.get(room, ()):
            beyond = seams[i].other(room)
            open_air = beyond == OUTSIDE or (beyond in self.kinds and kind(self.kinds[beyond]).outdoor)
            if open_air and self.specs[i] is not None and (party or not seams[i].party):
                found.append(i)
        return sorted(found, key=lambda i: (-seams[i].length, i))


def _node(point: tuple[float, float]) -> tuple[int, int]:
    # Off by a quarter, so that whole and half millimetres never fall between two nodes.
    return round(point[0] * 1000 + 0.25), round(point[1] * 1000 + 0.25)
