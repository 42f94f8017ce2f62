"""The brief as a placement problem: sizes, spacing, wires, obstacles, envelopes and wishes as arrays."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from layoutgan.core.geometry import largest_part, rectilinear, simplified
from layoutgan.core.raster import Raster
from layoutgan.domains.domain import Proposal
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.elements import Rack, Terminal
from layoutgan.domains.piping.items import Clearance
from layoutgan.domains.piping.nozzles import Box, Nozzle
from layoutgan.domains.piping.pipe_data import cost_per_metre, elbow, flange_od
from layoutgan.domains.piping.placement.problem import (
    Drift,
    Envelopes,
    Nearness,
    Obstacles,
    PlacementProblem,
    Row,
    Start,
    Wires,
)
from layoutgan.domains.piping.plant import Item, Plant, Run
from layoutgan.domains.piping.shapes import DIRECTIONS
from layoutgan.domains.piping.spacing import HEATER, Spacing
from layoutgan.domains.piping.straight import straight_run

__all__ = ["covering_boxes", "envelope_box", "placement_problem", "start_of"]

LAND = 0.15
"""Cost of a square metre of plot in metres of NPS 4 pipe [1/m]: a project default."""
NEAR_RACK, NEAR_COST = 2.5, 1.5
"""Distance from the rack that costs nothing [m], and the cost of a metre beyond."""
GROUP_COST = 0.4
"""Cost of a metre between members of a group, as if a thin line joined them."""
FROM_RACK, FROM_BUILDING, FROM_ROAD = 0.9, 1.5, 3.0
"""Least distance of equipment from racks, buildings, and main or secondary roads [m]."""
CORRIDOR, CORRIDOR_DEPTH = 0.5, 3.0
"""Ground kept free beside and before battery-limit points [m]."""
LEVEL = ("+x", "-x", "+y", "-y")
AISLE = 1.2
"""Least width of an aisle that the brief gives none, as PI303 asks [m]."""
_GRID = 0.5
"""Grid on which a plot with slanted edges is made rectilinear [m]."""
_HARD_GAPS = {("pump", "pump"): 0.9, ("exchanger", "exchanger"): 0.9, ("drum", "drum"): 1.2}
"""Distances that rules demand whatever the table says, spares of one set included [m]."""
_LEAST = 0.9
"""Least distance of any two items: a person passes [m]."""


def placement_problem(
    brief: PipingBrief, plant: Plant, racks: Sequence[Rack], terminals: Sequence[Terminal], *, factor: float
) -> PlacementProblem:
    """The problem of placing a plant's equipment.

    Args:
        brief: the site and its wishes.
        plant: the brief filled in.
        racks: where they run.
        terminals: where lines cross the battery limit.
        factor: unverified class spacings are multiplied by this; below 1 where the plot is too small for
        them.
    """
    items = list(plant.items.values())
    places = {item.tag: i for i, item in enumerate(items)}
    count = len(items)
    fixed = np.asarray([item.source.fixed is not None for item in items], dtype=np.bool_)
    positions, held = np.zeros((count, 2)), np.zeros(count, dtype=np.int64)
    for i, item in enumerate(items):
        if item.source.fixed is not None:
            positions[i] = (item.source.fixed.at.x, item.source.fixed.at.y)
            held[i] = item.source.fixed.turn
    return PlacementProblem(
        sizes=np.asarray([(item.box.length, item.box.width) for item in items]),
        outline=_outline(brief.site.outline),
        wires=_wires(items, plant, places, terminals),
        spacing=_spacing(items, brief, factor),
        turns=_turns(items),
        fixed=fixed,
        positions=positions,
        held=held,
        obstacles=_obstacles(brief, items, racks, terminals),
        envelopes=_envelopes(items, plant),
        rows=_rows(items),
        nearness=_nearness(items, racks),
        drift=_drift(items, brief.site.wind),
        land_cost=LAND,
        grid=0.001,
        tags=tuple(item.tag for item in items),
    )


def start_of(proposal: Proposal, plant: Plant, brief: PipingBrief) -> Start:
    """Where a proposal puts the equipment."""
    x0, y0, x1, y1 = brief.site.outline.bounds
    known = {name: i for i, name in enumerate(proposal.ids)}
    centres, turns = [], []
    for tag in plant.items:
        i = known.get(tag)
        if i is None:
            centres.append(((x0 + x1) / 2, (y0 + y1) / 2))
            turns.append(0)
            continue
        box = proposal.rectangles[i, int(np.argmax(proposal.gates[i]))]
        centres.append(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
        turns.append(int(proposal.turns[i]) % 4 if proposal.turns is not None else 0)
    return Start(np.asarray(centres), np.asarray(turns, dtype=np.int64), proposal.source)


def _outline(shape: Polygon) -> NDArray[np.float64]:
    """Corners of the plot; one with slanted edges loses what does not fit a grid."""
    if not rectilinear(shape):
        x0, y0, x1, y1 = shape.bounds
        size = (math.ceil((y1 - y0) / _GRID), math.ceil((x1 - x0) / _GRID))
        inner = shape.buffer(-_GRID / 2, join_style="mitre")
        raster = Raster.draw([largest_part(inner)], origin=(x0, y0), size=size, metres_per_pixel=_GRID)
        shape = raster.trace(1)[0]
    return np.asarray(simplified(shape, 1e-9).exterior.coords[:-1], dtype=np.float64)[:, :2]


def _pin(item: Item, name: str) -> tuple[float, float]:
    """A nozzle in plan, from the item's centre at turn 0; one whose side is open counts at the centre [m]."""
    nozzle = item.nozzle(name)
    return (0.0, 0.0) if nozzle is None or nozzle.direction == "any" else nozzle.at[:2]


