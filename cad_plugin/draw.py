"""The drawing of a layout, whatever its domain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapely.geometry import LineString
from shapely.geometry import Point as Place
from shapely.geometry.base import BaseGeometry

from cad_plugin.annotation import TEXT, clean, framed, millimetres, scale_for
from cad_plugin.drawing import Drawing, Key, Polyline, Primitive, Text
from layoutgan.core.geometry import parts
from layoutgan.core.layout import Layout
from layoutgan.validation.report import Report

__all__ = ["draw"]


def draw(layout: Layout, report: Report | None = None, **options: Any) -> Drawing:
    """The drawing of a layout; a domain without a builder of its own is drawn as outlines with ids.

    Args:
        layout: what is drawn.
        report: findings to be marked in it.
        options: of the domain's builder.
    """
    if layout.domain == "floorplan":
        from cad_plugin.floorplan import draw_floorplan

        return draw_floorplan(layout, report, **options)
    return _outlines(layout, report)


def _outlines(layout: Layout, report: Report | None) -> Drawing:
    shapes = [(e.id, millimetres(e.shape)) for e in layout.elements if isinstance(e.shape, BaseGeometry)]
    boxes = [s.bounds for _, s in shapes] or [(0.0, 0.0, 1000.0, 1000.0)]
    scale = scale_for(max(b[2] for b in boxes) - min(b[0] for b in boxes),
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
