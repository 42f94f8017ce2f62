"""Primitives of a drawing as entities of an ezdxf document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ezdxf.enums import TextEntityAlignment
from ezdxf.layouts import BaseLayout

from cad_plugin.drawing import Drawing
from cad_plugin.dxf_metadata import mark
from cad_plugin.layers import Layer
from cad_plugin.placing import dimension_parts
from cad_plugin.primitives import (
    Arc,
    Block,
    Circle,
    Dimension,
    Insert,
    Line,
    Polyline,
    Primitive,
    Region,
    Text,
)

__all__ = ["STYLE", "WIDE_STYLE", "Writer", "is_wide_script", "written"]

STYLE = "LG"
WIDE_STYLE = "UNICODE"
"""Text style for other scripts; LibreCAD picks its font by this name."""
_ALIGN = {"left": TextEntityAlignment.MIDDLE_LEFT, "centre": TextEntityAlignment.MIDDLE_CENTER,
          "right": TextEntityAlignment.MIDDLE_RIGHT}


def written(text: str) -> str:
    """Text without control codes: ``%%d`` would print a degree sign, ``^J`` a line break."""
    return (
        text.replace("%%", "% %")
        .replace("%%", "% %")
        .replace("\\U+", "\\ U+")
        .replace("\\M+", "\\ M+")
        .replace("^", "^ ")
    )


def is_wide_script(text: str) -> bool:
    """The text holds letters that only the style for other scripts shows."""
    return any(ord(c) > 0x24F and c not in "–—…·×²³°" for c in text)


class Writer:
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

    def add_block(self, block: Block) -> None:
        """Defines a block with its attributes."""
        target = self.doc.blocks.new(block.name)
        for primitive in block.primitives:
            self.add(target, primitive)
        for attribute in block.attributes:
            flags = 0 if attribute.visible else 1
            made = target.add_attdef(attribute.tag, attribute.at, dxfattribs={
                "layer": "0", "height": attribute.height, "style": STYLE, "flags": flags})
            made.set_placement(attribute.at, align=_ALIGN[attribute.align])

    def add(self, target: BaseLayout, primitive: Primitive) -> None:
        """Draws a primitive; one whose role has no layer goes to layer 0, whose colour blocks inherit."""
        layer = self.layers[primitive.role].name if primitive.role in self.layers else "0"
        for entity in self.dispatch[type(primitive)](target, primitive, {"layer": layer}):
            mark(entity, getattr(primitive, "key", None))

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
        wide = is_wide_script(p.text)
        text = target.add_text(written(p.text), height=p.height, rotation=p.rotation,
                               dxfattribs={**attribs, "style": WIDE_STYLE if wide else STYLE})
        yield text.set_placement(p.at, align=_ALIGN[p.align])

    def _insert(self, target: BaseLayout, p: Insert, attribs: dict[str, Any]) -> Iterator[Any]:
        insert = target.add_blockref(p.block, p.at, dxfattribs={**attribs, "rotation": p.rotation})
        if p.attributes:
            insert.add_auto_attribs({tag: written(value) for tag, value in p.attributes})
            for attrib in insert.attribs:
                attrib.dxf.layer = attribs["layer"]
        yield insert

    def _dimension(self, target: BaseLayout, p: Dimension, attribs: dict[str, Any]) -> Iterator[Any]:
        """The picture of the dimension is ours: ezdxf's would depend on the fonts of this machine."""
        picture = self.doc.blocks.new_anonymous_block(type_char="D")
        for part in dimension_parts(p):
            # On the dimension's own layer: by layer is what every program resolves alike.
            list(self.dispatch[type(part)](picture, part, {"layer": attribs["layer"]}))
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
