"""Lists of a plant as rows: material take-off, nozzles, lines, equipment, valves, tie-ins, exceptions."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from layoutgan.core.layout import Layout
from layoutgan.domains.piping.deliverables.takeoff import Line
from layoutgan.domains.piping.derived import size_of
from layoutgan.domains.piping.elements import Component, Equipment, Pipe, PlacedNozzle, Terminal
from layoutgan.domains.piping.pipe_data import cost_per_metre
from layoutgan.domains.piping.shapes import DIRECTIONS, coordinates
from layoutgan.domains.piping.ways import corners

__all__ = ["Table", "csv_text", "tables_of"]

_FORMULA = ("=", "@", "\t", "\r")
"""First characters by which spreadsheets know formulas."""

Cell = str | int | float | None


@dataclass(frozen=True)
class Table:
    """One list."""

    name: str
    """File name without suffix."""
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables_of(layout: Layout, lines: Sequence[Line]) -> tuple[Table, ...]:
    """All lists of a layout.

    Args:
        layout: a plant.
        lines: its lines, taken off.
    """
    return (
        _materials(lines),
        _equipment(layout),
        _nozzles(layout),
        _line_list(layout),
        _valves(layout),
        _tie_ins(layout),
        _exceptions(layout),
    )


def csv_text(table: Table) -> str:
    """The list as CSV text; what a spreadsheet would take for a formula gets an apostrophe before it."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([[_harmless(cell) for cell in row] for row in table.rows])
    return stream.getvalue()


def _harmless(cell: object) -> object:
    if cell is None:
        return ""
    # A tag of a P&ID may begin with = (a reference designation); numbers keep their signs.
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in _FORMULA else cell


def _materials(lines: Sequence[Line]) -> Table:
    """What has to be bought, by item code: pipe in metres, everything else in pieces."""
    totals: dict[str, list[float]] = {}
    about: dict[str, tuple[str, float, str]] = {}
    joints: dict[tuple[float, int], int] = {}
    for line in lines:
        for part in line.parts:
            quantity = part.length if part.keyword == "PIPE" else 1.0
            total = totals.setdefault(part.code, [0.0, 0.0])
            total[0] += quantity
            total[1] += part.mass
            about[part.code] = (part.description, part.nps, "m" if part.keyword == "PIPE" else "pc")
            if part.keyword == "FLANGE":
                key = (part.nps, part.rating)
                joints[key] = joints.get(key, 0) + 1
    order = sorted(
        totals, key=lambda code: (about[code][2] == "pc", code.split("-")[0], about[code][1], code)
    )
    rows: list[tuple[Cell, ...]] = [
        (
            code,
            about[code][0],
            about[code][1],
            _rounded(totals[code][0], about[code][2]),
            about[code][2],
            round(totals[code][1], 1),
        )
        for code in order
    ]
    for (nps, rating), count in sorted(joints.items()):
        rows.append(
            (f"GASKET-{nps:g}-{rating}", f"Gasket, NPS {nps:g}, class {rating}", nps, count, "pc", None)
        )
        rows.append(
            (f"BOLTS-{nps:g}-{rating}", f"Bolt set, NPS {nps:g}, class {rating}", nps, count, "set", None)
        )
    everything = round(sum(total[1] for total in totals.values()), 1)
    rows.append(("TOTAL", "Mass without gaskets and bolts", None, None, None, everything))
    columns = ("item_code", "description", "nps_in", "quantity", "unit", "mass_kg")
    return Table("material_takeoff", "Material take-off", columns, tuple(rows))


def _rounded(quantity: float, unit: str) -> float | int:
    return round(quantity, 2) if unit == "m" else round(quantity)


def _equipment(layout: Layout) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for item in layout.of(Equipment):
        x, y = item.shape.centroid.coords[0]
        rows.append(
            (
                item.id,
                item.kind,
                item.service,
                round(item.size[0], 3),
                round(item.size[1], 3),
                round(item.top - item.bottom, 3),
                round(x, 3),
                round(y, 3),
                round(item.bottom, 3),
                round(item.top, 3),
                90 * item.turn,
                item.set,
                item.row,
                "yes" if item.hazardous else "no",
                item.temperature,
            )
        )
    columns = (
        "tag",
        "class",
        "service",
        "length_m",
        "width_m",
        "height_m",
        "east_m",
        "north_m",
        "underside_m",
        "top_m",
        "turned_deg",
        "set",
        "row",
        "flammable",
        "temperature_c",
    )
    return Table("equipment_list", "Equipment list", columns, tuple(rows))


def azimuth(direction: str, north: float) -> float | None:
    """Orientation of a nozzle: degrees clockwise from plant north; None for one that points up or down."""
    dx, dy, dz = DIRECTIONS[direction]
    if dz:
        return None
    return round((north - math.degrees(math.atan2(dy, dx))) % 360.0, 3)


def _nozzles(layout: Layout) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for item in layout.of(Equipment):
        cx, cy = item.shape.centroid.coords[0]
        ordered = sorted(item.nozzles, key=lambda n: n.id)
        rows += [_nozzle_row(item, nozzle, (cx, cy), layout.north) for nozzle in ordered]
    columns = (
        "tag",
        "nozzle",
        "service",
        "nps_in",
        "rating",
        "facing",
        "direction",
        "azimuth_deg",
        "elevation_m",
        "projection_m",
        "east_m",
        "north_m",
        "line",
    )
    return Table("nozzle_schedule", "Nozzle schedule", columns, tuple(rows))


