"""A picture of what was understood of a drawing: the plan, what was not used, and numbered doubts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import shapely
from shapely.geometry import Polygon

from cad_plugin.annotation import MM, millimetres, scale_for
from cad_plugin.draw import draw
from cad_plugin.drawing import Drawing
from cad_plugin.placing import bounds
from cad_plugin.png import png_bytes
from cad_plugin.primitives import Circle, Polyline, Primitive, Region, Text
from cad_plugin.reading.understood import Understood

__all__ = ["picture_of", "picture_of_outline"]

MOST = 30
"""Most remarks that are written under the plan [-]."""
LONGEST = 150
"""Of a written remark [characters]."""


def picture_of(understood: Understood, *, width: int = 1600) -> bytes:
    """A PNG of what was understood.

    Args:
        understood: of a drawing.
        width: of the picture [pixels].
    """
    drawing = draw(understood.layout)
    plan = bounds(drawing.primitives, drawing.blocks)
    extra = [*_unused(understood, plan), *_remarks(understood, plan, drawing.scale)]
    return png_bytes(replace(drawing, primitives=(*drawing.primitives, *extra)), width=width)


def picture_of_outline(shape: Polygon, text: str, *, width: int = 1200) -> bytes:
    """A PNG of an outline with its sizes.

    Args:
        shape: of the site [m].
        text: what is said about it.
        width: of the picture [pixels].
    """
    drawn = millimetres(shape)
    x0, y0, x1, y1 = drawn.bounds
    scale = scale_for(x1 - x0, y1 - y0)
    rings = [
        tuple((float(x), float(y)) for x, y in ring.coords[:-1])
        for ring in (drawn.exterior, *drawn.interiors)
    ]
    corners = (
        Text(
            "dimension",
            (point[0], point[1] + 2.2 * scale),
            f"{point[0] / MM:.2f}, {point[1] / MM:.2f}",
            1.8 * scale,
        )
        for point in rings[0][:60]
    )
    note = Text("note", (x0, y0 - 8.0 * scale), text, 2.5 * scale, align="left")
    primitives: tuple[Primitive, ...] = (
        Region("room_fill", drawn, "#EAF1F7"),
        *(Polyline("wall", r, closed=True) for r in rings),
        *corners,
        note,
    )
    return png_bytes(Drawing("Outline", primitives, scale), width=width)


def _unused(understood: Understood, plan: tuple[float, float, float, float]) -> Iterator[Primitive]:
    """Lines that were not used, as far as they lie near the plan."""
    x0, y0, x1, y1 = plan
    for line in shapely.get_parts(understood.unused):
        points = tuple((float(x * MM), float(y * MM)) for x, y in shapely.get_coordinates(line))
        if all(x0 <= x <= x1 and y0 <= y <= y1 for x, y in points) and len(points) >= 2:
            yield Polyline("dimension", points)


def _remarks(
    understood: Understood, plan: tuple[float, float, float, float], scale: int
) -> Iterator[Primitive]:
    x0, y0, _, _ = plan
    height = 2.5 * scale
    lines = [f"unit: {understood.unit.name} ({understood.unit.why})"]
    for number, remark in enumerate(understood.remarks[:MOST], start=1):
        lines.append(f"{number}  {remark}"[:LONGEST])
        if remark.at is not None:
            at = (remark.at[0] * MM, remark.at[1] * MM)
            yield Circle("finding", at, 1.1 * height)
            yield Text("finding", at, f"{number}", height, bold=True)
    if len(understood.remarks) > MOST:
        lines.append(f"and {len(understood.remarks) - MOST} more")
    for number, line in enumerate(lines):
        yield Text("note", (x0, y0 - (2 + 1.8 * number) * height), line, height, align="left")
