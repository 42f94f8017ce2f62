"""Series of drawings with sheets as DXF: a plant has hundreds that differ only in their lines and texts.

What they share (tables, styles, blocks, layouts, objects) is made by ezdxf once and kept as text with gaps,
and the records that differ are written into the gaps. Every finished file is linted; ezdxf audits one drawing
with a record of each form that was written: auditing every file would look at the same forms again.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from cad_plugin.drawing import Box, Drawing
from cad_plugin.dxf import audited, linted, uncollected
from cad_plugin.dxf_document import document_of, fixed_metadata, framing, saved
from cad_plugin.dxf_entities import is_wide_script
from cad_plugin.dxf_records import WRITTEN, Records
from cad_plugin.layers import Layer
from cad_plugin.primitives import Insert, Line, Polyline, Primitive, Region, Text

__all__ = ["MARK", "DxfSeries", "Template"]

VERSION = "R2010"
_FAR: Box = (-812345678901.25, -712345678912.5, 612345678923.75, 512345678934.25)
"""Box that stands in a template for the extents of a drawing, and a line across it for records [mm]."""
MARK = Line("note", (_FAR[0], _FAR[1]), (_FAR[2], _FAR[3]))
"""Stands where records of the model go."""


class Gap(NamedTuple):
    """Where records go."""

    owner: str
    """Handle of the space that they belong to."""
    paper: bool
    """That space is the paper shown first."""


class Template:
    """The text of a DXF file with gaps: for its next handle, for numbers, and for records."""

    def __init__(self, text: str, numbers: Sequence[str] = ()) -> None:
        """Finds the gaps.

        Args:
            text: of the file; a LINE from ``MARK.start``, or from the same x and the number of a space, is a
                gap for records.
            numbers: that are replaced wherever they stand.
        """
        seed = r"(?<=\$HANDSEED\n  5\n)[0-9A-F]+"
        tag = r"(?:(?!  0\n)[^\n]*\n)*?"
        line = rf"  0\nLINE\n{tag} 10\n{re.escape(str(_FAR[0]))}\n{tag}(?=  0\n)"
        figures = "|".join(map(re.escape, numbers)) or "(?!)"
        self.gaps: dict[int, Gap] = {}
        self.texts: list[str] = []
        self.slots: list[str | int] = []
        """What stands after each text: the seed, a number, or which gap for records."""
        start = 0
        for found in re.finditer(f"(?P<seed>{seed})|(?P<line>{line})|(?P<number>{figures})", text):
            self.texts.append(text[start:found.start()])
            start = found.end()
            if found.lastgroup == "line":
                tags = found[0].split("\n")
                y = float(tags[tags.index(" 20") + 1])
                number = 0 if y == MARK.start[1] else int(y)
                self.slots.append(number)
                self.gaps[number] = Gap(tags[tags.index("330") + 1], " 67" in tags)
            else:
                self.slots.append("seed" if found.lastgroup == "seed" else found[0])
            if found.lastgroup == "seed":
                self.seed = int(found[0], 16)
        self.texts.append(text[start:])

    def filled(self, records: Sequence[str], handle: int, numbers: Mapping[str, str]) -> str:
        """The text of a file.

        Args:
            records: for each space: the model and the sheets.
            handle: the first that is free.
            numbers: by those that they replace.
        """
        said: dict[str | int, str] = {"seed": f"{handle:X}"}
        said.update(numbers)
        said.update(enumerate(records))
        values = (said[slot] for slot in self.slots)
        return "".join(piece for pair in zip_longest(self.texts, values, fillvalue="") for piece in pair)


class DxfSeries:
    """Writes drawings one after the other and keeps what they share."""

    def __init__(self, layers: Mapping[str, Layer]) -> None:
        self.layers = layers
        self._templates: dict[Hashable, Template] = {}
        self._forms: dict[Hashable, tuple[Drawing, list[dict[Hashable, Primitive]]]] = {}

    def data(self, drawing: Drawing) -> bytes:
        """The bytes of a drawing's file, linted.

        Raises:
            ExportError: the file would be faulty.
        """
        key, template, spaces = self._prepared(drawing)
        _, known = self._forms.setdefault(key, (drawing, [{} for _ in spaces]))
        for forms, primitives in zip(known, spaces, strict=True):
            for primitive in primitives:
                forms.setdefault(_form(primitive, self.layers), primitive)
        data = self._written(drawing, template, spaces)
        with uncollected():
            linted(data)
        return data

    def audit(self) -> None:
        """Audits one record of every form that was written since the last audit.

        Raises:
            ExportError: the files would be faulty.
        """
        for key, (drawing, known) in self._forms.items():
            spaces = [tuple(forms.values()) for forms in known]
            with uncollected():
                audited(self._written(drawing, self._templates[key], spaces))
        self._forms.clear()

    def _prepared(self, drawing: Drawing) -> tuple[Hashable, Template, list[tuple[Primitive, ...]]]:
        """What the drawing shares with others, and what of it goes into the gaps."""
        kept = tuple(p for p in drawing.primitives if not isinstance(p, WRITTEN) and p.role in self.layers)
        inner = tuple(p for p in drawing.primitives if isinstance(p, WRITTEN) and p.role in self.layers)
        sheets = [(s, tuple(p for p in s.primitives if not isinstance(p, WRITTEN))) for s in drawing.sheets]
        spaces = [_below(inner)]
        spaces += [_below(p for p in s.primitives if isinstance(p, WRITTEN)) for s in drawing.sheets]
        key = (kept, tuple(replace(s, primitives=rest) for s, rest in sheets), drawing.scale,
               tuple(sorted(drawing.blocks.items())), tuple(sorted(drawing.facts.items())), drawing.document)
        if key not in self._templates:
            marked = [replace(s, primitives=(replace(MARK, start=(_FAR[0], float(n))), *rest))
                      for n, (s, rest) in enumerate(sheets, start=1)]
            self._templates[key] = self._template(
                replace(drawing, primitives=(MARK, *kept), sheets=tuple(marked)))
        return key, self._templates[key], spaces

    def _template(self, drawing: Drawing) -> Template:
        """The template of a drawing that holds marks."""
        with fixed_metadata(), uncollected():
            text = saved(document_of(drawing, self.layers, VERSION)).decode()
        return Template(text, _figures(_FAR, drawing.scale))

    def _written(self, drawing: Drawing, template: Template, spaces: Sequence[Iterable[Primitive]]) -> bytes:
        """The bytes of the file with these primitives in its spaces."""
        records = Records(self.layers, drawing.blocks, template.seed)
        texts = []
        for number, space in enumerate(spaces):
            records.enter(*template.gaps[number])
            texts.append(records.text(space))
        numbers = dict(zip(_figures(_FAR, drawing.scale), _figures(drawing.bounds(), drawing.scale),
                           strict=True))
        return template.filled(texts, records.handle, numbers).encode("utf-8", "dxfreplace")


def _below(primitives: Iterable[Primitive]) -> tuple[Primitive, ...]:
    """In painting order: fills lie below everything else."""
    return tuple(sorted(primitives, key=lambda p: not isinstance(p, Region)))


def _figures(box: Box, scale: int) -> list[str]:
    """Everything that a file says about its extents, as it is written there."""
    limits, height, centre = framing(box, scale)
    return [str(float(value)) for value in (*box, *limits, height, *centre)]


def _form(p: Primitive, layers: Mapping[str, Layer]) -> Hashable:
    """What decides about the tags of a record, but for the values of its numbers and texts."""
    layer = layers[p.role].name if p.role in layers else "0"
    more: tuple[Hashable, ...] = ()
    match p:
        case Polyline():
            more = p.closed, min(len(p.points), 3)
        case Region():
            more = (bool(p.shape.interiors),)
        case Text():
            more = is_wide_script(p.text), p.align, bool(p.rotation)
        case Insert():
            more = p.block, bool(p.rotation), bool(p.attributes)
    return type(p), layer, getattr(p, "key", None) is None, *more
