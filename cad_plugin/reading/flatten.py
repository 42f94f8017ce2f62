"""An ezdxf document as plain content: blocks in blocks resolved, mirrored and scaled inserts included.

Damaged files are the rule, not the exception: nothing here grows without a limit, and an entity that cannot
be read is counted instead of stopping the rest.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Polygon

from cad_plugin.reading.content import Bow, Content, Fill, Inserted, Label, Stroke
from cad_plugin.reading.curves import (
    LARGEST,
    arc_points,
    bulged,
    ellipse_points,
    hatch_rings,
    spline_points,
)
from layoutgan.errors import InputError

__all__ = ["MAX_ENTITIES", "content_of"]

MAX_ENTITIES = 300_000
"""Most entities of a drawing, those of inserted blocks counted each time [-]."""
MAX_INSERTS = 40_000
"""Most inserted blocks, nested ones counted each time [-]; each takes about 0.1 ms."""
MAX_POINTS = 2_000_000
MAX_DEPTH = 12
"""Deepest nesting of blocks [-]."""
MAX_COPIES = 400
"""Most copies of a block in one array [-]."""

Points = NDArray[np.float64]
Affine = NDArray[np.float64]
"""[2, 3]: x' = A[0, 0] x + A[0, 1] y + A[0, 2]."""
UNIT: Affine = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
IGNORED = frozenset({"VIEWPORT", "ATTDEF", "SEQEND", "VERTEX"})


def content_of(doc: Any, file: str) -> Content:
    """What a document shows: its model space, or the fullest sheet when that is empty.

    Raises:
        InputError: there is more than anybody draws.
    """
    content = _Walk(doc, file).of(doc.modelspace())
    if not content.empty():
        return content
    for layout in sorted((s for s in doc.layouts if not s.is_modelspace), key=lambda s: (-len(s), s.name)):
        found = _Walk(doc, file).of(layout)
        if not found.empty():
            found.space = layout.name
            return found
    return content


def _place(m: Affine, x: float, y: float) -> tuple[float, float]:
    return (float(m[0, 0] * x + m[0, 1] * y + m[0, 2]), float(m[1, 0] * x + m[1, 1] * y + m[1, 2]))


def _after(m: Affine, inner: Affine) -> Affine:
    """First ``inner``, then ``m``."""
    made = np.empty((2, 3))
    made[:, :2] = m[:, :2] @ inner[:, :2]
    made[:, 2] = m[:, :2] @ inner[:, 2] + m[:, 2]
    return made


def _flat(matrix: Any) -> Affine:
    """The part of a 3-D matrix that a plan shows; the height of things is left out."""
    ux, uy, at = matrix.get_row(0), matrix.get_row(1), matrix.get_row(3)
    return np.array([[ux[0], uy[0], at[0]], [ux[1], uy[1], at[1]]], dtype=np.float64)


def _own(entity: Any, m: Affine) -> Affine:
    """The matrix for an entity with coordinates of its own, as mirrored ones have."""
    if not entity.dxf.hasattr("extrusion"):
        return m
    normal = entity.dxf.extrusion
    if abs(normal.x) < 1e-9 and abs(normal.y) < 1e-9 and normal.z > 0:
        return m
    return _after(m, _flat(entity.ocs().matrix))


def _bow(centre: tuple[float, float], points: Points, sweep: float, m: Affine) -> Bow | None:
    """An arc as it stands in the drawing; None where it is stretched to something else."""
    middle, start, end = (_place(m, *p) for p in (centre, points[0], points[-1]))
    arms = math.dist(middle, start), math.dist(middle, end)
    return Bow(middle, start, end, arms[0], sweep) if abs(arms[0] - arms[1]) < 0.1 * arms[0] else None


def bow_in(rows: Any, m: Affine) -> Bow | None:
    """The arc of a polyline that has exactly one, as a leaf with its swing."""
    bent = [i for i, row in enumerate(rows) if abs(row[2]) > 0.1]
    if len(bent) != 1 or len(rows) > 12 or bent[0] + 1 >= len(rows):
        return None
    a, b = rows[bent[0]], rows[bent[0] + 1]
    points = bulged(((*a[:2], a[2]), (*b[:2], 0.0)), False)
    if len(points) < 4:
        return None
    centre = _centre(points)
    return None if centre is None else _bow(centre, points, math.degrees(abs(4 * math.atan(a[2]))), m)