def _nozzle_row(
    item: Equipment, nozzle: PlacedNozzle, centre: tuple[float, float], north: float
) -> tuple[Cell, ...]:
    x, y, z = (float(v) for v in coordinates(nozzle.at))
    words = {"+z": "up", "-z": "down"}
    out = math.hypot(x - centre[0], y - centre[1])
    return (
        item.id,
        nozzle.id,
        nozzle.role,
        nozzle.nps,
        nozzle.rating,
        "RF",
        words.get(nozzle.direction, "level"),
        azimuth(nozzle.direction, north),
        round(z, 3),
        round(out, 3),
        round(x, 3),
        round(y, 3),
        nozzle.line,
    )


def _line_list(layout: Layout) -> Table:
    """One row per line; a header's branches count with it."""
    groups: dict[str, list[Pipe]] = {}
    for pipe in layout.of(Pipe):
        groups.setdefault(pipe.line, []).append(pipe)
    asked = {line.number: line for line in getattr(layout.brief, "lines", ())}
    rows: list[tuple[Cell, ...]] = []
    for number in sorted(groups, key=_sequence):
        pipes = groups[number]
        first = pipes[0]
        length = sum(p.length for p in pipes)
        bends = sum(int(corners(p.points).sum()) for p in pipes)
        status = "exception" if any(p.status == "exception" for p in pipes) else "routed"
        source = asked.get(number)
        ends = [end for p in pipes for end in (p.start, p.end) if end not in {q.id for q in pipes}]
        rows.append(
            (
                number,
                first.nps,
                first.fluid,
                first.spec,
                ends[0] if ends else "",
                "; ".join(ends[1:]),
                first.kind,
                first.rating,
                getattr(source, "pressure", None),
                first.temperature,
                getattr(source, "design_pressure", None),
                getattr(source, "design_temperature", None),
                getattr(source, "insulation_type", "") or None,
                round(1000 * first.insulation) or None,
                first.slope,
                "yes" if first.no_pocket else "no",
                "yes" if getattr(source, "traced", False) else "no",
                getattr(source, "pid", "") or None,
                round(length, 3),
                bends,
                status,
                round(length * cost_per_metre(size_of(first.nps), first.rating, first.insulation), 2),
            )
        )
    columns = (
        "number",
        "nps_in",
        "fluid",
        "spec",
        "from",
        "to",
        "service",
        "rating",
        "pressure_bar",
        "temperature_c",
        "design_pressure_bar",
        "design_temperature_c",
        "insulation",
        "insulation_mm",
        "slope",
        "no_pocket",
        "traced",
        "pid",
        "length_m",
        "bends",
        "status",
        "relative_cost",
    )
    return Table("line_list", "Line list", columns, tuple(rows))


def _sequence(number: str) -> tuple[int, str]:
    """Lines in order of the longest number in their name, then by name."""
    digits = ["".join(g) for g in _digit_groups(number)]
    return (int(max(digits, key=len)[:12]) if digits else 0, number)


def _digit_groups(text: str) -> list[str]:
    groups, current = [], ""
    for letter in text:
        if letter.isdigit():
            current += letter
        elif current:
            groups.append(current)
            current = ""
    return [*groups, current] if current else groups


def _valves(layout: Layout) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for part in layout.of(Component):
        x, y, z = (round(float(v), 3) for v in coordinates(part.shape))
        rows.append(
            (
                part.id,
                part.kind,
                part.line,
                part.nps,
                part.nps_out,
                part.rating,
                part.operated,
                part.stem,
                x,
                y,
                z,
            )
        )
    columns = (
        "tag",
        "kind",
        "line",
        "nps_in",
        "nps_out_in",
        "rating",
        "operated",
        "stem",
        "east_m",
        "north_m",
        "elevation_m",
    )
    return Table("valve_list", "Valves and inline items", columns, tuple(rows))


def _tie_ins(layout: Layout) -> Table:
    ends: dict[str, list[Pipe]] = {}
    for pipe in layout.of(Pipe):
        for end in (pipe.start, pipe.end):
            ends.setdefault(end, []).append(pipe)
    rows: list[tuple[Cell, ...]] = []
    for point in layout.of(Terminal):
        x, y, z = (round(float(v), 3) for v in coordinates(point.shape))
        rows += [
            (point.id, pipe.line, pipe.nps, pipe.rating, x, y, z, point.direction)
            for pipe in ends.get(point.id, [])
        ]
    columns = ("point", "line", "nps_in", "rating", "east_m", "north_m", "elevation_m", "direction")
    return Table("tie_in_list", "Battery-limit points", columns, tuple(rows))


def _exceptions(layout: Layout) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (p.line, p.id, p.nps, p.start, p.end, p.reason, round(p.length, 3))
        for p in layout.of(Pipe)
        if p.status == "exception"
    )
    columns = ("number", "piece", "nps_in", "from", "to", "reason", "length_m")
    return Table("exception_list", "Lines that could not be routed", columns, rows)
