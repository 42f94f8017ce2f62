"""What is measured: a plan under a name, with the brief or the connections that it answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from layoutgan.core.layout import Layout
from layoutgan.core.plain import read_tree
from layoutgan.domains.domain import read_layout
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.elements import Room
from layoutgan.errors import InputError
from layoutgan.metrics.compatibility import Asked
from layoutgan.metrics.foreign import is_foreign, plan_of
from layoutgan.metrics.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MOST_PLANS", "MOST_ROOMS", "Sample", "partners", "read_sample", "read_samples", "samples_of"]

MOST_PLANS = 20_000
"""Most plans of one set."""
MOST_ROOMS = 300
"""Most rooms of one plan: figures of pairs of rooms grow with the square."""


@dataclass(frozen=True)
class Sample:
    """One plan of a set."""

    name: str
    """Of its file, without folder and suffix, or of the layout."""
    plan: Plan
    layout: Layout | None = None
    """The layout, for plans of ours."""
    asked: Asked | None = None
    """Connections that were asked for, where a brief or the file says so."""

    @classmethod
    def of(cls, layout: Layout, name: str = "") -> Sample:
        """A layout of ours; by default under its own name."""
        brief = layout.brief
        asked = Asked.by(brief) if isinstance(brief, FloorplanBrief) else None
        return cls(name or layout.name, Plan.of(layout), layout, asked)

    @property
    def brief(self) -> FloorplanBrief | None:
        """The brief that it answers, if its file carries one."""
        brief = self.layout.brief if self.layout is not None else None
        return brief if isinstance(brief, FloorplanBrief) else None

    @property
    def site(self) -> tuple[float, ...]:
        """The same for all plans of one outline: its box and its area, to the centimetre."""
        outline = self.plan.outline
        if outline.is_empty:
            return ()
        x0, y0, x1, y1 = outline.bounds
        return tuple(round(float(v), 2) for v in (x1 - x0, y1 - y0, outline.area))


def samples_of(layouts: Iterable[Layout | Sample]) -> list[Sample]:
    """Layouts as samples; samples stay as they are."""
    return [item if isinstance(item, Sample) else Sample.of(item) for item in layouts]


def read_sample(path: Path) -> Sample:
    """The plan in a JSON file of ours or of House-GAN++.

    Raises:
        InputError: it is neither, no floor plan, or too large.
    """
    tree, _ = read_tree(path)
    if is_foreign(tree):
        try:
            foreign = plan_of(tree)
        except InputError as error:
            raise InputError(error.problem, file=str(path), place=error.place) from error
        sample = Sample(path.stem, foreign.plan, None, foreign.asked)
    else:
        layout = read_layout(path)
        if layout.domain != "floorplan":
            raise InputError(
                f"a layout of the domain '{layout.domain}'; only floor plans are measured", file=str(path)
            )
        rooms = len(layout.of(Room))
        if rooms > MOST_ROOMS:
            raise InputError(f"has {rooms} rooms; at most {MOST_ROOMS} are measured", file=str(path))
        sample = Sample.of(layout, path.stem)
    return sample


def read_samples(folder: Path, show: Callable[[int, int], None] | None = None) -> list[Sample]:
    """All plans of a folder, searched to the bottom, or of one file; in the order of their paths.

    Args:
        folder: with JSON files.
        show: told how many of how many files have been read.

    Raises:
        InputError: there is no such folder, it holds no plans or too many, or one of them cannot be read.
    """
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.json"))
    if not files:
        problem = "holds no layouts (*.json)" if folder.is_dir() else "no such folder; check the name"
        raise InputError(problem, file=str(folder))
    if len(files) > MOST_PLANS:
        raise InputError(f"holds {len(files)} plans; at most {MOST_PLANS} are measured", file=str(folder))
    samples = []
    for number, file in enumerate(files, start=1):
        samples.append(read_sample(file))
        if show is not None:
            show(number, len(files))
    return samples


def partners(samples: Sequence[Sample], truths: Sequence[Sample]) -> list[Sample] | None:
    """For each sample the truth that answers the same brief, or None when not every one has it.

    Partners have the same file name, or the same name in the layout; where both carry an outline, it must be
    the same, so that folders that happen to number their files alike are not taken for pairs.
    """
    by_name: dict[str, Sample | None] = {}
    for truth in truths:
        own = {truth.name} | ({truth.layout.name} if truth.layout is not None else set())
        for name in own:
            by_name[name] = None if name in by_name else truth
    found = []
    for sample in samples:
        names = (sample.name, sample.layout.name if sample.layout is not None else sample.name)
        partner = next(
            (t for t in (by_name.get(n) for n in names) if t is not None and _alike(sample, t)), None
        )
        if partner is None:
            return None
        found.append(partner)
    return found or None


def _alike(sample: Sample, truth: Sample) -> bool:
    first, second = sample.plan.boundary, truth.plan.boundary
    if first is None or second is None:
        return True
    return float(shapely.symmetric_difference(first, second).area) < 0.05 * float(second.area)
