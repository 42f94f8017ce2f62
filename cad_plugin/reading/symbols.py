"""Doors and windows from the symbols that a drawing shows."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shapely.geometry import LineString
from shapely.geometry import Point as Place

from cad_plugin.reading.found import FoundOpening
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Door, Room, Window

__all__ = ["Symbol", "free_name", "openings_from", "symbol_of"]

_BLOCK = re.compile(
    r"LG_(DOOR|ENTRANCE|OPENING|SLIDING|WINDOW)_(\d+(?:_\d+)?)X(\d+(?:_\d+)?)(?:_([RL]))?$", re.IGNORECASE
)


class Symbol(NamedTuple):
    """What an inserted block of ours says."""

    line: LineString
    """Jambs, from the base point on [m]."""
    thickness: float
    """Of the wall [m]."""
    kind: str
    hand: str
    """R when the leaf opens to the left of the line, L to its right, empty without a leaf."""


def free_name(name: str, used: set[str]) -> str:
    """The name, or the name with a number when it is used; it is used from now on."""
    base, number = name, 2
    while name in used or name == "outside":
        name, number = f"{base}-{number}", number + 1
    used.add(name)
    return name


def openings_from(found: Sequence[FoundOpening], rooms: Sequence[Room], known: Layout | None) -> tuple[
        list[Door], list[Window]]:
    """Doors and windows between rooms; symbols that touch no room are left out.

    Args:
        found: inserted symbols.
        rooms: of the plan.
        known: the layout before people changed the drawing.
    """
    doors: list[Door] = []
    windows: list[Window] = []
    used = {r.id for r in rooms}
    for opening in found:
        symbol = symbol_of(opening)
        if symbol is None:
            continue
        step = symbol.thickness / 2 + 0.1
        sides = [_room_at(rooms, symbol.line, side * step) for side in (1.0, -1.0)]
        name = opening.key.id if opening.key else opening.values.get("TAG") or symbol.kind
        identifier, old = free_name(name, used), _old(opening, known)
        room = sides[0] or sides[1]
        if room is not None and symbol.kind == "window":
            windows.append(
                _window(identifier, symbol, room, opening, old if isinstance(old, Window) else None)
            )
        elif room is not None:
            doors.append(_door(identifier, symbol, sides, opening, old if isinstance(old, Door) else None))
    return doors, windows


def _old(opening: FoundOpening, known: Layout | None) -> Door | Window | None:
    if known is None or opening.key is None:
        return None
    elements: tuple[Door | Window, ...] = (*known.of(Door), *known.of(Window))
    return next((e for e in elements if e.id == opening.key.id), None)


def symbol_of(opening: FoundOpening) -> Symbol | None:
    """What an inserted block says, or None when it is none of ours."""
    found = _BLOCK.match(opening.block)
    if found is None:
        return None
    width, thickness = (float(found[i].replace("_", ".")) / 1000 for i in (2, 3))
    along, across = opening.stretch
    hand = found[4] or ""
    turn = math.radians(opening.angle + (180.0 if along < 0 else 0.0))
    if hand and (along < 0) != (across < 0):
        hand = "L" if hand == "R" else "R"
    (x, y), size = opening.at, width * abs(along)
    line = LineString([(x, y), (x + size * math.cos(turn), y + size * math.sin(turn))])
    return Symbol(line, thickness * abs(across), found[1].lower(), hand)


def _room_at(rooms: Sequence[Room], line: LineString, left: float) -> Room | None:
    """The room that far to the left of the middle of a line."""
    (ax, ay), (bx, by) = line.coords[0], line.coords[-1]
    size = line.length
    place = Place((ax + bx) / 2 - (by - ay) / size * left, (ay + by) / 2 + (bx - ax) / size * left)
    return next((r for r in rooms if r.shape.covers(place)), None)


def _whole(old: Door | Window | None, line: LineString, from_end: bool) -> LineString:
    """The line in the direction of the old element's, and the old one itself when nothing moved."""
    made = LineString(list(line.coords)[::-1]) if from_end else line
    if old is not None and old.shape.equals_exact(made, 1e-4):
        return old.shape
    return made


def _metres(values: Mapping[str, str], tag: str, default: float) -> float:
    try:
        return float(values[tag]) / 1000
    except (KeyError, ValueError):
        return default


def _near(value: float, old: float | None, within: float) -> float:
    """The old value when it is that near: drawings round."""
    return old if old is not None and abs(old - value) < within else value


def _window(name: str, symbol: Symbol, room: Room, opening: FoundOpening, old: Window | None) -> Window:
    return Window(
        id=name, shape=_whole(old, symbol.line, False), room=room.id,
        thickness=_near(symbol.thickness, old.thickness if old else None, 1e-4),
        sill=_near(_metres(opening.values, "SILL", 0.9), old.sill if old else None, 1e-3),
        head=_near(_metres(opening.values, "HEAD", 2.1), old.head if old else None, 1e-3),
        locked=old.locked if old else False)


def _door(
    name: str, symbol: Symbol, sides: Sequence[Room | None], opening: FoundOpening, old: Door | None
) -> Door:
    names = [s.id if s else "outside" for s in sides]
    into: str | None = {"R": names[0], "L": names[1]}.get(symbol.hand, old.opens_into if old else None)
    between = (names[0], names[1])
    if old is not None and set(old.between) == set(names):
        between = old.between
    elif names[0] == "outside":
        between = (names[1], names[0])
    from_end = old is not None and old.hinge == "end"
    return Door.model_validate({
        "id": name, "kind": symbol.kind, "shape": _whole(old, symbol.line, from_end), "between": between,
        "thickness": _near(symbol.thickness, old.thickness if old else None, 1e-4),
        "opens_into": None if into == "outside" else into, "hinge": "end" if from_end else "start",
        "height": _near(_metres(opening.values, "HEIGHT", 2.1), old.height if old else None, 1e-3),
        "locked": old.locked if old else False})
