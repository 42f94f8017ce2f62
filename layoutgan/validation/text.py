"""A report as lines for a terminal: each line in pieces, each piece with a style."""

from __future__ import annotations

from typing import NamedTuple

from layoutgan.validation.report import Report
from layoutgan.validation.rule import Finding, Severity

__all__ = ["Piece", "lines", "plain"]

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


class Piece(NamedTuple):
    """Text in one style."""

    text: str
    style: str = ""
    """Words that rich understands, such as ``bold red``; empty for plain text."""


def lines(report: Report, *, verbose: bool = False) -> list[list[Piece]]:
    """The report, worst first.

    Args:
        report: what is shown.
        verbose: also say what was waived and what each rule judged.
    """
    shown: list[list[Piece]] = []
    for finding in report.worst_first:
        shown += _finding(finding)
    if verbose:
        shown += [[Piece(f"waived  {w.finding.rule} {w.finding.message} ", "dim"),
                   Piece(f"({w.reason}; {w.person}, until {w.expires})", "dim")] for w in report.waived]
        shown += [[Piece(f"{t.rule} {t.name}: ", "dim"),
                   Piece("skipped" if t.skipped else f"{t.judged} judged, {t.failed} failed", "dim"),
                   Piece("" if t.verified else "; unverified source", "dim")] for t in report.tallies]
    shown += [[Piece(f"note: {note}", "dim")] for note in report.notes]
    colour = "green" if report.clean and not report.warnings else "yellow" if report.clean else "bold red"
    shown.append([Piece(report.summary(), colour)])
    shown.append([Piece(report.verdict())])
    return shown


def _finding(finding: Finding) -> list[list[Piece]]:
    first = [Piece(f"{finding.severity:<8}", STYLES[finding.severity]), Piece(f"{finding.rule} ", "bold"),
             Piece(finding.message)]
    if finding.elements:
        first.append(Piece(f"  [{', '.join(finding.elements)}]", "dim"))
    more = []
    if finding.remedy:
        more.append([Piece(" " * 8), Piece(f"→ {finding.remedy}", "green")])
    if finding.source and finding.source != "definition":
        more.append([Piece(" " * 8), Piece(finding.source, "dim")])
    return [first, *more]


def plain(report: Report, *, verbose: bool = False) -> str:
    """The report as plain text."""
    shown = lines(report, verbose=verbose)
    return "\n".join("".join(piece.text for piece in line).rstrip() for line in shown)
