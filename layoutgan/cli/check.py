"""``layoutgan check``: a layout judged by rules."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layoutgan.cli.read import Layers, Units, layout_of
from layoutgan.cli.terminal import ReportFormat, remark

if TYPE_CHECKING:
    from layoutgan.validation.report import Report

__all__ = ["FailOn", "check"]


class FailOn(StrEnum):
    """The mildest severity that makes the exit code 1."""

    error = "error"
    warning = "warning"


def check(
    file: Annotated[Path, typer.Argument(help="Layout: JSON of ours, or a drawing such as DXF.")],
    brief: Annotated[Path | None, typer.Option(help="Brief to answer; else the one inside.")] = None,
    pack: Annotated[list[str] | None, typer.Option(help="Rule pack; may be given several times.")] = None,
    rules: Annotated[Path | None, typer.Option(help="File of your office with packs and limits.")] = None,
    assign: Annotated[list[str] | None, typer.Option("--set", help="A limit: FP009.factor=1.1.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="Earlier JSON report; show only what is new.")] = None,
    waivers: Annotated[Path | None, typer.Option(help="File of accepted findings.")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="Exit with 1 from this severity on.")] = FailOn.error,
    form: Annotated[ReportFormat, typer.Option("--format", help="How to print it.")] = ReportFormat.text,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Also .html .pdf .json .sarif .xml .txt")] = None,
    layers: Layers = None,
    units: Units = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Also what each rule judged.")] = False,
) -> int:
    """Judge a layout by rules.

    Prints the report; exit 1 when there is a finding of severity error (see --fail-on).
    """
    from layoutgan.cli.judging import judge, settings_of
    from layoutgan.cli.reporting import exit_code, form_of, print_report, write_report
    from layoutgan.domains.domain import read_brief
    from layoutgan.validation.rule import Severity

    if output:
        form_of(output)  # a suffix that nobody knows is said before the work, not after
    settings = settings_of(pack or (), rules, assign or ())
    layout = layout_of(file, layers, units)
    report = judge(layout, read_brief(brief) if brief else None, settings, file=str(brief or file))
    report = _accepted(report, waivers, baseline)
    severity = Severity(fail_on)
    if output:
        write_report(output, layout, report, file=str(file), fail_on=severity)
        remark(f"wrote {output}")
    print_report(form, layout, report, file=str(file), fail_on=severity, verbose=verbose)
    return exit_code(report, severity)


def _accepted(report: Report, waivers: Path | None, baseline: Path | None) -> Report:
    """The report without what somebody signed for, and without what an earlier report has."""
    from layoutgan.core.schema import read_tree, validate
    from layoutgan.validation.acceptance import WaiverFile, against_baseline, with_waivers
    from layoutgan.validation.report import Report as ReportDocument

    if waivers is not None:
        import datetime

        tree, node = read_tree(waivers)
        signed = validate(WaiverFile, tree, file=str(waivers), node=node)
        report = with_waivers(report, signed.waivers, datetime.date.today())
    if baseline is not None:
        tree, node = read_tree(baseline)
        report = against_baseline(report, validate(ReportDocument, tree, file=str(baseline), node=node))
    return report
