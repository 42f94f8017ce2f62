"""Reports to the terminal and to files, in the form that was asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from layoutgan.cli.terminal import ReportFormat, result
from layoutgan.errors import InputError
from layoutgan.validation.rule import Severity

if TYPE_CHECKING:
    from layoutgan.core.layout import Layout
    from layoutgan.validation.report import Report

__all__ = ["SUFFIXES", "exit_code", "form_of", "print_report", "rendered", "write_report"]

SUFFIXES = {".html": "html", ".json": "json", ".pdf": "pdf", ".sarif": "sarif", ".xml": "junit",
            ".txt": "text"}
"""Forms of report files by suffix."""


def exit_code(report: Report, fail_on: Severity) -> int:
    """1 when a finding is at least that severe, else 0."""
    order = list(Severity)
    return int(any(order.index(f.severity) <= order.index(fail_on) for f in report.findings))


def form_of(path: Path) -> str:
    """The form of a report file, by its suffix."""
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise InputError(f"reports are written as {', '.join(SUFFIXES)}; choose one of these", file=str(path))
    return form


def write_report(path: Path, layout: Layout, report: Report, *, file: str,
                 fail_on: Severity = Severity.ERROR) -> None:
    """Writes a report in the form that the suffix of the path says; the file appears whole or not at all."""
    from layoutgan.core.schema import write_text, write_whole

    form = form_of(path)
    if form == "pdf":
        from cad_plugin.report_pdf import report_pdf

        write_whole(path, report_pdf(layout, report))
    else:
        write_text(path, rendered(form, layout, report, file=file, fail_on=fail_on))


def rendered(form: str, layout: Layout, report: Report, *, file: str,
             fail_on: Severity = Severity.ERROR) -> str:
    """A report as text in one form.

    Args:
        form: text, json, sarif, junit or html.
        layout: what was judged.
        report: of it.
        file: name of the judged file, for forms that point to it.
        fail_on: the mildest severity that is a failure in JUnit.
    """
    if form == "json":
        from layoutgan.core.schema import dump_json

        return dump_json(report)
    if form == "sarif":
        return sarif_of([(file, report)])
    if form == "junit":
        from layoutgan.validation.junit import junit

        return junit([(file, report)], fail_on=fail_on)
    if form == "html":
        from layoutgan.cli.picture import candidate_of
        from layoutgan.validation.html import report_page

        return report_page(candidate_of(layout, report))
    from layoutgan.validation.text import plain

    return plain(report, verbose=True) + "\n"


def sarif_of(reports: Sequence[tuple[str, Report]]) -> str:
    """Reports of several files as SARIF, with the manual pages of their rules."""
    from layoutgan import __version__
    from layoutgan.validation.check import rules_of
    from layoutgan.validation.sarif import sarif

    packs = dict.fromkeys(name for _, report in reports for name in report.packs)
    return sarif(reports, rules_of(packs), version=__version__)


def print_report(form: ReportFormat, layout: Layout, report: Report, *, file: str, fail_on: Severity,
                 verbose: bool = False) -> None:
    """Prints a report to stdout; text is coloured on a terminal."""
    if form is not ReportFormat.text:
        result(rendered(form, layout, report, file=file, fail_on=fail_on))
    elif sys.stdout.isatty():
        _coloured(report, verbose=verbose)
    else:
        from layoutgan.validation.text import plain

        result(plain(report, verbose=verbose))


def _coloured(report: Report, *, verbose: bool) -> None:
    from rich.console import Console
    from rich.text import Text

    from layoutgan.validation.text import lines

    console = Console(markup=False, emoji=False, highlight=False, soft_wrap=True)
    for line in lines(report, verbose=verbose):
        console.print(Text.assemble(*((piece.text, piece.style) for piece in line)))
