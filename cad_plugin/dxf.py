"""DXF: drawings for CAD programs, audited and linted before they appear; and layouts read back from them."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cad_plugin.exporter import API_VERSION
from cad_plugin.options import chosen
from cad_plugin.sheet import PAPERS, SHEET_DEFAULTS, titles_from
from layoutgan.core.layout import Layout
from layoutgan.core.schema import write_whole
from layoutgan.errors import ExportError, InputError
from layoutgan.validation.report import Report

__all__ = ["VERSIONS", "DxfExporter", "audited", "dxf_bytes", "linted", "uncollected"]

VERSIONS = ("R12", "R2000", "R2007", "R2010", "R2013", "R2018")
"""Versions that are written. R12 has no hatches; the layout stands in comments, which others drop."""
DEFAULTS: Mapping[str, Any] = {
    "version": "R2010",
    "layers": "aia",
    "plain_tags": True,
    "schedules": False,
    "paper": "none",
    "grid": False,
    "plot_style": "",
    **SHEET_DEFAULTS,
}


def dxf_bytes(
    layout: Layout, report: Report | None = None, options: Mapping[str, Any] | None = None
) -> bytes:
    """The bytes of a DXF file, re-read, audited and linted.

    Args:
        layout: what is drawn.
        report: findings, shown on a layer of their own.
        options: ``version`` (one of VERSIONS), ``layers`` (a layer standard or a YAML file), ``plain_tags``
            (room tags as texts that every program shows; otherwise as attributes), ``paper`` (A4 to A0 for
            sheets in paper space; none, because LibreCAD draws them into the plan), ``scale``, ``schedules``
            (beside the plan when there is no paper), ``grid``, ``plot_style`` (name of the office's .ctb or
            .stb file, which sheets then use), ``template`` and ``template_block`` (DXF with the office's own
            title block), ``revisions`` (``A|2026-11-01|First issue; B|…``), and what else stands in the title
            block.

    Raises:
        ExportError: the finished file failed its audit; that is a fault of layoutgan.
    """
    from cad_plugin.draw import draw, draw_sheets
    from cad_plugin.dxf_document import document_of, fixed_metadata, saved
    from cad_plugin.layers import layers_of
    from cad_plugin.tables import tabled

    said = chosen("dxf", DEFAULTS, options or {}, version=VERSIONS, paper=("none", *PAPERS))
    layers = layers_of(said["layers"])
    if said["paper"] == "none":
        drawing = draw(
            layout, report, plain_tags=said["plain_tags"], scale=said["scale"], schedules=said["schedules"],
            grid=said["grid"],
        )
        drawing = tabled(drawing)
    elif said["version"] == "R12":
        raise InputError("option paper of the dxf exporter needs version R2000 or later: R12 has no sheets")
    else:
        drawing = draw_sheets(
            layout,
            report,
            paper=said["paper"],
            titles=titles_from(said),
            scale=said["scale"],
            plain_tags=said["plain_tags"],
            grid=said["grid"],
        )
    with fixed_metadata(), uncollected():
        data = saved(document_of(drawing, layers, said["version"], said["plot_style"]), drawing.document)
        audited(data)
    return data


@contextmanager
def uncollected() -> Iterator[None]:
    """Without collecting garbage: tens of thousands of small things are made, and none of them in circles.

    Each collection would also look through everything that torch and numba have loaded: a fifth of the time.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def linted(data: bytes) -> None:
    """Looks through the bytes and complains about every fault.

    Raises:
        ExportError: there is one.
    """
    from cad_plugin.lint import lint

    _complain([str(issue) for issue in lint(data)])


def audited(data: bytes) -> None:
    """Lints the bytes, reads them again with ezdxf, and complains about every fault.

    Raises:
        ExportError: there is one.
    """
    import io

    from ezdxf.filemanagement import read
    from ezdxf.lldxf.const import DXFError

    from cad_plugin.lint import encoding_of

    linted(data)
    try:
        auditor = read(io.StringIO(data.decode(encoding_of(data)))).audit()
    except DXFError as error:
        _complain([str(error)])
    else:
        _complain([entry.message for entry in (*auditor.errors, *auditor.fixes)])


def _complain(faults: Sequence[str]) -> None:
    """Raises an error when there are any."""
    if faults:
        raise ExportError(
            f"the DXF file would be faulty and was not written: {faults[0]}"
            + (f" (and {len(faults) - 1} more)" if len(faults) > 1 else "")
            + "; please report this"
        )


class DxfExporter:
    """Layouts as DXF drawings."""

    name = "dxf"
    suffixes = (".dxf",)
    api_version = API_VERSION
    capabilities = frozenset({"2d", "read", "sheet"})

    def available(self) -> tuple[bool, str]:
        """Whether ezdxf is installed; it comes with layoutgan."""
        from importlib.util import find_spec

        return (True, "") if find_spec("ezdxf") else (False, "pip install ezdxf")

    def write(
        self, layout: Layout, path: Path, options: Mapping[str, Any], report: Report | None = None
    ) -> None:
        """Writes the drawing; options as in ``dxf_bytes``."""
        write_whole(path, dxf_bytes(layout, report, options))

    def read(self, path: Path) -> Layout:
        """The layout in the file.

        Raises:
            InputError: the file is not DXF, or holds no layout of ours.
        """
        from cad_plugin.dxf_read import layout_in

        return layout_in(path)

    def areas(self, path: Path, options: Mapping[str, Any], *, whole: bool) -> list[Any]:
        """Closed areas of a drawing as points for a brief: all inside the walls, or each closed line.

        Args:
            path: of the drawing.
            options: ``layer``, ``units``, ``scale``, ``gap``.
            whole: one outline, the inner face of the outer walls.

        Raises:
            InputError: the file is not DXF, or nothing is closed in it.
        """
        from cad_plugin.reading.outline import areas_for_brief

        return areas_for_brief(path, options, whole=whole)
