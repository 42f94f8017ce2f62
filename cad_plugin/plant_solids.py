"""Plants as solids: equipment, racks, platforms, and each part of each line [m]."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from cad_plugin.solids import Body, Prism
from cad_plugin.tubes import Bend, Point3, Tube
from layoutgan.core.layout import Layout
from layoutgan.domains.piping.classes import class_of
from layoutgan.domains.piping.deliverables.parts import Part
from layoutgan.domains.piping.deliverables.takeoff import lines_of
from layoutgan.domains.piping.elements import (
    COLUMN,
    Envelope,
    Equipment,
    KeepOut,
    Pipe,
    PlacedNozzle,
    Platform,
    Rack,
    Road,
)
from layoutgan.domains.piping.pipe_data import flange_od, nearest_size, outside, wall
from layoutgan.domains.piping.shapes import unit

__all__ = ["Body", "Thing", "plant_things"]

LYING = ("drum", "exchanger")
"""Classes that are round about a level axis."""
STEEL, CONCRETE, PIPE, FITTING, VALVE, FLANGE, LOST = (
    "#7d8791",
    "#b8b8b4",
    "#c9cdd2",
    "#b9bec4",
    "#c0504d",
    "#a7adb3",
    "#e02020",
)
BEAM = 0.25
"""Height and width of rack beams [m]."""
_NECK = 0.25
"""Length of the nozzle that models show [m]."""


@dataclass(frozen=True)
class Thing:
    """Something that is bought or built, with its bodies."""

    key: str
    """The same for the same thing in another version of the layout."""
    kind: str
    """Class of equipment, word of a pipe part, or rack, beam, column, road, platform, keep_out, envelope."""
    name: str
    bodies: tuple[Body, ...]
    of: str = ""
    """Number of the line, or the kind within its group."""
    part: Part | None = None


def plant_things(layout: Layout) -> Iterator[Thing]:
    """Everything in a plant that has a body, in the order of the layout; lines last."""
    for element in layout.elements:
        match element:
            case Equipment():
                yield Thing(element.id, element.kind, element.id, tuple(_equipment(element)), "equipment")
            case Rack():
                yield from _rack(element)
            case Road():
                yield Thing(
                    element.id,
                    "road",
                    element.id,
                    (Prism(element.id, "road", element.shape, -0.05, 0.0, "#9b9b9b"),),
                    element.kind,
                )
            case Platform():
                top = element.elevation
                yield Thing(
                    element.id,
                    "platform",
                    element.id,
                    (Prism(element.id, "platform", element.shape, top - 0.05, top, "#d9b44a"),),
                    element.kind,
                )
            case KeepOut():
                high = max(element.height, 0.05)
                body = Prism(element.id, "keep_out", element.shape, 0.0, high, "#9aa0a6", 0.5)
                yield Thing(element.id, "keep_out", element.id, (body,), element.kind)
            case Envelope() if element.top > element.bottom:
                body = Prism(
                    element.id, "envelope", element.shape, element.bottom, element.top, "#8fc6a4", 0.2
                )
                yield Thing(
                    element.id, "envelope", f"{element.kind} {element.of}".strip(), (body,), element.kind
                )
            case Pipe() if element.status == "exception":
                yield from _exception(element)
    yield from _lines(layout)


def _place(point: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Point3:
    return float(point[0]), float(point[1]), float(point[2])


def _equipment(item: Equipment) -> Iterator[Body]:
    usual = class_of(item.kind)
    x0, y0, low, x1, y1, top = item.box
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    if usual.round and abs((x1 - x0) - (y1 - y0)) < 0.01:
        yield Tube((middle_x, middle_y, low), (middle_x, middle_y, top), (x1 - x0) / 2, usual.colour)
    elif item.kind in LYING:
        along_x = x1 - x0 >= y1 - y0
        radius = min(y1 - y0 if along_x else x1 - x0, top - low) / 2
        z = (low + top) / 2
        ends = ((x0, middle_y, z), (x1, middle_y, z)) if along_x else ((middle_x, y0, z), (middle_x, y1, z))
        yield Tube(*ends, radius, usual.colour)
        low = z - 0.8 * radius  # saddles reach up to the shell
    else:
        yield Prism(item.id, "equipment", item.shape, low, top, usual.colour)
    if low > 0.1 and not item.above:
        yield from _legs(item, low)
    for nozzle in item.nozzles:
        yield _neck(nozzle)


def _legs(item: Equipment, high: float) -> Iterator[Prism]:
    x0, y0, x1, y1 = item.shape.bounds
    side = min(0.3, (x1 - x0) / 4, (y1 - y0) / 4)
    across = x1 - x0 >= y1 - y0
    for part in (0.2, 0.8):
        if item.kind in LYING:
            x, y = x0 + part * (x1 - x0), y0 + part * (y1 - y0)
            box = (
                shapely.box(x - side / 2, y0 + side, x + side / 2, y1 - side)
                if across
                else shapely.box(x0 + side, y - side / 2, x1 - side, y + side / 2)
            )
            yield Prism(item.id, "equipment", box, 0.0, high, CONCRETE)
            continue
        for other in (0.2, 0.8):
            x, y = x0 + part * (x1 - x0), y0 + other * (y1 - y0)
            box = shapely.box(x - side / 2, y - side / 2, x + side / 2, y + side / 2)
            yield Prism(item.id, "equipment", box, 0.0, high, STEEL)


def _neck(nozzle: PlacedNozzle) -> Tube:
    at = np.asarray((nozzle.at.x, nozzle.at.y, nozzle.at.z))
    size = nearest_size(nozzle.nps)
    return Tube(
        _place(at - _NECK * np.asarray(unit(nozzle.direction))),
        _place(at),
        outside(size) / 2,
        STEEL,
        wall=wall(size),
    )


def _rack(rack: Rack) -> Iterator[Thing]:
    top = max(rack.tiers)
    for number, column in enumerate(rack.columns, start=1):
        body = Prism(rack.id, "rack", column, 0.0, top, STEEL)
        yield Thing(f"{rack.id}/column/{number}", "column", f"{rack.id} column {number}", (body,), rack.kind)
    out = np.asarray((0.0, rack.width / 2) if rack.axis == 0 else (rack.width / 2, 0.0))
    for number, frame in enumerate(rack.frames, start=1):
        for tier, z in enumerate(rack.tiers, start=1):
            beam = shapely.LineString([frame - out, frame + out]).buffer(BEAM / 2, cap_style="flat")
            body = Prism(rack.id, "rack", beam, z - BEAM, z, STEEL)
            name = f"{rack.id} frame {number} tier {tier}"
            yield Thing(f"{rack.id}/beam/{number}/{tier}", "beam", name, (body,), rack.kind)
    first, last = rack.frames[0], rack.frames[-1]
    for side, sign in ((1, -1.0), (2, 1.0)):
        inner = out * (1 - COLUMN / rack.width) * sign
        line = shapely.LineString([first + inner, last + inner]).buffer(BEAM / 2, cap_style="flat")
        body = Prism(rack.id, "rack", line, top - BEAM, top, STEEL)
        yield Thing(f"{rack.id}/stringer/{side}", "beam", f"{rack.id} stringer {side}", (body,), rack.kind)


def _exception(pipe: Pipe) -> Iterator[Thing]:
    """A line that could not be routed: shown in red, never left out."""
    bodies = tuple(
        Tube(_place(a), _place(b), max(pipe.radius, 0.02), LOST, opacity=0.6)
        for a, b in pairwise(pipe.points)
        if np.linalg.norm(b - a) > 1e-6
    )
    if bodies:
        yield Thing(pipe.id, "exception", f"{pipe.line} not routed", bodies, pipe.line)


def _lines(layout: Layout) -> Iterator[Thing]:
    for line in lines_of(layout):
        counts: dict[str, int] = {}
        for part in line.parts:
            bodies = tuple(_part_bodies(part))
            counts[part.keyword] = counts.get(part.keyword, 0) + 1
            if bodies:
                key = part.name or f"{line.number}/{part.keyword}/{counts[part.keyword]}"
                name = part.name or f"{line.number} {part.keyword} {counts[part.keyword]}"
                yield Thing(key, part.keyword, name, bodies, line.number, part)


def _part_bodies(part: Part) -> Iterator[Body]:
    """The bodies of a pipe part, whatever it is; none where its ends are nowhere."""
    places = [*(point for point, _ in part.ends), *([] if part.centre is None else [part.centre])]
    if not all(np.isfinite(place).all() for place in places):
        return  # a line that stands still for a moment has corners without a direction
    ends = [(_place(point), nearest_size(nps)) for point, nps in part.ends]
    if part.keyword == "SUPPORT":
        (x, y, z), nps = ends[0]
        half, under = 0.1, z - outside(nps) / 2
        yield Prism(
            part.name,
            "support",
            shapely.box(x - half, y - half, x + half, y + half),
            under - 0.1,
            under,
            STEEL,
        )
        return
    if part.centre is not None:
        yield from _around(part, _place(part.centre), ends)
    elif len(ends) == 2:
        yield from _straight(part, ends)


def _around(part: Part, centre: Point3, ends: list[tuple[Point3, float]]) -> Iterator[Body]:
    """Elbows and branches: what has a centre."""
    if part.keyword == "ELBOW" and len(ends) == 2 and _turns(ends[0][0], centre, ends[1][0]):
        nps = ends[0][1]
        yield Bend(ends[0][0], centre, ends[1][0], outside(nps) / 2, FITTING, wall(nps))
        return
    arms = [*ends, *([(_place(part.branch[0]), nearest_size(part.branch[1]))] if part.branch else [])]
    for place, nps in arms:
        if np.linalg.norm(np.subtract(place, centre)) > 1e-6:
            yield Tube(centre, place, 1.05 * outside(nps) / 2, FITTING)


def _turns(start: Point3, corner: Point3, end: Point3) -> bool:
    """Whether a corner is one: neither straight on nor back, and with legs."""
    first, second = np.subtract(corner, start), np.subtract(end, corner)
    size = float(np.linalg.norm(first) * np.linalg.norm(second))
    return size > 1e-9 and abs(float(first @ second)) < 0.999 * size


def _straight(part: Part, ends: list[tuple[Point3, float]]) -> Iterator[Body]:
    (start, first), (end, second) = ends
    if np.linalg.norm(np.subtract(end, start)) < 1e-6:
        return
    radius = outside(first) / 2
    if part.keyword.startswith("REDUCER"):
        yield Tube(start, end, radius, FITTING, outside(second) / 2)
    elif part.keyword == "FLANGE":
        yield Tube(start, end, flange_od(first, part.rating) / 2, FLANGE)
    elif part.keyword == "PIPE":
        yield Tube(start, end, radius, PIPE, wall=wall(first))
    else:
        yield Tube(start, end, 1.4 * radius, VALVE)
