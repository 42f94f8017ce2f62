"""Windows: as much glass as a room's floor wants, in the walls it has to the open air."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from shapely.geometry import LineString, Polygon

from layoutgan.domains.floorplan.elements import Door, Window
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.openings import Frame, WallSpace

__all__ = ["GLAZING", "add_windows", "glazed_area"]

GLAZING = 0.125
"""Glass that a room gets for its floor [-]: an eighth, a common rule of thumb."""
SILL, HEAD = 0.90, 2.10
"""Usual heights above the floor [m]."""
HIGH_SILL = 1.20
"""Sill in bathrooms and kitchens without need of daylight [m]."""
PIER = 0.30
"""Wall left beside a window where there is room for it [m]."""
NARROW_PIER = 0.10
LEAST, MOST = 0.50, 3.00
"""Narrowest and widest single window [m]."""
MODULE = 0.05
"""Widths are multiples of this [m]."""
SMALL = 0.60
"""Width of a window for air alone, in a bathroom or toilet [m]."""


class _Place(NamedTuple):
    frame: Frame
    width: float


def glazed_area(windows: Iterable[Window], doors: Iterable[Door], room: str, outdoor: Iterable[str]) -> float:
    """Glass that lights a room [m²]: its windows, and its sliding doors to the open air.

    Args:
        windows: of the plan.
        doors: of the plan.
        room: its id.
        outdoor: ids of balconies and gardens.
    """
    air = {"outside", *outdoor}
    total = sum(w.shape.length * (w.head - w.sill) for w in windows if w.room == room)
    for door in doors:
        if door.kind == "sliding" and room in door.between and (set(door.between) - {room}) & air:
            total += door.shape.length * door.height
    return float(total)


def add_windows(space: WallSpace, clear: Mapping[str, Polygon], doors: Iterable[Door],
                rooms: Iterable[tuple[str, bool]], kept: Iterable[Window] = (),
                ratio: float = GLAZING) -> list[Window]:
    """Windows for every room that wants daylight, and small ones for wet rooms on the façade.

    Args:
        space: free walls; windows are marked as taken.
        clear: clear floor of each room [m].
        doors: those placed already; sliding doors to the open air count as glass.
        rooms: ids, and whether the brief asks for a façade.
        kept: windows that stand already.
        ratio: glass for a room's floor [-].
    """
    doors, windows = list(doors), list(kept)
    outdoor = [r for r, k in space.kinds.items() if kind(k).outdoor]
    number = {w.id for w in windows}
    for room, asked in rooms:
        about = kind(space.kinds[room])
        if about.outdoor or not (about.window or about.wet or asked):
            continue
        if any(w.room == room for w in windows):
            continue
        need = ratio * clear[room].area - glazed_area(windows, doors, room, outdoor)
        if not (about.window or asked):
            places, sill = _small(space, room), HIGH_SILL
        else:
            places = _places(space, room, need / (HEAD - SILL)) if need > 0.05 else []
            total = sum(p.width for p in places)
            # Too little wall: the glass reaches further down instead.
            sill = SILL if not total else min(SILL, max(0.0, math.floor(20 * (HEAD - need / total)) / 20))
        for place in places:
            free = next(f"window-{room}-{i}" for i in range(1, 10_000) if f"window-{room}-{i}" not in number)
            number.add(free)
            windows.append(_window(space, free, room, place, sill))
    return windows


def _places(space: WallSpace, room: str, wanted: float) -> list[_Place]:
    """Where windows of a total width [m] go: on the longest façades, side by side where one is too wide."""
    places: list[_Place] = []
    for number in space.facade(room):
        for frame in _frames(space, number):
            left = wanted - sum(p.width for p in places)
            if left <= 0.05:
                return places
            count = max(1, math.ceil(min(left, frame.width) / MOST - 1e-9))
            gaps = (count - 1) * 2 * PIER
            width = min(math.ceil(left / count / MODULE - 1e-9) * MODULE,
                        math.floor((frame.width - gaps) / count / MODULE + 1e-9) * MODULE)
            width = max(width, min(LEAST, frame.width))
            pitch = frame.width / count
            for i in range(count):
                middle = frame.start + (i + 0.5) * pitch
                places.append(_Place(frame._replace(start=middle - width / 2, end=middle + width / 2), width))
    return places


def _frames(space: WallSpace, number: int) -> list[Frame]:
    """Free pieces of a seam that hold a window, with wide piers if that leaves enough."""
    wide = [f for f in space.frames(number, PIER) if f.width >= 1.2]
    return wide or [f for f in space.frames(number, NARROW_PIER) if f.width >= LEAST]


def _small(space: WallSpace, room: str) -> list[_Place]:
    for number in space.facade(room):
        for frame in space.frames(number, PIER):
            if frame.width >= SMALL:
                middle = (frame.start + frame.end) / 2
                return [_Place(frame._replace(start=middle - SMALL / 2, end=middle + SMALL / 2), SMALL)]
    return []


def _window(space: WallSpace, name: str, room: str, place: _Place, sill: float) -> Window:
    frame = place.frame
    line = space.found.lines[frame.seam.line]
    shape = LineString([line.at(frame.start, frame.spec.shift), line.at(frame.end, frame.spec.shift)])
    space.take(frame.seam.line, frame.start, frame.end)
    return Window.model_construct(id=name, kind="window", shape=shape, locked=False, room=room,
                                  thickness=frame.spec.thickness, sill=sill, head=HEAD)
