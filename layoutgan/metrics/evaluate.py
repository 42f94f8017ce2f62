"""Many layouts measured at once, beside others and real ones: the table of ``layoutgan evaluate``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from layoutgan.core.layout import Layout
from layoutgan.errors import InputError
from layoutgan.metrics.figures import (
    SECTIONS,
    brief_figures,
    geometry_figures,
    paired_figures,
    rule_figures,
    variety_figures,
)
from layoutgan.metrics.sample import MOST_PLANS, Sample, partners, samples_of
from layoutgan.metrics.table import Row, Table

__all__ = ["Row", "Table", "compare", "evaluate", "likeness"]


def likeness(layouts: Sequence[Layout | Sample], real: Sequence[Layout | Sample]) -> dict[str, float]:
    """How like real plans a set is; see ``likeness.likeness``, which loads the feature network."""
    from layoutgan.metrics.likeness import likeness as measure

    return measure(layouts, real)


@dataclass(frozen=True)
class _Column:
    """One set on its way into the table."""

    name: str
    samples: Sequence[Sample]
    truths: Sequence[Sample] | None


def evaluate(
    layouts: Sequence[Layout | Sample],
    reference: Sequence[Layout | Sample] | None = None,
    *,
    names: tuple[str, str] = ("layouts", "real"),
) -> Table:
    """The table of a set of floor plans, beside real ones if there are some."""
    return compare({names[0]: layouts}, reference or (), real_name=names[1])


def compare(
    sets: Mapping[str, Iterable[Layout | Sample]],
    real: Iterable[Layout | Sample] = (),
    *,
    real_name: str = "real",
) -> Table:
    """The table of several sets, and of the real plans that they are measured against.

    Args:
        sets: plans by the name of their column.
        real: real plans; where they have the names of the plans, the two are compared in pairs.
        real_name: name of their column, the last.

    Raises:
        InputError: a set is empty or too large.
    """
    truths = samples_of(real)
    columns = []
    for name, layouts in sets.items():
        samples = samples_of(layouts)
        if not 0 < len(samples) <= MOST_PLANS:
            raise InputError(f"{name}: {len(samples)} plans; from 1 to {MOST_PLANS} can be measured")
        columns.append(_Column(name, samples, partners(samples, truths)))
    notes = [
        f"{c.name}: each plan beside its partner of the same name in {real_name}" for c in columns if c.truths
    ]
    if truths:
        columns.append(_Column(real_name, truths, None))
    parts = [
        [geometry_figures(c.samples) for c in columns],
        [brief_figures(c.samples) for c in columns],
        [paired_figures(c.samples, c.truths) for c in columns],
        [variety_figures(c.samples) for c in columns],
        _near(columns, bool(truths), notes),
        [rule_figures(c.samples) for c in columns],
    ]
    rows = [row for title, part in zip(SECTIONS, parts, strict=True) for row in _rows(title, part)]
    return Table(tuple(c.name for c in columns), tuple(rows), tuple(notes))


def _rows(title: str, figures: Sequence[Mapping[str, float]]) -> list[Row]:
    """Rows of one section; a rule that one set alone breaks is broken by none of the others."""
    missing = 0.0 if title == SECTIONS[-1] else float("nan")
    names = dict.fromkeys(name for column in figures for name in column)
    if title == SECTIONS[-1]:
        names = dict.fromkeys(sorted(names, key=lambda name: -max(f.get(name, 0.0) for f in figures)))
    return [Row(name, tuple(column.get(name, missing) for column in figures), title) for name in names]


def _near(columns: Sequence[_Column], real: bool, notes: list[str]) -> list[dict[str, float]]:
    """Likeness of each set; the column of real plans says what they reach among themselves."""
    if not real:
        return [{} for _ in columns]
    from layoutgan.metrics.features import VERSION
    from layoutgan.metrics.likeness import FEWEST, Described, likeness, likeness_floor

    theirs = Described.of(columns[-1].samples)
    if len(theirs.samples) < FEWEST:
        notes.append(f"likeness needs at least {FEWEST} real plans; there are {len(theirs.samples)}")
        return [{} for _ in columns]
    notes.append(
        f"likeness: {columns[-1].name} against itself is the floor; frechet by features {VERSION}; figures "
        "of other versions cannot be compared; realism_distance and the AUC by hand-made descriptors"
    )
    return [*(likeness(Described.of(c.samples), theirs) for c in columns[:-1]), likeness_floor(theirs)]
