"""All files of a plant beside its drawings, by name."""

from __future__ import annotations

import re

from layoutgan.core.layout import Layout
from layoutgan.domains.piping.deliverables.pcf import write_pcf
from layoutgan.domains.piping.deliverables.tables import csv_text, tables_of
from layoutgan.domains.piping.deliverables.takeoff import lines_of
from layoutgan.domains.piping.deliverables.xlsx import xlsx_bytes

__all__ = ["deliverables", "file_name"]


def deliverables(layout: Layout) -> dict[str, bytes]:
    """Contents by file name: ``pcf/LINE.pcf`` per line, lists as CSV, and all lists in one workbook."""
    lines = lines_of(layout)
    files: dict[str, bytes] = {}
    for line in lines:
        name = file_name(line.number)
        if f"pcf/{name}.pcf" in files:  # two numbers that differ only in what a file name cannot hold
            name = f"{name}_{len(files)}"
        files[f"pcf/{name}.pcf"] = write_pcf(line, project=layout.name).encode("ascii")
    tables = tables_of(layout, lines)
    files |= {f"{table.name}.csv": csv_text(table).encode("utf-8") for table in tables}
    files["lists.xlsx"] = xlsx_bytes(tables)
    return files


def file_name(number: str) -> str:
    """A line number as a file name: inch marks and whatever a file system refuses are left out."""
    plain = number.replace('"', "in").replace("/", "-")
    return re.sub(r"[^A-Za-z0-9._-]+", "_", plain).strip("._") or "line"
