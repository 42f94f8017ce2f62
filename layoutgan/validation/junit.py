"""Reports as JUnit XML, which every CI server shows: one suite per layout, one case per rule."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from layoutgan.validation.report import Report, Tally
from layoutgan.validation.rule import Finding, Severity

__all__ = ["junit"]


def junit(reports: Sequence[tuple[str, Report]], *, fail_on: Severity = Severity.ERROR) -> str:
    """Reports of several files as one JUnit document.

    Args:
        reports: name of the file and its report.
        fail_on: the mildest severity that counts as a failure; milder findings stand in the case's output.
    """
    suites = [_suite(file, report, fail_on) for file, report in reports]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="layoutgan">', *suites,
                      "</testsuites>"]) + "\n"


def _suite(file: str, report: Report, fail_on: Severity) -> str:
    order = list(Severity)
    counted = [f for f in report.findings if order.index(f.severity) <= order.index(fail_on)]
    broken = {f.rule for f in counted}
    skipped = sum(t.skipped for t in report.tallies)
    head = (f"  <testsuite name={_quoted(report.layout)} file={_quoted(file)} "
            f'tests="{len(report.tallies)}" failures="{len(broken)}" errors="0" skipped="{skipped}">')
    return "\n".join([head, *(_case(tally, report, counted) for tally in report.tallies), "  </testsuite>"])


def _case(tally: Tally, report: Report, counted: list[Finding]) -> str:
    lines = [f"    <testcase name={_quoted(f'{tally.rule} {tally.name}')} "
             f"classname={_quoted('.'.join(tally.packs) or 'rules')}>"]
    if tally.skipped:
        lines.append('      <skipped message="met nothing to judge"/>')
    milder = []
    for finding in report.findings:
        if finding.rule != tally.rule:
            continue
        said = finding.message + (f" {finding.remedy}" if finding.remedy else "")
        if finding in counted:
            lines.append(f'      <failure type="{finding.severity}" message={_quoted(said)}>'
                         f"{_plain(', '.join(finding.elements))}</failure>")
        else:
            milder.append(f"{finding.severity}: {said}")
    milder += [f"waived until {w.expires}: {w.finding.message} ({w.reason}, {w.person})"
               for w in report.waived if w.finding.rule == tally.rule]
    if milder:
        lines.append("      <system-out>" + _plain("\n".join(milder)) + "</system-out>")
    return "\n".join([*lines, "    </testcase>"])


def _allowed(text: str) -> str:
    """The text without characters that XML 1.0 has no way to write."""
    return "".join(c if c in "\t\n" or 0x20 <= ord(c) < 0xD800 or 0xE000 <= ord(c) < 0xFFFE or ord(c) > 0xFFFF
                   else "\N{REPLACEMENT CHARACTER}" for c in text)


def _plain(text: str) -> str:
    return escape(_allowed(text))


def _quoted(text: str) -> str:
    return quoteattr(_allowed(text))
