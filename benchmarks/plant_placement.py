"""Placing equipment of fixed size: the ethylene-oxide unit, and synthetic units of 8 to 250 items."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from plant_units import make_unit

from layoutgan.domains.piping.placement.begin import scattered
from layoutgan.domains.piping.placement.exact import prove
from layoutgan.domains.piping.placement.place import place
from layoutgan.domains.piping.placement.problem import (
    Envelopes,
    Nearness,
    Obstacles,
    Placement,
    PlacementProblem,
    Row,
    Start,
    Wires,
)
from layoutgan.domains.piping.placement.spread import spread_bound
from layoutgan.domains.piping.spacing import Spacing

Record = dict[str, Any]
PROVEN = 9948.03
"""Ethylene oxide, all pairs apart: the value that the reference's programme proves."""
SIZES = (8, 32, 80, 250)
PULL = 1.5
PLOT = 3.2
"""Plot per inflated footprint [-]: about the middle of the reference's range of 2.0 to 4.5."""
BAND, RACK = 36.0, 8.0
"""Distance and width of racks [m]."""


def ethylene_oxide(data: Path, *, seed: int = 0) -> Record:
    """The unit of seven squares, placed and proven."""
    raw = json.loads((data / "ethylene_oxide" / "instance.json").read_text(encoding="utf-8"))
    sizes = np.asarray([(raw["alpha"][str(i)], raw["beta"][str(i)]) for i in raw["items"]])
    ends = np.asarray([[int(v) - 1 for v in pair.split("-")] for pair in raw["connection_cost"]])
    costs = np.asarray(list(raw["connection_cost"].values()))
    side = float(sizes.max(axis=1).sum() * 1.5)
    problem = PlacementProblem(
        sizes=sizes,
        outline=np.asarray([(0, 0), (side, 0), (side, side), (0, side)], dtype=np.float64),
        wires=Wires(ends, np.zeros((len(ends), 2, 2)), costs),
        turns=np.asarray([[1, 0, 0, 0]] * len(sizes)),
    )
    begun, clock = time.process_time(), time.perf_counter()
    answer = place(problem, random_start(problem, seed), seed=seed, effort=2.0)
    placed, clocked = time.process_time() - begun, time.perf_counter() - clock
    value, faults = _squares(sizes, ends, costs, answer.centres)
    begun, clock = time.process_time(), time.perf_counter()
    proof = prove(problem, value)
    return {
        "instance": "ethylene_oxide_7",
        "value": round(value, 4),
        "proven_by_reference": PROVEN,
        "over_proven": round(value / PROVEN - 1.0, 8),
        "faults": faults,
        "cpu_s": round(placed, 2),
        "wall_s": round(clocked, 2),
        "bound": round(proof.bound, 4),
        "gap": round(max(0.0, value - proof.bound) / value, 8),
        "nodes": proof.nodes,
        "proof_cpu_s": round(time.process_time() - begun, 2),
        "proof_wall_s": round(time.perf_counter() - clock, 2),
    }


def _squares(
    sizes: np.ndarray, ends: np.ndarray, costs: np.ndarray, centres: np.ndarray
) -> tuple[float, list[str]]:
    """Objective and overlaps, worked out pair by pair."""
    faults = []
    for i in range(len(sizes)):
        for j in range(i):
            lack = [(sizes[i, k] + sizes[j, k]) / 2 - abs(centres[i, k] - centres[j, k]) for k in (0, 1)]
            if min(lack) > 1e-6:
                faults.append(f"{i + 1} and {j + 1} overlap by {min(lack):.6f} m")
    value = 0.0
    for (a, b), cost in zip(ends, costs, strict=True):
        value += cost * (abs(centres[a, 0] - centres[b, 0]) + abs(centres[a, 1] - centres[b, 1]))
    return float(value), faults


def random_start(problem: PlacementProblem, seed: int) -> Start:
    """Items anywhere on the plot."""
    return scattered(problem, seed)


