"""Which findings mean that a plan does not answer its brief, as opposed to answering it badly."""

from __future__ import annotations

from layoutgan.validation.report import Report

__all__ = ["HARD", "broken", "satisfied"]

HARD: dict[str, str] = {
    "FP001": "tiling",
    "FP002": "tiling",
    "FP003": "tiling",
    "FP004": "tiling",
    "FP007": "obstacles",
    "FP010": "count",
    "FP011": "count",
    "FP012": "kinds",
    "FP013": "areas",
    "FP014": "widths",
    "FP015": "contacts",
    "FP016": "doors",
    "FP036": "doors",
    "FP017": "kept apart",
    "FP018": "fixed rooms",
    "FP019": "façade",
    "FP020": "entrance",
    "FP021": "entrance",
    "FP022": "entrance",
    "FP023": "reachability",
}
"""Codes of the rules that are hard constraints, and the sort of constraint that each one is."""


def broken(report: Report) -> tuple[str, ...]:
    """Codes of the hard constraints that the report finds broken, sorted."""
    return tuple(sorted({f.rule for f in report.findings} & HARD.keys()))


def satisfied(report: Report) -> bool:
    """Whether every hard constraint holds at once. The report must come from the ``general`` pack.

    Raises:
        ValueError: the report did not ask all hard rules, so it cannot say.
    """
    asked = {tally.rule for tally in report.tallies}
    if missing := sorted(HARD.keys() - asked):
        raise ValueError(f"the report did not ask {', '.join(missing)}; judge with the general pack")
    return not broken(report)
