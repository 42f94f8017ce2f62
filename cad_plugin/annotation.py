"""What stands around a plan of any domain: title, north arrow, scale bar, findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as Place
from shapely.geometry.base import BaseGeometry

from cad_plugin.drawing import Drawing
from cad_plugin.placing import bounds
from cad_plugin.primitives import (
    Block,
    Circle,
    Insert,
    Key,
    Line,
    Point,
    Polyline,
    Primitive,
    Region,
    Text,
)
from cad_plugin.symbols import north_block
from cad_plugin.typeface import text_width
from layoutgan.core.geometry import parts
from layoutgan.core.layout import Layout
from layoutgan.core.schema import dump_json
from layoutgan.validation.report import Report
from layoutgan.validation.rule import Finding, Severity

__all__ = [
    "SCALES",
    "MM",
    "clean",
    "edge_around",
    "facts_of",
    "finding_marks",
    "framed",
    "millimetres",
    "scale_bar",
    "scale_for",
]

S = TypeVar("S", bound=BaseGeometry)

MM = 1000.0
"""Millimetres per metre [-]."""
SCALES = (20, 50, 100, 200, 250, 500, 1000, 2000, 5000)
SHEET = (370.0, 225.0)
"""Room for the plan on an A3 sheet, without chains, title and margins [mm]."""
TEXT = 2.5
"""Height of capitals on paper [mm]."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


