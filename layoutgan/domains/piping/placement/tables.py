"""A placement problem as flat arrays for compiled code.

Letters as in `problem`; A is an item's wires, envelopes and wishes one behind the other, found by the first
index of each item (`…_of`, [N + 1]).
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np
import shapely

from layoutgan.domains.piping.placement.problem import Bools, Floats, Ints, PlacementProblem

__all__ = ["Tables", "beyond", "tables_of", "turned_boxes", "widened"]


class Tables(NamedTuple):
    """Everything that the search reads."""

    halves: Floats
    """Half extent along x and y at even and odd turns [N, 2, 2] [m]."""
    bounds: Floats
    """x0, y0, x1, y1 of the plot [4] [m]."""
    spacing: Floats
    reach: Floats
    """How far an item with its envelopes reaches from its footprint's edge [N] [m]."""
    turns: Bools
    turn_count: Ints
    fixed: Bools
    ends: Ints
    pins: Floats
    """Pins at each turn [E, 2, 4, 2] [m]."""
    costs: Floats
    wires_of: Ints
    wires: Ints
    boxes: Floats
    """Taken ground, first the obstacles of the problem, then what of the bounds is not plot [K, 4] [m]."""
    gaps: Floats
    blocks: Bools
    outside: Bools
    """Whether a box is ground beyond the outline [K]."""
    envelopes: Floats
    """Envelopes at each turn, from the item's centre [M, 4, 4] [m]."""
    inside: Bools
    envelopes_of: Ints
    row_of: Ints
    """Row of each item, -1 for none [N]."""
    row_start: Ints
    row_items: Ints
    row_axis: Ints
    """Wanted axis of each row, -1 for either [R]."""
    row_held: Bools
    """Rows that hold a fixed item [R]."""
    wishes_of: Ints
    wish_box: Floats
    wish_limit: Floats
    wish_cost: Floats
    sparks_of: Ints
    sparks: Ints
    """Index into the pairs of `drift` [A]."""
    drift_pairs: Ints
    drift: Floats
    """Direction x, y, reach [m], cosine of the half angle, cost [5]."""
    land: float


def turned_boxes(boxes: Floats) -> Floats:
    """Boxes [M, 4] about the origin at each of the four quarter turns [M, 4, 4]."""
    found = np.zeros((len(boxes), 4, 4))
    corners = boxes.reshape(-1, 2, 2)
    for turn in range(4):
        found[:, turn, :2] = corners.min(axis=1)
        found[:, turn, 2:] = corners.max(axis=1)
        corners = np.stack((-corners[:, :, 1], corners[:, :, 0]), axis=2)
    return found


def beyond(outline: Floats) -> Floats:
    """Boxes [K, 4] that cover what of the outline's bounding box lies outside a rectilinear outline."""
    shape = shapely.Polygon(outline)
    rest = shapely.box(*shape.bounds).difference(shape)
    marks = np.unique(outline[:, 0].round(9))
    found = []
    for low, high in itertools.pairwise(marks):
        slab = rest.intersection(shapely.box(low, shape.bounds[1], high, shape.bounds[3]))
        found += [part.bounds for part in shapely.get_parts(slab) if part.area > 1e-9]
    return np.asarray(found, dtype=np.float64).reshape(-1, 4)


def _grouped(owners: Ints, count: int) -> tuple[Ints, Ints]:
    """First places [N + 1] and indices [A] of what belongs to each item; owner -1 is nobody."""
    order = np.argsort(owners, kind="stable")
    order = order[owners[order] >= 0]
    first = np.searchsorted(owners[order], np.arange(count + 1))
    return first.astype(np.int64), order.astype(np.int64)


