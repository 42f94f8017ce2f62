"""The drawing of a layout, whatever its domain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import shapely
from shapely.geometry import LineString
from shapely.geometry import Point as Place
from shapely.geometry.base import BaseGeometry

from cad_plugin.annotation import MM, TEXT, clean, framed, millimetres, scale_for
from cad_plugin.drawing import Drawing
from cad_plugin.primitives import Key, Polyline, Primitive, Text
from cad_plugin.sheet import Titles, fitting, sheeted
from layoutgan.core.geometry import parts
from layoutgan.core.layout import Layout
from layoutgan.validation.report import Report

__all__ = ["draw", "draw_sheets"]


def draw(layout: Layout, report: Report | None = None, *, plain_tags: bool = True, scale: int = 0,
         schedules: bool = False, grid: bool = False) -> Drawing:
    """The drawing of a layout; a domain without a builder of its own is drawn as outlines with ids.

    Args:
        layout: what is drawn.
        report: findings to be marked in it.
        plain_tags: tags are texts, which every reader shows; otherwise attributes of blocks.
        scale: plot scale, 1 to this; by default such that everything fits an A3 sheet.
        schedules: the drawing comes with schedules, and what they list shows its number.
        grid: grid lines run through the axes of a floor plan's outer walls.
    """
    if layout.domain == "floorplan":
        from cad_plugin.floorplan import draw_floorplan

        drawn = draw_floorplan(layout, report, plain_tags=plain_tags, scale=scale, schedules=schedules)
        if grid:
            from cad_plugin.axes_grid import gridded

            return gridded(layout, drawn)
        return drawn
    if layout.domain == "piping":
        from cad_plugin.plant.plan import draw_plant

        return draw_plant(layout, report, scale=scale, schedules=schedules)
    return _outlines(layout, report, scale)


def draw_sheets(
    layout: Layout,
    report: Report | None = None,
    *,
    paper: str = "A3",
    titles: Titles | None = None,
    scale: int = 0,
    plain_tags: bool = True,
    grid: bool = False,
) -> Drawing:
    """The drawing of a layout with schedules on sheets of paper.

    Args:
        layout: what is drawn.
        report: findings to be marked in it.
        paper: A4 to A0.
        titles: what stands in the title block beside what the layout says.
        scale: plot scale, 1 to this; by default the largest usual one that fits.
        plain_tags: as in ``draw``.
        grid: as in ``draw``.

    Raises:
        ExportError: it does not fit the paper.
    """
    titles = titles or Titles({})
    if report is not None and "CHECKED" not in titles.values:
        said = f"{report.errors} errors, {report.warnings} warnings"
        titles = replace(titles, values={**titles.values, "CHECKED": said})

    def at(candidate: int) -> Drawing:
        return draw(layout, report, plain_tags=plain_tags, scale=candidate, schedules=True, grid=grid)

    shapes = [e.shape for e in layout.elements if isinstance(e.shape, BaseGeometry)]
    x0, y0, x1, y1 = shapely.total_bounds(shapes) if shapes else (0.0, 0.0, 0.0, 0.0)
    least = (float(x1 - x0) * MM, float(y1 - y0) * MM)
    return sheeted(fitting(at, paper, scale, strip=titles.strip, least=least), paper, titles, layout.north)


def _outlines(layout: Layout, report: Report | None, scale: int) -> Drawing:
    shapes = [(e.id, millimetres(e.shape)) for e in layout.elements if isinstance(e.shape, BaseGeometry)]
    boxes = [s.bounds for _, s in shapes] or [(0.0, 0.0, 1000.0, 1000.0)]
    scale = scale or scale_for(max(b[2] for b in boxes) - min(b[0] for b in boxes),
                               max(b[3] for b in boxes) - min(b[1] for b in boxes))
    primitives: list[Primitive] = []
    for name, shape in shapes:
        primitives += _outline(name, shape, TEXT * scale)
    drawn = Drawing(layout.name, tuple(primitives), scale)
    return framed(layout, drawn, [f"Scale 1:{scale} on A3 · dimensions in mm"], report, dict(shapes))


def _outline(name: str, shape: BaseGeometry, size: float) -> Iterator[Primitive]:
    key = Key("element", name)
    for polygon in parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            yield Polyline("equipment", tuple((x, y) for x, y, *_ in ring.coords)[:-1], closed=True, key=key)
    if isinstance(shape, LineString):
        yield Polyline("line", tuple((c[0], c[1]) for c in shape.coords), key=key)
    at = shape if isinstance(shape, Place) else shape.representative_point()
    yield Text("note", (at.x, at.y), clean(name, 40), size, key=key)
