"""Where pipe racks run: as the brief says, or a straight one chosen near what it has to serve."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry import LineString, Polygon

from layoutgan.core.geometry import largest_part
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.elements import COLUMN, Rack
from layoutgan.domains.piping.pipe_data import cost_per_metre
from layoutgan.domains.piping.plant import Plant
from layoutgan.domains.piping.site import RackWish

__all__ = ["rack_options", "racks_for"]

WIDTHS = (4.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0)
"""Widths that are usual [m]."""
_PARTS = (0.5, 0.4, 0.6, 0.3, 0.7)
"""Where across the plot a rack is tried [-]."""
_BESIDE_ROAD = 1.0
_FROM_LIMIT = 0.5
_SHORTEST = 2
"""Least number of bays."""
_GROWTH, _PITCH, _SMALL_PITCH, _RESERVE = 1.2, 0.30, 0.23, 0.6
_ON_RACK = 0.45
"""Share of the lines that lie side by side in the fullest bay [-]: a project default."""


def racks_for(
    brief: PipingBrief, plant: Plant, centres: Mapping[str, tuple[float, float]], seed: int, *, free: bool
) -> tuple[Rack, ...]:
    """Racks of one layout.

    Args:
        brief: says which racks stand, or wishes for one.
        plant: the brief filled in.
        centres: where a proposal puts things [m].
        seed: chooses among good places, so that layouts differ.
        free: nothing is known of where things stand: all places are as good.
    """
    given = brief.site.racks
    if not isinstance(given, RackWish):
        return tuple(
            _rack(g.id or f"PR-{i + 1}", g.line, g.width, g.tiers, g.bent) for i, g in enumerate(given)
        )
    options = rack_options(brief, plant, given)
    if not options:
        return ()
    if free:
        return (options[seed % len(options)],)
    costs = [_cost(option, plant, centres) for option in options]
    order = sorted(range(len(options)), key=lambda k: (round(costs[k], 6), k))
    good = [k for k in order if costs[k] <= 1.6 * costs[order[0]] + 1e-9]
    return (options[good[seed % min(3, len(good))]],)


def rack_options(brief: PipingBrief, plant: Plant, wish: RackWish) -> list[Rack]:
    """Straight racks that fit the plot, those through its middle first."""
    width = wish.width or _usual_width(plant, len(wish.tiers))
    ground = _ground(brief)
    options = []
    for part in _PARTS:
        for axis in (0, 1) if wish.along is None else ((0,) if wish.along == "x" else (1,)):
            line = _longest(ground, axis, part, width, wish.bent)
            if line is not None:
                options.append(_rack("PR-1", line, width, wish.tiers, wish.bent))
    longest = max((rack.line.length for rack in options), default=0.0)
    return [rack for rack in options if rack.line.length >= 0.5 * longest]


def _rack(name: str, line: LineString, width: float, tiers: Sequence[float], bent: float) -> Rack:
    plan = line.buffer(width / 2, cap_style="flat")
    return Rack(id=name, kind="rack", shape=plan, line=line, width=width, tiers=tuple(tiers), bent=bent)


def _usual_width(plant: Plant, tiers: int) -> float:
    lines = max(1, math.ceil(_ON_RACK * len(plant.runs) / tiers))
    pitch = _SMALL_PITCH if all(run.nps < 10 for run in plant.runs.values()) else _PITCH
    needed = _GROWTH * lines * pitch + _RESERVE + 2 * COLUMN
    return next((w for w in WIDTHS if w >= needed), WIDTHS[-1])


def _ground(brief: PipingBrief) -> Polygon:
    """Where a rack may stand: inside the limit, off keep-outs and fixed equipment, and off roads."""
    taken = [k.shape for k in brief.site.keep_outs if k.kind != "underground"]
    taken += [r.shape.buffer(_BESIDE_ROAD, join_style="mitre") for r in brief.site.roads]
    for item in brief.programme().nodes:
        if item.fixed is not None and item.kind != "terminal":
            taken.append(item.fixed.buffer(1.0, join_style="mitre"))
    inside = brief.site.outline.buffer(-_FROM_LIMIT, join_style="mitre")
    return largest_part(inside.difference(shapely.unary_union(taken)) if taken else inside)


def _longest(ground: Polygon, axis: int, part: float, width: float, bent: float) -> LineString | None:
    """The longest centre-line of whole bays at a part of the ground's extent across."""
    x0, y0, x1, y1 = ground.bounds
    low, high = (y0, y1) if axis == 0 else (x0, x1)
    at = round(low + part * (high - low), 1)
    ends = (x0, x1) if axis == 0 else (y0, y1)
    band = _box(axis, ends[0], at - width / 2, ends[1], at + width / 2)
    # What of the band is not ground, seen along the rack, leaves the free intervals between.
    stops = [ends[0], ends[0]]
    blocked = band.difference(ground)
    intervals = sorted(
        (p.bounds[0], p.bounds[2]) if axis == 0 else (p.bounds[1], p.bounds[3])
        for p in shapely.get_parts(blocked)
        if p.area > 1e-9
    )
    best = (0.0, 0.0)
    reach = stops[0]
    for start, stop in [*intervals, (ends[1], ends[1])]:
        if start - reach > best[1] - best[0]:
            best = (reach, start)
        reach = max(reach, stop)
    bays = math.floor((best[1] - best[0]) / bent + 1e-9)
    if bays < _SHORTEST:
        return None
    start = best[0]
    end = start + bays * bent
    points = [(start, at), (end, at)] if axis == 0 else [(at, start), (at, end)]
    return LineString(points)


def _box(axis: int, along0: float, across0: float, along1: float, across1: float) -> Polygon:
    if axis == 0:
        return shapely.box(along0, across0, along1, across1)
    return shapely.box(across0, along0, across1, along1)


def _cost(rack: Rack, plant: Plant, centres: Mapping[str, tuple[float, float]]) -> float:
    """Cost of leading every line from its ends to the rack, as the crow does not fly."""
    total = 0.0
    for run in plant.runs.values():
        weight = cost_per_metre(run.nps, run.rating, run.source.insulation)
        for end in run.ends:
            if end.owner in centres:
                total += weight * float(rack.line.distance(shapely.Point(centres[end.owner])))
    return total / max(1, len(plant.runs))
