"""What checking a layout gave: findings, and per rule how much was judged."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Literal

from pydantic import Field

from layoutgan.core.schema import Document
from layoutgan.validation.rule import Finding, Severity

__all__ = ["Report", "Tally", "Waived"]


class Tally(Document):
    """How often one rule judged, and with what outcome."""

    rule: str
    """Code of the rule."""
    name: str
    """Reads after "allow"."""
    title: str = ""
    """First line of its manual page."""
    severity: Severity
    source: str
    verified: bool = True
    """Somebody of us read the limit in the source itself; without that no layout is said to comply."""
    packs: tuple[str, ...] = ()
    """Rule packs that it belongs to, of those that were asked."""
    limits: dict[str, float] = Field(default_factory=dict)
    """Limits that it judged by."""
    judged: int
    passed: int
    failed: int
    skipped: bool
    """It met nothing to judge: neither passed nor failed."""


class Waived(Document):
    """A finding that somebody accepted."""

    finding: Finding
    reason: str
    person: str
    expires: datetime.date


class Report(Document):
    """Findings of one layout, and a tally for every rule that was asked."""

    layoutgan: Literal[1] = 1
    layout: str
    """Name of the layout."""
    packs: tuple[str, ...] = ()
    """Rule packs that judged."""
    findings: tuple[Finding, ...] = ()
    """What the rules do not allow, without what was waived or known."""
    tallies: tuple[Tally, ...] = ()
    """One per rule, in the order of their codes."""
    waived: tuple[Waived, ...] = ()
    """Findings that somebody accepted; not counted as errors or warnings."""
    known: int = 0
    """Findings left out because the baseline has them."""
    notes: tuple[str, ...] = ()
    """Sentences for the reader, such as waivers that have expired."""

    def count(self, severity: Severity) -> int:
        """Findings of that severity."""
        return sum(f.severity is severity for f in self.findings)

    @property
    def errors(self) -> int:
        """Findings of severity error."""
        return self.count(Severity.ERROR)

    @property
    def warnings(self) -> int:
        """Findings of severity warning."""
        return self.count(Severity.WARNING)

    @property
    def clean(self) -> bool:
        """No finding of severity error."""
        return self.errors == 0

    @property
    def worst_first(self) -> tuple[Finding, ...]:
        """The findings, errors before warnings, then by rule."""
        order = list(Severity)
        return tuple(sorted(self.findings, key=lambda f: (order.index(f.severity), f.rule, f.elements)))

    def by_rule(self) -> Counter[str]:
        """Findings by rule code."""
        return Counter(f.rule for f in self.findings)

    def summary(self) -> str:
        """One line: errors, warnings, what was waived or known, and how many rules judged."""
        judged = [t for t in self.tallies if not t.skipped]
        parts = [_counted(self.errors, "error"), _counted(self.warnings, "warning")]
        if info := self.count(Severity.INFO):
            parts.append(_counted(info, "remark"))
        if self.waived:
            parts.append(f"{len(self.waived)} waived")
        if self.known:
            parts.append(f"{self.known} known from the baseline")
        items = sum(t.judged for t in judged)
        return (f"{self.layout}: {', '.join(parts)}; {_counted(len(judged), 'rule')} judged "
                f"{_counted(items, 'item')}, {len(self.tallies) - len(judged)} skipped")

    def verdict(self) -> str:
        """What may be said about the layout, in one sentence.

        The word "complies" is kept for reports in which every rule that judged has a verified source.
        """
        broken = len({f.rule for f in self.findings if f.severity is not Severity.INFO})
        judged = [t for t in self.tallies if not t.skipped]
        if broken:
            return f"Breaks {_counted(broken, 'rule')} of {len(judged)}."
        if not judged:
            return "Nothing was judged."
        if self.waived or self.known:
            return f"Nothing new found; {len(self.waived)} waived and {self.known} known findings remain."
        unread = sum(not t.verified for t in judged)
        if unread:
            return f"Nothing found; {_counted(unread, 'rule')} of {len(judged)} rest on an unverified source."
        return f"Complies with the {_counted(len(judged), 'rule')} that judged it."

    def text(self) -> str:
        """The report as plain text, worst first."""
        lines = (f"  {f.severity:<7} {f.rule} {f.name}: {f.message}" + (f" {f.remedy}" if f.remedy else "")
                 for f in self.worst_first)
        return "\n".join((self.summary(), *lines))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
