"""Doors: where they stand and how they swing.

Small rooms come first, because they leave the least choice. A leaf opens into the room that people come to
rest in, towards the nearer corner, and clears walls, columns and the other leaves; when nothing clears it
slides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from shapely.geometry import LineString, Point, Polygon

from layoutgan.domains.floorplan.brief import Entrance
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.openings import CORNER, Frame, WallSpace, door_widths, sector, swing_of
from layoutgan.domains.floorplan.seams import OUTSIDE

__all__ = ["DoorPlan"]

SLIDING_WIDTH = 1.20
"""From this width on a door to the open air slides [m]; below it has a leaf."""
NIB = 0.10
"""Wall left on both sides of a wide opening [m]."""
PASSAGE = 1.40
"""Usual width of an opening from a hall or corridor [m]."""
REACH = 1.00
"""How far an entrance may stand from the point that the brief names, to fit into a room's wall [m]."""
TRIM = 2.0e-3
"""Leaves may come this near to walls and to each other [m]."""

_REST = {
    "corridor": 0, "entrance": 0, "stairs": 0, "living_room": 1, "dining_room": 2, "kitchen": 3, "other": 3,
    "bedroom": 4, "study": 4, "garage": 4, "bathroom": 5, "laundry": 5, "toilet": 5, "storage": 6,
    "closet": 6,
}
"""Leaves open into the room with the higher number."""
_ARRIVAL = {
    "entrance": 0.0, "corridor": 0.05, "living_room": 0.1, "stairs": 0.15, "dining_room": 0.2, "kitchen": 0.3,
    "other": 0.4, "study": 0.8, "laundry": 0.8, "storage": 0.8, "garage": 0.9,
}
"""How unwelcome a front door is in a room, as metres of detour; 1.5 where nothing is said."""

DoorKind = Literal["door", "entrance", "opening", "sliding"]


