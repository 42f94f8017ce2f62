"""A plan beside the real plan of the same brief: count, types, neighbours, place of types, edits, areas."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from layoutgan.metrics.edit_distance import edit_distance
from layoutgan.metrics.fpeval import adjacency_f1, new_violation, type_iou
from layoutgan.metrics.graphs import contact_graph
from layoutgan.metrics.plan import Plan

__all__ = ["Paired", "area_mape", "paired"]


class Paired(NamedTuple):
    """Figures of one plan against the truth."""

    count_right: float
    """As many rooms."""
    types_right: float
    """The same multiset of types."""
    adjacency_f1: float
    """Type pairs that share a wall, by the independent benchmark's rule."""
    type_iou: float
    edit_distance: float
    """Edits between the graphs of touching rooms; an upper bound where the search was cut short."""
    edit_distance_bound: float
    """Edits that are surely needed."""
    edit_distance_per_room: float
    """Edits over rooms of the truth [-]."""
    edit_distance_exact: float
    area_mape: float
    """See ``area_mape``."""
    new_violation: float
    """Breaks a rule of the independent benchmark that the truth keeps."""


def area_mape(plan: Plan, truth: Plan) -> float:
    """Mean over rooms of the truth of |area - true area| / true area, by id [-]; a missing room counts 1.

    NaN when no id is in both: rooms that cannot be told apart have no error.
    """
    have = dict(zip(plan.ids, plan.areas.tolist(), strict=True))
    if not set(have) & set(truth.ids):
        return float("nan")
    pairs = zip(truth.ids, truth.areas.tolist(), strict=True)
    return float(np.mean([abs(have.get(name, 0.0) - area) / area for name, area in pairs]))


def paired(plan: Plan, truth: Plan) -> Paired:
    """Figures of a plan against the real plan of the same brief."""
    edits = edit_distance(contact_graph(plan), contact_graph(truth))
    return Paired(
        float(len(plan.rooms) == len(truth.rooms)),
        float(Counter(plan.kinds) == Counter(truth.kinds)),
        adjacency_f1(plan, truth),
        type_iou(plan, truth),
        float(edits.value),
        float(edits.bound),
        edits.value / max(len(truth.rooms), 1),
        float(edits.exact),
        area_mape(plan, truth),
        float(new_violation(plan, truth)),
    )
