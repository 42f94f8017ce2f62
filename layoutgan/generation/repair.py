"""A layout mended: solved again from where it is, with the limits that it breaks as hard demands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from layoutgan.core.brief import Brief
from layoutgan.core.layout import Layout
from layoutgan.core.schema import dump, validate
from layoutgan.domains.domain import Domain, Effort, Proposal, domain_of
from layoutgan.errors import InputError
from layoutgan.validation.report import Report

__all__ = ["Change", "Repaired", "repair", "tightened"]

ATTEMPTS = 8
"""Seeds that are tried; the result with the fewest findings and then the least change is kept [-]."""


@dataclass(frozen=True)
class Change:
    """How one element differs from before."""

    element: str
    moved: float
    """Distance between the centres [m]."""
    before: float
    """Area [m²]."""
    after: float


@dataclass(frozen=True)
class Repaired:
    """A mended layout beside what it was."""

    layout: Layout
    before: Report
    after: Report
    changes: tuple[Change, ...] = ()

    @property
    def better(self) -> bool:
        """Fewer errors, or as many and fewer warnings."""
        return (self.after.errors, self.after.warnings) < (self.before.errors, self.before.warnings)


def repair(
    layout: Layout,
    judge: Callable[[Layout], Report],
    *,
    brief: Brief | None = None,
    seed: int = 0,
    until_clean: bool = False,
) -> Repaired:
    """The layout mended, or as it was when nothing better was found.

    Args:
        layout: what is mended.
        judge: gives the report of a layout.
        brief: what it should answer; by default the brief inside the layout, else one derived from it.
        seed: the same seed gives the same result.
        until_clean: the first result without errors is enough, however many warnings it has.

    Raises:
        InputError: the layout has nothing that could be placed anew.
    """
    domain = domain_of(layout.domain)
    before = judge(layout)
    if before.clean and not before.warnings:
        return Repaired(layout, before, before)
    asked = tightened(brief or layout.brief or domain.answered(layout), before)
    proposal = _where_it_is(layout, asked, domain)
    best = Repaired(layout, before, before)
    for attempt in range(ATTEMPTS):
        found = domain.realise(asked, proposal, seed * ATTEMPTS + attempt, Effort(quality=True)).layout
        named = found.replaced(name=layout.name, provenance=layout.provenance, brief=brief or layout.brief)
        tried = Repaired(named, before, judge(named), _changes(layout, named))
        if _rank(tried) < _rank(best):
            best = tried
        if best.after.clean and (until_clean or not best.after.warnings):
            break
    return best


def tightened(brief: Brief, report: Report) -> Brief:
    """The brief with limits that spaces fall short of as its own demands: least widths and least areas.

    Limits that a brief has no word for (door widths, distances, daylight) are left to the exact step's own
    care; the report afterwards tells whether they are met.
    """
    tree = dump(brief)
    spaces = {space["id"]: space for space in tree.get("spaces", ())}
    for finding in report.findings:
        if finding.measured is None or finding.limit is None or not 0 <= finding.measured < finding.limit:
            continue
        for space in (spaces[name] for name in finding.elements if name in spaces):
            if finding.unit == "m":
                space["min_width"] = max(space.get("min_width", 0.0), finding.limit)
            elif finding.unit == "m²":
                least, most = space.get("area", (0.0, 0.0))
                least = max(least, finding.limit)
                space["area"] = (least, max(most, 1.2 * least))
    try:
        return validate(type(brief), tree)
    except InputError:
        return brief  # a limit that no brief may ask for, such as a width of 60 m


def _rank(one: Repaired) -> tuple[int, int, float]:
    return one.after.errors, one.after.warnings, sum(change.moved for change in one.changes)


def _where_it_is(layout: Layout, brief: Brief, domain: Domain) -> Proposal:
    """The layout's own places as a proposal."""
    nodes = brief.programme().nodes
    shapes = {element.id: element.shape for element in layout.elements}
    facing = {element.id: int(getattr(element, "turn", 0)) % 4 for element in layout.elements}
    here = [shapes[node.id] for node in nodes if node.id in shapes]
    if not here:
        raise InputError(
            "none of the brief's ids is in the layout, so there is nothing to mend; pass the "
            "brief that it was made from"
        )
    middle = shapely.union_all(here).centroid.coords[0]
    boxes = np.zeros((len(nodes), domain.boxes, 4))
    gates = np.zeros((len(nodes), domain.boxes), dtype=np.bool_)
    for i, node in enumerate(nodes):
        boxes[i, 0] = shapes[node.id].bounds if node.id in shapes else middle * 2
        gates[i, 0] = True
    ids = tuple(node.id for node in nodes)
    turns = np.asarray([facing.get(name, 0) for name in ids], dtype=np.int64)
    return Proposal(ids, rectangles=boxes, gates=gates, turns=turns, source="repair")


def _changes(old: Layout, new: Layout) -> tuple[Change, ...]:
    """What moved or changed its size by more than a centimetre or 0.01 m²."""
    was = {element.id: element.shape for element in old.elements if element.shape.geom_type == "Polygon"}
    found = []
    for element in new.elements:
        shape = was.get(element.id)
        if shape is None or element.shape.geom_type != "Polygon":
            continue
        moved = shape.centroid.distance(element.shape.centroid)
        if moved > 0.01 or abs(shape.area - element.shape.area) > 0.01:
            found.append(Change(element.id, moved, shape.area, element.shape.area))
    return tuple(found)
