"""Drawings for HTML pages: the SVG of a layout with a hidden mark for each finding, and its areas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import shapely

from layoutgan.core.layout import Layout
from layoutgan.validation.html import Area, Candidate
from layoutgan.validation.report import Report
from layoutgan.validation.rule import Finding

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["areas_of", "candidate_of", "picture"]


def candidate_of(layout: Layout, report: Report, files: tuple[tuple[str, str], ...] = ()) -> Candidate:
    """What a page shows of one layout."""
    svg, crop = picture(layout, report)
    return Candidate(layout, report, svg, areas_of(layout), files, crop)


def picture(layout: Layout, report: Report) -> tuple[str, str]:
    """The layout as one ``<svg>`` element in which every finding has a mark, and where the plan is in it.

    The second is a ``viewBox`` without dimensions and title, for small pictures.
    """
    from cad_plugin.draw import draw
    from cad_plugin.paint import painted
    from cad_plugin.svg import picture_box, svg_of

    drawing = draw(layout)
    x0, _, _, y1 = picture_box(drawing, painted(drawing, findings=False))
    per_metre = 1000.0 / drawing.scale

    def on_paper(points: Any) -> Any:
        return points * (per_metre, -per_metre) + (-x0 / drawing.scale, y1 / drawing.scale)

    marks = [_mark(number, shape, on_paper) for number, finding in enumerate(report.worst_first)
             if (shape := _where(layout, finding)) is not None]
    svg = svg_of(drawing, width=1000, findings=False)
    return svg.replace("</svg>", f'<g class="marks">{"".join(marks)}</g></svg>'), _crop(layout, on_paper)


def _crop(layout: Layout, on_paper: Any) -> str:
    """The plan and a little around it, where its outer walls stand."""
    shapes = [e.shape for e in layout.elements]
    if not shapes:
        return ""
    around = shapely.box(*shapely.total_bounds(shapes)).buffer(0.4, join_style="mitre")
    left, top, right, bottom = shapely.transform(around, on_paper).bounds
    return f"{left:.1f} {top:.1f} {right - left:.1f} {bottom - top:.1f}"


def _where(layout: Layout, finding: Finding) -> BaseGeometry | None:
    """The finding's own place, else the elements that it names."""
    if finding.where is not None and not finding.where.is_empty:
        return finding.where
    named = set(finding.elements)
    shapes = [e.shape for e in layout.elements if e.id in named]
    return shapely.union_all(shapes) if shapes else None


def _mark(number: int, shape: BaseGeometry, on_paper: Any) -> str:
    paths = "".join(_paths(shapely.transform(shape, on_paper)))
    return f'<g class="mark" data-finding="{number}">{paths}</g>'


def _paths(shape: BaseGeometry) -> Iterator[str]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            rings = "".join(_line(ring.coords) + "Z" for ring in (part.exterior, *part.interiors))
            yield f'<path class="shape" fill-rule="evenodd" d="{rings}"/>'
        elif part.geom_type in {"LineString", "LinearRing"}:
            yield f'<path class="line" d="{_line(part.coords)}"/>'
        elif part.geom_type == "Point":
            yield f'<circle class="shape" cx="{part.x:.2f}" cy="{part.y:.2f}" r="2"/>'
        else:
            yield from _paths(part)


def _line(points: Any) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y, *_ in points)


def areas_of(layout: Layout) -> tuple[Area, ...]:
    """Areas of what the brief asked for, as drawn and as asked; without a brief, of all rooms.

    Floor plans count clear floor, as briefs ask for it; what cannot be computed counts to the walls'
    centre-lines.
    """
    shapes = _floors(layout)
    asked: dict[str, tuple[float, float]] = {}
    if layout.brief is not None and layout.domain == "floorplan":
        given = {s.id for s in getattr(layout.brief, "spaces", ()) if s.area is not None}
        asked = {n.id: (n.area[0], n.area[2]) for n in layout.brief.programme().nodes if n.id in given}
    rows = []
    for element in layout.elements:
        shape = shapes.get(element.id)
        if shape is not None:
            least, most = asked.get(element.id, (None, None))
            rows.append(Area(element.id, getattr(element, "name", ""), element.kind, shape.area, least, most))
    return tuple(rows)


def _floors(layout: Layout) -> dict[str, BaseGeometry]:
    if layout.domain != "floorplan":
        return {}
    from layoutgan.domains.floorplan.elements import Room
    from layoutgan.domains.floorplan.walls import clear_shapes

    whole: dict[str, BaseGeometry] = {room.id: room.shape for room in layout.of(Room)}
    return whole | dict(clear_shapes(layout))
