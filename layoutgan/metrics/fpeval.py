"""Geometry and graph metrics by the rules of the independent benchmark of published generators.

Source: the benchmark's repository birsakm/floorplan_eval; definitions in our words. ``overlap``, ``holes``
and the room limits decide ``any_violation``.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from layoutgan.core.geometry import aspect_ratio, clear_width, corner_count, parts
from layoutgan.metrics.plan import GAP, Plan

__all__ = [
    "LIMITS",
    "Geometry",
    "RoomFigures",
    "adjacency_f1",
    "broken_rules",
    "geometry",
    "new_violation",
    "room_figures",
    "type_iou",
]

EDGE = 0.5
"""Shared wall from which two rooms are adjacent [m]."""
SHARE = 0.02
"""Overlap and hole ratio above which a plan breaks a rule [-]."""


class _Limit(NamedTuple):
    area: float
    width: float
    aspect: float


LIMITS: dict[str, _Limit] = {
    "living_room": _Limit(8.0, 2.4, 4.0),
    "kitchen": _Limit(3.0, 1.5, 4.0),
    "bedroom": _Limit(5.0, 2.0, 3.0),
    "bathroom": _Limit(1.5, 1.0, 3.5),
    "balcony": _Limit(1.0, 0.8, 10.0),
    "entrance": _Limit(1.0, 0.9, 5.0),
    "dining_room": _Limit(4.0, 2.0, 3.5),
    "study": _Limit(4.0, 1.8, 3.0),
    "storage": _Limit(0.5, 0.6, 6.0),
    "corridor": _Limit(1.0, 0.8, np.inf),
    "garage": _Limit(10.0, 2.4, 4.0),
    "laundry": _Limit(1.0, 0.9, 5.0),
    "closet": _Limit(0.5, 0.6, 6.0),
    "outdoor": _Limit(1.0, 0.8, np.inf),
    "other": _Limit(0.5, 0.6, np.inf),
}
"""Least area [m²], least clear width [m] and greatest aspect [-] by type."""


class RoomFigures(NamedTuple):
    """Figures of the rooms of one plan, all [N]."""

    area: NDArray[np.float64]
    width: NDArray[np.float64]
    aspect: NDArray[np.float64]
    convexity: NDArray[np.float64]
    corners: NDArray[np.int64]
    rectilinear: NDArray[np.float64]


class Geometry(NamedTuple):
    """Figures of one plan."""

    overlap: float
    holes: float
    components: int
    coverage: float
    """Share of the outline that is covered; NaN without an outline."""
    outside: float
    adjacency_components: int
    isolated: float
    small: float
    """Share of rooms under the least area."""
    narrow: float
    slender: float
    """Share of rooms over the greatest aspect."""
    any_violation: bool
    """Overlap, holes, pieces, or a room beyond a limit of its type."""
    any_violation_unscaled: bool
    """The same without areas and widths: what the benchmark judges where the scale of drawings is unknown."""


def room_figures(plan: Plan) -> RoomFigures:
    """Area, clear width, aspect, convexity, corners and rectilinear share of each room."""
    hulls = shapely.area(shapely.convex_hull(plan.shapes)) if plan.rooms else np.zeros(0)
    return RoomFigures(
        plan.areas,
        np.array([clear_width(room) for room in plan.rooms]),
        np.array([aspect_ratio(room) for room in plan.rooms]),
        plan.areas / np.maximum(hulls, 1e-12),
        np.array([corner_count(room) for room in plan.rooms], dtype=np.int64),
        _rectilinear(plan.rooms),
    )


def _rectilinear(rooms: tuple[Polygon, ...]) -> NDArray[np.float64]:
    """Share of each room's edges within 5° of the plan's dominant axes; edges under 0.25 m do not count."""
    edges = [np.diff(np.asarray(room.exterior.coords), axis=0) for room in rooms]
    if not edges:
        return np.zeros(0)
    everything = np.concatenate(edges)
    length, angle = np.hypot(*everything.T), np.arctan2(everything[:, 1], everything[:, 0])
    dominant = 0.25 * np.arctan2((length * np.sin(4 * angle)).sum(), (length * np.cos(4 * angle)).sum())
    shares = []
    for steps in edges:
        length = np.hypot(*steps.T)
        turn = (np.arctan2(steps[:, 1], steps[:, 0]) - dominant + np.pi / 4) % (np.pi / 2) - np.pi / 4
        keep = length >= 0.25
        total = length[keep].sum()
        shares.append(length[keep & (np.abs(turn) <= np.radians(5))].sum() / total if total else 1.0)
    return np.asarray(shares)


def _components(table: NDArray[np.bool_]) -> tuple[int, float]:
    """Connected components of an adjacency table [N, N], and the share of nodes without any neighbour."""
    count = len(table)
    seen: set[int] = set()
    components = 0
    for start in range(count):
        if start in seen:
            continue
        components += 1
        stack = [start]
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                stack += [int(j) for j in np.flatnonzero(table[node]) if int(j) not in seen]
    isolated = float((~table.any(axis=1)).mean()) if count else 0.0
    return components, isolated


def geometry(plan: Plan, figures: RoomFigures | None = None, *, metric: bool = True) -> Geometry:
    """Figures of a plan by the benchmark's rules.

    Args:
        plan: the rooms and, if known, the outline.
        figures: of its rooms, when they are known already.
        metric: whether the scale is known; without it areas and widths are not judged.
    """
    if not plan.rooms:
        return Geometry(0, 0, 0, 0.0 if plan.boundary is not None else np.nan, 0, 0, 0, 0, 0, 0, True, True)
    figures = figures or room_figures(plan)
    whole = float(plan.union.area)
    overlap = (plan.areas.sum() - whole) / whole
    pieces = parts(plan.closed)
    filled = float(shapely.union_all([Polygon(p.exterior) for p in pieces]).area)
    holes = max(0.0, filled - float(plan.closed.area)) / filled
    boundary = plan.boundary
    coverage = outside = np.nan
    if boundary is not None:
        if boundary.interiors:  # a courtyard is no hole in the plan
            court = shapely.union_all([Polygon(r) for r in boundary.interiors])
            holes = max(0.0, filled - float(plan.closed.union(court).area)) / filled
        coverage = float(plan.closed.intersection(boundary).area) / boundary.area
        outside = float(plan.union.difference(boundary.buffer(GAP)).area) / whole
    components, isolated = _components(plan.contacts >= EDGE)
    small, narrow, slender = _over(plan, figures)
    loose = overlap > SHARE or holes > SHARE or components > 1 or bool(slender.any())
    broken = loose or (metric and bool(small.any() or narrow.any()))
    return Geometry(
        max(0.0, float(overlap)),
        holes,
        len(pieces),
        coverage,
        outside,
        components,
        isolated,
        float(small.mean()),
        float(narrow.mean()),
        float(slender.mean()),
        bool(broken),
        bool(loose),
    )


class _Over(NamedTuple):
    """Which rooms break which limit, all [N]."""

    small: NDArray[np.bool_]
    narrow: NDArray[np.bool_]
    slender: NDArray[np.bool_]


def _over(plan: Plan, figures: RoomFigures) -> _Over:
    limits = np.array([LIMITS.get(k, LIMITS["other"]) for k in plan.kinds]).reshape(-1, 3)
    slack = 1e-9  # exactly at the limit is no violation, whatever the last digit says
    return _Over(
        figures.area < limits[:, 0] - slack,
        figures.width < limits[:, 1] - slack,
        figures.aspect > limits[:, 2] + slack,
    )


def broken_rules(plan: Plan, figures: RoomFigures | None = None) -> tuple[str, ...]:
    """Names of the rules that a plan breaks: overlap, holes, disconnected, and by limit and type.

    ``area bathroom`` says that some bathroom is under the least area; likewise ``width`` and ``aspect``.
    """
    if not plan.rooms:
        return ("empty",)
    figures = figures or room_figures(plan)
    judged = geometry(plan, figures)
    found = [
        name
        for name, broken in (
            ("overlap", judged.overlap > SHARE),
            ("holes", judged.holes > SHARE),
            ("disconnected", judged.adjacency_components > 1),
        )
        if broken
    ]
    for limit, flags in zip(("area", "width", "aspect"), _over(plan, figures), strict=True):
        found += sorted({f"{limit} {plan.kinds[i]}" for i in np.flatnonzero(flags)})
    return tuple(found)


def new_violation(plan: Plan, truth: Plan) -> bool:
    """Whether a plan breaks a rule that the real plan of its brief keeps, room by room.

    A brief read off a plan with a tiny bathroom asks for a tiny bathroom: that is no fault of the answer.
    Rooms are paired by id; a room without a partner has to keep all limits.
    """
    judged = geometry(plan)
    if not plan.rooms or judged.overlap > SHARE or judged.holes > SHARE or judged.adjacency_components > 1:
        return True
    ours, theirs = (np.stack(_over(p, room_figures(p)), axis=1) for p in (plan, truth))
    allowed = dict(zip(truth.ids, theirs, strict=True))
    none = np.zeros(3, dtype=bool)
    return any(
        bool((flags & ~allowed.get(name, none)).any()) for name, flags in zip(plan.ids, ours, strict=True)
    )


def _type_pairs(plan: Plan, contacts: NDArray[np.float64]) -> Counter[tuple[str, ...]]:
    pairs: Counter[tuple[str, ...]] = Counter()
    for i, j in zip(*np.nonzero(np.triu(contacts >= EDGE, 1)), strict=True):
        pairs[tuple(sorted((plan.kinds[i], plan.kinds[j])))] += 1
    return pairs


def adjacency_f1(plan: Plan, truth: Plan) -> float:
    """F1 of the multisets of type pairs that share a wall in both plans; both empty 1, one empty 0."""
    ours, theirs = _type_pairs(plan, plan.contacts), _type_pairs(truth, truth.contacts)
    if not ours and not theirs:
        return 1.0
    if not ours or not theirs:
        return 0.0
    common = sum((ours & theirs).values())
    return 2 * common / (sum(ours.values()) + sum(theirs.values()))


def type_iou(plan: Plan, truth: Plan) -> float:
    """Mean over types in either plan of the intersection over union of all rooms of the type [-]."""
    values = []
    for kind in sorted({*plan.kinds, *truth.kinds}):
        a = shapely.union_all([r for r, k in zip(plan.rooms, plan.kinds, strict=True) if k == kind])
        b = shapely.union_all([r for r, k in zip(truth.rooms, truth.kinds, strict=True) if k == kind])
        whole = a.union(b).area
        values.append(a.intersection(b).area / whole if whole else 0.0)
    return float(np.mean(values)) if values else 0.0