def clean(text: str, longest: int = 200) -> str:
    """Text that every format can hold: one line, no control characters or lone surrogates, not too long."""
    plain = " ".join(_CONTROL.sub(" ", text).split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def millimetres(shape: S) -> S:
    """A shape in millimetres, from metres."""
    return shapely.transform(shape, lambda points: points * MM)


def scale_for(width: float, height: float) -> int:
    """The largest usual plot scale at which a plan of that size [mm] fits an A3 sheet."""
    for scale in SCALES[1:]:
        if width / scale <= SHEET[0] and height / scale <= SHEET[1]:
            return scale
    return SCALES[-1]


def facts_of(layout: Layout) -> dict[str, str]:
    """Short facts about a layout for the properties of a file."""
    from layoutgan import __version__

    origin = layout.provenance
    facts = {"layoutgan": __version__, "domain": layout.domain, "name": clean(layout.name)}
    if layout.brief is not None:
        facts["brief"] = layout.brief.digest()
    if origin is not None:
        facts |= {
            "source": clean(origin.source),
            "weights": clean(origin.weights),
            "rules": clean(origin.rules),
            "brief": origin.brief or facts.get("brief", ""),
            "licence": clean(origin.licence),
        }
        if origin.seed is not None:
            facts["seed"] = str(origin.seed)
        if origin.candidate is not None:
            facts["candidate"] = str(origin.candidate)
    return {key: value for key, value in sorted(facts.items()) if value}


def framed(layout: Layout, drawn: Drawing, lines: Sequence[str], report: Report | None = None,
           shapes: Mapping[str, BaseGeometry] | None = None) -> Drawing:
    """The drawing with title, north arrow, scale bar and findings below it, and the layout inside.

    Args:
        layout: that the drawing shows.
        drawn: plan and dimensions.
        lines: sentences below the title.
        report: findings to be marked.
        shapes: elements by id [mm], for findings that show no place of their own.
    """
    size = TEXT * drawn.scale
    x0, y0, x1, _ = drawn.bounds()
    top = y0 - 4.0 * size
    texts = [Text("title", (x0, top - size), clean(layout.name, 80), 1.8 * size, "left", bold=True)]
    for number, line in enumerate(lines):
        texts.append(Text("note", (x0, top - (3.6 + 1.9 * number) * size), clean(line, 160), size, "left"))
    radius = 3.0 * size
    north = north_block(radius)
    place = (x1 - radius, top - 1.6 * size)
    arrow = Insert("symbol", north.name, place, layout.north)
    title_end = x0 + text_width(texts[0].text, texts[0].height)
    lines_end = max((x0 + text_width(t.text, t.height) for t in texts[1:]), default=x0)
    bar_right, bar_left = place[0] - 2.6 * radius, place[0] - 2.6 * radius - 4.0 * _field(drawn.scale)
    low = top - size  # beside the title; where that is long, below everything
    if title_end > bar_left - 2.0 * size or lines_end > bar_left - size:
        low = top - (3.6 + 1.9 * len(lines) + 2.5) * size
    furniture = [*texts, *scale_bar((bar_right, low), size, drawn.scale), arrow]
    blocks = {**drawn.blocks, north.name: north}
    if report is not None and report.findings:
        bottom = bounds(furniture, blocks)[1]
        furniture += finding_marks(report, drawn.scale, (x0, bottom - size), shapes or {})
    everything = (*drawn.primitives, *furniture)
    return replace(
        drawn,
        primitives=(*everything, edge_around(everything, blocks, drawn.scale)),
        blocks=blocks,
        facts=facts_of(layout),
        document=dump_json(layout, indent=None).strip(),
        focus=drawn.focus or drawn.bounds(),
    )


def edge_around(primitives: Sequence[Primitive], blocks: Mapping[str, Block], scale: int) -> Polyline:
    """A line around everything, not printed: programs that fit a drawing to the page leave no margin."""
    x0, y0, x1, y1 = bounds(primitives, blocks)
    gap = 6.0 * scale
    return Polyline(
        "frame",
        ((x0 - gap, y0 - gap), (x1 + gap, y0 - gap), (x1 + gap, y1 + gap), (x0 - gap, y1 + gap)),
        closed=True,
    )


def _field(scale: int) -> float:
    """Length of one field of the scale bar [mm]."""
    return next(
        f for f in (500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0, 50000.0, 1e5) if f >= 10.0 * scale
    )


def scale_bar(right: Point, size: float, scale: int) -> Iterator[Primitive]:
    """Four fields of a round length, the first and third filled; its right end stands at ``right``."""
    field = _field(scale)
    x, y, tall = right[0] - 4 * field, right[1], 0.6 * size
    for i in range(4):
        box = (
            (x + i * field, y),
            (x + (i + 1) * field, y),
            (x + (i + 1) * field, y + tall),
            (x + i * field, y + tall),
        )
        yield Polyline("symbol", box, closed=True)
        if i % 2 == 0:
            yield Region("symbol", Polygon(box))
    for i in (0, 1, 2, 4):
        unit = " m" if i == 4 else ""
        yield Text("symbol", (x + i * field, y + tall + 0.9 * size), f"{i * field / MM:g}{unit}", 0.7 * size)


def finding_marks(report: Report, scale: int, beside: Point,
                  shapes: Mapping[str, BaseGeometry]) -> Iterator[Primitive]:
    """Findings of a report: each place is outlined and numbered, and a list says what the numbers mean.

    Args:
        report: what a check found.
        scale: plot scale [-].
        beside: upper left corner of the list [mm].
        shapes: elements by id [mm], for findings that show no place of their own.
    """
    size, taken = TEXT * scale, list[Point]()
    order = list(Severity)
    findings = sorted(report.findings, key=lambda f: (order.index(f.severity), f.rule, f.elements, f.message))
    for number, finding in enumerate(findings, start=1):
        shape = _where(finding, shapes)
        key = Key("finding", f"{finding.rule}:{number}")
        if shape is not None and not shape.is_empty:
            yield from _outlined(shape, size, key)
            at = _free_place(shape, taken, size)
            taken.append(at)
            yield Circle("finding", at, 1.1 * size)
            yield Text("finding", at, str(number), 0.8 * size, bold=True, key=key)
        line = (beside[0], beside[1] - number * 2.0 * size)
        text = f"{number}  {finding.rule} {finding.severity}: {finding.message}"
        yield Text("finding", line, clean(text, 140), 0.8 * size, "left", key=key)


def _where(finding: Finding, shapes: Mapping[str, BaseGeometry]) -> BaseGeometry | None:
    if isinstance(finding.where, BaseGeometry) and not finding.where.is_empty:
        return millimetres(finding.where)
    return next((shapes[e] for e in finding.elements if e in shapes), None)


def _outlined(shape: BaseGeometry, size: float, key: Key) -> Iterator[Primitive]:
    for polygon in parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            yield Polyline("finding", _points(ring.coords)[:-1], closed=True, key=key)
    for line in (g for g in getattr(shape, "geoms", [shape]) if isinstance(g, LineString)):
        yield Polyline("finding", _points(line.coords), key=key)
    for place in (g for g in getattr(shape, "geoms", [shape]) if isinstance(g, Place)):
        arm = 1.2 * size
        yield Line("finding", (place.x - arm, place.y - arm), (place.x + arm, place.y + arm), key)
        yield Line("finding", (place.x - arm, place.y + arm), (place.x + arm, place.y - arm), key)


def _points(coords: Iterable[Sequence[float]]) -> tuple[Point, ...]:
    return tuple((float(c[0]), float(c[1])) for c in coords)


def _free_place(shape: BaseGeometry, taken: Sequence[Point], size: float) -> Point:
    """A place for a number at the upper left of a shape, moved along until no other number stands there."""
    x0, _, _, y1 = shape.bounds
    at = (
        (x0 + 1.8 * size, y1 - 1.8 * size)
        if shape.area > (6 * size) ** 2
        else (x0 - 1.5 * size, y1 + 1.5 * size)
    )
    while any(abs(at[0] - x) < 2.3 * size and abs(at[1] - y) < 2.3 * size for x, y in taken):
        at = (at[0] + 2.4 * size, at[1])
    return at
