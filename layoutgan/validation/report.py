"""What checking a layout gave: findings, and per rule how much was judged."""

from __future__ import annotations

from collections import Counter

from layoutgan.core.schema import Document
from layoutgan.validation.rule import Finding, Severity

__all__ = ["Report", "Tally"]


class Tally(Document):
    """How often one rule judged, and with what outcome."""

    rule: str
    name: str
    severity: Severity
    source: str
    judged: int
    passed: int
    failed: int
    skipped: bool
    """It met nothing to judge: neither passed nor failed."""


class Report(Document):
    """Findings of one layout, and a tally for every rule that was asked."""

    layoutgan: int = 1
    layout: str
    """Name of the layout."""
    packs: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    tallies: tuple[Tally, ...] = ()

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

    def by_rule(self) -> Counter[str]:
        """Findings by rule code."""
        return Counter(f.rule for f in self.findings)

    def summary(self) -> str:
        """One line: errors, warnings, and how many rules judged."""
        judged = sum(not t.skipped for t in self.tallies)
        skipped = len(self.tallies) - judged
        return (f"{self.layout}: {self.errors} errors, {self.warnings} warnings; "
                f"{judged} rules judged {sum(t.judged for t in self.tallies)} items, {skipped} skipped")

    def text(self) -> str:
        """The report as plain text, worst first."""
        order = list(Severity)
        worst_first = sorted(self.findings, key=lambda f: (order.index(f.severity), f.rule, f.elements))
        lines = (f"  {f.severity:<7} {f.rule} {f.name}: {f.message}" + (f" {f.remedy}" if f.remedy else "")
                 for f in worst_first)
        return "\n".join((self.summary(), *lines))
