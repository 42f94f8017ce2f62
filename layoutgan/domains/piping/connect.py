"""The placed plant as a routing problem, and routes as pipes.

Lines that branch from each other are routed as one tree; every piece then gets the number and size of its
own line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from layoutgan.domains.piping.arrange import covering_boxes
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.elements import COLUMN, Envelope, Equipment, Pipe, Rack, Terminal
from layoutgan.domains.piping.ends import End
from layoutgan.domains.piping.fitting_data import tee_height
from layoutgan.domains.piping.pipe_data import cost_per_metre, elbow, flange_od, outside
from layoutgan.domains.piping.plant import Plant, Run
from layoutgan.domains.piping.routing import problem as ask
from layoutgan.domains.piping.shapes import DIRECTIONS, coordinates, line3
from layoutgan.domains.piping.stand import draws
from layoutgan.domains.piping.straight import straight_run
from layoutgan.domains.piping.terminals import UTILITIES

__all__ = ["Net", "nets_of", "pieces_of", "pipes_of", "routing_problem"]

HEADROOM = {"main": 5.0, "secondary": 5.0, "access": 4.5, "walkway": 2.2, "rail": 6.0}
"""Height over roads that pipes keep free [m]; the rules that judge it give the sources."""
_ROUNDING = 2e-4
"""Added to distances, because points of pipes are rounded to a tenth of a millimetre afterwards [m]."""
CLEAR_EQUIPMENT, CLEAR_STEEL, CLEAR_BUILDING = 0.05, 0.10 + _ROUNDING, 0.10 + _ROUNDING
"""Least distance of a pipe's outside from equipment, rack columns and buildings [m]."""
GAP = 0.025 + _ROUNDING
BEND = 2.0
"""A bend costs as much as this much pipe [m]."""
ABOVE = 6.0
"""Room above the highest tier or usual nozzle in which lines may run [m]."""
SKY = 200.0
USUAL_HIGH, OVER_RACK = 6.0, 1.5
"""Level runs higher than this, and than this above the top tier, would hang in the air [m]."""
SPARE = 0.2
"""Share of a rack's width that is left for lines to come [-]; the rule that judges it gives the source."""
_OUTLETS = frozenset(
    {"discharge", "outlet", "outlet_2", "top", "bottom", "vapour", "liquid", "tube_out", "shell_out"}
)
_LIMIT_STUB = 0.5
"""Straight run inwards from the battery limit [m]."""


@dataclass
class Net:
    """Lines that are routed as one tree."""

    name: str
    runs: list[Run]
    ends: list[tuple[Run, End]] = field(default_factory=list)
    """All ends that are not branches, those of the first line first."""


def nets_of(plant: Plant) -> list[Net]:
    """Lines drawn together with those that branch from them."""
    parents = {
        run.number: next((e.owner for e in run.ends if e.kind == "line"), None) for run in plant.runs.values()
    }

    def root(number: str) -> str:
        parent = parents[number]
        return number if parent is None else root(parent)

    nets: dict[str, Net] = {}
    for run in plant.runs.values():
        top = root(run.number)
        nets.setdefault(top, Net(top, []))
        if run.number == top:
            nets[top].runs.insert(0, run)
        else:
            nets[top].runs.append(run)
    for net in nets.values():
        ends = [(run, end) for run in net.runs for end in run.ends if end.kind != "line"]
        # A pump's suction decides how its line falls; the other branches leave that run where they can.
        first = [k for k, (run, end) in enumerate(ends) if k and run is ends[0][0] and draws(end, plant)][:1]
        rest = [pair for k, pair in enumerate(ends) if k and k not in first]
        net.ends = [*ends[:1], *(ends[k] for k in first), *rest]
    return [net for net in nets.values() if len(net.ends) > 1]


def routing_problem(
    brief: PipingBrief,
    nets: Sequence[Net],
    equipment: Sequence[Equipment],
    racks: Sequence[Rack],
    terminals: Sequence[Terminal],
    envelopes: Sequence[Envelope],
) -> ask.RoutingProblem:
    """The problem of routing a placed plant.

    Args:
        brief: the site.
        nets: from ``nets_of``.
        equipment: placed, with nozzles.
        racks: of the layout.
        terminals: battery-limit points.
        envelopes: areas that must stay free.
    """
    owners = {item.id: i for i, item in enumerate(equipment)}
    items = {item.id: item for item in equipment}
    points = {t.id: t for t in terminals}
    x0, y0, x1, y1 = brief.site.outline.bounds
    tops = [max(r.tiers) for r in racks] + [n.at.z for item in equipment for n in item.nozzles if n.line]
    top = max([8.0, *tops]) + ABOVE
    high = max([USUAL_HIGH, *(max(r.tiers) + OVER_RACK for r in racks)])
    lines = tuple(_line(net, items, points, owners) for net in nets)
    return ask.RoutingProblem(
        bounds=((x0, y0, 0.2), (x1, y1, top)),
        lines=lines,
        solids=_solids(brief, equipment, racks),
        forbidden=_forbidden(brief, envelopes),
        racks=tuple(_rack(rack) for rack in racks),
        bend_cost=BEND,
        gap=GAP,
        levels=(high,),
        high=high,
        low=HEADROOM["walkway"],
    )