def tables_of(problem: PlacementProblem) -> Tables:
    """The arrays of a filled problem."""
    n = problem.count
    assert problem.spacing is not None  # the problem is filled
    assert problem.turns is not None
    assert problem.fixed is not None
    wires, envelopes, rows = problem.wires, problem.envelopes, problem.rows
    ends = wires.ends.reshape(-1, 2)
    # A wire belongs to both its items, once where both ends are on one.
    second = np.where(ends[:, 1] == ends[:, 0], -1, ends[:, 1])
    wires_of, index = _grouped(np.concatenate((ends[:, 0], second)), n)
    pins = np.repeat(wires.pins.reshape(-1, 2, 1, 2).astype(np.float64), 4, axis=2)
    for turn in range(1, 4):
        before = pins[:, :, turn - 1]
        rotated = np.stack((-before[..., 1], before[..., 0]), axis=-1)
        pins[:, :, turn] = np.where(ends[..., None] >= 0, rotated, before)
    outer = beyond(problem.outline)
    obstacles = problem.obstacles
    k = len(obstacles.boxes)
    envelopes_of, order = _grouped(envelopes.items, n)
    drawn = turned_boxes(envelopes.boxes.reshape(-1, 4)[order])
    row_of = np.full(n, -1, dtype=np.int64)
    for number, row in enumerate(rows):
        row_of[list(row.items)] = number
    wishes_of, wish = _grouped(problem.nearness.items, n)
    pairs = problem.drift.pairs.reshape(-1, 2)
    sparks_of, sparks = _grouped(pairs.T.ravel(), n)
    length, width = problem.sizes[:, 0] / 2, problem.sizes[:, 1] / 2
    drift = problem.drift
    return Tables(
        halves=np.stack((np.stack((length, width), 1), np.stack((width, length), 1)), 1),
        bounds=np.concatenate((problem.outline.min(axis=0), problem.outline.max(axis=0))),
        spacing=problem.spacing,
        reach=_reach(problem, drawn, envelopes_of),
        turns=problem.turns,
        turn_count=problem.turns.sum(axis=1).astype(np.int64),
        fixed=problem.fixed,
        ends=ends.astype(np.int64),
        pins=np.ascontiguousarray(pins),
        costs=wires.costs.astype(np.float64),
        wires_of=wires_of,
        wires=index % max(1, len(ends)),
        boxes=np.concatenate((obstacles.boxes.reshape(-1, 4).astype(np.float64), outer)),
        gaps=np.concatenate((obstacles.gaps.reshape(k, n).astype(np.float64), np.zeros((len(outer), n)))),
        blocks=np.concatenate((obstacles.blocks_envelopes, np.zeros(len(outer), dtype=np.bool_))),
        outside=np.arange(k + len(outer)) >= k,
        envelopes=drawn,
        inside=envelopes.inside[order],
        envelopes_of=envelopes_of,
        row_of=row_of,
        row_start=np.cumsum([0, *(len(row.items) for row in rows)], dtype=np.int64),
        row_items=np.asarray([i for row in rows for i in row.items], dtype=np.int64),
        row_axis=np.asarray([row.axis for row in rows], dtype=np.int64),
        row_held=np.asarray([problem.fixed[list(row.items)].any() for row in rows], dtype=np.bool_),
        wishes_of=wishes_of,
        wish_box=problem.nearness.boxes.reshape(-1, 4)[wish].astype(np.float64),
        wish_limit=problem.nearness.limits[wish].astype(np.float64),
        wish_cost=problem.nearness.costs[wish].astype(np.float64),
        sparks_of=sparks_of,
        sparks=sparks % max(1, len(pairs)),
        drift_pairs=pairs.astype(np.int64),
        drift=np.asarray(
            (
                *drift.direction,
                drift.reach,
                np.cos(np.radians(drift.half_angle)),
                drift.cost if len(pairs) else 0,
            )
        ),
        land=float(problem.land_cost),
    )


def _reach(problem: PlacementProblem, drawn: Floats, envelopes_of: Ints) -> Floats:
    reach = np.zeros(problem.count)
    for item, (length, width) in enumerate(problem.sizes):
        for box in drawn[envelopes_of[item] : envelopes_of[item + 1], 0]:
            past = max(-box[0] - length / 2, box[2] - length / 2, -box[1] - width / 2, box[3] - width / 2)
            reach[item] = max(reach[item], past)
    return reach


def widened(tables: Tables, grid: float) -> Tables:
    """The tables with every distance larger by what rounding centres to a grid [m] may cost."""
    edge = np.asarray((-grid, -grid, grid, grid))
    return tables._replace(
        spacing=np.where(tables.spacing >= 0, tables.spacing + 1.5 * grid, tables.spacing),
        gaps=np.where(tables.gaps >= 0, tables.gaps + grid, tables.gaps),
        envelopes=tables.envelopes + edge,
        bounds=tables.bounds - edge / 2,
        reach=np.where(tables.reach > 0, tables.reach + grid, 0.0),
    )
