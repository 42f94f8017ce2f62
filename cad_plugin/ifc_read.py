"""Floor plans in IFC files of anybody: a storey is cut above its window sills and read like a drawing.

The cut through walls, spaces, doors and windows becomes lines and texts on layers, and from there on the same
steps as for drawings made elsewhere find rooms, openings and names, and list what they did not understand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

from cad_plugin.reading.understood import Remark, Understood
from layoutgan.core.geometry import parts
from layoutgan.errors import ExportError, InputError

__all__ = ["MAX_BYTES", "understood_in_ifc"]

MAX_BYTES = 200_000_000
MAX_ELEMENTS = 20_000
"""Walls, spaces, doors and windows of a storey; more is no floor plan [-]."""
CUT = 1.1
"""Above the floor: over window sills and under the heads of doors [m]."""
LAYERS = (
    ("IfcWall", "A-WALL"), ("IfcColumn", "A-COLS"), ("IfcSpace", "A-AREA"), ("IfcDoor", "A-DOOR"),
    ("IfcWindow", "A-GLAZ"), ("IfcOpeningElement", "OPENING"),
)  # fmt: skip
"""Classes that are cut, and the layer of their lines."""

_SIGNS = ("A-DOOR", "A-GLAZ", "OPENING")


class _Cut(NamedTuple):
    """What the plane cuts of one element [m]."""

    layer: str
    shape: Polygon
    name: str


def understood_in_ifc(path: Path, options: Any = None) -> Understood:
    """The floor plan of the storey with the most spaces.

    Args:
        path: of an IFC2x3 or IFC4 file.
        options: as for drawings (``cad_plugin.reading.foreign.Options``).

    Raises:
        InputError: it is no IFC file, too large, or shows no rooms.
        ExportError: ifcopenshell is not installed.
    """
    from cad_plugin.reading.foreign import understood

    model = _opened(path)
    storey, others = _storey(model, str(path))
    cuts = list(_cuts(model, storey, str(path)))
    found = understood(_document(cuts), str(path), options)
    remarks = list(found.remarks)
    if others:
        remarks.append(Remark("left out", f"{len(others)} other storeys: {', '.join(others[:5])}", None))
    remarks.append(Remark("assumed", f"the storey was cut {CUT:.1f} m above its floor", None))
    return replace(found, remarks=tuple(remarks))


def _opened(path: Path) -> Any:
    try:
        import ifcopenshell
    except ImportError as error:
        raise ExportError("reading IFC needs ifcopenshell: pip install 'layoutgan[ifc]'") from error
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError("no such file; check the name", file=str(path)) from error
    if size > MAX_BYTES:
        problem = f"has {size / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read"
        raise InputError(problem, file=str(path))
    with path.open("rb") as stream:
        if not stream.read(64).lstrip().startswith(b"ISO-10303-21"):
            raise InputError("is no IFC file in STEP form; export IFC4 from your program", file=str(path))
    try:
        return ifcopenshell.open(str(path))
    except Exception as error:  # the parser raises whatever it meets
        raise InputError(f"cannot be read as IFC: {str(error)[:120]}", file=str(path)) from error


def _storey(model: Any, file: str) -> tuple[Any, list[str]]:
    """The storey with the most spaces, and the names of the others that have some."""
    counted = []
    for storey in model.by_type("IfcBuildingStorey"):
        spaces = [s for s in model.by_type("IfcSpace") if _storey_of(s) == storey]
        if spaces:
            counted.append((len(spaces), storey))
    if not counted:
        raise InputError("shows no rooms: no storey has an IfcSpace", file=file)
    counted.sort(key=lambda pair: (-pair[0], pair[1].id()))
    return counted[0][1], [str(s.Name or s.GlobalId) for _, s in counted[1:]]


def _storey_of(element: Any) -> Any:
    """The storey in which an element stands, through whatever contains or hosts it."""
    from ifcopenshell.util.element import get_aggregate, get_container

    voided = getattr(element, "VoidsElements", ())
    here = voided[0].RelatingBuildingElement if voided else element
    for _ in range(10):
        here = get_container(here) or get_aggregate(here)
        if here is None or here.is_a("IfcBuildingStorey"):
            return here
    return None


def _cuts(model: Any, storey: Any, file: str) -> Iterator[_Cut]:
    import ifcopenshell.geom

    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    chosen = [(element, layer) for kind, layer in LAYERS for element in model.by_type(kind)
              if _storey_of(element) == storey and not getattr(element, "HasFillings", ())]
    if len(chosen) > MAX_ELEMENTS:
        problem = f"has {len(chosen)} elements in a storey; at most {MAX_ELEMENTS} are read"
        raise InputError(problem, file=file)
    meshes = []
    for element, layer in chosen:
        try:
            shape = ifcopenshell.geom.create_shape(settings, element)
        except RuntimeError:  # an element without a body
            continue
        corners = np.asarray(shape.geometry.verts, dtype=float).reshape(-1, 3)
        faces = np.asarray(shape.geometry.faces, dtype=int).reshape(-1, 3)
        if len(faces) and np.isfinite(corners).all():
            meshes.append((element, layer, corners[faces]))
    floors = [triangles[..., 2].min() for element, _, triangles in meshes if element.is_a("IfcSpace")]
    height = float(np.median(floors)) + CUT if floors else CUT
    for element, layer, triangles in meshes:
        name = str(getattr(element, "LongName", None) or element.Name or "") if layer == "A-AREA" else ""
        # A bathroom's window may begin above the cut; as a sign over the wall it is read all the same.
        level = float((triangles[..., 2].min() + triangles[..., 2].max()) / 2) if layer in _SIGNS else height
        for polygon in _section(triangles, level):
            yield _Cut(layer, polygon, name)


def _section(triangles: np.ndarray, height: float) -> list[Polygon]:
    """What a level plane cuts of a closed mesh."""
    above = triangles[..., 2] > height + 1e-7  # a corner on the plane counts as below it
    crossing = triangles[above.any(axis=1) & ~above.all(axis=1)]
    lines = []
    for triangle in crossing:
        points = []
        for a, b in ((0, 1), (1, 2), (2, 0)):
            p, q = triangle[a], triangle[b]
            if (p[2] > height + 1e-7) != (q[2] > height + 1e-7):
                share = (height - p[2]) / (q[2] - p[2])
                points.append(np.round(p[:2] + share * (q[:2] - p[:2]), 6))
        if len(points) == 2 and not np.allclose(points[0], points[1]):
            lines.append(LineString(points))
    if not lines:
        return []
    rings = shapely.get_parts(shapely.polygonize([shapely.union_all(lines)]))
    # Inside of a closed outline is material; rings within rings alternate, as with a hole in a slab.
    whole: Any = Polygon()
    for ring in sorted(rings, key=lambda r: (-Polygon(r.exterior).area, r.bounds)):
        whole = whole.symmetric_difference(Polygon(ring.exterior))
    return [p for p in parts(whole) if p.area > 1e-4]


def _document(cuts: list[_Cut]) -> Any:
    """A drawing of the cut, in metres: closed lines, and the names of spaces."""
    import ezdxf.filemanagement
    from ezdxf import units

    doc = ezdxf.filemanagement.new("R2010", units=units.M)
    space = doc.modelspace()
    # Walls meet in joints that mean nothing for the rooms: their outline is drawn once, around all.
    solid = shapely.union_all([c.shape for c in cuts if c.layer == "A-WALL"], grid_size=1e-5)
    walls = [_Cut("A-WALL", part, "") for part in parts(solid)]
    for cut in [*walls, *(c for c in cuts if c.layer != "A-WALL")]:
        for ring in (cut.shape.exterior, *cut.shape.interiors):
            space.add_lwpolyline(list(ring.coords)[:-1], close=True, dxfattribs={"layer": cut.layer})
        if cut.name:
            at = cut.shape.representative_point()
            text = space.add_text(cut.name[:200], height=0.2, dxfattribs={"layer": "A-AREA-IDEN"})
            text.set_placement((at.x, at.y))
    return doc
