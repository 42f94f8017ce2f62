"""About fifty numbers that describe how a floor plan is arranged: form, neighbours, façade, position.

They say nothing that a brief already fixes (how many rooms, how large), so that two sets of plans for the
same briefs differ in them only by how they were arranged.
"""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import shapely
from numpy.typing import NDArray

from layoutgan.core.geometry import corner_count
from layoutgan.metrics.plan import Plan

__all__ = ["GROUPS", "NAMES", "VERSION", "describe", "wall_lines"]

VERSION = 1
"""Figures made from different versions cannot be compared."""

GROUPS: dict[str, tuple[str, ...]] = {
    "living": ("living_room", "dining_room"),
    "kitchen": ("kitchen",),
    "bedroom": ("bedroom", "study"),
    "wet": ("bathroom", "laundry"),
    "hall": ("corridor", "entrance"),
    "store": ("closet", "storage", "other", "garage"),
    "outdoor": ("balcony", "outdoor"),
}
"""Types that stand in for each other."""

_ORDER = tuple(GROUPS)
_GROUP_OF = {kind: i for i, kinds in enumerate(GROUPS.values()) for kind in kinds}
_PAIRS = tuple(combinations_with_replacement(range(len(_ORDER)), 2))

NAMES: tuple[str, ...] = (
    "corners",
    "rectangles",
    "l_shapes",
    "many_corners",
    "fill",
    "aspect",
    "aspect_spread",
    "wall_length",
    "wall_lines",
    "contacts",
    "wet_together",
    "slender",
    *(f"facade_{g}" for g in _ORDER),
    *(f"centre_{g}" for g in _ORDER),
    *(f"corners_{g}" for g in _ORDER),
    *(f"touch_{_ORDER[i]}_{_ORDER[j]}" for i, j in _PAIRS),
)
"""What each number is."""


def wall_lines(plan: Plan, tolerance: float = 0.05) -> int:
    """Lines that axis-parallel walls lie on, of both axes; within the tolerance [m] they are one.

    The two faces of a wall between rooms count as one line.
    """
    total = 0
    tolerance = max(tolerance, plan.gap)
    if not plan.rooms:
        return 0
    steps = [np.asarray(room.exterior.coords) for room in plan.rooms]
    for axis in (0, 1):
        places = np.sort(np.concatenate([p[:-1][np.abs(np.diff(p[:, axis])) < 1e-6][:, axis] for p in steps]))
        total += int(places.size > 0) + int((np.diff(places) > tolerance).sum())
    return total


def _by_group(values: NDArray[np.float64], groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """Mean of the values in each group [G]; NaN for a group that the plan lacks."""
    return np.array(
        [values[groups == g].mean() if (groups == g).any() else np.nan for g in range(len(_ORDER))]
    )


def describe(plan: Plan) -> NDArray[np.float64]:
    """The description of a plan [D], in the order of NAMES; NaN where it does not apply."""
    count = len(plan.rooms)
    if count == 0:
        return np.full(len(NAMES), np.nan)
    groups = np.array([_GROUP_OF.get(k, _GROUP_OF["other"]) for k in plan.kinds])
    corners = np.array([corner_count(room) for room in plan.rooms], dtype=np.float64)
    boxes = shapely.bounds(plan.shapes)
    sides = np.stack((boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]), axis=1)
    fill = plan.areas / np.maximum(sides.prod(axis=1), 1e-9)
    aspect = np.log(sides.max(axis=1) / np.maximum(sides.min(axis=1), 1e-3))
    outline = plan.outline
    size = float(np.sqrt(plan.areas.sum()))
    facade = shapely.length(
        shapely.intersection(shapely.boundary(plan.shapes), outline.boundary.buffer(0.02))
    )
    perimeter = shapely.length(plan.shapes)
    centre = np.asarray([outline.centroid.x, outline.centroid.y])
    middles = shapely.get_coordinates(shapely.centroid(plan.shapes))
    away = np.linalg.norm(middles - centre, axis=1) / size
    touching = plan.strict_contacts > 0.4
    return np.concatenate(
        (
            [
                corners.mean(),
                (fill > 0.98).mean(),
                ((corners == 6) & (fill <= 0.98)).mean(),
                (corners >= 10).mean(),
                fill.mean(),
                aspect.mean(),
                aspect.std(),
                float(perimeter.sum()) / size / np.sqrt(count),
                wall_lines(plan) / count,
                touching.sum() / 2 / count,
                _wet_together(groups, touching),
                (aspect > np.log(4)).mean(),
            ],
            _by_group(facade / perimeter, groups),
            _by_group(away, groups),
            _by_group(corners, groups),
            _touching(groups, touching),
        )
    )


def _wet_together(groups: NDArray[np.int64], touching: NDArray[np.bool_]) -> float:
    wet = np.flatnonzero((groups == _ORDER.index("wet")) | (groups == _ORDER.index("kitchen")))
    return float(touching[np.ix_(wet, wet)].any(axis=1).mean()) if len(wet) > 1 else float("nan")


def _touching(groups: NDArray[np.int64], touching: NDArray[np.bool_]) -> NDArray[np.float64]:
    """For each pair of groups, the share of possible neighbours that touch [P]."""
    shares = []
    for i, j in _PAIRS:
        a, b = np.flatnonzero(groups == i), np.flatnonzero(groups == j)
        possible = len(a) * (len(a) - 1) if i == j else len(a) * len(b)
        shares.append(touching[np.ix_(a, b)].sum() / possible if possible else np.nan)
    return np.asarray(shares)
