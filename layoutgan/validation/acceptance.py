"""What is known or accepted already: waivers that people sign, and baselines of earlier reports."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from layoutgan.core.schema import Document
from layoutgan.validation.report import Report, Waived
from layoutgan.validation.rule import Finding, Severity

__all__ = ["Waiver", "WaiverFile", "against_baseline", "with_waivers"]


def _date(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"a date is written 2027-03-31, found {str(value)[:40]!r}") from None


Day = Annotated[datetime.date, BeforeValidator(_date)]


class Waiver(Document):
    """One finding, or all of a rule, that somebody accepts for a reason and for a time."""

    rule: str = Field(pattern=r"^[A-Z]{2}[0-9]{3}$")
    """Code of the rule."""
    elements: tuple[str, ...] = ()
    """Ids of the elements that the finding names; nothing means every finding of the rule."""
    reason: str = Field(min_length=3)
    person: str = Field(min_length=1)
    """Who answers for it."""
    expires: Day
    """Last day on which it holds."""


class WaiverFile(Document):
    """Waivers of a project."""

    layoutgan: Literal[1]
    """Version of the document; always 1."""
    waivers: tuple[Waiver, ...] = ()


def with_waivers(report: Report, waivers: Iterable[Waiver], today: datetime.date) -> Report:
    """The report with accepted findings counted apart; expired and idle waivers become notes.

    Args:
        report: what checking gave.
        waivers: what is accepted.
        today: waivers that end before it no longer hold.
    """
    remaining: list[Finding] = []
    waived: list[Waived] = []
    used: set[int] = set()
    offered = list(waivers)
    for finding in report.findings:
        fitting = [i for i, waiver in enumerate(offered) if _fits(waiver, finding)]
        used.update(fitting)
        holding = next((offered[i] for i in fitting if offered[i].expires >= today), None)
        if holding is None:
            remaining.append(finding)
        else:
            waived.append(Waived.model_construct(
                finding=finding, reason=holding.reason, person=holding.person, expires=holding.expires))
    notes = [f"the waiver of {w.rule} by {w.person} expired on {w.expires}" for i, w in enumerate(offered)
             if i in used and w.expires < today]
    notes += [f"the waiver of {w.rule} by {w.person} fits no finding" for i, w in enumerate(offered)
              if i not in used]
    return _changed(report, findings=tuple(remaining), waived=(*report.waived, *waived),
                    notes=(*report.notes, *notes))


def _fits(waiver: Waiver, finding: Finding) -> bool:
    named = not waiver.elements or set(waiver.elements) == set(finding.elements)
    return named and waiver.rule == finding.rule


def against_baseline(report: Report, old: Report) -> Report:
    """The report without findings that an earlier report has too.

    Two findings are the same when rule and elements are; a finding that got more severe is new.
    """
    order = list(Severity)
    known = Counter(_identity(f) for f in (*old.findings, *(w.finding for w in old.waived)))
    worst: dict[Any, int] = {}
    for finding in old.findings:
        place = order.index(finding.severity)
        worst[_identity(finding)] = min(worst.get(_identity(finding), place), place)
    fresh: list[Finding] = []
    for finding in report.findings:
        key = _identity(finding)
        if known[key] > 0 and order.index(finding.severity) >= worst.get(key, 0):
            known[key] -= 1
        else:
            fresh.append(finding)
    return _changed(report, findings=tuple(fresh), known=report.known + len(report.findings) - len(fresh))


def _identity(finding: Finding) -> tuple[str, tuple[str, ...]]:
    return finding.rule, tuple(sorted(finding.elements))


def _changed(report: Report, **changes: Any) -> Report:
    # Built without validation: everything in it has been validated, and shapes would be read again.
    return Report.model_construct(**{name: getattr(report, name) for name in Report.model_fields} | changes)
