"""Contact sheets of plants: plot, racks, equipment by class, and straight wires."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from layoutgan.core.layout import Layout
from layoutgan.domains.piping.classes import class_of
from layoutgan.domains.piping.elements import Element, Envelope, Equipment, KeepOut, Rack, Road, Terminal

from .shards import Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["contact_sheet", "picked"]

_FILLS: dict[type[Element], str] = {Road: "#EDEDED", KeepOut: "#F3D9D9", Rack: "#D0D4DA"}
_WIRE, _EDGE = "#C0392B", "#444444"


def picked(rows: Sequence[Row], each: int) -> list[Row]:
    """As many rows of every part, spread evenly by size."""
    found = []
    for part in sorted({row.part for row in rows}):
        own = sorted((row for row in rows if row.part == part), key=lambda row: (row.items, row.id))
        # One layout per brief: solutions of one brief stand side by side otherwise.
        firsts = list({row.template: row for row in reversed(own)}.values())[::-1]
        count = min(each, len(firsts))
        found += [firsts[(2 * k + 1) * len(firsts) // (2 * count)] for k in range(count)]
    return found


def contact_sheet(layouts: Sequence[Layout], captions: Sequence[str], path: Path, *, across: int = 4) -> None:
    """Writes a sheet of layouts as PNG.

    Args:
        layouts: what is drawn.
        captions: one line for each.
        path: file.
        across: layouts beside each other.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    down = max(1, math.ceil(len(layouts) / across))
    figure = Figure(figsize=(4.2 * across, 3.5 * down), dpi=72, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots(down, across, squeeze=False)
    for place in axes.flat:
        place.axis("off")
    for place, layout, caption in zip(axes.flat, layouts, captions, strict=False):
        _draw(place, layout)
        place.set_title(caption, fontsize=9)
    figure.savefig(path, metadata={"Software": None})


def _draw(place: Axes, layout: Layout) -> None:
    from matplotlib.patches import Polygon as Patch

    def fill(element: Element, colour: str, edge: str = "none", **style: object) -> None:
        corners = list(element.shape.exterior.coords)
        place.add_patch(Patch(corners, facecolor=colour, edgecolor=edge, linewidth=0.5, **style))  # type: ignore[arg-type]

    if layout.boundary is not None:
        corners = list(layout.boundary.exterior.coords)
        place.add_patch(Patch(corners, facecolor="white", edgecolor="black", linewidth=1.2))
    for kind, colour in _FILLS.items():
        for element in layout.of(kind):
            fill(element, colour, _EDGE if kind is Rack else "none")
    for area in layout.of(Envelope):
        fill(area, "none", "#BBBBBB", linestyle=":")
    for item in layout.of(Equipment):
        fill(item, class_of(item.kind).colour, _EDGE)
    spots = {e.id: (e.shape.centroid.x, e.shape.centroid.y) for e in layout.of(Equipment)}
    spots |= {t.id: (t.shape.x, t.shape.y) for t in layout.of(Terminal)}
    for relation in layout.brief.programme().relations if layout.brief is not None else ():
        (x0, y0), (x1, y1) = spots[relation.first], spots[relation.second]
        width = 0.4 + 0.25 * min(4.0, relation.weight)
        place.plot([x0, x1], [y0, y1], color=_WIRE, linewidth=width, alpha=0.55, solid_capstyle="round")
    ends = [(t.shape.x, t.shape.y) for t in layout.of(Terminal)]
    if ends:
        place.plot(*zip(*ends, strict=True), "k.", markersize=2.5)
    place.set_aspect("equal")
    place.autoscale_view()
