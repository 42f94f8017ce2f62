"""A drawing as an ezdxf document, and its bytes.

Traps that this file steps around are explained where they bite.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import ezdxf.filemanagement
from ezdxf import options as switches
from ezdxf import units

from cad_plugin.drawing import Box, Drawing, Sheet
from cad_plugin.dxf_entities import STYLE, WIDE_STYLE, Writer
from cad_plugin.dxf_metadata import APPID, COMMENT, ENTRY, packed
from cad_plugin.layers import Layer
from cad_plugin.primitives import Point, Primitive, Region
from layoutgan.errors import InputError

__all__ = ["document_of", "fixed_metadata", "framing", "saved"]


class fixed_metadata:  # a context manager reads as a verb phrase
    """Within it, ezdxf writes a constant date and identifiers: the same drawing gives the same bytes.

    ezdxf knows only a switch for the whole process, so it is put back afterwards.
    """

    def __enter__(self) -> None:
        self._before = switches.write_fixed_meta_data_for_testing
        switches.write_fixed_meta_data_for_testing = True

    def __exit__(self, *_: object) -> None:
        switches.write_fixed_meta_data_for_testing = self._before


def document_of(drawing: Drawing, layers: Mapping[str, Layer], version: str, plot_style: str = "") -> Any:
    """An ezdxf document with everything that the drawing holds.

    Args:
        drawing: what is written.
        layers: by role; primitives whose role has no layer are for pictures only and are left out.
        version: R12, R2000, R2007, R2010, R2013 or R2018.
        plot_style: name of the .ctb or .stb file by which sheets are printed.

    Raises:
        InputError: the plot style is no name of such a file.
    """
    if plot_style and not _STYLE.fullmatch(plot_style):
        raise InputError(f"option plot_style must be the name of a .ctb or .stb file, found {plot_style!r}")
    # Not setup=True: its dimension style is for metres drawn in centimetres.
    doc = ezdxf.filemanagement.new(version, units=units.MM)
    _tables(doc, drawing, layers)
    writer = Writer(doc, layers, drawing)
    for name in sorted(drawing.blocks):
        writer.add_block(drawing.blocks[name])
    space = doc.modelspace()
    for primitive in sorted(drawing.primitives, key=_depth):
        if primitive.role in layers:
            writer.add(space, primitive)
    for number, sheet in enumerate(drawing.sheets):
        _add_sheet(doc, writer, sheet, number)
        if plot_style:
            doc.layouts.get(sheet.name).set_plot_style(plot_style)
    if plot_style and doc.dxfversion > "AC1009":
        doc.header["$PSTYLEMODE"] = int(plot_style.lower().endswith(".ctb"))  # 1: styles go by colour
    _properties(doc, drawing)
    return doc


def _add_sheet(doc: Any, writer: Writer, sheet: Sheet, number: int) -> None:
    """A paper-space layout with what stands on the sheet and its windows on the model."""
    if number == 0:  # a fresh document has one already
        doc.layouts.rename("Layout1", sheet.name)
        page = doc.layouts.get(sheet.name)
    else:
        page = doc.layouts.new(sheet.name)
    page.page_setup(size=sheet.size, margins=(0, 0, 0, 0), units="mm", scale=(1, 1), name=sheet.paper,
                    device="DWG To PDF.pc3")
    page.reset_extents((0.0, 0.0, 0.0), (*sheet.size, 0.0))
    for primitive in sorted(sheet.primitives, key=_depth):
        writer.add(page, primitive)
    for view in sheet.views:
        x0, y0, x1, y1 = view.box
        window = page.add_viewport(
            ((x0 + x1) / 2, (y0 + y1) / 2), (x1 - x0, y1 - y0), view_center_point=view.centre,
            view_height=(y1 - y0) * view.scale, status=2)
        window.dxf.layer = writer.layers["viewport"].name
        window.dxf.flags |= LOCKED


_STYLE = re.compile(r"[\w .()-]{1,100}\.(ctb|stb)", re.IGNORECASE)
LOCKED = 0x4000
"""Flag of a viewport whose scale stays when somebody zooms in it."""


def _depth(primitive: Primitive) -> int:
    """Fills lie below everything else; some programs draw in file order."""
    return 0 if isinstance(primitive, Region) else 1


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
    (low_x, low_y, high_x, high_y), height, centre = framing((x0, y0, x1, y1), drawing.scale)
    doc.header["$LIMMIN"], doc.header["$LIMMAX"] = (low_x, low_y), (high_x, high_y)
    space = doc.modelspace()
    if doc.dxfversion > "AC1009":
        space.reset_extents(doc.header["$EXTMIN"], doc.header["$EXTMAX"])
        space.reset_limits((low_x, low_y), (high_x, high_y))
        for key, value in sorted(drawing.facts.items()):
            doc.header.custom_vars.append(f"layoutgan.{key}", value)
        if drawing.document:
            doc.rootdict.add_xrecord(ENTRY).reset([(1, piece) for piece in packed(drawing.document)])
    doc.set_modelspace_vport(height, centre)


def framing(box: Box, scale: int) -> tuple[Box, float, Point]:
    """Limits of a drawing with that box around it, and height and centre of what one sees first [mm]."""
    edge = 5.0 * scale
    x0, y0, x1, y1 = box[0] - edge, box[1] - edge, box[2] + edge, box[3] + edge
    height = 1.1 * max(y1 - y0, 0.7 * (x1 - x0), 100.0)
    return (x0, y0, x1, y1), height, ((x0 + x1) / 2, (y0 + y1) / 2)


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
