"""The judge of finished placements: shapes and distances from shapely, nothing from the search."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely.geometry import Polygon

from layoutgan.domains.piping.placement.problem import (
    Floats,
    Ints,
    Placement,
    PlacementProblem,
    Violation,
)

__all__ = ["TOLERANCE", "evaluate", "footprints"]

TOLERANCE = 1e-5
"""Shortfalls up to this are rounding [m]."""


def footprints(problem: PlacementProblem, centres: Floats, turns: Ints) -> list[Polygon]:
    """Plan of each item [m]."""
    found = []
    for (length, width), (x, y), turn in zip(problem.sizes, centres, turns, strict=True):
        along, across = (length, width) if turn % 2 == 0 else (width, length)
        found.append(shapely.box(x - along / 2, y - across / 2, x + along / 2, y + across / 2))
    return found


def evaluate(problem: PlacementProblem, centres: Floats, turns: Ints, *, bound: float = 0.0) -> Placement:
    """A placement with its cost and every hard demand that it breaks.

    Args:
        problem: filled.
        centres: [N, 2] [m].
        turns: [N].
        bound: that no legal placement costs less than.
    """
    plans = footprints(problem, centres, turns)
    wire = _wire(problem, centres, turns)
    hull = shapely.MultiPolygon(plans).bounds
    land = problem.land_cost * (hull[2] - hull[0]) * (hull[3] - hull[1])
    wishes = _near(problem, plans) + _drift(problem, plans)
    violations = (
        *_spacing(problem, plans), *_outline(problem, plans), *_obstacles(problem, plans),
        *_envelopes(problem, plans, centres, turns), *_rows(problem, centres),
        *_held(problem, centres, turns),
    )  # fmt: skip
    return Placement(
        centres, turns, wire + land + wishes, wire, land, wishes, violations, min(bound, wire + land + wishes)
    )


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    for _ in range(turn % 4):
        x, y = -y, x
    return x, y


def _wire(problem: PlacementProblem, centres: Floats, turns: Ints) -> float:
    total = 0.0
    wires = problem.wires
    for ends, pins, cost in zip(wires.ends, wires.pins, wires.costs, strict=True):
        spots = []
        for item, pin in zip(ends, pins, strict=True):
            if item < 0:
                spots.append((float(pin[0]), float(pin[1])))
                continue
            dx, dy = _turned(float(pin[0]), float(pin[1]), int(turns[item]))
            spots.append((float(centres[item][0]) + dx, float(centres[item][1]) + dy))
        (x0, y0), (x1, y1) = spots
        total += float(cost) * (abs(x0 - x1) + abs(y0 - y1))
    return total


def _near(problem: PlacementProblem, plans: list[Polygon]) -> float:
    wish = problem.nearness
    return sum(
        float(cost) * max(0.0, plans[item].distance(shapely.box(*box)) - float(limit))
        for item, box, limit, cost in zip(wish.items, wish.boxes, wish.limits, wish.costs, strict=True)
    )


def _drift(problem: PlacementProblem, plans: list[Polygon]) -> float:
    drift, total = problem.drift, 0.0
    for source, spark in drift.pairs:
        way = np.subtract(plans[spark].centroid.coords[0], plans[source].centroid.coords[0])
        run = math.hypot(*way)
        if run > 0 and float(way @ np.asarray(drift.direction)) > run * math.cos(
            math.radians(drift.half_angle)
        ):
            total += max(0.0, drift.reach - float(plans[source].distance(plans[spark])))
    return drift.cost * total


def _depth(one: Polygon, two: Polygon) -> float:
    """The shortest way out of an overlap of two boxes [m]; 0 without one."""
    a, b = one.bounds, two.bounds
    return max(0.0, min(a[2] - b[0], b[2] - a[0], a[3] - b[1], b[3] - a[1]))


def _lack(one: Polygon, two: Polygon, least: float) -> float:
    if least < 0:
        return 0.0
    return max(0.0, least - float(one.distance(two))) + _depth(one, two)


def _spacing(problem: PlacementProblem, plans: list[Polygon]) -> list[Violation]:
    assert problem.spacing is not None
    shapes = np.asarray(plans, dtype=object)
    most = float(max(0.0, problem.spacing.max())) if len(plans) else 0.0
    left, right = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=most + 1.0)
    found = []
    for i, j in sorted(zip(left.tolist(), right.tolist(), strict=True)):
        if i < j:
            lack = _lack(plans[i], plans[j], float(problem.spacing[i, j]))
            if lack > TOLERANCE:
                found.append(Violation("spacing", (i, j), lack))
    return found


def _past(box: tuple[float, float, float, float], plot: Polygon) -> float:
    """How far a box reaches beyond the plot: the depth of its widest part outside [m]."""
    outside = shapely.box(*box).difference(plot)
    parts = [part.bounds for part in shapely.get_parts(outside) if part.area > 0]
    return max((min(b[2] - b[0], b[3] - b[1]) for b in parts), default=0.0)


def _outline(problem: PlacementProblem, plans: list[Polygon]) -> list[Violation]:
    plot = shapely.Polygon(problem.outline)
    found = [(i, _past(plan.bounds, plot)) for i, plan in enumerate(plans)]
    return [Violation("outline", (i,), past) for i, past in found if past > TOLERANCE]


def _obstacles(problem: PlacementProblem, plans: list[Polygon]) -> list[Violation]:
    found = []
    for k, box in enumerate(problem.obstacles.boxes):
        taken = shapely.box(*box)
        for i, plan in enumerate(plans):
            lack = _lack(plan, taken, float(problem.obstacles.gaps[k, i]))
            if lack > TOLERANCE:
                found.append(Violation("obstacle", (i,), lack, k))
    return found


def _envelopes(
    problem: PlacementProblem, plans: list[Polygon], centres: Floats, turns: Ints
) -> list[Violation]:
    assert problem.spacing is not None
    plot, found = shapely.Polygon(problem.outline), []
    blocks = [
        shapely.box(*box)
        for box, hard in zip(problem.obstacles.boxes, problem.obstacles.blocks_envelopes, strict=True)
        if hard
    ]
    for m, owner in enumerate(problem.envelopes.items.tolist()):
        a, b, c, d = (float(v) for v in problem.envelopes.boxes[m])
        turn = int(turns[owner])
        corners = np.asarray((_turned(a, b, turn), _turned(c, d, turn))) + centres[owner]
        area = shapely.box(*corners.min(axis=0), *corners.max(axis=0))
        past = _past(area.bounds, plot) if problem.envelopes.inside[m] else 0.0
        past = max([past, *(_depth(area, block) for block in blocks)])
        if past > TOLERANCE:
            found.append(Violation("envelope", (owner,), past, m))
        for i, plan in enumerate(plans):
            depth = _depth(area, plan) if i != owner and problem.spacing[owner, i] >= 0 else 0.0
            if depth > TOLERANCE:
                found.append(Violation("envelope", (owner, i), depth, m))
    return found


def _rows(problem: PlacementProblem, centres: Floats) -> list[Violation]:
    found = []
    for row in problem.rows:
        spread = np.ptp(centres[list(row.items)], axis=0)
        off = float(spread.min() if row.axis < 0 else spread[1 - row.axis])
        if off > TOLERANCE:
            found.append(Violation("row", row.items, off))
    return found


def _held(problem: PlacementProblem, centres: Floats, turns: Ints) -> list[Violation]:
    assert problem.turns is not None
    assert problem.fixed is not None
    assert problem.positions is not None
    assert problem.held is not None
    found = []
    for i in range(problem.count):
        if problem.fixed[i]:
            off = float(np.abs(centres[i] - problem.positions[i]).max())
            off = off if int(turns[i]) == int(problem.held[i]) % 4 else max(off, 1.0)
            if off > TOLERANCE:
                found.append(Violation("fixed", (i,), off))
        elif not problem.turns[i, int(turns[i]) % 4]:
            found.append(Violation("turn", (i,), 1.0))
    return found