def _wires(
    items: Sequence[Item], plant: Plant, places: Mapping[str, int], terminals: Sequence[Terminal]
) -> Wires:
    points = {t.id: (t.shape.x, t.shape.y) for t in terminals}
    ends, pins, costs = [], [], []

    def pin(owner: str, nozzle: str) -> tuple[int, tuple[float, float]]:
        if owner in places:
            return places[owner], _pin(items[places[owner]], nozzle)
        return -1, points[owner]

    for run in plant.runs.values():
        spots = [pin(owner, nozzle) for owner, nozzle in _joined(run, plant)]
        weight = cost_per_metre(run.nps, run.rating, run.source.insulation)
        weight *= 1.0 + 0.1 * (run.source.priority - 5)
        for other in spots[1:]:
            if spots[0][0] != other[0] or other[0] == -1:
                ends.append((spots[0][0], other[0]))
                pins.append((spots[0][1], other[1]))
                costs.append(max(0.05, weight))
    groups: dict[str, list[int]] = {}
    for i, item in enumerate(items):
        if item.source.group:
            groups.setdefault(item.source.group, []).append(i)
    for members in groups.values():
        for first, second in itertools.pairwise(members):
            ends.append((first, second))
            pins.append(((0.0, 0.0), (0.0, 0.0)))
            costs.append(GROUP_COST)
    both_fixed = [e == (-1, -1) for e in ends]
    keep = [i for i, dull in enumerate(both_fixed) if not dull]
    return Wires(
        np.asarray([ends[i] for i in keep], dtype=np.int64).reshape(-1, 2),
        np.asarray([pins[i] for i in keep], dtype=np.float64).reshape(-1, 2, 2),
        np.asarray([costs[i] for i in keep], dtype=np.float64),
    )


def _joined(run: Run, plant: Plant) -> list[tuple[str, str]]:
    """Ends of a line as (owner, nozzle); where it branches from another, that line's first end."""
    found = []
    for end in run.ends:
        place = end
        while place.kind == "line":
            place = plant.runs[place.owner].ends[0]
        found.append((place.owner, place.nozzle))
    return found


