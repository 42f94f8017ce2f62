"""Elements of a layout as plain records in millimetres, and back; knows nothing of FreeCAD."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # FreeCAD 0.20 on Windows brings Python 3.8, which cannot say this at run time
    Point = tuple[float, ...]

__all__ = ["Record", "outline_of", "records_of", "updated"]

MM = 1000.0
"""Millimetres per metre: FreeCAD thinks in one, layouts in the other [-]."""
HEIGHT = 2700.0
"""Of walls [mm]."""
LAYERS = {
    "room": "A-AREA",
    "wall": "A-WALL",
    "door": "A-DOOR",
    "window": "A-GLAZ",
    "obstacle": "A-FLOR-SHFT",
    "equipment": "M-EQPM",
    "rack": "S-RACK",
    "road": "C-ROAD",
    "keep_out": "C-SITE-KEEP",
    "pipe": "P-PIPE",
    "terminal": "P-PIPE-TERM",
    "component": "P-PIPE-COMP",
    "envelope": "M-EQPM-ACCS",
    "platform": "S-PLAT",
}
"""Group in the document by type of element; others are called by their type."""


class Record(NamedTuple):
    """One element."""

    type: str
    id: str
    label: str
    layer: str
    points: list[Point]
    """Of its outline, its centre-line, or its only point, with z [mm]."""
    holes: list[list[Point]]
    form: str
    """area, line or point."""
    low: float
    """Lower face [mm]."""
    high: float
    """Upper face; equal to the lower one for what is flat [mm]."""
    width: float
    """Thickness of a wall, diameter of a pipe [mm]."""


def _points(values: Any) -> list[Point]:
    return [(float(v[0]) * MM, float(v[1]) * MM, float(v[2]) * MM if len(v) > 2 else 0.0) for v in values]


def outline_of(shape: Any) -> tuple[list[Point], list[list[Point]], str]:
    """Points, holes and form of a shape as layouts write it."""
    if isinstance(shape, dict):
        return _points(shape.get("outer", [])), [_points(ring) for ring in shape.get("holes", [])], "area"
    if shape and isinstance(shape[0], (int, float)):
        return _points([shape]), [], "point"
    points = _points(shape or [])
    return points, [], "area" if len(points) > 2 else "line"


def records_of(layout: dict[str, Any]) -> list[Record]:
    """Records of all elements, in their order."""
    return [_record(element) for element in layout.get("elements", [])]


def _record(element: dict[str, Any]) -> Record:
    kind = str(element["type"])
    points, holes, form = outline_of(element.get("shape"))
    if kind in ("pipe", "wall", "door", "window"):
        form = "line"
    low, high = _heights(kind, element)
    width = float(element.get("thickness") or element.get("od") or 0.0) * MM
    name = element.get("name") or element["id"]
    return Record(
        kind,
        str(element["id"]),
        str(name),
        LAYERS.get(kind, kind.upper()),
        points,
        holes,
        form,
        low,
        high,
        width,
    )


def _heights(kind: str, element: dict[str, Any]) -> tuple[float, float]:
    """Lower and upper face [mm]."""
    if kind in ("wall", "obstacle"):
        return 0.0, 1000.0 if element.get("kind") == "railing" else HEIGHT
    if kind == "door":
        return 0.0, float(element.get("height", 2.1)) * MM
    if kind == "window":
        return float(element.get("sill", 0.9)) * MM, float(element.get("head", 2.1)) * MM
    if kind in ("equipment", "envelope"):
        return float(element.get("bottom", 0.0)) * MM, float(element.get("top", 3.0)) * MM
    if kind == "rack":
        top = max(element.get("tiers") or [0.0]) * MM
        return top - 250.0, top
    if kind == "platform":
        top = float(element.get("elevation", 0.0)) * MM
        return top - 50.0, top
    if kind == "keep_out":
        return 0.0, float(element.get("height", 0.0)) * MM
    return 0.0, 0.0


def updated(layout: dict[str, Any], places: dict[str, list[Point]]) -> dict[str, Any]:
    """The layout with elements where they are now.

    Args:
        layout: as it was inserted.
        places: points by id of the element [mm]; an element that is missing here was deleted.
    """
    kept = [_moved(e, places[str(e["id"])]) for e in layout.get("elements", []) if str(e["id"]) in places]
    names = {e["id"] for e in kept} | {"outside"}
    connections = [
        c
        for c in layout.get("connections", [])
        if set(c["between"]) <= names and c.get("via") in (None, *names)
    ]
    return {**layout, "elements": kept, "connections": connections}


def _moved(element: dict[str, Any], now: list[Point]) -> dict[str, Any]:
    before, holes, form = outline_of(element.get("shape"))
    pairs = zip(before, now)  # noqa: B905  # old Pythons have no strict
    if len(before) == len(now) and all(abs(a - b) < 1e-3 for p, q in pairs for a, b in zip(p, q)):  # noqa: B905
        return element  # nobody touched it: keep every digit
    deep = 3 if _is_deep(element.get("shape")) else 2
    points = [[round(v / MM, 6) for v in p[:deep]] for p in now]
    shape: Any = points
    if form == "point":
        shape = points[0]
    elif holes:
        dx, dy = now[0][0] - before[0][0], now[0][1] - before[0][1]
        moved = [[[round((x + dx) / MM, 6), round((y + dy) / MM, 6)] for x, y, _ in ring] for ring in holes]
        shape = {"outer": points, "holes": moved}
    return {**element, "shape": shape}


def _is_deep(shape: Any) -> bool:
    """Whether its points have three coordinates."""
    if isinstance(shape, dict):
        return False
    first = shape[0] if shape else 0.0
    return len(shape) == 3 if isinstance(first, (int, float)) else len(first) > 2
