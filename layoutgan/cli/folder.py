"""The folder that ``generate`` writes: drawings and a gallery, all of them or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from layoutgan.cli.drawers import Drawers, Job
from layoutgan.errors import ExportError, InputError

if TYPE_CHECKING:
    from cad_plugin.exporter import Exporter
    from layoutgan.core.brief import Brief
    from layoutgan.generation.generate import Generated

__all__ = ["exporters_of", "stem", "write_folder"]


def exporters_of(formats: str) -> list[Exporter]:
    """The exporters of a comma-separated list of formats, each usable here.

    Raises:
        InputError: the list is empty.
        UnknownName: there is no such format.
        ExportError: a format cannot be written here; says what to install.
    """
    from cad_plugin.exporter import exporter_for

    names = list(dict.fromkeys(name.strip().lower() for name in formats.split(",") if name.strip()))
    if not names:
        raise InputError("name at least one format, such as dxf", place="--formats")
    found = [exporter_for(name) for name in names]
    for exporter in found:
        usable, reason = exporter.available()
        if not usable:
            raise ExportError(f"the format '{exporter.name}' cannot be written here: {reason}")
    return found


def stem(index: int, count: int) -> str:
    """Name of the files of a layout, counted from 1, with leading zeros so that they sort."""
    return f"{index + 1:0{max(2, len(str(count)))}d}"


def write_folder(folder: Path, brief: Brief, made: Generated, exporters: Sequence[Exporter], *,
                 facts: Mapping[str, str], hands: Drawers) -> list[Path]:
    """Writes the files of all layouts and ``report.html``; other files in the folder stay as they are.

    Everything is written beside the folder first, so that a failure leaves nothing behind.

    Args:
        folder: for the files; made when it is not there.
        brief: that the layouts answer.
        made: the layouts.
        exporters: one file of each for every layout.
        facts: what the gallery says about how they were made.
        hands: who draws.

    Raises:
        InputError: the folder cannot be written.
        ExportError: a layout cannot be written in a format.
    """
    try:
        nearest = next(p for p in (folder, *folder.absolute().parents) if p.exists())
        beside = Path(tempfile.mkdtemp(prefix=".layoutgan-", dir=nearest))
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        names = _write_all(beside, brief, made, exporters, facts, hands)
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(beside / name, folder / name)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return [folder / name for name in names]


def _unwritable(folder: Path, error: OSError) -> InputError:
    return InputError(f"cannot be written: {error.strerror}; choose another folder", file=str(folder))


def _write_all(beside: Path, brief: Brief, made: Generated, exporters: Sequence[Exporter],
               facts: Mapping[str, str], hands: Drawers) -> list[str]:
    from layoutgan.core.schema import write_text
    from layoutgan.validation.html import Gallery, gallery_page

    count = len(made.layouts)
    jobs = [Job(layout, report, beside, tuple((e.name, stem(i, count) + e.suffixes[0]) for e in exporters),
                stem(i, count))
            for i, (layout, report) in enumerate(zip(made.layouts, made.reports, strict=True))]
    gallery = Gallery(brief.name, tuple(hands.draw(jobs)), made.explanation, facts)
    write_text(beside / "report.html", gallery_page(gallery))
    return sorted(str(p.relative_to(beside)) for p in beside.rglob("*") if p.is_file())
