"""Findings of a check as red outlines in the document."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import FreeCAD

from . import program
from .building import layout_of, object_of, outline
from .importer import export

__all__ = ["check_document", "mark"]

GROUP = "LayoutGANFindings"
RED = (0.9, 0.1, 0.1)
LIFT = 20.0
"""Height of marks above the floor [mm]."""


def check_document(document: Any) -> dict[str, Any]:
    """Judges the layout in a document and marks what is wrong; returns the report."""
    layout_of(document)  # says so when there is none
    with tempfile.TemporaryDirectory(prefix="layoutgan-") as folder:
        file = Path(folder) / "document.lgjson"
        export(document.Objects, str(file))
        report = program.check(file)
    mark(document, report)
    return report


def mark(document: Any, report: dict[str, Any]) -> list[Any]:
    """Outlines every finding, instead of those of the last check; returns the marks."""
    _clear(document)
    group = document.addObject("App::DocumentObjectGroup", GROUP)
    group.Label = f"Findings ({len(report.get('findings', []))})"
    made = []
    for number, finding in enumerate(report.get("findings", []), start=1):
        for ring in _rings(document, finding):
            mark_ = _wire(document, ring)
            mark_.Label = f"{number} {finding.get('rule', '')}: {finding.get('message', '')}"[:200]
            mark_.addProperty("App::PropertyString", "Finding", "LayoutGAN")
            mark_.Finding = str(finding.get("message", ""))
            group.addObject(mark_)
            made.append(mark_)
    document.recompute()
    return made


def _clear(document: Any) -> None:
    for group in [o for o in document.Objects if o.Name.startswith(GROUP)]:
        for mark_ in list(group.Group):
            document.removeObject(mark_.Name)
        document.removeObject(group.Name)


def _wire(document: Any, points: list[tuple[float, float]]) -> Any:
    import Part

    thing = document.addObject("Part::Feature", "Finding")
    vectors = [FreeCAD.Vector(x, y, LIFT) for x, y in points]
    if len(vectors) == 1:
        thing.Shape = Part.makeCircle(150.0, vectors[0])
    else:
        thing.Shape = Part.makePolygon(vectors)
    view = getattr(thing, "ViewObject", None)
    if view is not None:
        view.LineColor, view.LineWidth = RED, 4.0
    return thing


def _rings(document: Any, finding: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Where a finding is [mm]: its own place, else the outlines of its elements."""
    where = finding.get("where")
    if isinstance(where, dict):
        found = _lines(where.get("type"), where.get("coordinates"), where.get("geometries") or [])
        return [[(x * 1000.0, y * 1000.0) for x, y in ring] for ring in found]
    rings = []
    for element in finding.get("elements", []):
        thing = object_of(document, str(element))
        if thing is not None:
            points = [(p[0], p[1]) for p in outline(thing)]
            rings.append([*points, points[0]] if len(points) > 2 else points)
    return rings


def _lines(kind: Any, values: Any, parts: list[dict[str, Any]]) -> list[list[tuple[float, float]]]:
    """Chains of points of a GeoJSON geometry [m]."""
    if kind == "GeometryCollection":
        return [
            ring
            for part in parts
            for ring in _lines(part.get("type"), part.get("coordinates"), part.get("geometries") or [])
        ]
    depth = {
        "Point": 0,
        "MultiPoint": 1,
        "LineString": 1,
        "MultiLineString": 2,
        "Polygon": 2,
        "MultiPolygon": 3,
    }.get(str(kind))
    if depth is None:
        return []
    if depth == 0:
        return [[(values[0], values[1])]]
    if kind == "MultiPoint":
        return [[(v[0], v[1])] for v in values]
    if depth == 1:
        return [[(v[0], v[1]) for v in values]]
    rings = values if depth == 2 else [ring for polygon in values for ring in polygon]
    return [[(v[0], v[1]) for v in ring] for ring in rings]