def _centre(points: Points) -> tuple[float, float] | None:
    """Of the circle through the first, middle and last point."""
    (ax, ay), (mx, my), (bx, by) = points[0], points[len(points) // 2], points[-1]
    d = 2 * ((mx - ax) * (by - ay) - (my - ay) * (bx - ax))
    if abs(d) < 1e-12:
        return None
    m2, b2 = (mx - ax) ** 2 + (my - ay) ** 2, (bx - ax) ** 2 + (by - ay) ** 2
    return float(ax + ((by - ay) * m2 - (my - ay) * b2) / d), float(
        ay + ((mx - ax) * b2 - (bx - ax) * m2) / d
    )


def _cut_bow(points: Points) -> Bow | None:
    """The arc that a chain of short straight pieces follows, as programs without arcs write it."""
    if not 6 <= len(points) <= 200:
        return None
    centre = _centre(points)
    if centre is None:
        return None
    arms = points - centre
    radius = np.linalg.norm(arms, axis=1)
    if not (np.abs(radius - radius[0]) < 0.01 * radius[0]).all():
        return None
    turns = np.arctan2(
        arms[:-1, 0] * arms[1:, 1] - arms[:-1, 1] * arms[1:, 0], (arms[:-1] * arms[1:]).sum(axis=1)
    )
    sweep = abs(math.degrees(float(turns.sum())))
    if not ((turns > 0).all() or (turns < 0).all()) or sweep > 350.0:
        return None
    start, end = (float(points[0, 0]), float(points[0, 1])), (float(points[-1, 0]), float(points[-1, 1]))
    return Bow(centre, start, end, float(radius[0]), sweep)


class _Walk:
    """One pass over the entities of a layout."""

    def __init__(self, doc: Any, file: str) -> None:
        self.doc, self.file, self.content = doc, file, Content()
        self.entities = self.points = 0
        self.dark = {str(x.dxf.name).upper() for x in doc.layers if x.is_off() or x.is_frozen()}
        self.readers: dict[str, Callable[[Any, Affine, str, int], None]] = {
            "LINE": self._line,
            "LWPOLYLINE": self._lwpolyline,
            "POLYLINE": self._polyline,
            "ARC": self._arc,
            "CIRCLE": self._circle,
            "ELLIPSE": self._ellipse,
            "SPLINE": self._spline,
            "HATCH": self._hatch,
            "SOLID": self._solid,
            "TRACE": self._solid,
            "3DFACE": self._solid,
            "TEXT": self._text,
            "ATTRIB": self._text,
            "MTEXT": self._mtext,
            "MLINE": self._mline,
        }

    def of(self, layout: Iterable[Any]) -> Content:
        """Everything in a layout."""
        self._entities(layout, UNIT, "0", -1, ())
        return self.content

    def _entities(
        self, entities: Iterable[Any], m: Affine, layer: str, insert: int, path: tuple[str, ...]
    ) -> None:
        for entity in entities:
            self.entities += 1
            if self.entities > MAX_ENTITIES or self.points > MAX_POINTS:
                raise InputError(
                    f"shows more than {MAX_ENTITIES} entities or {MAX_POINTS} points; export "
                    "only the floor plan",
                    file=self.file,
                )
            kind = entity.dxftype()
            try:
                own = str(entity.dxf.get("layer", "0"))
                own = layer if own == "0" and path else own
                if own.upper() in self.dark or entity.dxf.get("invisible", 0):
                    self.content.hidden[own] += 1
                elif kind == "INSERT":
                    self._insert(entity, m, own, insert, path)
                elif kind in self.readers:
                    self.readers[kind](entity, m, own, insert)
                elif kind not in IGNORED:
                    self.content.skipped[kind[:60]] += 1
            except InputError:
                raise
            except Exception:  # ezdxf lets damaged values through; they fail wherever they are first used
                self.content.skipped[f"damaged {kind[:60]}"] += 1

    def _insert(self, entity: Any, m: Affine, layer: str, insert: int, path: tuple[str, ...]) -> None:
        name = str(entity.dxf.name)
        block = self.doc.blocks.get(name)
        if block is None or name in path or len(path) >= MAX_DEPTH or getattr(block, "is_xref", False):
            self.content.skipped["insert without a block" if block is None else "nested insert"] += 1
            return
        if entity.mcount > MAX_COPIES:
            self.content.skipped["large array of inserts"] += 1
            return
        copies: Iterator[Any] = entity.multi_insert() if entity.mcount > 1 else iter((entity,))
        for one in copies:
            inner = _after(m, _flat(one.matrix44()))
            number = len(self.content.inserts)
            if number >= MAX_INSERTS:
                problem = f"inserts more than {MAX_INSERTS} blocks; export only the floor plan"
                raise InputError(problem, file=self.file)
            at = _place(m, *_place(_own(one, UNIT), one.dxf.insert.x, one.dxf.insert.y))
            self.content.inserts.append(Inserted(name, layer, at, insert))
            self._entities(block, inner, layer, number, (*path, name))
            self._entities(one.attribs, m, layer, number, path)

    def _add(
        self, layer: str, points: Points, m: Affine, insert: int, closed: bool = False, bow: Bow | None = None
    ) -> None:
        placed = points @ m[:, :2].T + m[:, 2]
        if len(placed) < 2 or not (np.abs(placed) < LARGEST).all():  # NaN fails this too
            self.content.skipped["damaged line"] += len(placed) >= 2
            return
        self.points += len(placed)
        bow = _cut_bow(placed) if bow is None and not closed else bow
        self.content.strokes.append(Stroke(layer, placed, closed, insert, bow))

    def _line(self, e: Any, m: Affine, layer: str, insert: int) -> None:
        a, b = e.dxf.start, e.dxf.end
        self._add(layer, np.array([(a.x, a.y), (b.x, b.y)]), m, insert)

    def _lwpolyline(self, e: Any, m: Affine, layer: str, insert: int) -> None:
        rows = e.get_points("xyb")
        own = _own(e, m)
        self._add(layer, bulged(rows, bool(e.closed)), own, insert, bool(e.closed), bow_in(rows, own))

    def _polyline(self, e: Any, m: Affine, layer: str, insert: int) -> None:
        if e.is_poly_face_mesh or e.is_polygon_mesh:
            self.content.skipped["mesh"] += 1
            return
        rows = [(v.dxf.location.x, v.dxf.location.y, v.dxf.get("bulge", 0.0)) for v in e.vertices]
        own = m if e.is_3d_polyline else _own(e, m)
        points = bulged(rows, bool(e.is_closed))
        self._add(layer, points, own, insert, bool(e.is_closed), bow_in(rows, own))

    def _arc(self, e: Any, m: Affine, layer: str, insert: int) -> None:
        start, centre, radius = float(e.dxf.start_angle), e.dxf.center, float(e.dxf.radius)
        sweep = (float(e.dxf.end_angle) - start) % 360.0 or 360.0
        own = _own(e, m)
        points = arc_points(centre, radius, start, sweep)
        self._add(layer, points, own, insert, bow=_bow((centre.x, centre.y), points, sweep, own))

    def _circle(self, e: Any, m: Affine, layer: str, insert: int) -> None:
        points = arc_points(e.dxf.center, float(e.dxf.radius), 0.0, 360.0)
        self._add(layer, points, _own(e, m), insert, closed=True)

    def _ellipse(self, e: Any, m: Affine, layer: str, insert: int) -> None:
        self._add(layer, ellipse_points(e), m, insert)

    def _spline(self, e: Any, m: Affine, layer: str, insert: int) -> None:
        self._add(layer, spline_points(e), m, insert)

    def _mline(self, e: Any, m: Affine, layer: str, insert: int) -> None:
        for number, piece in enumerate(e.virtual_entities()):
            if number > 2_000:
                break
            if piece.dxftype() in ("LINE", "ARC"):
                self.readers[piece.dxftype()](piece, m, layer, insert)

    def _fill(self, layer: str, shape: Any, insert: int) -> None:
        self.content.fills += [
            Fill(layer, part, insert)
            for part in getattr(shape, "geoms", [shape])
            if isinstance(part, Polygon) and part.area > 0
        ]

    def _hatch(self, e: Any, m: Affine, layer: str, insert: int) -> None:
        own = _own(e, m)
        area: Any = Polygon()
        for ring in hatch_rings(e):
            placed = ring @ own[:, :2].T + own[:, 2]
            if not (np.abs(placed) < LARGEST).all():
                continue
            self.points += len(placed)
            area = area.symmetric_difference(Polygon(placed).buffer(0))  # a ring inside a ring is a hole
        self._fill(layer, area, insert)

    def _solid(self, e: Any, m: Affine, layer: str, insert: int) -> None:
        corners = [e.dxf.get(name) for name in ("vtx0", "vtx1", "vtx3", "vtx2")]
        points = np.array([(c.x, c.y) for c in corners if c is not None])
        own = m if e.dxftype() == "3DFACE" else _own(e, m)
        if e.dxftype() == "3DFACE":
            points = points[[0, 1, 3, 2]]
        placed = points @ own[:, :2].T + own[:, 2]
        if (np.abs(placed) < LARGEST).all():
            self._fill(layer, Polygon(placed).buffer(0), insert)

    def _text(self, e: Any, m: Affine, layer: str, insert: int) -> None:
        at = e.dxf.insert
        if e.dxf.get("halign", 0) or e.dxf.get("valign", 0):
            at = e.dxf.get("align_point", at)
        self._label(layer, e.plain_text(), _place(_own(e, m), at.x, at.y), insert)

    def _mtext(self, e: Any, m: Affine, layer: str, insert: int) -> None:
        self._label(layer, e.plain_text(), _place(_own(e, m), e.dxf.insert.x, e.dxf.insert.y), insert)

    def _label(self, layer: str, text: Any, at: tuple[float, float], insert: int) -> None:
        words = "\n".join(" ".join(line.split()) for line in str(text)[:500].splitlines()).strip()
        if words and max(map(abs, at)) < LARGEST:
            self.content.labels.append(Label(layer, at, words, insert))
