"""Isometric drawings: one line with its fittings, lengths, ends and parts list; not to scale, as usual.

Long runs are shortened and short ones lengthened, each axis by itself, so that every leg can be read and what
is parallel or in one plane stays so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cad_plugin.annotation import MM, clean, facts_of
from cad_plugin.drawing import Drawing, Table
from cad_plugin.plant.labels import Labels
from cad_plugin.primitives import Circle, Line, Point, Polyline, Primitive, Region, Text
from layoutgan.core.layout import Layout
from layoutgan.domains.piping.deliverables.parts import Part
from layoutgan.domains.piping.deliverables.takeoff import Line as PipeLine

__all__ = ["draw_isometric", "parts_list"]

AREA = (230.0, 185.0)
"""Of the isometric on an A3 sheet; the parts list stands beside it [mm]."""
MARGIN = 24.0
"""For texts around the isometric [mm]."""
SHORTEST, LONGEST = 14.0, 46.0
"""Of a leg on paper before everything is fitted to the sheet [mm]."""
TEXT = 2.0
COS, SIN = math.cos(math.radians(30.0)), math.sin(math.radians(30.0))
SAME = 2e-3
"""Coordinates nearer than this are one [m]."""

_Place3 = NDArray[np.float64]


@dataclass(frozen=True)
class _Sheet:
    """From the plant [m] to paper [mm]: each axis by its own table, then seen from above, south-east."""

    stops: tuple[_Place3, ...]
    paper: tuple[_Place3, ...]
    factor: float = 1.0
    origin: Point = (0.0, 0.0)

    def at(self, place: _Place3) -> Point:
        """Where a place of the plant lies on paper [mm]."""
        x, y, z = (float(np.interp(place[i], self.stops[i], self.paper[i])) for i in range(3))
        right, up = (x + y) * COS, (y - x) * SIN + z
        return self.origin[0] + self.factor * right, self.origin[1] + self.factor * up


def _sheet(places: _Place3) -> _Sheet:
    """The way to paper for these places, fitted to the sheet."""
    stops, paper = [], []
    for axis in range(3):
        values = np.unique(np.round(places[:, axis], 6))
        kept = values[np.concatenate(([True], np.diff(values) > SAME))]
        gaps = np.clip(10.0 * np.sqrt(np.diff(kept)) + 6.0, SHORTEST, LONGEST)
        stops.append(kept)
        paper.append(np.concatenate(([0.0], np.cumsum(gaps))))
    raw = _Sheet(tuple(stops), tuple(paper))
    flat = np.asarray([raw.at(p) for p in places])
    low, high = flat.min(axis=0), flat.max(axis=0)
    wide, tall = np.maximum(high - low, 1.0)
    inner = (AREA[0] - 2 * MARGIN, AREA[1] - 2 * MARGIN)  # texts of the ends stand around it
    factor = min(inner[0] / wide, inner[1] / tall, 1.6)
    left, below = ((AREA[i] - factor * (wide, tall)[i]) / 2 for i in (0, 1))
    return _Sheet(raw.stops, raw.paper, factor,
                  (left - factor * float(low[0]), below - factor * float(low[1])))


def draw_isometric(layout: Layout, line: PipeLine) -> Drawing:
    """The isometric of one line, on paper at 1:1.

    Args:
        layout: that the line belongs to, for names and facts.
        line: taken off.
    """
    places = [pipe.points for pipe in line.pipes]
    centres = [p.centre for p in line.parts if p.centre is not None and np.isfinite(p.centre).all()]
    sheet = _sheet(np.concatenate([*places, *([np.asarray(centres)] if centres else [])]))
    labels = Labels()
    made: list[Primitive] = []
    for pipe in line.pipes:
        flat = [sheet.at(p) for p in pipe.points]
        made.append(Polyline("line", tuple(flat)))
        for a, b in pairwise(flat):
            for share in np.linspace(0.0, 1.0, max(9, math.ceil(math.dist(a, b)))).tolist():
                x, y = a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
                labels.take((x - 0.4, y - 0.4, x + 0.4, y + 0.4))
    for part in line.parts:
        made += _symbol(part, sheet)
    _name_ends(line, sheet, labels)
    _name_legs(line, sheet, labels)
    _name_valves(line, sheet, labels)
    made += labels.texts
    made += _north((AREA[0] + 4.0, AREA[1] - 8.0))
    name = f"{layout.name} · {line.number}" if layout.name else line.number
    size = f"{line.pipes[0].nps:g}\" · class {line.pipes[0].rating}"
    said = f"{clean(line.number, 60)} · {size} · not to scale · dimensions in mm, coordinates in m"
    made.append(Text("note", (0.0, -8.0), said, TEXT, "left"))
    return Drawing(clean(name, 80), tuple(made), 1, tables=(parts_list(line),), facts=facts_of(layout),
                   focus=(-6.0, -12.0, AREA[0] + 16.0, AREA[1] + 8.0))


def parts_list(line: PipeLine) -> Table:
    """What the line is made of: pipe by length, everything else by number."""
    amounts: dict[str, float] = {}
    named: dict[str, Part] = {}
    for part in line.parts:
        amounts[part.code] = amounts.get(part.code, 0.0) + (part.length if part.keyword == "PIPE" else 1.0)
        named.setdefault(part.code, part)
    rows = []
    for number, (code, amount) in enumerate(amounts.items(), start=1):
        part = named[code]
        quantity = f"{amount:.2f} m" if part.keyword == "PIPE" else f"{amount:.0f}"
        rows.append((str(number), quantity, f"{part.nps:g}\"", clean(part.description, 70)))
    return Table("Parts", ("No.", "Quantity", "NPS", "Description"), tuple(rows), frozenset({0, 1, 2}))


def _symbol(part: Part, sheet: _Sheet) -> Iterator[Primitive]:
    """The sign of a part on the line."""
    ends = [sheet.at(p) for p, _ in part.ends if np.isfinite(p).all()]
    sizes = {"TEE": 0.9, "OLET": 0.9, "CROSS": 0.9, "ELBOW": 0.5}
    if part.keyword in sizes and part.centre is not None and np.isfinite(part.centre).all():
        yield Circle("line", sheet.at(part.centre), sizes[part.keyword])
    elif part.keyword == "FLANGE" and len(ends) == 2:
        yield from _tick(part, sheet, 1.6)
    elif part.keyword.startswith("REDUCER") and len(ends) == 2:
        yield from _wedge(part, sheet)
    elif part.keyword in ("VALVE", "INSTRUMENT", "FILTER") and len(ends) == 2:
        yield from _bow(part, sheet)
    elif part.keyword == "SUPPORT" and ends:
        x, y = ends[0]
        yield Polyline("symbol", ((x, y), (x - 1.2, y - 2.2), (x + 1.2, y - 2.2)), closed=True)


def _directions(part: Part, sheet: _Sheet) -> tuple[Point, Point, Point] | None:
    """Middle of a part on paper, the way along it, and a way across that lies in the picture [mm]."""
    start, end = (np.asarray(p, dtype=float) for p, _ in part.ends)
    middle = (start + end) / 2
    axis = int(np.abs(end - start).argmax())
    along = {0: (COS, -SIN), 1: (COS, SIN), 2: (0.0, 1.0)}[axis]
    across = (COS, SIN) if axis == 0 else (COS, -SIN) if axis == 1 else (COS, SIN)
    if not np.isfinite(middle).all():
        return None
    return sheet.at(middle), along, across


def _tick(part: Part, sheet: _Sheet, size: float) -> Iterator[Line]:
    found = _directions(part, sheet)
    if found is not None:
        (x, y), _, (cx, cy) = found
        yield Line("line", (x - size * cx, y - size * cy), (x + size * cx, y + size * cy))


def _bow(part: Part, sheet: _Sheet) -> Iterator[Primitive]:
    found = _directions(part, sheet)
    if found is None:
        return
    (x, y), (ax, ay), (cx, cy) = found
    half, tall = 3.0, 1.7
    for sign in (-1.0, 1.0):
        ex, ey = x + sign * half * ax, y + sign * half * ay
        corners = ((x, y), (ex + tall * cx, ey + tall * cy), (ex - tall * cx, ey - tall * cy))
        yield Polyline("line", corners, closed=True)
    if part.keyword == "INSTRUMENT":
        yield Line("line", (x, y), (x, y + 4.0))
        yield Circle("line", (x, y + 5.2), 1.2)


def _wedge(part: Part, sheet: _Sheet) -> Iterator[Primitive]:
    found = _directions(part, sheet)
    if found is None:
        return
    (x, y), (ax, ay), (cx, cy) = found
    first, second = part.ends[0][1], part.ends[1][1]
    big, small = (1.8, 1.0) if first >= second else (1.0, 1.8)
    a, b = (x - 2.0 * ax, y - 2.0 * ay), (x + 2.0 * ax, y + 2.0 * ay)
    yield Polyline("line", ((a[0] + big * cx, a[1] + big * cy), (b[0] + small * cx, b[1] + small * cy),
                            (b[0] - small * cx, b[1] - small * cy), (a[0] - big * cx, a[1] - big * cy)),
                   closed=True)


def _around(at: Point, steps: tuple[float, ...] = (4.0, 7.0, 10.0)) -> list[tuple[Point, float]]:
    """Places for a text around a point, the nearest first."""
    ways = ((0.0, 1.0), (0.0, -1.0), (1.0, 0.6), (-1.0, 0.6), (1.0, -0.6), (-1.0, -0.6))
    return [((at[0] + 2.2 * step * x, at[1] + step * y), 0.0) for step in steps for x, y in ways]


def _name_ends(line: PipeLine, sheet: _Sheet, labels: Labels) -> None:
    named = list(line.nozzles.items())
    named += [(_reference(line, point), point) for point in line.open_ends]
    for reference, point in named:
        place = np.asarray(point, dtype=float)
        at = sheet.at(place)
        texts = (clean(reference, 40), f"E {place[0]:.3f}  N {place[1]:.3f}  EL {place[2]:+.3f}")
        labels.put("tag", texts[0], _around(at), TEXT, bold=True)
        labels.put("note", texts[1], _around(at, (6.0, 9.0, 13.0)), 0.8 * TEXT)


def _reference(line: PipeLine, point: object) -> str:
    """What an open end is called: a terminal, or the pipe that it joins."""
    place = np.asarray(point, dtype=float)
    for pipe in line.pipes:
        for text, end in ((pipe.start, pipe.points[0]), (pipe.end, pipe.points[-1])):
            if np.linalg.norm(end - place) < 0.01:
                return text
    return "open end"


def _name_legs(line: PipeLine, sheet: _Sheet, labels: Labels) -> None:
    for pipe in line.pipes:
        for a, b in pairwise(pipe.points):
            length = float(np.linalg.norm(b - a)) * MM
            if length < 1.0:
                continue
            (ax, ay), (bx, by) = sheet.at(a), sheet.at(b)
            size = math.hypot(bx - ax, by - ay) or 1.0
            nx, ny = -(by - ay) / size, (bx - ax) / size
            places = []
            for share in (0.5, 0.35, 0.65):
                x, y = ax + share * (bx - ax), ay + share * (by - ay)
                places += [((x + off * 1.5 * nx, y + off * ny), 0.0) for off in (3.4, -3.4, 5.5, -5.5)]
            labels.put("dimension", f"{length:.0f}", places, TEXT)


def _name_valves(line: PipeLine, sheet: _Sheet, labels: Labels) -> None:
    for part in line.parts:
        if part.keyword in ("VALVE", "INSTRUMENT", "FILTER") and part.name and len(part.ends) == 2:
            found = _directions(part, sheet)
            if found is not None:
                labels.put("note", clean(part.name, 30), _around(found[0]), 0.8 * TEXT, must=False)


def _north(at: Point) -> Iterator[Primitive]:
    """Where north points in an isometric: up to the right."""
    tip = (at[0] + 9.0 * COS, at[1] + 9.0 * SIN)
    yield Line("symbol", at, tip)
    wing = (tip[0] - 3.2 * COS - 1.0 * SIN, tip[1] - 3.2 * SIN + 1.0 * COS)
    other = (tip[0] - 3.2 * COS + 1.0 * SIN, tip[1] - 3.2 * SIN - 1.0 * COS)
    from shapely.geometry import Polygon

    yield Region("symbol", Polygon([tip, wing, other]))
    yield Polyline("symbol", (tip, wing, other), closed=True)
    yield Text("symbol", (tip[0] + 2.4, tip[1] + 1.0), "N", 2.6, bold=True)
