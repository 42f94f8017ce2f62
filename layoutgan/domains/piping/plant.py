"""A brief with everything filled in: sizes, nozzles, ends of lines, and what had to be assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from layoutgan.domains.piping.assumptions import Assumptions
from layoutgan.domains.piping.classes import EquipmentClass, class_of
from layoutgan.domains.piping.ends import End, Ends
from layoutgan.domains.piping.items import Clearance, EquipmentItem, LineItem
from layoutgan.domains.piping.nozzles import Box, Nozzle, nozzles_of

if TYPE_CHECKING:
    from layoutgan.domains.piping.brief import PipingBrief

__all__ = ["Item", "Plant", "Run", "plant_of"]

DEFAULT_NPS = 4.0
"""Size of a line that connects nothing with a usual size [in]."""


@dataclass(frozen=True)
class Item:
    """Equipment with its size, nozzles and clearances known."""

    tag: str
    kind: str
    box: Box
    """Its own axes [m]."""
    nozzles: tuple[Nozzle, ...]
    clearances: tuple[Clearance, ...]
    source: EquipmentItem

    @property
    def row(self) -> EquipmentClass:
        """What is usual for its class."""
        return class_of(self.kind)

    @property
    def hazardous(self) -> bool:
        """Holds something flammable."""
        return self.row.hazardous if self.source.hazardous is None else self.source.hazardous

    @property
    def near_rack(self) -> bool:
        """Wants to stand beside the rack."""
        return self.row.near_rack if self.source.near_rack is None else self.source.near_rack

    def nozzle(self, name: str) -> Nozzle | None:
        """The nozzle of that id or role."""
        of_id = next((n for n in self.nozzles if n.id == name), None)
        return of_id or next((n for n in self.nozzles if n.role and n.role == name), None)


@dataclass(frozen=True)
class Run:
    """A line with its size and ends known."""

    number: str
    nps: float
    rating: int
    ends: tuple[End, ...]
    source: LineItem


@dataclass(frozen=True)
class Plant:
    """A brief with everything filled in."""

    items: Mapping[str, Item]
    runs: Mapping[str, Run]
    terminals: Mapping[str, str]
    """Side of each battery-limit point."""
    assumptions: tuple[str, ...]


def plant_of(brief: PipingBrief) -> Plant:
    """The brief with defaults for what it leaves open.

    Raises:
        ValueError: an end of a line names nothing that exists, or a nozzle lies far from its item.
    """
    notes = Assumptions()
    items = {source.tag: _item(source, notes) for source in brief.equipment}
    terminals: dict[str, str] = {t.id: t.side or brief.site.pipes for t in brief.site.terminals}
    ends = Ends(items, {line.number: line for line in brief.lines}, terminals, notes)
    # Ends that name their nozzle go first: a bare tag takes what is left.
    named = [
        [ends.named(text, "lines", i, *way) for text, way in _ends_of(line)]
        for i, line in enumerate(brief.lines)
    ]
    runs: dict[str, Run] = {}
    for line, known in zip(brief.lines, named, strict=True):
        found = tuple(
            end or ends.chosen(text, "out" if place == 0 else "in", line.number)
            for place, (end, text) in enumerate(zip(known, line.ends, strict=True))
        )
        runs[line.number] = _run(line, found, items, notes)
    _check_branches(runs)
    return Plant(_sized(items, runs), runs, terminals, notes.sentences())


def _ends_of(line: LineItem) -> list[tuple[str, tuple[str | int, ...]]]:
    """Ends as written, and the fields that they stand in."""
    branches: list[tuple[str, tuple[str | int, ...]]] = [
        (text, ("branches", k)) for k, text in enumerate(line.branches)
    ]
    return [(line.start, ("from",)), (line.end, ("to",)), *branches]


def _item(source: EquipmentItem, notes: Assumptions) -> Item:
    usual = class_of(source.kind)
    title = usual.title.lower()
    if source.size is None:
        length, width, top = usual.size
        height = top - usual.base
        notes.add(f"{length:g} x {width:g} x {height:g} m is the default size of a {title}", source.tag)
    else:
        length, width, height = source.size
    bottom = usual.base if source.base is None else source.base
    if source.base is None and usual.base > 0:
        notes.add(f"underside {bottom:g} m above grade is the default for a {title}", source.tag)
    box = Box(length, width, bottom, bottom + height)
    clearances = source.clearances
    if clearances is None:
        clearances = _usual_clearances(usual, box, source)
        for c in clearances:
            notes.add(f"{c.length:g} m for {c.kind} is the default for a {title}", source.tag)
    nozzles = nozzles_of(source, usual, box, notes)
    return Item(source.tag, source.kind, box, nozzles, clearances, source)


def _usual_clearances(usual: EquipmentClass, box: Box, source: EquipmentItem) -> tuple[Clearance, ...]:
    made = []
    for space in usual.spaces:
        reach = space.length
        if reach < 0:  # a multiple of the item's length, or of the bundle when that is known
            reach = source.tube_length if source.tube_length is not None else -reach * box.length
        across = (box.width if space.side.endswith("x") else box.length) + 2 * space.margin
        made.append(
            Clearance.model_validate(
                {
                    "kind": space.kind,
                    "side": space.side,
                    "length": round(reach + space.extra, 3),
                    "width": round(across, 3),
                }
            )
        )
    return tuple(made)


def _run(line: LineItem, ends: tuple[End, ...], items: Mapping[str, Item], notes: Assumptions) -> Run:
    if twice := [end for i, end in enumerate(ends) if end in ends[:i]]:
        raise ValueError(f"line {line.number} ends twice at '{twice[0]}'; name each end once")
    nps = line.nps
    if nps is None:
        at = [items[end.owner] for end in ends if end.kind == "nozzle"]
        named = [items[end.owner].nozzle(end.nozzle) for end in ends if end.kind == "nozzle"]
        sizes = [nozzle.nps for nozzle in named if nozzle is not None and nozzle.nps]
        nps = max(sizes) if sizes else min((item.row.nps for item in at), default=DEFAULT_NPS)
        basis = "as its largest nozzle" if sizes else "by default for what it connects"
        notes.add(f"NPS {nps:g} {basis}", line.number)
    if line.rating is None:
        notes.add("flange class 150 by default", line.number)
    return Run(line.number, nps, line.rating or 150, ends, line)


def _check_branches(runs: Mapping[str, Run]) -> None:
    """Refuses lines that branch from each other in a circle, or from themselves."""
    parents = {r.number: [e.owner for e in r.ends if e.kind == "line"] for r in runs.values()}
    for number, first in parents.items():
        seen: set[str] = set()
        front = list(first)
        while front:
            parent = front.pop()
            if parent == number:
                problem = "branches from itself, directly or through others; break the loop"
                raise ValueError(f"line {number} {problem}")
            if parent not in seen:
                seen.add(parent)
                front += parents[parent]


def _sized(items: Mapping[str, Item], runs: Mapping[str, Run]) -> dict[str, Item]:
    """Nozzles without a size or class take those of their line."""
    line_at = {(e.owner, e.nozzle): run for run in runs.values() for e in run.ends if e.kind == "nozzle"}

    def filled(item: Item, nozzle: Nozzle) -> Nozzle:
        run = line_at.get((item.tag, nozzle.id))
        return replace(
            nozzle,
            nps=nozzle.nps or (run.nps if run else item.row.nps),
            rating=nozzle.rating or (run.rating if run else 150),
        )

    return {
        tag: replace(item, nozzles=tuple(filled(item, n) for n in item.nozzles))
        for tag, item in items.items()
    }
