"""Areas by room as a CSV file: the smallest useful exporter."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from layoutgan.core.layout import Layout
from layoutgan.core.schema import write_whole
from layoutgan.errors import ExportError, InputError
from layoutgan.validation.report import Report

__all__ = ["AreasExporter"]


class AreasExporter:
    """Element, kind and area, one row each."""

    name = "areas"
    suffixes = (".areas",)
    api_version = 1
    capabilities = frozenset({"2d"})

    def available(self) -> tuple[bool, str]:
        """Always: it needs the standard library only."""
        return True, ""

    def write(
        self, layout: Layout, path: Path, options: Mapping[str, Any], report: Report | None = None
    ) -> None:
        """Writes the table; option: ``delimiter``.

        Raises:
            ExportError: nothing in the layout has an area.
            InputError: there is no such option.
        """
        unknown = set(options) - {"delimiter"}
        if unknown:
            raise InputError(f"the areas exporter has no option {sorted(unknown)[0]}; it has delimiter")
        rows = [
            (e.id, e.kind, f"{e.shape.area:.3f}")
            for e in layout.elements
            if getattr(e.shape, "area", 0.0) > 0
        ]
        if not rows:
            raise ExportError("nothing in the layout has an area")
        text = io.StringIO()
        table = csv.writer(text, delimiter=str(options.get("delimiter", ",")), lineterminator="\n")
        table.writerows([("element", "kind", "area_m2"), *rows])
        write_whole(path, text.getvalue().encode("utf-8"))
