"""Reports as HTML pages that need nothing beside them: one layout, or the candidates of a brief side by side.

Everything that came from an input is escaped by the templates; only the drawings, which our own writers
escape, go in as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from layoutgan.core.layout import Layout
from layoutgan.validation.report import Report

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["Area", "Candidate", "Gallery", "gallery_page", "report_page"]


@dataclass(frozen=True)
class Area:
    """One line of the area table."""

    id: str
    name: str
    kind: str
    area: float
    """As drawn [m²]."""
    least: float | None = None
    """Asked by the brief [m²]."""
    most: float | None = None

    @property
    def state(self) -> str:
        """``low``, ``high``, ``met`` or, when nothing was asked, ``free``; 0.005 m² is forgiven."""
        if self.least is not None and self.area < self.least - 0.005:
            return "low"
        if self.most is not None and self.area > self.most + 0.005:
            return "high"
        return "free" if self.least is None and self.most is None else "met"


@dataclass(frozen=True)
class Candidate:
    """One layout with everything a page shows of it."""

    layout: Layout
    report: Report
    svg: str = ""
    """The drawing, as one ``<svg>`` element made by our own writer."""
    areas: tuple[Area, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """Word and file name of each download."""
    crop: str = ""
    """The ``viewBox`` of the plan alone, for small pictures."""

    @property
    def thumbnail(self) -> str:
        """The drawing cut to the plan; it remembers the whole for whoever enlarges it."""
        if not self.crop:
            return self.svg
        return re.sub(r'viewBox="([^"]*)"', rf'viewBox="{self.crop}" data-whole="\1"', self.svg, count=1)

    @property
    def total(self) -> float:
        """Sum of the areas [m²]."""
        return sum(a.area for a in self.areas)


@dataclass(frozen=True)
class Gallery:
    """Candidates of one brief, best first."""

    title: str
    candidates: tuple[Candidate, ...]
    explanation: tuple[str, ...] = ()
    """Demands of the brief that cannot hold together."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What the page says about how they were made."""

    def rows(self) -> list[tuple[Area, list[Area | None]]]:
        """The area table: each space, and its area in every candidate."""
        names: dict[str, Area] = {}
        for candidate in self.candidates:
            for area in candidate.areas:
                names.setdefault(area.id, area)
        tables = [{a.id: a for a in candidate.areas} for candidate in self.candidates]
        return [(area, [table.get(name) for table in tables]) for name, area in names.items()]

    def scores(self) -> list[tuple[str, list[float | None]]]:
        """The score table: each score, and its value in every candidate."""
        names = list(dict.fromkeys(name for c in self.candidates for name in c.layout.scores))
        return [(name, [c.layout.scores.get(name) for c in self.candidates]) for name in names]


def report_page(candidate: Candidate) -> str:
    """The HTML page of one layout: its drawing, and findings that light up in it."""
    return _environment().get_template("report.html.j2").render(
        one=candidate, packs=_packs((candidate,)), lang="en")


def gallery_page(gallery: Gallery) -> str:
    """The HTML page that shows candidates side by side."""
    return _environment().get_template("gallery.html.j2").render(
        gallery=gallery, packs=_packs(gallery.candidates), lang="en")


def _packs(candidates: Sequence[Candidate]) -> dict[str, str]:
    """The packs of each rule, as one text for filters."""
    return {tally.rule: " ".join(tally.packs) for c in candidates for tally in c.report.tallies}


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(  # autoescape by hand: the rule by suffix misses .html.j2
        loader=PackageLoader("layoutgan.validation", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True)
    made.filters["figure"] = lambda value, digits=1: "–" if value is None else f"{value:.{digits}f}"
    made.filters["drawing"] = lambda svg: Markup(svg)  # our own writer escaped it
    return made
