"""What commands say: results to stdout, progress and remarks to stderr, each kind in one place."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Protocol

__all__ = [
    "FormatOption", "Progress", "ReportFormat", "ResultFormat", "columns", "one_line", "progress", "remark",
    "result", "target",
]

LONGEST_LINE = 700


class ResultFormat(StrEnum):
    """How a list or a page is printed."""

    text = "text"
    json = "json"


class FormatOption(StrEnum):
    """How a report is printed."""

    text = "text"
    json = "json"
    sarif = "sarif"


class ReportFormat(StrEnum):
    """How the report of one layout is printed."""

    text = "text"
    json = "json"
    sarif = "sarif"
    junit = "junit"


class Progress(Protocol):
    """What shows how far a long job is."""

    def __call__(self, done: int, total: int) -> None:
        """Shows that ``done`` of ``total`` are finished."""


def result(text: str) -> None:
    """Writes a result to stdout, with one line break at its end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()


def remark(text: str) -> None:
    """Writes one line to stderr."""
    sys.stderr.write(one_line(text) + "\n")
    sys.stderr.flush()


def one_line(text: str) -> str:
    """The text on one line, without control characters that could steer a terminal, and not endless."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    plain = " ".join(plain.split())
    return plain if len(plain) <= LONGEST_LINE else plain[: LONGEST_LINE - 1] + "…"


def columns(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows as aligned columns."""
    table = [tuple(row) for row in rows]
    if not table:
        return "none"
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]) - 1)]
    padded = ([*map(str.ljust, row[:-1], widths), row[-1]] for row in table)
    return "\n".join("  ".join(row).rstrip() for row in padded)


def target(path: Path | None, text: str) -> None:
    """Writes text to a file, whole or not at all, or to stdout when there is none."""
    if path is None:
        result(text)
        return
    from layoutgan.core.schema import write_text

    write_text(path, text)
    remark(f"wrote {path}")


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """A bar on a terminal, else a plain line on stderr at every tenth of the way."""
    if not sys.stderr.isatty():
        yield _lines(what)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True, markup=False, emoji=False)
    plain = TextColumn("{task.description}", markup=False)
    with Bar(plain, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console,
             transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(what: str) -> Progress:
    said = -1

    def show(done: int, total: int) -> None:
        nonlocal said
        tenth = 10 * done // max(total, 1)
        if tenth > said:
            said = tenth
            remark(f"{what} {done}/{total}")

    return show
