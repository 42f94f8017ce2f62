"""PDF: vector sheets to scale, written directly; layers can be switched on and off in a viewer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from cad_plugin.drawing import Drawing, View
from cad_plugin.exporter import API_VERSION
from cad_plugin.layers import layers_of
from cad_plugin.options import chosen
from cad_plugin.paint import Label, Path, painted
from cad_plugin.pdf_file import Content, PdfFile
from cad_plugin.primitives import Point
from cad_plugin.sheet import PAPERS, SHEET_DEFAULTS, titles_from
from layoutgan.core.layout import Layout
from layoutgan.core.schema import write_whole
from layoutgan.validation.report import Report

__all__ = ["PdfExporter", "pdf_bytes"]

DEFAULTS: Mapping[str, Any] = {
    "paper": "A3", **SHEET_DEFAULTS, "layers": "aia", "findings": True, "grid": False,
}  # fmt: skip


def pdf_bytes(drawing: Drawing, *, layers: str = "aia", findings: bool = True) -> bytes:
    """The sheets of a drawing as a PDF file, one page each.

    Args:
        drawing: with sheets.
        layers: layer standard whose names the layers of the PDF have.
        findings: show the findings.
    """
    names = {role: layer.name for role, layer in layers_of(layers).items()}
    names |= {"room_fill": "Room colours", "wall_fill": names["wall_fill"]}
    model = painted(drawing, findings=findings)
    file = PdfFile(drawing.name, drawing.facts)
    for sheet in drawing.sheets:
        content = Content(file, names)
        for view in sheet.views:
            _view(content, model, view)
        for part in painted(Drawing(sheet.name, sheet.primitives, 1, drawing.blocks)):
            _part(content, part, None)
        file.add_page(sheet.size, content)
    return file.data()


def _view(content: Content, model: list[Path | Label], view: View) -> None:
    """The model as it is seen through a window of the sheet."""
    content.clip(view.box)
    for part in model:
        _part(content, part, view)
    content.unclip()


def _part(content: Content, part: Path | Label, view: View | None) -> None:
    scale = view.scale if view else 1
    middle = ((view.box[0] + view.box[2]) / 2, (view.box[1] + view.box[3]) / 2) if view else (0.0, 0.0)
    centre = view.centre if view else (0.0, 0.0)

    def move(p: Point) -> Point:
        return middle[0] + (p[0] - centre[0]) / scale, middle[1] + (p[1] - centre[1]) / scale

    if isinstance(part, Path):
        content.path([[move(p) for p in ring] for ring in part.rings], part.closed, part.pen, part.role)
    else:
        text = part.text
        content.text(
            text.text,
            move(text.at),
            text.height / scale,
            text.align,
            text.rotation,
            text.bold,
            part.colour,
            text.role,
        )


class PdfExporter:
    """Layouts as PDF sheets."""

    name = "pdf"
    suffixes = (".pdf",)
    api_version = API_VERSION
    capabilities = frozenset({"2d", "picture", "sheet"})

    def available(self) -> tuple[bool, str]:
        """Always."""
        return True, ""

    def write(
        self, layout: Layout, path: FilePath, options: Mapping[str, Any], report: Report | None = None
    ) -> None:
        """Writes the sheets.

        Options: ``paper`` (A4 to A0), ``scale`` (0 for the largest that fits), ``findings``, ``layers``, and
            what stands
        in the title block: ``title``, ``number``, ``revision``, ``date``, ``author``, ``checked``, ``note``,
        ``revisions``, ``template``; ``grid`` as in ``dxf_bytes``.
        """
        from cad_plugin.draw import draw_sheets

        said = chosen("pdf", DEFAULTS, options, paper=tuple(PAPERS))
        drawing = draw_sheets(
            layout, report, paper=said["paper"], titles=titles_from(said), scale=said["scale"],
            grid=said["grid"],
        )
        write_whole(path, pdf_bytes(drawing, layers=said["layers"], findings=said["findings"]))

