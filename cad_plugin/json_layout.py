"""JSON: the layout document itself, our own format; nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cad_plugin.exporter import API_VERSION
from cad_plugin.options import chosen
from layoutgan.core.layout import Layout
from layoutgan.core.schema import dump_json, write_text
from layoutgan.domains.domain import read_layout
from layoutgan.validation.report import Report

__all__ = ["JsonExporter"]


class JsonExporter:
    """Layouts as JSON documents."""

    name = "json"
    suffixes = (".json", ".lgjson")
    api_version = API_VERSION
    capabilities = frozenset({"read"})

    def available(self) -> tuple[bool, str]:
        """Always."""
        return True, ""

    def write(
        self, layout: Layout, path: Path, options: Mapping[str, Any], report: Report | None = None
    ) -> None:
        """Writes the document, without options; the report is another document and is not part of it."""
        chosen("json", {}, options)
        write_text(path, dump_json(layout))

    def read(self, path: Path) -> Layout:
        """The layout in the file.

        Raises:
            InputError: the file is not a layout.
        """
        return read_layout(path)
