"""Layouts as objects of a FreeCAD document, and layouts of a document."""

from __future__ import annotations

import json
import math
from typing import Any

import FreeCAD

from .records import Record, records_of, updated

__all__ = ["insert", "layout_of", "object_of", "outline"]

ROOT = "LayoutGAN"
"""Name of the group that holds everything, and of the group of properties of each object."""
COLOURS = {
    "room": (0.85, 0.88, 0.78),
    "wall": (0.85, 0.84, 0.80),
    "door": (0.55, 0.42, 0.29),
    "window": (0.66, 0.81, 0.91),
    "equipment": (0.62, 0.72, 0.84),
    "pipe": (0.45, 0.48, 0.52),
}
SHEER = {"room": 60, "window": 60, "envelope": 80, "keep_out": 60}
"""How transparent types are [%]."""
LEAF = 40.0
"""Thickness of leaves and panes [mm]."""


def insert(document: Any, layout: dict[str, Any]) -> list[Any]:
    """Adds a layout to a document, one group per layer, and returns the objects of its elements."""
    root = document.addObject("App::DocumentObjectGroup", ROOT)
    root.Label = str(layout.get("name", ROOT))
    root.addProperty("App::PropertyString", "Layout", ROOT, "The layout as it was inserted")
    root.Layout = json.dumps(layout, ensure_ascii=False, sort_keys=True)
    records = records_of(layout)
    groups: dict[str, Any] = {}
    for layer in sorted({r.layer for r in records}):
        groups[layer] = document.addObject("App::DocumentObjectGroup", "Layer")
        groups[layer].Label = layer
        root.addObject(groups[layer])
    made = []
    holes = [r for r in records if r.type in ("door", "window")]
    for record in records:
        thing = _thing(document, record, holes)
        thing.Label = record.label
        for name, value in (("LayoutId", record.id), ("LayoutType", record.type)):
            thing.addProperty("App::PropertyString", name, ROOT)
            setattr(thing, name, value)
        _coloured(thing, record.type)
        groups[record.layer].addObject(thing)
        made.append(thing)
    document.recompute()
    return made


def _coloured(thing: Any, kind: str) -> None:
    view = getattr(thing, "ViewObject", None)
    if view is not None and kind in COLOURS and hasattr(view, "ShapeColor"):
        view.ShapeColor = COLOURS[kind]
    if view is not None and kind in SHEER and hasattr(view, "Transparency"):
        view.Transparency = SHEER[kind]


def _vectors(points: Any) -> list[Any]:
    return [FreeCAD.Vector(*p) for p in points]


def _thing(document: Any, record: Record, holes: list[Record]) -> Any:
    """The object of one element."""
    import Draft
    import Part

    if record.type == "room" or (record.form == "area" and record.high <= record.low):
        return Draft.make_wire(_vectors(record.points), closed=True, face=True)
    if record.type == "wall":
        return _wall(document, record, holes)
    if record.type in ("door", "window"):
        return _feature(document, record, _panel(record, LEAF))
    if record.form == "area":
        return _feature(document, record, _prism(record))
    if record.form == "line":
        return _feature(document, record, _tubes(record))
    size = max(record.width, 100.0)
    ball = Part.makeSphere(size / 2, FreeCAD.Vector(*record.points[0]))
    return _feature(document, record, ball)


def _feature(document: Any, record: Record, shape: Any) -> Any:
    thing = document.addObject("Part::Feature", record.type.capitalize())
    thing.Shape = shape
    thing.addProperty("App::PropertyVectorList", "LayoutPoints", ROOT, "Where it was inserted")
    thing.LayoutPoints = _vectors(record.points)
    return thing


def _prism(record: Record) -> Any:
    import Part

    def face(points: Any) -> Any:
        ring = [(x, y, record.low) for x, y, _ in points]
        return Part.Face(Part.makePolygon(_vectors([*ring, ring[0]])))

    body = face(record.points)
    for hole in record.holes:
        body = body.cut(face(hole))
    return body.extrude(FreeCAD.Vector(0, 0, record.high - record.low))


