"""The outline of a site from the walls in a drawing, for briefs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import Polygon

from cad_plugin.dxf_read import bytes_of, document_in
from cad_plugin.reading.floors import closed_walls, enclosed
from cad_plugin.reading.foreign import Options, Reading, ring_of
from cad_plugin.reading.gaps import holes_in
from cad_plugin.reading.marks import marks_in
from cad_plugin.reading.units import unit_named
from layoutgan.core.geometry import largest_part, parts, simplified
from layoutgan.errors import InputError

__all__ = ["areas_for_brief", "areas_in", "outline_in"]

THICKEST = 0.6
"""Interior walls up to this thickness do not divide an outline [m]."""


def outline_in(path: Path, layer: str | None = None, options: Options | None = None) -> Polygon:
    """The inner face of the outer walls, courtyards as holes [m].

    Args:
        path: of a DXF file.
        layer: of the walls, ``*`` for any letters; by default all that are known to hold walls.
        options: what is known about the drawing.

    Raises:
        InputError: the file is not DXF, has no such layer, or nothing is closed on it.
    """
    faces, file = _faces(path, layer, options)
    if not faces:
        where = f"on layer '{layer}'" if layer else "by walls"
        raise InputError(
            f"nothing is enclosed {where}; close the lines, or wider gaps with gap: 0.2", file=file
        )
    whole = shapely.union_all(faces).buffer(THICKEST / 2, join_style="mitre")
    return simplified(largest_part(whole.buffer(-THICKEST / 2, join_style="mitre")), 1e-4)


def areas_in(path: Path, layer: str, options: Options | None = None) -> list[Polygon]:
    """Every closed area on a layer, such as columns or fixed rooms, largest first [m].

    Args:
        path: of a DXF file.
        layer: of the areas, ``*`` for any letters.
        options: what is known about the drawing.

    Raises:
        InputError: the file is not DXF, has no such layer, or nothing is closed on it.
    """
    drawing = _drawing(path, layer, options)
    strokes = [s for s in drawing.content.strokes if _on(s.layer, layer)]
    rings = [ring for s in strokes if (ring := ring_of(s)) is not None]
    found = [p for ring in rings for p in parts(ring.buffer(0)) if p.area > 1e-4]
    found += [f.shape for f in drawing.content.fills if _on(f.layer, layer)] if not found else []
    if not found:
        raise InputError(f"nothing is closed on layer '{layer}'", file=str(path))
    return sorted(found, key=lambda p: (-p.area, p.bounds))


def areas_for_brief(path: Path, options: Mapping[str, Any], *, whole: bool) -> list[dict[str, Any]]:
    """Areas as plain data of a brief.

    Args:
        path: of a DXF file.
        options: ``layer``, ``units``, ``scale``, ``gap``.
        whole: one outline, the inner face of the outer walls; otherwise every closed line on the layer.

    Raises:
        InputError: the file is not DXF, or nothing is closed in it.
    """
    if options.get("units"):
        unit_named(options["units"])
    said = Options(units=options.get("units"), scale=options.get("scale"), gap=options.get("gap"))
    layer = options.get("layer")
    if not whole and not layer:
        raise InputError("say on which layer the shape stands, such as layer: A-COLS", file=str(path))
    shapes = [outline_in(path, layer, said)] if whole else areas_in(path, str(layer), said)
    return [{"outer": _points(s.exterior), "holes": [_points(ring) for ring in s.interiors]} for s in shapes]


def _points(ring: shapely.LinearRing) -> list[list[float]]:
    return [[round(float(x), 6), round(float(y), 6)] for x, y, *_ in ring.coords[:-1]]


def _on(name: str, layer: str) -> bool:
    return fnmatchcase(name.casefold(), layer.casefold())


def _drawing(path: Path, layer: str | None, options: Options | None) -> Reading:
    data = bytes_of(path)
    drawing = Reading(document_in(data, str(path)), str(path), options or Options())
    names = sorted({s.layer for s in drawing.content.strokes} | {f.layer for f in drawing.content.fills})
    if layer is not None and not any(_on(name, layer) for name in names):
        raise InputError(f"has no layer '{layer}'; layers: {', '.join(names[:20])}", file=str(path))
    return drawing


def _faces(path: Path, layer: str | None, options: Options | None) -> tuple[Sequence[Polygon], str]:
    drawing = _drawing(path, layer, options)
    walls = drawing.walls_on(None if layer is None else lambda name: _on(name, layer))
    holes, _ = holes_in(walls, marks_in(drawing.content, drawing.names))
    return enclosed(walls, holes, closed_walls(walls, holes)), str(path)
