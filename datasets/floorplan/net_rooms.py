"""Rooms drawn between wall faces, grown to the middle of their walls; shared by readers of such drawings.

Edges that face each other across a wall fall on one line between them, edges on the façade stay. Cells take
the room that covers most of nine sample points. What is enclosed without a room goes to the neighbour with
the longest contact; from 0.6 m² on it is a shaft.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from ..dataset import PlanRejected
from .faces import merged_lines
from .partition import OUTSIDE, SOLID, Opening, Partition, components

__all__ = ["OUTDOOR", "check_areas", "check_drawing", "check_reach", "cut_out", "grown"]

OUTDOOR = ("balcony", "outdoor", "garage")
"""Kinds whose drawing is often rough, and that need no door."""
SMALLEST = 0.6
"""Enclosed gaps from here on are shafts [m²]."""


def cut_out(shapes: Sequence[Polygon]) -> list[Polygon]:
    """Rooms less the smaller ones drawn inside them, such as closets and stairs in a living room."""
    found = list(shapes)
    for i, large in enumerate(shapes):
        for small in shapes:
            if small.area < large.area and small.intersection(large).area > 0.5 * small.area:
                rest = found[i].difference(small.buffer(0.02, join_style="mitre"))
                found[i] = max(
                    (p for p in shapely.get_parts(rest) if isinstance(p, Polygon)),
                    key=lambda p: p.area,
                    default=found[i],
                )
    return found


def check_drawing(plan: str, shapes: Sequence[Polygon]) -> None:
    """Refuses drawings with slanted walls or overlapping rooms.

    Raises:
        PlanRejected: with the reason.
    """
    edges = np.concatenate([np.abs(np.diff(np.asarray(p.exterior.coords), axis=0)) for p in shapes])
    lengths = np.hypot(edges[:, 0], edges[:, 1])
    slanted = edges.min(axis=1) > 0.02 * lengths
    if lengths[slanted].sum() > 0.05 * lengths.sum():
        raise PlanRejected(plan, "slanted walls")
    total = sum(p.area for p in shapes)
    if total - shapely.union_all(list(shapes)).area > 0.03 * total:
        raise PlanRejected(plan, "rooms overlap")


def grown(shapes: Sequence[Polygon], merge: float) -> Partition:
    """Rooms grown to the middle of their walls; edges closer than ``merge`` fall on one line [m]."""
    lines = []
    for axis in range(2):
        values, weights = [], []
        for polygon in shapes:
            points = np.asarray(polygon.exterior.coords)
            steps = np.abs(np.diff(points, axis=0))
            flat = (steps[:, axis] <= 0.02 * steps.sum(axis=1)) & (steps[:, 1 - axis] > 0.05)
            values.append(points[:-1][flat, axis])
            weights.append(steps[flat, 1 - axis])
        lines.append(merged_lines(np.concatenate(values), np.concatenate(weights), merge))
    xs, ys = (np.round(line, 3) for line in lines)
    votes = np.full((ys.size - 1, xs.size - 1, len(shapes) + 1), 0)
    for fx in (0.2, 0.5, 0.8):
        for fy in (0.2, 0.5, 0.8):
            gx, gy = np.meshgrid(xs[:-1] + fx * np.diff(xs), ys[:-1] + fy * np.diff(ys))
            for i, polygon in enumerate(shapes):
                votes[..., i] += shapely.contains_xy(polygon, gx, gy)
    votes[..., -1] = np.where(votes[..., :-1].sum(axis=2) >= 4, 0, 1)  # a cell half empty is nobody's
    winner = votes.argmax(axis=2)
    return _filled(Partition(xs, ys, np.where(winner == len(shapes), OUTSIDE, winner)))


def _filled(partition: Partition) -> Partition:
    """Enclosed gaps joined to rooms or made shafts, and rooms reduced to their largest piece."""
    labels = partition.labels.copy()
    cells = np.outer(np.diff(partition.ys), np.diff(partition.xs))
    for label in range(labels.max() + 1):
        pieces = components(labels == label)
        if pieces.max() > 0:
            area = np.bincount(pieces[pieces >= 0], weights=cells[pieces >= 0])
            labels[(pieces >= 0) & (pieces != area.argmax())] = OUTSIDE
    gaps = components(np.pad(labels == OUTSIDE, 1, constant_values=True))[1:-1, 1:-1]
    outer = components(np.pad(labels == OUTSIDE, 1, constant_values=True))[0, 0]
    for gap in sorted(set(gaps[gaps >= 0].tolist()) - {int(outer)}):
        mask = gaps == gap
        marked = np.where(mask, labels.max() + 1, labels)
        shared: dict[int, float] = {}
        for run in Partition(partition.xs, partition.ys, marked).runs():
            if labels.max() + 1 in (run.low, run.high) and min(run.low, run.high) >= 0:
                other = min(run.low, run.high)
                shared[other] = shared.get(other, 0.0) + run.length
        large = cells[mask].sum() >= SMALLEST or not shared
        labels[mask] = SOLID if large else max(sorted(shared), key=lambda k: shared[k])
    return Partition(partition.xs, partition.ys, labels).compact()


def check_areas(
    plan: str, partition: Partition, shapes: Sequence[Polygon], kinds: Sequence[str], wall: float
) -> None:
    """Refuses plans in pieces, and rooms whose area changed by more than half their walls explain.

    Args:
        plan: its id.
        partition: the grown rooms.
        shapes: the drawn rooms [m].
        kinds: what they are.
        wall: thickness of interior walls [m].

    Raises:
        PlanRejected: with the reason.
    """
    if components(partition.labels != OUTSIDE).max() > 0:
        raise PlanRejected(plan, "the plan falls apart")
    areas = partition.areas(len(shapes))
    for area, polygon, kind in zip(areas, shapes, kinds, strict=True):
        room = 0.15 if kind in OUTDOOR else 0.06
        low, high = (
            (1 - room) * polygon.area - 0.1,
            (1 + room) * polygon.area + 0.5 * wall * polygon.length + 0.1,
        )
        if not low <= area <= high:
            raise PlanRejected(
                plan, "a room changes its shape", f"{kind} {polygon.area:.1f} to {area:.1f} m²"
            )


def check_reach(plan: str, kinds: Sequence[str], openings: Sequence[Opening]) -> None:
    """Refuses plans with an indoor room that no door leads to; stairs may go elsewhere.

    Raises:
        PlanRejected: with the reason.
    """
    reached: NDArray[np.bool_] = np.zeros(len(kinds), bool)
    links = [o for o in openings if o.kind != "window"]
    for _ in kinds:
        for o in links:
            if o.second < 0:
                reached[o.first] = True
            elif reached[o.first] or reached[o.second]:
                reached[o.first] = reached[o.second] = True
    lost = [
        kind
        for kind, seen in zip(kinds, reached, strict=True)
        if not seen and kind not in (*OUTDOOR, "stairs")
    ]
    if lost:
        raise PlanRejected(plan, "a room without a door", ", ".join(lost))