def _spacing(items: Sequence[Item], brief: PipingBrief, factor: float) -> NDArray[np.float64]:
    table = Spacing(brief.spacing)
    gaps = np.zeros((len(items), len(items)))
    for i, one in enumerate(items):
        for j, two in enumerate(items[:i]):
            kinds = tuple(sorted((one.kind, two.kind)))
            least = max(_LEAST, _HARD_GAPS.get((kinds[0], kinds[1]), 0.0))
            if one.source.set and one.source.set == two.source.set:
                gap = least
            else:
                row = table.between((one.tag, one.kind), (two.tag, two.kind))
                gap = max(least, row.limit if row.verified else row.limit * factor)
            if "heater" in kinds and (one.hazardous and two.hazardous) and kinds != ("heater", "heater"):
                gap = max(gap, HEATER)
            gaps[i, j] = gaps[j, i] = gap
    return gaps


def _turns(items: Sequence[Item]) -> NDArray[np.bool_]:
    """Turns allowed; a round or square item without fixed nozzles or clearances looks the same in all."""
    allowed = np.ones((len(items), 4), dtype=np.bool_)
    for i, item in enumerate(items):
        if item.row.round and not item.clearances and all(n.direction in {"any", "+z"} for n in item.nozzles):
            allowed[i, 1:] = False
        if item.source.fixed is not None:
            allowed[i] = False
            allowed[i, item.source.fixed.turn] = True
    return allowed


def _corridors(
    brief: PipingBrief, racks: Sequence[Rack], terminals: Sequence[Terminal]
) -> list[tuple[float, float, float, float]]:
    """Ground before battery-limit points: to the end of the rack, or a few metres."""
    x0, y0, x1, y1 = brief.site.outline.bounds
    found = []
    for word in dict.fromkeys(t.direction for t in terminals):
        points = [t.shape for t in terminals if t.direction == word]
        dx, dy, _ = DIRECTIONS[word]
        rack = next((r for r in racks if (r.axis == 0) == bool(dx)), None)
        low = [min(p.x for p in points) - CORRIDOR, min(p.y for p in points) - CORRIDOR]
        high = [max(p.x for p in points) + CORRIDOR, max(p.y for p in points) + CORRIDOR]
        k = 0 if dx else 1
        if (dx, dy) in ((1, 0), (0, 1)):
            high[k] = (x0, y0)[k] + CORRIDOR_DEPTH if rack is None else rack.shape.bounds[k]
        else:
            low[k] = (x1, y1)[k] - CORRIDOR_DEPTH if rack is None else rack.shape.bounds[k + 2]
        if high[k] > low[k]:
            found.append((low[0], low[1], high[0], high[1]))
    return found


def _obstacles(
    brief: PipingBrief, items: Sequence[Item], racks: Sequence[Rack], terminals: Sequence[Terminal]
) -> Obstacles:
    rows: list[tuple[tuple[float, float, float, float], float, bool]] = []
    for area in brief.site.keep_outs:
        gap = FROM_BUILDING if area.height > 0 else 0.0
        rows += [(box, gap, area.height > 0) for box in covering_boxes(area.shape)]
    for road in brief.site.roads:
        gap = FROM_ROAD if road.kind in {"main", "secondary"} else 0.0
        rows += [(box, gap, False) for box in covering_boxes(road.shape)]
    rows += [(rack.shape.bounds, FROM_RACK, True) for rack in racks]
    rows += [(box, 0.0, False) for box in _corridors(brief, racks, terminals)]
    return Obstacles(
        np.asarray([box for box, _, _ in rows], dtype=np.float64).reshape(-1, 4),
        np.asarray([[gap] * len(items) for _, gap, _ in rows], dtype=np.float64).reshape(-1, len(items)),
        np.asarray([blocks for _, _, blocks in rows], dtype=np.bool_),
    )


def covering_boxes(shape: Polygon) -> list[tuple[float, float, float, float]]:
    """Boxes that cover a shape: itself where it is one, slabs between its corners elsewhere."""
    if abs(shape.area - shapely.box(*shape.bounds).area) < 1e-9:
        return [shape.bounds]
    x0, _, x1, _ = shape.bounds
    marks = sorted({round(float(x), 6) for x, _ in shape.exterior.coords} | {x0, x1})
    if not rectilinear(shape):
        marks = sorted({*marks, *np.arange(x0, x1, 1.0).round(6).tolist()})
    found = []
    for low, high in itertools.pairwise(marks):
        slab = shape.intersection(shapely.box(low, shape.bounds[1], high, shape.bounds[3]))
        found += [
            (low, part.bounds[1], high, part.bounds[3])
            for part in shapely.get_parts(slab)
            if part.area > 1e-9
        ]
    return found


