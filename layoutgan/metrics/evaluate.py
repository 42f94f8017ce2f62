"""Many layouts measured at once, beside a reference set: the table that ``layoutgan evaluate`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.metrics.descriptors import describe
from layoutgan.metrics.distances import Scaler, kernel_distance, precision_recall, two_sample_auc
from layoutgan.metrics.fpeval import Geometry, geometry, room_figures
from layoutgan.metrics.plan import Plan
from layoutgan.metrics.satisfaction import satisfaction

__all__ = ["Row", "Table", "evaluate", "likeness"]


@dataclass(frozen=True)
class Row:
    """One figure of each set."""

    name: str
    values: tuple[float, ...]
    better: str = ""
    """low, high or nothing."""


@dataclass(frozen=True)
class Table:
    """Figures of one or two sets."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def text(self) -> str:
        """The table as aligned plain text."""
        width = max((len(r.name) for r in self.rows), default=4)
        lines = [" " * width + "".join(f"{c:>14}" for c in self.columns)]
        lines += [f"{r.name:<{width}}" + "".join(f"{v:>14.4g}" for v in r.values) for r in self.rows]
        return "\n".join(lines)

    def figures(self) -> dict[str, dict[str, float | None]]:
        """Figures by set and name, as they stand in JSON; unknown ones are null."""
        return {
            c: {r.name: (None if np.isnan(r.values[i]) else float(r.values[i])) for r in self.rows}
            for i, c in enumerate(self.columns)
        }


def _one_set(layouts: Sequence[Layout]) -> dict[str, float]:
    """Mean figures of a set of floor plans."""
    plans = [Plan.of(layout) for layout in layouts]
    rooms = [room_figures(plan) for plan in plans]
    judged: list[Geometry] = [geometry(plan, figures) for plan, figures in zip(plans, rooms, strict=True)]
    result = {"plans": float(len(plans))}
    for name in Geometry._fields:
        values = np.array([float(getattr(g, name)) for g in judged])
        known = values[~np.isnan(values)]
        result[name] = float(known.mean()) if known.size else float("nan")
    corners = np.concatenate([f.corners for f in rooms]) if rooms else np.zeros(0)
    convexity = np.concatenate([f.convexity for f in rooms]) if rooms else np.zeros(0)
    result["corners_per_room"] = float(corners.mean()) if corners.size else float("nan")
    result["rectangles"] = (
        float(((corners == 4) & (convexity > 0.999)).mean()) if corners.size else float("nan")
    )
    met = [
        satisfaction(layout, layout.brief) for layout in layouts if isinstance(layout.brief, FloorplanBrief)
    ]
    for name, values_ in (
        ("brief_all_met", [m.all_met for m in met]),
        ("brief_share_met", [m.share for m in met]),
        ("connections_f1", [m.connections_f1 for m in met]),
        ("area_error", [m.area_error for m in met]),
    ):
        result[name] = float(np.mean(values_)) if values_ else float("nan")
    return result


def likeness(layouts: Sequence[Layout], real: Sequence[Layout]) -> dict[str, float]:
    """How like real plans a set is: kernel distance with its floor, two-sample AUC, precision and recall."""
    theirs = np.array([describe(Plan.of(layout)) for layout in real])
    scale = Scaler.of(theirs)
    a, b = scale(np.array([describe(Plan.of(layout)) for layout in layouts])), scale(theirs)
    half = np.random.default_rng(0).permutation(len(b))
    spread = precision_recall(b, a)
    auc, interval = two_sample_auc(b, a)
    return {
        "realism_distance": kernel_distance(a, b),
        "realism_floor": kernel_distance(b[half[::2]], b[half[1::2]]),
        "two_sample_auc": auc,
        "two_sample_auc_ci": interval,
        "precision": spread.precision,
        "recall": spread.recall,
        "density": spread.density,
        "coverage_of_real": spread.coverage,
    }


def evaluate(
    layouts: Sequence[Layout],
    reference: Sequence[Layout] | None = None,
    *,
    names: tuple[str, str] = ("layouts", "reference"),
) -> Table:
    """The table of a set of floor plans, beside a reference set if there is one."""
    sets = [_one_set(layouts)]
    if reference:
        sets.append(_one_set(reference))
        near = likeness(layouts, reference)
        sets[0] |= near
        sets[1] |= {k: float("nan") for k in near}
    rows = tuple(Row(name, tuple(s[name] for s in sets)) for name in sets[0])
    return Table(names[: len(sets)], rows)