def _line(
    net: Net, items: dict[str, Equipment], points: dict[str, Terminal], owners: dict[str, int]
) -> ask.Line:
    largest = max(net.runs, key=lambda run: run.nps)
    insulation = max(run.source.insulation for run in net.runs)
    climb, slope = _climb(net, items)
    return ask.Line(
        name=net.name,
        terminals=tuple(_terminal(run, end, items, points, owners) for run, end in net.ends),
        radius=outside(largest.nps) / 2 + insulation,
        reach=flange_od(largest.nps, largest.rating) / 2 + insulation,
        elbow=elbow(largest.nps),
        tee=elbow(largest.nps) + tee_height(largest.nps),
        cost=cost_per_metre(largest.nps, largest.rating, insulation),
        climb=climb,
        slope=slope,
        priority=max(run.source.priority for run in net.runs) + (3 if climb is not ask.Climb.FREE else 0),
        service="utility" if net.runs[0].source.service in UTILITIES else "process",
    )


def _climb(net: Net, items: dict[str, Equipment]) -> tuple[ask.Climb, float]:
    slope = max((run.source.slope or 0.0) for run in net.runs)
    if slope > 0:
        return ask.Climb.FALLING, slope
    if any(run.source.no_pocket for run in net.runs) or any(_suction(end, items) for _, end in net.ends):
        return ask.Climb.MONOTONE, 0.0
    return ask.Climb.FREE, 0.0


def _suction(end: End, items: dict[str, Equipment]) -> bool:
    item = items.get(end.owner)
    nozzle = item.nozzle(end.nozzle) if item is not None and item.kind == "pump" else None
    return nozzle is not None and nozzle.role == "suction"


def _terminal(
    run: Run, end: End, items: dict[str, Equipment], points: dict[str, Terminal], owners: dict[str, int]
) -> ask.Terminal:
    if end.kind == "terminal":
        point = points[end.owner]
        x, y, z = (float(v) for v in coordinates(point.shape))
        return ask.Terminal((x, y, z), DIRECTIONS[point.direction], max(_LIMIT_STUB, elbow(run.nps)))
    nozzle = items[end.owner].nozzle(end.nozzle)
    assert nozzle is not None
    x, y, z = (float(v) for v in coordinates(nozzle.at))
    first = run.ends[0] == end
    straight = straight_run(
        items[end.owner].kind, nozzle.role, run, nozzle.nps, first=first, rating=nozzle.rating
    )
    feeds = _feeds(run, end, items)
    return ask.Terminal((x, y, z), DIRECTIONS[nozzle.direction], straight, owners[end.owner], feeds)


def _solids(brief: PipingBrief, equipment: Sequence[Equipment], racks: Sequence[Rack]) -> ask.Solids:
    rows: list[tuple[tuple[float, ...], float, int]] = [
        (item.box, CLEAR_EQUIPMENT, i) for i, item in enumerate(equipment)
    ]
    for rack in racks:
        for column in rack.columns:
            a, b, c, d = column.bounds
            rows.append(((a, b, 0.0, c, d, max(rack.tiers)), CLEAR_STEEL, -1))
    for area in brief.site.keep_outs:
        if area.height > 0:
            rows += [
                ((a, b, 0.0, c, d, area.height), CLEAR_BUILDING, -1)
                for a, b, c, d in covering_boxes(area.shape)
            ]
    return ask.Solids(
        np.asarray([box for box, _, _ in rows], dtype=np.float64).reshape(-1, 6),
        np.asarray([gap for _, gap, _ in rows], dtype=np.float64),
        np.asarray([owner for _, _, owner in rows], dtype=np.int64),
    )


def _forbidden(brief: PipingBrief, envelopes: Sequence[Envelope]) -> NDArray[np.float64]:
    """Where nothing stands and pipes must not run: headroom, free areas, and what lies beyond the limit."""
    rows: list[tuple[float, ...]] = []
    for road in brief.site.roads:
        rows += [(a, b, 0.0, c, d, HEADROOM[road.kind]) for a, b, c, d in covering_boxes(road.shape)]
    for area in envelopes:
        a, b, c, d = area.shape.bounds
        rows.append((a, b, area.bottom, c, d, area.top))
    outline = brief.site.outline
    beyond = shapely.box(*outline.bounds).difference(outline)
    for part in shapely.get_parts(beyond):
        if isinstance(part, Polygon) and part.area > 1e-6:
            rows += [(a, b, 0.0, c, d, SKY) for a, b, c, d in covering_boxes(part)]
    return np.asarray(rows, dtype=np.float64).reshape(-1, 6)


def _rack(rack: Rack) -> ask.Rack:
    x0, y0, x1, y1 = rack.shape.bounds
    edge = COLUMN + CLEAR_STEEL
    across = (y1 - y0 if rack.axis == 0 else x1 - x0) - 2 * edge
    far = edge + SPARE * across
    box = (x0, y0 + edge, x1, y1 - far) if rack.axis == 0 else (x0 + edge, y0, x1 - far, y1)
    # Utilities lie on the upper tiers, so that process lines reach their equipment from the lower ones.
    upper = frozenset({"utility"})
    services = tuple(
        upper if i > 0 and i == len(rack.tiers) - 1 else frozenset() for i in range(len(rack.tiers))
    )
    return ask.Rack(box, rack.axis, rack.tiers, services)


