"""DWG, through a converter that the user has installed: nothing is bundled, nothing promised beyond DXF.

Two are known: the ODA File Converter, and LibreDWG's ``dxf2dwg`` and ``dwg2dxf``. Either is found on the PATH
when it is needed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cad_plugin.exporter import API_VERSION
from layoutgan.core.layout import Layout
from layoutgan.core.schema import write_whole
from layoutgan.errors import ExportError, InputError
from layoutgan.validation.report import Report

__all__ = ["DwgExporter", "converter"]

ODA = ("ODAFileConverter", "ODAFileConverter.exe", "odafileconverter")
LONGEST = 120
"""Seconds that a converter may take; some wait for somebody to close a window."""
ADVICE = (
    "no DWG converter was found on the PATH; install the ODA File Converter (free of charge) or LibreDWG, "
    "or export dxf, which every CAD program opens"
)


def converter(*, reading: bool = False) -> tuple[str, str]:
    """The kind (``oda`` or ``libredwg``) and path of a converter; two empty texts without one."""
    for name in ODA:
        found = shutil.which(name)
        if found:
            return "oda", found
    found = shutil.which("dwg2dxf" if reading else "dxf2dwg")
    return ("libredwg", found) if found else ("", "")


def _line(kind: str, program: str, source: Path, target: Path) -> list[str]:
    """The command line that converts one file into another; the suffix of the target says into what."""
    if kind == "oda":
        # In folder, out folder, version, format, no recursion, audit, filter.
        form = target.suffix[1:].upper()
        return [program, str(source.parent), str(target.parent), "ACAD2010", form, "0", "1", source.name]
    version = ["--as", "r2000"] if target.suffix == ".dwg" else []
    return [program, "-y", *version, "-o", str(target), str(source)]


def _converted(kind: str, program: str, data: bytes, suffixes: tuple[str, str]) -> bytes:
    """A file in the other format.

    Raises:
        ExportError: the converter failed.
    """
    with tempfile.TemporaryDirectory(prefix="layoutgan-") as folder:
        source, target = (
            Path(folder, "in", f"drawing{suffixes[0]}"),
            Path(folder, "out", f"drawing{suffixes[1]}"),
        )
        source.parent.mkdir()
        target.parent.mkdir()
        source.write_bytes(data)
        environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
        try:
            done = subprocess.run(
                _line(kind, program, source, target),
                capture_output=True,
                check=False,
                timeout=LONGEST,
                env=environment,
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ExportError(
                f"the converter {program} did not work: {type(error).__name__}: {error}"
            ) from error
        if not target.is_file() or not target.stat().st_size:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise ExportError(
                f"the converter {program} wrote nothing"
                + (f": {said[-1][:200]}" if said else "")
                + "; export dxf instead"
            )
        return target.read_bytes()


class DwgExporter:
    """Layouts as DWG drawings."""

    name = "dwg"
    suffixes = (".dwg",)
    api_version = API_VERSION
    capabilities = frozenset({"2d", "read", "sheet"})

    def available(self) -> tuple[bool, str]:
        """Whether a converter is on the PATH."""
        return (True, "") if converter()[1] else (False, ADVICE)

    def write(
        self, layout: Layout, path: Path, options: Mapping[str, Any], report: Report | None = None
    ) -> None:
        """Writes the drawing; options are those of the dxf exporter.

        Raises:
            ExportError: there is no converter, or it failed.
        """
        from cad_plugin.dxf import dxf_bytes

        kind, program = converter()
        if not program:
            raise ExportError(f"{path}: {ADVICE}")
        write_whole(path, _converted(kind, program, dxf_bytes(layout, report, options), (".dxf", ".dwg")))

    def read(self, path: Path) -> Layout:
        """The layout in the file, read as the DXF that the converter makes of it.

        Raises:
            InputError: there is no converter, it failed, or the drawing holds no layout.
        """
        from cad_plugin.dxf_read import layout_in

        kind, program = converter(reading=True)
        if not program:
            raise InputError(ADVICE, file=str(path))
        try:
            data = _converted(kind, program, path.read_bytes(), (".dwg", ".dxf"))
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", file=str(path)) from error
        except ExportError as error:
            raise InputError(str(error), file=str(path)) from error
        with tempfile.TemporaryDirectory(prefix="layoutgan-") as folder:
            copy = Path(folder, path.with_suffix(".dxf").name)
            copy.write_bytes(data)
            return layout_in(copy)
