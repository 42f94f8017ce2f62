"""An office's own title block, read from its template DXF."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cad_plugin.annotation import clean
from cad_plugin.dxf_read import bytes_of, document_in
from cad_plugin.placing import bounds
from cad_plugin.primitives import Arc, Attribute, Block, Circle, Line, Point, Polyline, Primitive, Text
from cad_plugin.titles import ALIASES, FIELDS
from layoutgan.errors import InputError

__all__ = ["template_block"]

NAME = "LG_OFFICE_TITLE_BLOCK"
UNITS = {1: 25.4, 2: 304.8, 5: 10.0, 6: 1000.0}
"""Millimetres per drawing unit, by ``$INSUNITS``; others are taken for millimetres."""
MOST = 5000
"""Entities that a title block may have [-]."""
LARGEST = (820.0, 150.0)
"""Width and height that a title block may have [mm]: a whole sheet with its frame is something else."""


def template_block(path: Path, name: str = "") -> tuple[Block, dict[str, str]]:
    """A title block, and what its attributes say by themselves.

    Args:
        path: a DXF file with a block that has attribute definitions, or with these in its model space.
        name: of the block; by default the one with the most fields that we can fill.

    Returns:
        The block in millimetres, its base point at its lower right corner; texts by tag.

    Raises:
        InputError: the file is not DXF, or holds no title block that fits a sheet.
    """
    doc = document_in(bytes_of(path), str(path))
    entities = list(_chosen(doc, name, str(path)))
    if len(entities) > MOST:
        raise InputError(f"the title block has more than {MOST} entities", file=str(path))
    stated = UNITS.get(int(doc.header.get("$INSUNITS", 4)), 1.0)
    # Many templates are drawn in millimetres of paper and state metres, which are never meant.
    block, width, height = _sized(entities, stated, str(path))
    if stated > 1.0 and (width > LARGEST[0] or height > LARGEST[1]):
        block, width, height = _sized(entities, 1.0, str(path))
    if width > LARGEST[0] or height > LARGEST[1]:
        raise InputError(
            f"the title block is {width:.0f} × {height:.0f} mm, at most {LARGEST[0]:.0f} × {LARGEST[1]:.0f} "
            "fit; name the block of the title alone with the option template_block",
            file=str(path),
        )
    texts = {e.dxf.tag: clean(e.dxf.text or "") for e in entities if e.dxftype() == "ATTDEF"}
    return block, texts


def _sized(entities: Iterable[Any], unit: float, file: str) -> tuple[Block, float, float]:
    """The block with its base point at its lower right corner, its width and height [mm]."""
    parts = list(_converted(entities, unit))
    drawn = [p for p in parts if not isinstance(p, Attribute)]
    if not drawn:
        raise InputError("the title block has no lines", file=file)
    left, low, right, high = bounds(drawn, {})
    moved = [_moved(p, -right, -low) for p in parts]
    attributes = tuple(p for p in moved if isinstance(p, Attribute))
    rest = tuple(p for p in moved if not isinstance(p, Attribute))
    return Block(NAME, rest, attributes), right - left, high - low


def _chosen(doc: Any, name: str, file: str) -> Iterable[Any]:
    """The entities of the title block."""
    known = {
        b.name: [e.dxf.tag for e in b if e.dxftype() == "ATTDEF"] for b in doc.blocks if b.name[0] != "*"
    }
    if name:
        if name not in known:
            raise InputError(
                f"there is no block '{name}'; it has {', '.join(sorted(known)) or 'none'}", file=file
            )
        return list(doc.blocks.get(name))

    def worth(tags: list[str]) -> int:
        return sum(ALIASES.get(t.upper(), t.upper()) in FIELDS for t in tags)

    best = max(sorted(known), key=lambda block: worth(known[block]), default="")
    own = [e.dxf.tag for e in doc.modelspace() if e.dxftype() == "ATTDEF"]
    if own and worth(own) >= (worth(known[best]) if best else 0):
        return list(doc.modelspace())
    if not best or not worth(known[best]):
        raise InputError(
            "holds no title block: no block with attributes such as TITLE, NUMBER, SCALE, DATE", file=file
        )
    return list(doc.blocks.get(best))


def _converted(entities: Iterable[Any], unit: float, depth: int = 0) -> Iterator[Primitive | Attribute]:
    """Entities as primitives of ours; what a title block does not need, such as pictures, is left out."""

    def at(place: Any) -> Point:
        return float(place[0]) * unit, float(place[1]) * unit

    for e in entities:
        kind = e.dxftype()
        if kind == "LINE":
            yield Line("title", at(e.dxf.start), at(e.dxf.end))
        elif kind == "CIRCLE":
            yield Circle("title", at(e.dxf.center), e.dxf.radius * unit)
        elif kind == "ARC":
            yield Arc("title", at(e.dxf.center), e.dxf.radius * unit, e.dxf.start_angle, e.dxf.end_angle)
        elif kind == "LWPOLYLINE" and not e.has_arc:
            yield Polyline("title", tuple(at(p) for p in e.get_points("xy")), bool(e.closed))
        elif kind in ("LWPOLYLINE", "POLYLINE", "INSERT") and depth < 4:
            yield from _converted(e.virtual_entities(), unit, depth + 1)
        elif kind == "ATTDEF":
            place, align = _placed(e, unit)
            yield Attribute(e.dxf.tag, place, e.dxf.height * unit, not e.is_invisible, align)
        else:
            yield from _letters(e, unit)


def _letters(e: Any, unit: float) -> Iterator[Text]:
    if e.dxftype() == "TEXT" and e.dxf.text.strip():
        place, align = _placed(e, unit)
        yield Text("title", place, clean(e.dxf.text), e.dxf.height * unit, align, float(e.dxf.rotation))
    elif e.dxftype() == "MTEXT":
        yield from _lines(e, unit)


def _placed(e: Any, unit: float) -> tuple[Point, Any]:
    """Where a text stands at half the height of its capitals, and to which side it is set."""
    across, up = int(e.dxf.halign), int(e.dxf.valign)
    anchor = e.dxf.align_point if (across or up) and e.dxf.hasattr("align_point") else e.dxf.insert
    lift = {3: -0.5, 2: 0.0}.get(up, 0.5) if across != 4 else 0.0
    angle = math.radians(float(e.dxf.rotation))
    x = (anchor[0] - math.sin(angle) * lift * e.dxf.height) * unit
    y = (anchor[1] + math.cos(angle) * lift * e.dxf.height) * unit
    return (float(x), float(y)), {1: "centre", 2: "right", 4: "centre"}.get(across, "left")


def _lines(e: Any, unit: float) -> Iterator[Text]:
    """The lines of a longer text."""
    lines = [clean(line) for line in e.plain_text(split=True)]
    size, point = float(e.dxf.char_height), int(e.dxf.attachment_point)
    step = 1.66 * size * float(e.dxf.get("line_spacing_factor", 1.0))
    align: Any = ("left", "centre", "right")[(point - 1) % 3]
    total = size + step * (len(lines) - 1)
    top = float(e.dxf.insert[1]) + (0.0, total / 2, total)[(point - 1) // 3]
    for number, line in enumerate(lines):
        if line:
            place = (float(e.dxf.insert[0]) * unit, (top - size / 2 - number * step) * unit)
            yield Text("title", place, line, size * unit, align)


def _moved(p: Any, dx: float, dy: float) -> Any:
    from dataclasses import replace

    def by(q: Point) -> Point:
        return q[0] + dx, q[1] + dy

    if isinstance(p, Line):
        return replace(p, start=by(p.start), end=by(p.end))
    if isinstance(p, Polyline):
        return replace(p, points=tuple(map(by, p.points)))
    if isinstance(p, Circle | Arc):
        return replace(p, centre=by(p.centre))
    return replace(p, at=by(p.at))