@dataclass
class DoorPlan:
    """Doors placed so far, and what they keep free."""

    space: WallSpace
    clear: Mapping[str, Polygon]
    """Clear floor of each room [m]."""
    columns: Sequence[Polygon]
    """Obstacles that stand inside rooms [m]."""
    doors: list[Door] = field(default_factory=list)
    _swings: list[Polygon] = field(default_factory=list)
    _leaves: list[LineString] = field(default_factory=list)
    _zones: list[Polygon] = field(default_factory=list)

    def name(self, wanted: str) -> str:
        """An id that no door has yet."""
        used = {d.id for d in self.doors}
        number, free = 1, wanted
        while free in used:
            number += 1
            free = f"{wanted}-{number}"
        return free

    def linked(self, one: str, two: str) -> bool:
        """Whether a door stands between two rooms."""
        return any({one, two} == set(d.between) for d in self.doors)

    def keep(self, door: Door, leaf: Polygon | None) -> None:
        """Takes over a door that stands already."""
        self.doors.append(door)
        if leaf is not None:
            self._swings.append(leaf)
        (ax, ay), (bx, by) = door.shape.coords[0], door.shape.coords[-1]
        for number, line in enumerate(self.space.found.lines):
            if max(abs(line.aside(ax, ay)), abs(line.aside(bx, by))) <= door.thickness / 2 + 1e-3:
                low, high = sorted((line.along(ax, ay), line.along(bx, by)))
                self.space.take(number, low, high)

    def room(self, one: str, two: str) -> float:
        """Widest door that fits between two rooms, corners closed [m]."""
        frames = [f for i in self.space.between(one, two) for f in self.space.frames(i, 0.0)]
        return max((f.width for f in frames), default=0.0)

    def add_door(self, one: str, two: str, width: float | None = None) -> bool:
        """Places a door between two rooms; False if their walls have no place for one."""
        kinds = self.space.kinds
        usual, least = door_widths(kinds[one], kinds[two])
        usual, least = (usual, least) if width is None else (width, min(width, least))
        widest = self.room(one, two)
        if widest < least:
            return False
        if kind(kinds[one]).outdoor or kind(kinds[two]).outdoor:
            return self._add_outdoor(one, two, min(width or usual, widest))
        usual = min(usual, widest)
        narrower = max(least, usual - 0.1)
        # A door of the width that the brief names slides rather than being narrower.
        for wide in (usual, narrower) if width is None and usual > narrower else (usual,):
            for margin, strict in ((CORNER, True), (0.0, True), (0.0, False)):
                for into in self._into(one, two):
                    if self._hinged(one, two, wide, into, margin, strict=strict):
                        return True
        return self._plain(one, two, usual, "sliding")

    def add_opening(self, one: str, two: str, width: float | None = None) -> bool:
        """Places an opening without a leaf, as wide as the wall allows; False if there is no wall for one."""
        widest = self.room(one, two)
        if widest < 0.5:
            return False
        passage = {self.space.kinds[one], self.space.kinds[two]} & {"corridor", "entrance", "stairs"}
        wanted = width if width is not None else PASSAGE if passage else widest - 2 * NIB
        return self._plain(one, two, max(min(wanted, widest), min(widest, 0.6)), "opening")

    def add_entrance(self, entrance: Entrance, allowed: Sequence[str]) -> bool:
        """Places a front door at or near the brief's point; False if no room has a wall there."""
        found, options = self.space.found, []
        for room in allowed:
            detour = 0.0 if entrance.space else _ARRIVAL.get(self.space.kinds[room], 1.5)
            for number in self.space.facade(room, party=True):
                seam = found.seams[number]
                if seam.other(room) != OUTSIDE:
                    continue
                for frame in self.space.frames(number, 0.0):
                    if frame.width < min(entrance.width, 0.6):
                        continue
                    width = min(entrance.width, frame.width)
                    line = found.lines[seam.line]
                    at = line.along(entrance.at.x, entrance.at.y) - width / 2
                    start = min(max(at, frame.start), frame.end - width)
                    away = entrance.at.distance(Point(line.at(start + width / 2)))
                    cost = away + detour + (entrance.width - width)
                    options.append((cost, away, number, start, width, room))
        options = [o for o in sorted(options) if o[1] <= REACH] or sorted(options)[:1]
        for _, _, number, start, width, room in options[:1]:
            seam, spec = found.seams[number], self.space.specs[number]
            if spec is None:
                continue
            frame = Frame(seam, spec, start, start + width)
            low = start - seam.start <= seam.end - start - width
            for into, at_low in ((room, low), (room, not low), (OUTSIDE, low), (OUTSIDE, not low)):
                if self._try(frame, room, OUTSIDE, into, at_low, strict=into == OUTSIDE, name="entrance"):
                    return True
            self._put(frame, room, OUTSIDE, "entrance", None, at_low=low)
            return True
        return False

    def _into(self, one: str, two: str) -> tuple[str, str]:
        first, second = (_REST.get(self.space.kinds[r], 3) for r in (one, two))
        return (one, two) if (first, one) > (second, two) else (two, one)

    def _add_outdoor(self, one: str, two: str, width: float) -> bool:
        if width >= SLIDING_WIDTH:
            return self._plain(one, two, width, "sliding")
        indoors = two if kind(self.space.kinds[one]).outdoor else one
        for margin in (CORNER, 0.0):
            if self._hinged(one, two, width, indoors, margin, strict=True):
                return True
        return self._plain(one, two, width, "sliding")

    def _plain(self, one: str, two: str, width: float, what: DoorKind) -> bool:
        """An opening or sliding door in the middle of the longest wall."""
        frames = [f for i in self.space.between(one, two) for f in self.space.frames(i, 0.0)]
        frames = [f for f in frames if f.width >= width - 1e-9]
        if not frames:
            return False
        best = max(frames, key=lambda f: (f.width, -f.seam.line, -f.start))
        start = best.start + (best.width - width) / 2
        self._put(best._replace(start=start, end=start + width), one, two, what, None, at_low=True)
        return True

    def _hinged(self, one: str, two: str, width: float, into: str, margin: float, *, strict: bool) -> bool:
        for number in self.space.between(one, two):
            for frame in self.space.frames(number, margin):
                if frame.width < width - 1e-9:
                    continue
                for place, at_low in self._places(number, frame, width, into):
                    if self._try(place, one, two, into, at_low, strict=strict):
                        return True
        return False

    def _places(self, number: int, frame: Frame, width: float, into: str) -> Iterator[tuple[Frame, bool]]:
        """Places for a leaf and whether its hinge is at their low end: corners first, the middle last."""
        seam = frame.seam
        low = (frame._replace(end=frame.start + width), True)
        high = (frame._replace(start=frame.end - width), False)
        first = self.space.corner(number, seam.start, into) or not self.space.corner(number, seam.end, into)
        ends = [low, high] if first else [high, low]
        yield from ends
        middle = frame.start + (frame.width - width) / 2
        centre = frame._replace(start=middle, end=middle + width)
        for place, at_low in ends:
            yield place, not at_low
        for _, at_low in ends:
            yield centre, at_low

    def _try(self, frame: Frame, one: str, two: str, into: str, at_low: bool, *, strict: bool,
             name: str = "") -> bool:
        """Places a leaf if it clears walls, columns, other leaves and, when strict, other doorways."""
        line = self.space.found.lines[frame.seam.line]
        left = frame.seam.left == into
        start, end = line.at(frame.start, frame.spec.shift), line.at(frame.end, frame.spec.shift)
        leaf = swing_of(start, end, frame.spec.thickness / 2, at_low, left)
        swept = sector(leaf, TRIM)
        if into != OUTSIDE and not self.clear[into].covers(swept):
            return False
        if any(swept.intersects(other) for other in (*self.columns, *self._swings)):
            return False
        stands = LineString([leaf.hinge, leaf.open])
        zone = _zone(start, end, frame.spec.thickness / 2 + 0.3)
        if strict and (any(stands.intersects(other) for other in self._zones)
                       or any(zone.intersects(other) for other in self._leaves)):
            return False
        self._put(frame, one, two, "entrance" if name else "door", into, at_low=at_low)
        self._swings.append(swept)
        self._leaves.append(stands)
        return True

    def _put(self, frame: Frame, one: str, two: str, what: DoorKind, into: str | None, *,
             at_low: bool) -> None:
        line = self.space.found.lines[frame.seam.line]
        start, end = line.at(frame.start, frame.spec.shift), line.at(frame.end, frame.spec.shift)
        forward = into is None or frame.seam.left == into  # the leaf then opens to the left of start to end
        hinge: Literal["start", "end"] = "start" if at_low == forward else "end"
        first, second = (one, two) if two == OUTSIDE else sorted((one, two))
        word = f"{'open' if what == 'opening' else 'door'}-{first}-{second}"
        values: dict[str, Any] = {
            "id": self.name("entrance" if what == "entrance" else word), "kind": what,
            "shape": LineString([start, end] if forward else [end, start]), "locked": False,
            "between": (one, two), "thickness": frame.spec.thickness, "opens_into": into,
            "hinge": hinge, "height": 2.1}
        self.doors.append(Door.model_construct(**values))
        self.space.take(frame.seam.line, frame.start, frame.end)
        self._zones.append(_zone(start, end, frame.spec.thickness / 2 + 0.3))


def _zone(start: tuple[float, float], end: tuple[float, float], reach: float) -> Polygon:
    """The floor just before and behind an opening [m]."""
    (ax, ay), (bx, by) = start, end
    dx, dy = bx - ax, by - ay
    size = (dx * dx + dy * dy) ** 0.5
    nx, ny, ex, ey = -dy / size * reach, dx / size * reach, dx / size * 0.02, dy / size * 0.02
    ax, ay, bx, by = ax + ex, ay + ey, bx - ex, by - ey
    return Polygon([(ax + nx, ay + ny), (ax - nx, ay - ny), (bx - nx, by - ny), (bx + nx, by + ny)])
