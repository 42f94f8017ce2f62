"""The cheap half of the corpus: an arrangement first, then lines between what stands near each other.

A real plant is laid out so that lines are short; read backwards, short lines over a sensible arrangement make
a brief for which that arrangement is a good answer, at the cost of drawing random numbers. Only layouts that
the judge of placements finds legal are kept; nothing is optimised and no pipe is routed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import LineString, box

from layoutgan.core.layout import Layout, Provenance
from layoutgan.domains.piping.arrange import placement_problem
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.elements import Element, Equipment, KeepOut, Rack, Road
from layoutgan.domains.piping.pipe_data import elbow, flange_od, outside, stub
from layoutgan.domains.piping.placement.begin import first_state
from layoutgan.domains.piping.placement.evaluate import evaluate
from layoutgan.domains.piping.placement.problem import Placement, PlacementProblem, Start
from layoutgan.domains.piping.placement.straighten import straighten
from layoutgan.domains.piping.placement.tables import tables_of, widened
from layoutgan.domains.piping.plant import Item, Plant
from layoutgan.domains.piping.stand import Stand, envelopes_of
from layoutgan.domains.piping.terminals import placed_terminals
from layoutgan.errors import DatasetError

from .grammar import Port, Unit, Way, drawn_lines, written
from .rows import (
    BAY,
    Ground,
    Parts,
    Planned,
    Stood,
    planned_rows,
    stood_in_rows,
)
from .sizes import PAIRED, RANGES, draw_kind, draw_nps, draw_size
from .surroundings import Frame, Plot, plot_around

__all__ = ["SOURCE", "cheap", "draw_count"]

SOURCE = "layoutgan synthetic plants, cheap half"
"""What provenance says, so that these are told from optimised ones."""
LICENCE = "Apache-2.0"
ATTEMPTS = 60
"""Most draws per layout; one or two are needed on average."""
ROUNDS = 2
"""Linear programmes of each axis that draw an arrangement together, its order kept."""
REACH = (2.5, 7.0)
"""Least and most length over which the chance of a line falls to 1/e [m]."""
COUNTS = ((0.25, 6, 15), (0.5, 16, 40), (0.2, 41, 80), (0.05, 81, 150))
"""Shares of sizes: least and most items."""
_LETTERS = {
    "pump": "P", "exchanger": "E", "vessel": "V", "column": "C", "reactor": "R", "drum": "D", "tank": "T",
    "air_cooler": "A", "compressor": "K", "heater": "H", "package": "X", "filter": "F", "other": "Y",
}  # fmt: skip
_TIERS = ((4.9, 6.4), (4.6, 6.1, 7.6), (5.2, 7.0), (6.0, 7.5))
_LEVEL = frozenset({"+x", "-x", "+y", "-y"})
_ROWS_ASKED = 0.5
"""Share of pump rows that the brief asks for [-]."""
_SIDES = ("west", "south", "east", "north")


def draw_count(draw: random.Random, items: tuple[int, int]) -> int:
    """How many items a plant has: by the shares of COUNTS, inside limits."""
    low, high = items
    bands = [(share, max(a, low), min(b, high)) for share, a, b in COUNTS if a <= high and b >= low]
    if not bands:
        return draw.randint(low, high)
    _, a, b = draw.choices(bands, [share for share, _, _ in bands])[0]
    return draw.randint(a, b)


def cheap(seed: int, number: int, *, items: tuple[int, int] = (6, 150)) -> Layout:
    """Layout number ``number`` of a seed; depends on seed, number and items only.

    Args:
        seed: of the collection.
        number: in the collection.
        items: least and most items of equipment.

    Raises:
        DatasetError: none of many draws was legal; a mistake in this module.
    """
    draw = random.Random(f"layoutgan/plant/cheap/{seed}/{number}/{items[0]}-{items[1]}")
    for _ in range(ATTEMPTS):
        layout = _attempt(draw, draw_count(draw, items), f"Cheap plant {seed}-{number}")
        if layout is not None:
            made = Provenance(source=SOURCE, seed=seed, candidate=number, licence=LICENCE)
            return layout.model_copy(update={"provenance": made})
    raise DatasetError(f"no legal arrangement for plant {seed}-{number}; report this seed")


def _attempt(draw: random.Random, count: int, name: str) -> Layout | None:
    rows = _equipment(draw, count)
    bare = _brief(name, [[0, 0], [1500, 0], [1500, 1500], [0, 1500]], rows)
    plant = bare.plant()
    caps = {tag: _caps(item, draw) for tag, item in plant.items.items()}
    parts = _parts(bare, plant, caps)
    ground, plan = _ground(parts, draw)
    stood = stood_in_rows(parts, ground, plan, draw)
    if stood is None:
        return None
    if not ground.taken:  # no longer than what stands beside it
        used = float(stood.boxes(parts)[:, 2].max())
        ground = replace(ground, length=BAY * max(2, math.ceil(used / BAY)))
    for place, row in enumerate(stood.rows, start=1):
        if draw.random() < _ROWS_ASKED:
            for i in row:
                rows[i]["row"] = f"ROW-{place}"
    gates = ((0.0, 0.0), (ground.length, 0.0))
    found = drawn_lines(_units(plant, stood, caps), Way(draw.uniform(*REACH), gates), draw)
    plot = plot_around(parts, ground, stood, draw)
    turn = draw.randrange(4)
    return _judged(name, draw, _Scene(rows, found.terminals, written(found, draw), stood, ground, plot, turn))


@dataclass(frozen=True)
class _Scene:
    """Everything that has been drawn, before it is turned and written."""

    rows: list[dict[str, Any]]
    terminals: dict[str, int]
    lines: list[dict[str, object]]
    stood: Stood
    ground: Ground
    plot: Plot
    turn: int


def _equipment(draw: random.Random, count: int) -> list[dict[str, Any]]:
    """Rows of the equipment list: classes by their shares, pumps with spares."""
    rows: list[dict[str, Any]] = []
    numbers: dict[str, int] = {}
    while len(rows) < count:
        kind = draw_kind(draw)
        # A pair counts twice among the pumps, so that services are drawn less often.
        if kind == "pump" and draw.random() > 1.0 / (1.0 + PAIRED):
            continue
        numbers[kind] = numbers.get(kind, 0) + 1
        tag = f"{_LETTERS[kind]}-{100 + numbers[kind]}"
        sized = draw_size(draw, kind)
        row: dict[str, Any] = {"tag": tag, "class": kind, "size": list(sized.size), "base": sized.base}
        if kind == "pump" and draw.random() < PAIRED and len(rows) + 2 <= count:
            rows += [row | {"tag": f"{tag}{letter}", "set": tag} for letter in "AB"]
        else:
            rows.append(row)
    return rows


def _brief(name: str, outline: Sequence[Sequence[float]], rows: list[dict[str, Any]], *,
           site: dict[str, Any] | None = None, lines: Sequence[object] = ()) -> PipingBrief:  # fmt: skip
    tree = {
        "layoutgan": 1, "domain": "piping", "name": name, "site": {"outline": outline, **(site or {})},
        "equipment": rows, "lines": list(lines),
    }  # fmt: skip
    return PipingBrief.model_validate(tree)


def _caps(item: Item, draw: random.Random) -> dict[str, float]:
    """Largest line of each nozzle [in]: level nozzles get the room that such a line needs."""
    most = RANGES[item.kind].nps
    return {n.id: draw_nps(draw, 1.3, most=most) if n.direction in _LEVEL else most for n in item.nozzles}


def _parts(brief: PipingBrief, plant: Plant, caps: dict[str, dict[str, float]]) -> Parts:
    problem = placement_problem(brief, plant, (), (), factor=1.0).filled()
    areas: list[list[tuple[float, float, float, float]]] = [[] for _ in plant.items]
    for owner, edges in zip(problem.envelopes.items.tolist(), problem.envelopes.boxes.tolist(), strict=True):
        areas[owner].append(tuple(edges))
    for i, item in enumerate(plant.items.values()):
        areas[i] += [_way_out(item, n.at, n.direction, caps[item.tag][n.id]) for n in item.nozzles
                     if n.direction in _LEVEL]  # fmt: skip
    assert problem.spacing is not None
    assert problem.turns is not None
    return Parts(
        tuple(item.kind for item in plant.items.values()),
        tuple(item.source.set for item in plant.items.values()),
        problem.sizes, problem.spacing, tuple(map(tuple, areas)), problem.turns,
    )  # fmt: skip


def _way_out(
    item: Item, at: tuple[float, float, float], direction: str, nps: float
) -> tuple[float, float, float, float]:
    """Ground before a level nozzle for a line of that size, class 300 and insulated [m]."""
    half = flange_od(nps, 300) / 2 + 0.1
    straight = elbow(nps) + 5 * outside(nps) if item.kind == "pump" else stub(nps, 300)
    reach = straight + elbow(nps) + half + 0.1
    dx, dy = {"+x": (1, 0), "-x": (-1, 0), "+y": (0, 1), "-y": (0, -1)}[direction]
    x, y = at[0], at[1]
    xs = sorted((x - half * abs(dy), x + half * abs(dy), x + dx * reach))
    ys = sorted((y - half * abs(dx), y + half * abs(dx), y + dy * reach))
    return xs[0], ys[0], xs[-1], ys[-1]


def _ground(parts: Parts, draw: random.Random) -> tuple[Ground, list[Planned]]:
    """A rack as long as its rows need, in whole bays and sometimes with a branch, and the rows."""
    count = len(parts.kinds)
    width = draw.choice((4.0, 6.0) if count < 16 else (6.0, 8.0) if count < 41 else (8.0, 10.0, 12.0))
    bays, rows = planned_rows(parts, draw.uniform(0.8, 2.5), width, draw)
    span = bays * BAY
    taken: tuple[tuple[float, float, float, float], ...] = ()
    shape = draw.random()
    if shape < 0.3 and bays >= 5:
        # A branch at the rack's end makes an L, one farther in a T.
        depth = BAY * draw.randint(2, max(2, bays // 3))
        across = width - 2.0 if width > 4.0 else 4.0
        at = span - across if shape < 0.2 else BAY * draw.randint(1, bays - 2)
        side = draw.choice((1, -1))
        low, high = sorted((side * width / 2, side * (width / 2 + depth)))
        taken = ((at, low, at + across, high),)
    return Ground(span, width, taken), rows


def _units(plant: Plant, stood: Stood, caps: dict[str, dict[str, float]]) -> list[Unit]:
    """Items with their nozzles, spares as one."""
    groups: dict[str, list[int]] = {}
    items = list(plant.items.values())
    for i, item in enumerate(items):
        groups.setdefault(item.source.set or item.tag, []).append(i)
    units = []
    for members in groups.values():
        first = items[members[0]]
        at = np.mean([stood.centres[i] for i in members], axis=0)
        spot = (float(at[0]), float(at[1]))
        ports = tuple(
            Port(
                ";".join(f"{items[i].tag}.{n.id}" for i in members), f"{first.kind}.{n.role}", spot,
                min(caps[items[i].tag][n.id] for i in members), n.flow == "out",
            )
            for n in first.nozzles
        )  # fmt: skip
        units.append(Unit(ports))
    return units


def _judged(name: str, draw: random.Random, scene: _Scene) -> Layout | None:
    """The scene, turned and written as a layout; None when something is not legal."""
    frame = Frame(scene.plot.edges, scene.turn)
    outline = box(*scene.plot.edges)
    if scene.plot.cut is not None:
        outline = outline.difference(box(*scene.plot.cut))
    racks = _racks(scene, frame, draw)
    sides = [_SIDES[scene.turn % 4], _SIDES[(2 + scene.turn) % 4]]
    roads = [
        {"shape": frame.ring(box(*edges)), "kind": "access", "open": False} for edges, _ in scene.plot.roads
    ]
    keep = [] if scene.plot.keep_out is None else [
        {"shape": frame.ring(box(*scene.plot.keep_out)), "kind": "reserved"}]  # fmt: skip
    ends = scene.terminals
    site = {
        "racks": [
            {"id": r.id, "line": [list(c) for c in r.line.coords], "width": r.width, "tiers": r.tiers,
             "bent": BAY} for r in racks
        ],
        "roads": roads, "keep_outs": keep,
        "terminals": [{"id": name, "side": sides[at]} for name, at in ends.items()],
        "access": sorted({_SIDES[(side + scene.turn) % 4] for _, side in scene.plot.roads}) or ["south"],
        "pipes": sides[0], "wind": float(draw.randrange(0, 360, 45)),
    }  # fmt: skip
    brief = _brief(name, frame.ring(outline), scene.rows, site=site, lines=scene.lines)
    plant = brief.plant()
    drawn = np.asarray([frame.at(x, y) for x, y in scene.stood.centres])
    turns = (scene.stood.turns + scene.turn) % 4
    terminals = placed_terminals(brief, plant, racks, dict(zip(plant.items, map(tuple, drawn), strict=True)))
    placement = _polished(placement_problem(brief, plant, racks, terminals, factor=1.0), drawn, turns)
    if placement is None:
        return None
    centres = {tag: (float(x), float(y)) for tag, (x, y) in zip(plant.items, placement.centres, strict=True)}
    where = Stand(centres, dict(zip(plant.items, map(int, placement.turns), strict=True)))
    terminals = placed_terminals(brief, plant, racks, centres)
    equipment = tuple(_stands(item, where) for item in plant.items.values())
    fixed = tuple(
        Road(id=f"{r.kind}-{i + 1}", kind=r.kind, shape=r.shape, open=r.open)
        for i, r in enumerate(brief.site.roads)
    )
    areas = tuple(
        KeepOut(id=f"{k.kind}-area-{i + 1}", kind=k.kind, shape=k.shape, height=k.height)
        for i, k in enumerate(brief.site.keep_outs)
    )
    elements: tuple[Element, ...] = (
        *fixed, *areas, *racks, *equipment, *envelopes_of(plant, where), *terminals)  # fmt: skip
    scores = {"placement_cost": round(placement.cost, 3), "wire": round(placement.wire, 3)}
    return Layout(
        domain="piping", name=name, boundary=brief.site.outline, elements=elements, brief=brief, scores=scores
    )


def _polished(
    problem: PlacementProblem, centres: NDArray[np.float64], turns: NDArray[np.int64]
) -> Placement | None:
    """The arrangement drawn together, its order kept; None where it is not legal."""
    problem = problem.filled()
    tables = widened(tables_of(problem), problem.grid)
    state = straighten(tables, first_state(problem, Start(centres, turns, "rows")), ROUNDS)
    placement = evaluate(problem, np.round(np.round(state.at / problem.grid) * problem.grid, 9), state.turns)
    if not placement.feasible:
        placement = evaluate(problem, centres, turns)
    return placement if placement.feasible else None


def _racks(scene: _Scene, frame: Frame, draw: random.Random) -> tuple[Rack, ...]:
    tiers = draw.choice(_TIERS)
    ground = scene.ground
    found = [((0.0, 0.0), (ground.length, 0.0), ground.width)]
    for x0, y0, x1, y1 in ground.taken:
        found.append((((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1), x1 - x0))
    made = []
    for number, (start, end, width) in enumerate(found, start=1):
        line = LineString([frame.at(*start), frame.at(*end)])
        plan = line.buffer(width / 2, cap_style="flat")
        made.append(
            Rack(id=f"PR-{number}", kind="rack", shape=plan, line=line, width=width, tiers=tiers, bent=BAY)
        )
    return tuple(made)


def _stands(item: Item, where: Stand) -> Equipment:
    """A placed item; without nozzles, which are chosen when lines are routed."""
    return Equipment(
        id=item.tag, kind=item.kind, shape=where.footprint(item), size=(item.box.length, item.box.width),
        turn=where.turns[item.tag], bottom=item.box.bottom, top=round(item.box.top, 4), set=item.source.set,
        row=item.source.row, hazardous=item.hazardous, ignition=item.row.ignition,
    )  # fmt: skip
