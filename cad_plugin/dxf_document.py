"""A drawing as an ezdxf document. ezdxf is imported here and nowhere at the top of other modules.

Traps that this file steps around are listed in the CAD notes of ARCHITECTURE.md; each has a comment where it
bites.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import ezdxf.filemanagement
from ezdxf import options as switches
from ezdxf import units
from ezdxf.enums import TextEntityAlignment
from ezdxf.layouts import BaseLayout

from cad_plugin.drawing import (
    Arc,
    Circle,
    Dimension,
    Drawing,
    Insert,
    Key,
    Line,
    Polyline,
    Primitive,
    Region,
    Text,
    dimension_parts,
)
from cad_plugin.layers import Layer

__all__ = ["APPID", "ENTRY", "document_of", "fixed_metadata", "packed", "pieces_in", "saved", "unpacked"]

APPID = "LAYOUTGAN"
"""Name under which our data stands in the file."""
ENTRY = "LAYOUTGAN_LAYOUT"
"""Name of the record that holds the layout."""
COMMENT = "LAYOUTGAN-LAYOUT "
CHUNK = 240
"""Longest piece of our data in one tag [characters]; old programs read at most 255."""
_ALIGN = {"left": TextEntityAlignment.MIDDLE_LEFT, "centre": TextEntityAlignment.MIDDLE_CENTER,
          "right": TextEntityAlignment.MIDDLE_RIGHT}


class fixed_metadata:  # a context manager reads as a verb phrase
    """Within it, ezdxf writes a constant date and identifiers: the same drawing gives the same bytes.

    ezdxf knows only a switch for the whole process, so it is put back afterwards.
    """

    def __enter__(self) -> None:
        self._before = switches.write_fixed_meta_data_for_testing
        switches.write_fixed_meta_data_for_testing = True

    def __exit__(self, *_: object) -> None:
        switches.write_fixed_meta_data_for_testing = self._before


def packed(text: str) -> list[str]:
    r"""JSON text in pieces that survive every program: plain ASCII, no blanks, no ``\U+`` sequences."""
    safe = json.dumps(json.loads(text), separators=(",", ":"), sort_keys=False)
    safe = (
        safe.replace("\\\\", "\\u005c")
        .replace(" ", "\\u0020")
        .replace("^", "\\u005e")
        .replace("%", "\\u0025")
    )
    return [safe[i:i + CHUNK] for i in range(0, len(safe), CHUNK)]


def unpacked(pieces: list[str]) -> Any:
    """Plain data from the pieces.

    Raises:
        ValueError: they are not JSON.
    """
    return json.loads("".join(pieces))


def document_of(drawing: Drawing, layers: Mapping[str, Layer], version: str) -> Any:
    """An ezdxf document with everything that the drawing holds.

    Args:
        drawing: what is written.
        layers: by role; primitives whose role has no layer are for pictures only and are left out.
        version: R12, R2000, R2007, R2010, R2013 or R2018.
    """
    # Not setup=True: its dimension style is for metres drawn in centimetres.
    doc = ezdxf.filemanagement.new(version, units=units.MM)
    _tables(doc, drawing, layers)
    writer = _Writer(doc, layers, drawing)
    for block in (drawing.blocks[name] for name in sorted(drawing.blocks)):
        target = doc.blocks.new(block.name)
        for primitive in block.primitives:
            writer.add(target, primitive)
        for attribute in block.attributes:
            attdef = target.add_attdef(
                attribute.tag,
                attribute.at,
                dxfattribs={
                    "layer": "0",
                    "height": attribute.height,
                    "style": STYLE,
                    "flags": 0 if attribute.visible else 1,
                },
            )
            attdef.set_placement(attribute.at, align=TextEntityAlignment.MIDDLE_CENTER)
    space = doc.modelspace()
    for primitive in sorted(drawing.primitives, key=_depth):
        if primitive.role in layers:
            writer.add(space, primitive)
    _properties(doc, drawing)
    return doc


def _depth(primitive: Primitive) -> int:
    """Fills lie below everything else; some programs draw in file order."""
    return 0 if isinstance(primitive, Region) else 1


STYLE = "LG"
WIDE_STYLE = "UNICODE"
"""Text style for other scripts; LibreCAD picks its font by this name."""


LINETYPES = {
    "CENTER": ("Center ____ _ ____", (50.8, 31.75, -6.35, 6.35, -6.35)),
    "DOT": ("Dot . . . .", (6.35, 0.0, -6.35)),
    "DASHED": ("Dashed __ __ __", (19.05, 12.7, -6.35)),
    "HIDDEN": ("Hidden _ _ _ _", (9.525, 6.35, -3.175)),
    "PHANTOM": ("Phantom ____ _ _ ____", (63.5, 31.75, -6.35, 6.35, -6.35, 6.35, -6.35)),
}
"""Description, and lengths of dashes and gaps, the whole first [mm on paper]."""


def _tables(doc: Any, drawing: Drawing, layers: Mapping[str, Layer]) -> None:
    for name in sorted({layer.linetype for layer in layers.values()} & set(LINETYPES)):
        about, pattern = LINETYPES[name]
        doc.linetypes.add(name, [0.4 * length for length in pattern], description=about)
    for layer in layers.values():
        if layer.name != "0" and layer.name not in doc.layers:
            linetype = layer.linetype if layer.linetype in doc.linetypes else "CONTINUOUS"
            made = doc.layers.add(layer.name, color=layer.colour, linetype=linetype)
            if doc.dxfversion > "AC1009":
                made.dxf.lineweight, made.dxf.plot = layer.weight, int(layer.printed)
    if doc.dxfversion > "AC1009" and "VIEWPORTS" not in doc.layers:
        doc.layers.add(
            "VIEWPORTS", color=9, plot=False
        )  # ezdxf puts paper-space viewports there without defining it
    doc.styles.add(STYLE, font="arial.ttf")
    doc.styles.add(WIDE_STYLE, font="simsun.ttf")
    doc.appids.add(APPID)
    style = doc.dimstyles.duplicate_entry("Standard", f"LG-{drawing.scale}")
    figures = {
        "dimscale": drawing.scale,
        "dimtxt": 2.5,
        "dimasz": 2.5,
        "dimtsz": 1.0,
        "dimexe": 1.25,
        "dimexo": 2.0,
        "dimgap": 0.6,
        "dimdle": 0.75,
        "dimtad": 1,
        "dimdec": 0,
        "dimlfac": 1,
        "dimtxsty": STYLE,
        "dimtih": 0,
        "dimtoh": 0,
        "dimtix": 1,
        "dimtofl": 1,
        "dimzin": 8,
    }
    for key, value in figures.items():
        style.set_dxf_attrib(key, value)
    style.copy_to_header(
        doc
    )  # LibreCAD reads only the header; a fresh file's header names a style that is not there
    if doc.dxfversion > "AC1009":
        doc.header["$DIMTXSTY"] = STYLE
    doc.header["$LTSCALE"] = float(drawing.scale)
    if doc.dxfversion > "AC1009":
        doc.header["$MEASUREMENT"], doc.header["$LUNITS"], doc.header["$LUPREC"] = 1, 2, 2
        doc.header["$LWDISPLAY"] = 1


def _properties(doc: Any, drawing: Drawing) -> None:
    """Extents, facts, and the layout itself."""
    x0, y0, x1, y1 = drawing.bounds()
    # A fresh document keeps its extents at ±1e20 for ever; programs then zoom to nothing.
    doc.header["$EXTMIN"], doc.header["$EXTMAX"] = (x0, y0, 0.0), (x1, y1, 0.0)
    edge = 5.0 * drawing.scale
    x0, y0, x1, y1 = x0 - edge, y0 - edge, x1 + edge, y1 + edge
    doc.header["$LIMMIN"], doc.header["$LIMMAX"] = (x0, y0), (x1, y1)
    space = doc.modelspace()
    if doc.dxfversion > "AC1009":
        space.reset_extents(doc.header["$EXTMIN"], doc.header["$EXTMAX"])
        space.reset_limits((x0, y0), (x1, y1))
        for key, value in sorted(drawing.facts.items()):
            doc.header.custom_vars.append(f"layoutgan.{key}", value)
        if drawing.document:
            doc.rootdict.add_xrecord(ENTRY).reset([(1, piece) for piece in packed(drawing.document)])
    doc.set_modelspace_vport(1.1 * max(y1 - y0, 0.7 * (x1 - x0), 100.0), ((x0 + x1) / 2, (y0 + y1) / 2))


def _written(text: str) -> str:
    """Text without control codes: ``%%d`` would print a degree sign, ``^J`` a line break."""
    return (
        text.replace("%%", "% %")
        .replace("%%", "% %")
        .replace("\\U+", "\\ U+")
        .replace("\\M+", "\\ M+")
        .replace("^", "^ ")
    )


def _mark(entity: Any, key: Key | None) -> None:
    """Says in the entity which element it shows."""
    if key is not None:
        name = packed(json.dumps(key.id))
        entity.set_xdata(APPID, [(1000, key.type), *((1000, piece) for piece in name)])


def marked(entity: Any) -> Key | None:
    """Which element an entity shows, if it says so."""
    if not entity.has_xdata(APPID):
        return None
    values = [str(tag.value) for tag in entity.get_xdata(APPID) if tag.code == 1000]
    try:
        return Key(values[0], str(unpacked(values[1:])))
    except (IndexError, ValueError):
        return None


class _Writer:
    """Puts primitives into a layout or block of an ezdxf document."""

    def __init__(self, doc: Any, layers: Mapping[str, Layer], drawing: Drawing) -> None:
        self.doc, self.layers, self.drawing = doc, layers, drawing
        self.r12 = doc.dxfversion <= "AC1009"
        self.dispatch: dict[type[Any], Callable[[BaseLayout, Any, dict[str, Any]], Iterator[Any]]] = {
            Line: self._line,
            Polyline: self._polyline,
            Region: self._region,
            Arc: self._arc,
            Circle: self._circle,
            Text: self._text,
            Insert: self._insert,
            Dimension: self._dimension,
        }

    def add(self, target: BaseLayout, primitive: Primitive) -> None:
        layer = self.layers[primitive.role].name if primitive.role in self.layers else "0"
        for entity in self.dispatch[type(primitive)](target, primitive, {"layer": layer}):
            _mark(entity, getattr(primitive, "key", None))

    def _line(self, target: BaseLayout, p: Line, attribs: dict[str, Any]) -> Iterator[Any]:
        yield target.add_line(p.start, p.end, dxfattribs=attribs)

    def _polyline(self, target: BaseLayout, p: Polyline, attribs: dict[str, Any]) -> Iterator[Any]:
        make = target.add_polyline2d if self.r12 else target.add_lwpolyline
        yield make(p.points, close=p.closed, dxfattribs=attribs)

    def _region(self, target: BaseLayout, p: Region, attribs: dict[str, Any]) -> Iterator[Any]:
        if self.r12:  # R12 knows no hatches; outlines stay
            return
        hatch = target.add_hatch(color=256, dxfattribs=attribs)
        for number, ring in enumerate((p.shape.exterior, *p.shape.interiors)):
            points = [(x, y) for x, y, *_ in ring.coords][:-1]
            hatch.paths.add_polyline_path(points, is_closed=True, flags=1 if number == 0 else 16)
        yield hatch

    def _arc(self, target: BaseLayout, p: Arc, attribs: dict[str, Any]) -> Iterator[Any]:
        yield target.add_arc(p.centre, p.radius, p.start, p.end, dxfattribs=attribs)

    def _circle(self, target: BaseLayout, p: Circle, attribs: dict[str, Any]) -> Iterator[Any]:
        yield target.add_circle(p.centre, p.radius, dxfattribs=attribs)

    def _text(self, target: BaseLayout, p: Text, attribs: dict[str, Any]) -> Iterator[Any]:
        wide = any(ord(c) > 0x24F and c not in "–—…·×²³°" for c in p.text)
        text = target.add_text(_written(p.text), height=p.height, rotation=p.rotation,
                               dxfattribs={**attribs, "style": WIDE_STYLE if wide else STYLE})
        yield text.set_placement(p.at, align=_ALIGN[p.align])

    def _insert(self, target: BaseLayout, p: Insert, attribs: dict[str, Any]) -> Iterator[Any]:
        insert = target.add_blockref(p.block, p.at, dxfattribs={**attribs, "rotation": p.rotation})
        if p.attributes:
            insert.add_auto_attribs({tag: _written(value) for tag, value in p.attributes})
            for attrib in insert.attribs:
                attrib.dxf.layer = attribs["layer"]
        yield insert

    def _dimension(self, target: BaseLayout, p: Dimension, attribs: dict[str, Any]) -> Iterator[Any]:
        """The picture of the dimension is ours: ezdxf's would depend on the fonts of this machine."""
        picture = self.doc.blocks.new_anonymous_block(type_char="D")
        for part in dimension_parts(p):
            for entity in self.dispatch[type(part)](picture, part, {"layer": "0"}):
                entity.dxf.color = 0
        axis = int(p.vertical)
        at = (p.line, p.second[1]) if axis else (p.second[0], p.line)
        kind = 32 + (128 if p.lift else 0)  # 128: the text stands where we put it
        if self.r12:
            kind -= 32
        yield target.new_entity("DIMENSION", {
            **attribs, "geometry": picture.name, "dimstyle": f"LG-{self.drawing.scale}", "dimtype": kind,
            "defpoint": (*at, 0.0), "defpoint2": (*p.first, 0.0), "defpoint3": (*p.second, 0.0),
            "text_midpoint": (*p.text_at, 0.0), "angle": 90.0 * axis,
            **({} if self.r12 else {"actual_measurement": p.length})})


def saved(doc: Any, document: str = "") -> bytes:
    """The bytes of the file.

    Args:
        doc: an ezdxf document.
        document: the layout as JSON, for R12, which has no records and gets it as comments.
    """
    stream = io.StringIO(newline="\n")
    if doc.dxfversion <= "AC1009" and document:
        stream.writelines(f"999\n{COMMENT}{piece}\n" for piece in packed(document))
    doc.write(stream)
    return stream.getvalue().encode(doc.output_encoding, errors="dxfreplace")


def pieces_in(doc: Any, data: bytes) -> list[str]:
    """The pieces of the layout in a document or in the comments of its file; none without a layout."""
    if doc.dxfversion > "AC1009":
        record = doc.rootdict.get(ENTRY)
        return (
            [str(t.value) for t in record.tags if t.code == 1]
            if record is not None and record.dxftype() == "XRECORD"
            else []
        )
    mark = COMMENT.encode()
    return [
        line.removeprefix(mark).decode("ascii", "replace").strip()
        for line in data.splitlines()
        if line.startswith(mark)
    ]
