"""Primitives as records of a DXF file, written as text: for series of drawings, where ezdxf would cost most.

The same records as ``dxf_entities`` makes (a test compares them), for R2000 and later. Dimensions and blocks
stay with ezdxf: they need entries in tables.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cad_plugin.dxf_entities import STYLE, WIDE_STYLE, is_wide_script, written
from cad_plugin.dxf_metadata import APPID, packed
from cad_plugin.layers import Layer
from cad_plugin.primitives import (
    Arc,
    Attribute,
    Block,
    Circle,
    Insert,
    Key,
    Line,
    Point,
    Polyline,
    Primitive,
    Region,
    Text,
)

__all__ = ["WRITTEN", "Records"]

WRITTEN = (Line, Polyline, Region, Arc, Circle, Text, Insert)
"""Types of primitives that are written here."""
_ALIGN = {"left": "", "centre": " 72\n1\n", "right": " 72\n2\n"}
_UPRIGHT = "210\n0.0\n220\n0.0\n230\n1.0\n"


class Records:
    """Writes records one after the other, each with the next handle."""

    def __init__(self, layers: Mapping[str, Layer], blocks: Mapping[str, Block], handle: int) -> None:
        self.layers, self.blocks, self.handle = layers, blocks, handle
        self.owner, self.head = "0", ""
        self.dispatch: dict[type[Any], Callable[[Any, str], str]] = {
            Line: self._line, Polyline: self._polyline, Region: self._region, Arc: self._arc,
            Circle: self._circle, Text: self._text, Insert: self._insert}  # fmt: skip

    def enter(self, owner: str, paper: bool) -> None:
        """What follows stands in another space.

        Args:
            owner: handle of the space.
            paper: it is the paper that is shown first.
        """
        self.owner, self.head = owner, "100\nAcDbEntity\n" + (" 67\n1\n" if paper else "")

    def text(self, primitives: Iterable[Primitive]) -> str:
        """The records of primitives, of the types in WRITTEN."""
        return "".join([self._record(primitive) for primitive in primitives])

    def start(self, kind: str, layer: str, owner: str = "") -> str:
        """The beginning of a record of that type, with a handle of its own."""
        handle, self.handle = self.handle, self.handle + 1
        return f"  0\n{kind}\n  5\n{handle:X}\n330\n{owner or self.owner}\n{self.head}  8\n{layer}\n"

    def _record(self, primitive: Primitive) -> str:
        layer = self.layers[primitive.role].name if primitive.role in self.layers else "0"
        return self.dispatch[type(primitive)](primitive, layer)

    def _line(self, p: Line, layer: str) -> str:
        return (self.start("LINE", layer) + "100\nAcDbLine\n" + _point(p.start) + _point(p.end, 1)
                + _marked(p.key))

    def _polyline(self, p: Polyline, layer: str) -> str:
        return (f"{self.start('LWPOLYLINE', layer)}100\nAcDbPolyline\n 90\n{len(p.points)}\n"
                f" 70\n{int(p.closed)}\n{_corners(p.points)}{_marked(p.key)}")

    def _region(self, p: Region, layer: str) -> str:
        rings = []
        for number, ring in enumerate((p.shape.exterior, *p.shape.interiors)):
            points = [(x, y) for x, y, *_ in ring.coords][:-1]
            rings.append(f" 92\n{3 if number == 0 else 18}\n 72\n0\n 73\n1\n 93\n{len(points)}\n"
                         f"{_corners(points)} 97\n0\n")
        return (f"{self.start('HATCH', layer)}100\nAcDbHatch\n{_point((0.0, 0.0))}{_UPRIGHT}  2\nSOLID\n"
                f" 70\n1\n 71\n0\n 91\n{len(rings)}\n{''.join(rings)}"
                f" 75\n0\n 76\n1\n 98\n0\n{_marked(p.key)}")

    def _arc(self, p: Arc, layer: str) -> str:
        return (f"{self.start('ARC', layer)}100\nAcDbCircle\n{_point(p.centre)} 40\n{float(p.radius)}\n"
                f"100\nAcDbArc\n 50\n{float(p.start)}\n 51\n{float(p.end)}\n")

    def _circle(self, p: Circle, layer: str) -> str:
        return (f"{self.start('CIRCLE', layer)}100\nAcDbCircle\n{_point(p.centre)}"
                f" 40\n{float(p.radius)}\n")

    def _text(self, p: Text, layer: str) -> str:
        style = WIDE_STYLE if is_wide_script(p.text) else STYLE
        turn = f" 50\n{float(p.rotation)}\n" if p.rotation else ""
        return (f"{self.start('TEXT', layer)}100\nAcDbText\n{_point(p.at)} 40\n{float(p.height)}\n"
                f"  1\n{written(p.text)}\n{turn}  7\n{style}\n{_ALIGN[p.align]}{_point(p.at, 1)}"
                f"100\nAcDbText\n 73\n2\n{_marked(p.key)}")

    def _insert(self, p: Insert, layer: str) -> str:
        turn = f" 50\n{float(p.rotation)}\n" if p.rotation else ""
        inner = self.blocks[p.block].attributes if p.attributes else ()
        start = self.start("INSERT", layer)
        own, follow = f"{self.handle - 1:X}", " 66\n1\n" if inner else ""
        made = [f"{start}100\nAcDbBlockReference\n{follow}  2\n{p.block}\n"
                f"{_point(p.at)}{turn}{_marked(p.key)}"]
        values = dict(p.attributes)
        made += [self._attribute(p, a, values.get(a.tag, ""), layer) for a in inner]
        if inner:
            made.append(self.start("SEQEND", layer, own))
        return "".join(made)

    def _attribute(self, p: Insert, a: Attribute, value: str, layer: str) -> str:
        x, y = a.at
        if p.rotation:
            turn = math.radians(p.rotation)
            x, y = math.cos(turn) * x - math.sin(turn) * y, math.sin(turn) * x + math.cos(turn) * y
        at = (p.at[0] + x, p.at[1] + y)
        turned = f" 50\n{float(p.rotation)}\n" if p.rotation else ""
        return (f"{self.start('ATTRIB', layer)}100\nAcDbText\n{_point(at)} 40\n{float(a.height)}\n"
                f"  1\n{written(value)}\n{turned}  7\n{STYLE}\n{_ALIGN[a.align]}{_point(at, 1)}"
                f"100\nAcDbAttribute\n  2\n{a.tag}\n 70\n{int(not a.visible)}\n 74\n2\n")


def _point(p: Point, number: int = 0) -> str:
    return f" 1{number}\n{float(p[0])}\n 2{number}\n{float(p[1])}\n 3{number}\n0.0\n"


def _corners(points: Iterable[Point]) -> str:
    return "".join([f" 10\n{float(x)}\n 20\n{float(y)}\n" for x, y in points])


def _marked(key: Key | None) -> str:
    """Which element the record shows, as ``dxf_metadata.mark`` says it."""
    if key is None:
        return ""
    pieces = "".join(f"1000\n{piece}\n" for piece in packed(json.dumps(key.id)))
    return f"1001\n{APPID}\n1000\n{key.type}\n{pieces}"