def _panel(record: Record, thickness: float) -> Any:
    """A box along a line."""
    import Part

    (ax, ay, _), (bx, by, _) = record.points[0], record.points[-1]
    length = math.hypot(bx - ax, by - ay)
    box = Part.makeBox(length, thickness, record.high - record.low, FreeCAD.Vector(0, -thickness / 2, 0))
    turn = FreeCAD.Rotation(FreeCAD.Vector(0, 0, 1), math.degrees(math.atan2(by - ay, bx - ax)))
    matrix = FreeCAD.Placement(FreeCAD.Vector(ax, ay, record.low), turn).toMatrix()
    return box.transformGeometry(matrix)


def _tubes(record: Record) -> Any:
    import Part

    if record.width <= 0:
        return Part.makePolygon(_vectors(record.points))
    pieces = []
    for start, end in zip(record.points, record.points[1:]):  # noqa: B905  # old Pythons
        way = FreeCAD.Vector(*end) - FreeCAD.Vector(*start)
        if way.Length > 1e-6:
            pieces.append(Part.makeCylinder(record.width / 2, way.Length, FreeCAD.Vector(*start), way))
    return Part.makeCompound(pieces)


def _wall(document: Any, record: Record, holes: list[Record]) -> Any:
    """A wall of FreeCAD's own, with the holes of its doors and windows cut out."""
    import Arch
    import Draft

    line = Draft.make_wire(_vectors(record.points), closed=False, face=False)
    line.Label = f"{record.id} axis"
    wall = Arch.makeWall(line, width=record.width, height=record.high - record.low, align="Center")
    cuts = []
    for hole in (h for h in holes if _stands_in(h, record)):
        cut = document.addObject("Part::Feature", "Hole")
        cut.Shape = _panel(hole, hole.width + 20.0)
        cut.Label = f"{hole.id} hole"
        if getattr(cut, "ViewObject", None) is not None:
            cut.ViewObject.Visibility = False
        cuts.append(cut)
    if cuts:
        wall.Subtractions = cuts
    return wall


def _stands_in(hole: Record, wall: Record) -> bool:
    """Whether the middle of a hole lies on the centre-line of a wall."""
    (ax, ay, _), (bx, by, _) = wall.points[0], wall.points[-1]
    x = (hole.points[0][0] + hole.points[-1][0]) / 2
    y = (hole.points[0][1] + hole.points[-1][1]) / 2
    length = math.hypot(bx - ax, by - ay) or 1.0
    along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length
    aside = abs((x - ax) * (by - ay) - (y - ay) * (bx - ax)) / length
    return aside < 1.0 + wall.width / 4 and 0.0 <= along <= length


def layout_of(document: Any) -> dict[str, Any]:
    """The layout in a document, with its elements where they are now.

    Raises:
        RuntimeError: it holds none.
    """
    roots = [o for o in document.Objects if hasattr(o, "Layout") and o.Name.startswith(ROOT)]
    if not roots:
        raise RuntimeError("the document holds no layout; insert one first")
    layout: dict[str, Any] = json.loads(roots[-1].Layout)
    members = set(_inside(roots[-1]))
    places = {
        o.LayoutId: outline(o) for o in document.Objects if hasattr(o, "LayoutId") and o.Name in members
    }
    return updated(layout, places)


def _inside(group: Any) -> list[str]:
    names = []
    for member in group.Group:
        names.append(member.Name)
        if hasattr(member, "Group"):
            names += _inside(member)
    return names


def outline(thing: Any) -> list[tuple[float, ...]]:
    """Points of an element's object as it stands now [mm]."""
    base = getattr(thing, "Base", None)
    if thing.LayoutType == "wall" and base is not None:
        points = [base.Placement.multVec(p) for p in base.Points]
        points = [thing.Placement.multVec(p) for p in points]
    elif hasattr(thing, "LayoutPoints"):
        points = [thing.Placement.multVec(p) for p in thing.LayoutPoints]
    else:
        points = [thing.Placement.multVec(p) for p in thing.Points]
    return [(p.x, p.y, p.z) for p in points]


def object_of(document: Any, element: str) -> Any:
    """The object of an element, the newest one; None without any."""
    found = [o for o in document.Objects if getattr(o, "LayoutId", None) == element]
    return found[-1] if found else None