def pipes_of(nets: Sequence[Net], routing: ask.Routing, equipment: Sequence[Equipment]) -> tuple[Pipe, ...]:
    """Routes as pipes: one piece from end to end, one more per branch."""
    items = {item.id: item for item in equipment}
    routes = {route.name: route for route in routing.routes}
    return tuple(pipe for net in nets for pipe in _pieces(net, routes[net.name], items))


def _pieces(net: Net, route: ask.Route, items: dict[str, Equipment]) -> list[Pipe]:
    """Pieces of a tree: a run between the first two ends, then branches to where they join."""
    pieces: list[tuple[NDArray[np.float64], Run, str, str]] = []
    ends = net.ends
    for k, path in enumerate(route.paths):
        points = _clean(np.asarray(path, dtype=np.float64))
        if k == 0:
            pieces.append((points, ends[0][0], str(ends[0][1]), str(ends[1][1])))
            continue
        run, end = ends[k + 1]
        joins = _joins(points[-1], [p for p, *_ in pieces])
        parent = _name(net, pieces[joins][1], joins, pieces)
        if _feeds(run, end, items):
            pieces.append((points, run, str(end), parent))
        else:
            pieces.append((points[::-1], run, parent, str(end)))
    return [
        _pipe(_name(net, run, k, pieces), points, run, start, end, route)
        for k, (points, run, start, end) in enumerate(pieces)
    ]


def _name(net: Net, run: Run, place: int, pieces: Sequence[tuple[object, Run, str, str]]) -> str:
    """The line's number for its first piece, and a running number for the others."""
    before = sum(other.number == run.number for _, other, *_ in pieces[:place])
    return run.number if before == 0 else f"{run.number}/{before + 1}"


def pieces_of(net: Net) -> list[tuple[str, Run, End]]:
    """Id of each pipe of a net, the line that it belongs to, and the end that it starts from or leads to."""
    found: list[tuple[str, Run, End]] = []
    for k in range(len(net.ends) - 1):
        run, end = net.ends[k + 1] if k else net.ends[0]
        before = sum(other.number == run.number for _, other, _ in found)
        found.append((run.number if before == 0 else f"{run.number}/{before + 1}", run, end))
    return found


def _joins(point: NDArray[np.float64], paths: Sequence[NDArray[np.float64]]) -> int:
    """Which path a point lies on."""
    best, found = np.inf, 0
    for k, path in enumerate(paths):
        a, way = path[:-1], np.diff(path, axis=0)
        square = (way * way).sum(1)
        part = np.clip(((point - a) * way).sum(1) / np.where(square > 0, square, 1.0), 0.0, 1.0)
        away = float(np.linalg.norm(a + part[:, None] * way - point, axis=1).min())
        if away < best - 1e-9:
            best, found = away, k
    return found


def _feeds(run: Run, end: End, items: dict[str, Equipment]) -> bool:
    """Whether flow enters the tree at this end: as the line is written, or else by the nozzle's role."""
    if run.ends[0] == end or run.ends[1] == end:
        other = run.ends[int(run.ends[0] == end)]
        if other.kind == "line":
            return run.ends[0] == end
    item = items.get(end.owner)
    nozzle = item.nozzle(end.nozzle) if item is not None else None
    return nozzle is not None and nozzle.role in _OUTLETS


def _clean(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points to a tenth of a millimetre, without those that repeat or lie on a straight leg."""
    rounded = np.round(points, 4) + 0.0
    kept = [rounded[0]]
    for k in range(1, len(rounded)):
        if np.abs(rounded[k] - kept[-1]).max() < 5e-5:
            continue
        if len(kept) > 1:
            a, b = kept[-1] - kept[-2], rounded[k] - kept[-1]
            if (
                np.linalg.norm(np.cross(a, b)) < 1e-9 * max(1.0, float(np.linalg.norm(a) * np.linalg.norm(b)))
                and a @ b > 0
            ):
                kept[-1] = rounded[k]
                continue
        kept.append(rounded[k])
    return np.asarray(kept)


def _pipe(name: str, points: NDArray[np.float64], run: Run, start: str, end: str, route: ask.Route) -> Pipe:
    source = run.source
    return Pipe(
        id=name,
        kind=source.service,
        shape=line3(points),
        line=run.number,
        nps=run.nps,
        od=outside(run.nps),
        insulation=source.insulation,
        rating=run.rating,
        spec=source.spec,
        fluid=source.fluid,
        status="routed" if route.status is ask.Status.ROUTED else "exception",
        start=start,
        end=end,
        slope=source.slope,
        no_pocket=source.no_pocket,
        straight_start=source.straight_start,
        straight_end=source.straight_end,
        max_length=source.max_length,
        flow=source.flow,
        temperature=source.temperature,
        reason=route.reason,
    )