def envelope_box(box: Box, clearance: Clearance) -> tuple[float, float, float, float]:
    """The area of a clearance at turn 0, from the item's centre [m]."""
    dx, dy, _ = DIRECTIONS[clearance.side]
    across = clearance.width or (box.width if dx else box.length)
    if clearance.kind == "aisle" and clearance.width is None:
        across = max(across, AISLE)
    if dx:
        near = dx * box.length / 2
        ends = sorted((near, near + dx * clearance.length))
        return ends[0], -across / 2, ends[1], across / 2
    near = dy * box.width / 2
    ends = sorted((near, near + dy * clearance.length))
    return -across / 2, ends[0], across / 2, ends[1]


def _envelopes(items: Sequence[Item], plant: Plant) -> Envelopes:
    """Free areas of the brief, and room for the pipe at each level nozzle that is used."""
    rows = [(i, envelope_box(item.box, c)) for i, item in enumerate(items) for c in item.clearances]
    runs = {(e.owner, e.nozzle): run for run in plant.runs.values() for e in run.ends if e.kind == "nozzle"}
    for i, item in enumerate(items):
        for nozzle in item.nozzles:
            run = runs.get((item.tag, nozzle.id))
            if run is not None and nozzle.direction in LEVEL:
                rows.append((i, _way_out(item, nozzle, run)))
    return Envelopes(
        np.asarray([i for i, _ in rows], dtype=np.int64),
        np.asarray([box for _, box in rows], dtype=np.float64).reshape(-1, 4),
        np.ones(len(rows), dtype=np.bool_),
    )


def _way_out(item: Item, nozzle: Nozzle, run: Run) -> tuple[float, float, float, float]:
    """Ground before a level nozzle that its straight pipe and first elbow need, at turn 0 [m]."""
    dx, dy, _ = DIRECTIONS[nozzle.direction]
    half = flange_od(run.nps, run.rating) / 2 + run.source.insulation
    reach = straight_run(item.kind, nozzle.role, run, nozzle.nps, first=run.ends[0].owner == item.tag)
    reach += elbow(run.nps) + half + 0.05
    x, y = nozzle.at[:2]
    ends = (x - half * abs(dy), y - half * abs(dx), x + half * abs(dy), y + half * abs(dx))
    return (
        min(ends[0], ends[0] + dx * reach), min(ends[1], ends[1] + dy * reach),
        max(ends[2], ends[2] + dx * reach), max(ends[3], ends[3] + dy * reach),
    )  # fmt: skip


def _rows(items: Sequence[Item]) -> tuple[Row, ...]:
    named: dict[str, list[int]] = {}
    for i, item in enumerate(items):
        if item.source.row:
            named.setdefault(item.source.row, []).append(i)
    return tuple(Row(tuple(members)) for members in named.values() if len(members) > 1)


def _nearness(items: Sequence[Item], racks: Sequence[Rack]) -> Nearness:
    wanted = [i for i, item in enumerate(items) if item.near_rack and item.source.fixed is None]
    if not racks or not wanted:
        return Nearness()
    # With several racks the first one counts: which is nearest is not known before the items stand.
    return Nearness(
        np.asarray(wanted, dtype=np.int64),
        np.asarray([racks[0].shape.bounds] * len(wanted), dtype=np.float64),
        np.full(len(wanted), NEAR_RACK),
        np.full(len(wanted), NEAR_COST),
    )


def _drift(items: Sequence[Item], wind: float) -> Drift:
    pairs = [
        (i, j)
        for i, source in enumerate(items)
        for j, spark in enumerate(items)
        if source.hazardous and not source.row.ignition and spark.row.ignition
    ]
    towards = math.radians(wind + 180.0)
    return Drift(
        np.asarray(pairs, dtype=np.int64).reshape(-1, 2),
        (round(math.cos(towards), 12), round(math.sin(towards), 12)),
        cost=1.0 if pairs else 0.0,
    )
