"""What a corpus of plants looks like: how many of what, how large, how good."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np

from layoutgan.core.layout import Layout
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.elements import Equipment, Pipe, Terminal

from .figures import statistics_of
from .plots import inflated
from .shards import Row
from .synthetic import place_of

__all__ = ["described"]


def described(rows: Iterable[Row], *, most: int = 400) -> dict[str, Any]:
    """Figures of a corpus by part.

    Args:
        rows: lines of its shards.
        most: layouts that are read per part; the others are only counted.
    """
    known: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        known[row.part].append(row)
    return {part: _part(found, most) for part, found in sorted(known.items())}


def _part(rows: list[Row], most: int) -> dict[str, Any]:
    step = max(1, len(rows) // most)
    layouts = [row.layout() for row in rows[::step][:most]]
    briefs = [layout.brief for layout in layouts if isinstance(layout.brief, PipingBrief)]
    figures = statistics_of(briefs)
    return {
        "layouts": len(rows),
        "templates": len({row.template for row in rows}),
        "split": dict(sorted(Counter(place_of(row.template, row.items) for row in rows).items())),
        "items, all": _spread([float(row.items) for row in rows]),
        "read": len(layouts),
        **{name: value for name, value in figures.items() if name != "briefs"},
        "plot over inflated footprints": _spread([_looseness(b) for b in briefs]),
        "wire per line over plot side": _spread([_wire(layout) for layout in layouts]),
        **_costs(layouts),
    }


def _looseness(brief: PipingBrief) -> float:
    rows = [{"size": e.size or (1.0, 1.0, 1.0), "class": e.kind} for e in brief.equipment]
    return brief.site.outline.area / inflated(rows)


def _wire(layout: Layout) -> float:
    """Mean length of a relation between centres, by axes, over the square root of the plot's area [-]."""
    if layout.brief is None or layout.boundary is None:
        return 0.0
    spots = {e.id: (e.shape.centroid.x, e.shape.centroid.y) for e in layout.of(Equipment)}
    spots |= {t.id: (t.shape.x, t.shape.y) for t in layout.of(Terminal)}
    relations = layout.brief.programme().relations
    runs = [np.abs(np.subtract(spots[r.first], spots[r.second])).sum() for r in relations]
    return float(np.mean(runs)) / float(np.sqrt(layout.boundary.area)) if runs else 0.0


def _costs(layouts: list[Layout]) -> dict[str, Any]:
    """What stands in the scores, and warnings; pipes where there are any."""
    names = sorted({name for layout in layouts for name in layout.scores})
    found: dict[str, Any] = {
        f"score {name}": _spread([layout.scores[name] for layout in layouts if name in layout.scores])
        for name in names
    }
    pipes = [len(layout.of(Pipe)) for layout in layouts]
    if any(pipes):
        found["pipes"] = _spread([float(n) for n in pipes])
    return found


def _spread(values: list[float]) -> tuple[float, float, float]:
    """5, 50 and 95 %."""
    if not values:
        return 0.0, 0.0, 0.0
    low, middle, high = (round(float(v), 3) for v in np.percentile(values, (5, 50, 95)))
    return low, middle, high