def unit_problem(items: int, seed: int) -> PlacementProblem:
    """The unit of `make_unit` as a placement problem, its arrangement forgotten.

    Class spacing, racks across the plot, pull areas at exchangers, pairs of pumps in rows near a rack.
    """
    unit = make_unit(items, 2 * items, seed)
    box, kinds = unit.boxes, unit.kinds
    sizes = np.maximum(box[:, 3:5] - box[:, :2], 0.5)
    table = Spacing()
    spacing = np.asarray(
        [
            [table.between((str(i), a), (str(j), b)).limit for j, b in enumerate(kinds)]
            for i, a in enumerate(kinds)
        ]
    )
    inflated = float(((sizes[:, 0] + 3.0) * (sizes[:, 1] + 3.0)).sum())
    side = np.sqrt(PLOT * inflated * 1.4)
    plot = np.maximum(np.asarray((side, side / 1.4)), 30.0).round(1)
    count = max(1, int(plot[1] // BAND))
    lines = [float(plot[1] * (k + 0.5) / count) for k in range(count)]
    racks = np.asarray([(4.0, y - RACK / 2, plot[0] - 4.0, y + RACK / 2) for y in lines])
    pumps = [i for i, kind in enumerate(kinds) if kind == "pump"]
    pulled = [i for i, kind in enumerate(kinds) if kind == "exchanger"]
    ends = [(line.terminals[0].owner, line.terminals[1].owner) for line in unit.routing.lines]
    pins = [
        [np.asarray(t.point[:2]) - (box[t.owner, :2] + box[t.owner, 3:5]) / 2 for t in line.terminals[:2]]
        for line in unit.routing.lines
    ]
    prices = [_price(line) for line in unit.routing.lines]
    return PlacementProblem(
        sizes=sizes,
        outline=np.asarray([(0, 0), (plot[0], 0), tuple(plot), (0, plot[1])], dtype=np.float64),
        wires=Wires(np.asarray(ends), np.asarray(pins), np.asarray(prices)),
        spacing=spacing,
        obstacles=Obstacles(racks, np.full((count, items), 0.9), np.ones(count, dtype=np.bool_)),
        envelopes=Envelopes(
            np.asarray(pulled, dtype=np.int64),
            np.asarray([_pull(*sizes[i]) for i in pulled]).reshape(-1, 4),
            np.ones(len(pulled), dtype=np.bool_),
        ),
        rows=tuple(Row((a, b)) for a, b in zip(pumps[::2], pumps[1::2], strict=False)),
        nearness=Nearness(
            np.asarray(pumps, dtype=np.int64),
            np.asarray([racks[k % count] for k in range(len(pumps))]).reshape(-1, 4),
            np.full(len(pumps), 2.5), np.full(len(pumps), 0.3),
        ),
        land_cost=0.05,
        grid=0.001,
    )  # fmt: skip


def _pull(length: float, width: float) -> tuple[float, float, float, float]:
    return -length / 2 - length - PULL, -width / 2 - 0.5, -length / 2, width / 2 + 0.5


def _price(line: Any) -> float:
    """Cost of a metre by the pipe's diameter; NPS 4 costs 1."""
    return round(0.35 + 0.65 * (line.radius / 0.0572) ** 1.6, 3)


def synthetic(items: int, *, seeds: int = 2, effort: float = 1.0) -> Record:
    """Synthetic units of a size: costs, gaps to the quick bound and to the one by spreading, time."""
    rows: list[Placement] = []
    problems = [unit_problem(items, seed) for seed in range(seeds)]
    begun, clock = time.process_time(), time.perf_counter()
    for seed, problem in enumerate(problems):
        rows.append(place(problem, random_start(problem, seed), seed=seed, effort=effort))
    spent, clocked = time.process_time() - begun, time.perf_counter() - clock
    begun = time.process_time()
    bounds = [spread_bound(problem.filled()) for problem in problems]
    return {
        "instance": f"unit of {items}",
        "items": items,
        "seeds": seeds,
        "legal": sum(row.feasible for row in rows),
        "broken": sum(len(row.violations) for row in rows),
        "cost": [round(row.cost, 1) for row in rows],
        "wire": [round(row.wire, 1) for row in rows],
        "quick_bound": [round(row.bound, 1) for row in rows],
        "spread_bound": [round(bound, 1) for bound in bounds],
        "quick_gap": [round(row.gap, 4) for row in rows],
        "gap": [round(1.0 - bound / row.cost, 4) for bound, row in zip(bounds, rows, strict=True)],
        "ratio_to_bound": [round(row.cost / bound, 3) for bound, row in zip(bounds, rows, strict=True)],
        "bound_cpu_s": round((time.process_time() - begun) / seeds, 2),
        "cpu_s": round(spent / seeds, 2),
        "wall_s": round(clocked / seeds, 2),
    }


def warm_starts(items: int = 32, *, seeds: int = 3, tries: int = 3, effort: float = 0.12) -> list[Record]:
    """What single searches reach from random starts, and with a third of the moves from good ones.

    Good starts are the best placement known with noise on every centre: a ceiling for any proposal.
    """
    found: dict[str, list[tuple[float, bool, float]]] = {}
    for seed in range(seeds):
        problem = unit_problem(items, seed)
        best = place(problem, random_start(problem, seed + 100), seed=seed, effort=0.5)
        for attempt in range(tries):
            rng = np.random.default_rng((seed, attempt))
            starts = {"random": (random_start(problem, attempt), effort)}
            for sigma in (3.0, 8.0):
                centres = best.centres + rng.normal(0.0, sigma, best.centres.shape)
                starts[f"best + {sigma:g} m"] = (Start(centres, best.turns, "repair"), effort / 3)
            for name, (start, spent) in starts.items():
                begun = time.process_time()
                placed = place(problem, start, seed=attempt, effort=spent, runs=1)
                ratio = placed.cost / best.cost
                row = (ratio, placed.feasible, time.process_time() - begun)
                found.setdefault(name, []).append(row)
    return [
        {
            "start": name,
            "items": items,
            "searches": len(rows),
            "legal": sum(legal for _, legal, _ in rows),
            "median_over_best": round(float(np.median([ratio for ratio, _, _ in rows])), 4),
            "mean_cpu_s": round(float(np.mean([spent for _, _, spent in rows])), 3),
        }
        for name, rows in found.items()
    ]
