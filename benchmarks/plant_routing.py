"""How well and how fast lines are routed: literature instances, synthetic units, growth, and re-routing.

    python benchmarks/plant_routing.py [--quick] [--seeds 2] [--only synthetic]

`routing()` gives the records that `plants.py` collects. Times are process time of one thread (`cpu_s`) and
wall time; kernels are compiled before. A ratio is Σ cost / Σ bound over routed lines; the bound of a line is
its proven optimum if it were alone among the solids, for a header with branches a relaxed one.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from plant_units import make_unit
from record import ROOT, shared, write_record
from record import _commit as commit
from routing_instances import COLONY, LITERATURE, RANDOM, Instance, judge, read_json, read_yaml

from layoutgan.domains.piping.routing.clash import clashes
from layoutgan.domains.piping.routing.problem import Routing, RoutingProblem, Status
from layoutgan.domains.piping.routing.route import compile_ahead, reroute, route

Record = dict[str, Any]
SETS = ("literature", "synthetic", "growth", "incremental")
LENGTH_FIRST = 1e-4
"""Price of a bend that makes length count first [steps]."""
UNITS = ((32, 63), (80, 250), (250, 500))
GROWTH = ((10, 16), (20, 32), (32, 63), (60, 125), (80, 250), (250, 500))
BARS = {63: (1.05, 10.0), 250: (1.05, 10.0), 500: (1.10, 60.0)}
"""Greatest ratio and time [s] asked for by number of lines."""


def routing(
    *, seeds: int = 1, quick: bool = False, data: Path | None = None, only: Sequence[str] = SETS
) -> list[Record]:
    """Records of all sets, or of some.

    Args:
        seeds: of synthetic units.
        quick: leaves out units above 63 lines and the largest random sets.
        data: folder of the literature instances; left out where it is None.
        only: sets to run.
    """
    compile_ahead()
    units = UNITS[:1] if quick else UNITS
    rows = literature(data, quick=quick) if data is not None and "literature" in only else []
    if "synthetic" in only:
        rows += [
            synthetic(items, lines, seed, branches)
            for items, lines in units
            for branches in (0.0, 0.1)
            for seed in range(seeds)
        ]
    if "growth" in only:
        rows += [growth(items, lines) for items, lines in (GROWTH[:3] if quick else GROWTH)]
    if "incremental" in only:
        rows += [incremental(items, lines, 0) for items, lines in units[:2]]
    return rows


def literature(data: Path, *, quick: bool = False) -> list[Record]:
    """Published instances: length first, then bends."""
    rows = []
    for name, (length, bends) in LITERATURE.items():
        found = read_json(data / "routing" / f"{name}.json")
        rows.append(_jointly(name, [found], length, bends))
    for size, (length, bends) in RANDOM.items():
        if not (quick and size.startswith("100")):
            files = sorted((data / "routing").glob(f"randomcase_*_size{size}_*.json"))
            rows.append(
                _jointly(f"random {size} x {len(files)}", [read_json(f) for f in files], length, bends)
            )
    for name, (lengths, turns) in COLONY.items():
        found = read_yaml(data / "routing_iaco" / f"{name}.yaml")
        rows.append(_singly(f"iaco {name}", found, sum(lengths), sum(turns)))
    return rows


def _jointly(name: str, instances: list[Instance], length: int, bends: int) -> Record:
    """All pipes of each instance together, cell-disjoint; sums over the instances."""
    begun, clock = time.process_time(), time.perf_counter()
    answers = [route(found.problem(tuple(range(len(found.pipes))), LENGTH_FIRST)) for found in instances]
    spent = _spent(begun, clock)
    judged = [
        judge(found, tuple(range(len(found.pipes))), answer.routes)
        for found, answer in zip(instances, answers, strict=True)
    ]
    return _published(name, answers, judged, length, bends) | spent


def _singly(name: str, instance: Instance, length: int, bends: int) -> Record:
    """Each pipe for itself: pipes of the instance share terminals."""
    begun, clock = time.process_time(), time.perf_counter()
    answers = [route(instance.problem((pipe,), LENGTH_FIRST)) for pipe in range(len(instance.pipes))]
    spent = _spent(begun, clock)
    judged = [judge(instance, (pipe,), answer.routes) for pipe, answer in enumerate(answers)]
    return _published(name, answers, judged, length, bends) | spent


def _published(name: str, answers: list[Routing], judged: list[Any], length: int, bends: int) -> Record:
    return {
        "set": "literature",
        "case": name,
        "pipes": sum(len(answer.routes) for answer in answers),
        "exceptions": sum(len(answer.exceptions) for answer in answers),
        "length": sum(one.length for one in judged),
        "reference_length": length,
        "bends": sum(one.bends for one in judged),
        "reference_bends": bends,
        "faults": sum(one.faults for one in judged),
    }


def synthetic(items: int, lines: int, seed: int, branches: float) -> Record:
    """A unit of our own: negotiated routing with pitch, racks, steel and take-offs."""
    problem = make_unit(items, lines, seed, branches=branches).routing
    ratio, seconds = BARS.get(lines, (1.10, 60.0))
    found = _unit_record(problem, lines)
    met = found["ratio"] <= ratio and found["cpu_s"] <= seconds and not found["clashes"] and not found["lost"]
    return {"set": "synthetic", "items": items, "seed": seed, "branches": branches, **found, "bar_met": met}


def growth(items: int, lines: int) -> Record:
    """The same without branches and without cheaper racks, so that Manhattan lengths compare."""
    problem = make_unit(items, lines, 7, discount=1.0).routing
    return {"set": "growth", "items": items, "seed": 7, **_unit_record(problem, lines)}


def _unit_record(problem: RoutingProblem, lines: int) -> Record:
    begun, clock = time.process_time(), time.perf_counter()
    answer = route(problem)
    spent = _spent(begun, clock)
    found = clashes(problem, answer)
    routed = [r for r in answer.routes if r.status is Status.ROUTED]
    each = np.array([r.cost / r.bound for r in routed])
    return {
        "lines": lines,
        "routed": len(routed),
        "exceptions": len(answer.exceptions),
        "lost": lines - len(answer.routes),
        "ratio": round(answer.ratio, 4),
        "ratio_median": round(float(np.median(each)), 4),
        "ratio_p90": round(float(np.quantile(each, 0.9)), 4),
        "ratio_max": round(float(each.max()), 4),
        "length_over_manhattan": round(_over_manhattan(problem, answer), 4),
        "bends_per_line": round(sum(r.bends for r in routed) / max(len(routed), 1), 3),
        "clashes": sum(clash.kind != "stub" for clash in found),
        "nozzle_clashes": sum(clash.kind == "stub" for clash in found),
        "rounds": answer.rounds,
        **spent,
    }


def _over_manhattan(problem: RoutingProblem, answer: Routing) -> float:
    """Σ length / Σ Manhattan distance of the stub tips, over routed lines with two ends, stubs left out."""
    length = bound = 0.0
    for asked, found in zip(problem.lines, answer.routes, strict=True):
        if found.status is Status.ROUTED and len(asked.terminals) == 2:
            tips = [np.array(t.point) + t.stub * np.array(t.direction) for t in asked.terminals]
            length += found.length - sum(t.stub for t in asked.terminals)
            bound += float(np.abs(tips[1] - tips[0]).sum())
    return length / bound


def incremental(items: int, lines: int, seed: int) -> Record:
    """One item with its nozzles moved by a quarter of a metre: what is laid anew, and how long it takes."""
    problem = make_unit(items, lines, seed).routing
    before = route(problem)
    item = int(np.bincount([t.owner for asked in problem.lines for t in asked.terminals]).argmax())
    changed = _moved(problem, item, np.array([0.25, 0.0, 0.0]))
    begun, clock = time.process_time(), time.perf_counter()
    after = reroute(changed, before)
    spent = _spent(begun, clock)
    kept = sum(old is new for old, new in zip(before.routes, after.routes, strict=True))
    return {
        "set": "incremental",
        "lines": lines,
        "at_the_item": sum(any(t.owner == item for t in asked.terminals) for asked in problem.lines),
        "laid_anew": len(after.rerouted),
        "kept_to_the_bit": kept,
        "exceptions": len(after.exceptions),
        "clashes": sum(clash.kind != "stub" for clash in clashes(changed, after)),
        "ratio": round(after.ratio, 4),
        **spent,
    }


def _moved(problem: RoutingProblem, item: int, by: np.ndarray) -> RoutingProblem:
    boxes = problem.solids.boxes.copy()
    boxes[problem.solids.owners == item] += np.concatenate([by, by])
    lines = tuple(
        replace(
            asked,
            terminals=tuple(
                replace(t, point=tuple(np.array(t.point) + by)) if t.owner == item else t
                for t in asked.terminals
            ),
        )
        for asked in problem.lines
    )
    return replace(problem, lines=lines, solids=replace(problem.solids, boxes=boxes))


def _spent(begun: float, clock: float) -> Record:
    return {
        "cpu_s": round(time.process_time() - begun, 3),
        "wall_s": round(time.perf_counter() - clock, 3),
    }


def show(rows: list[Record]) -> None:
    """Prints one table per set."""
    for name in dict.fromkeys(row["set"] for row in rows):
        group = [row for row in rows if row["set"] == name]
        heads = [head for head in group[0] if head != "set"]
        print(f"\n{name}\n" + " ".join(f"{head:>12.12}" for head in heads))
        for row in group:
            print(" ".join(f"{row.get(head, '')!s:>12.20}" for head in heads))


def main() -> None:
    """Runs all, or some sets, and keeps the records beside those of the other sets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="leave out what takes more than seconds")
    parser.add_argument("--seeds", type=int, default=1, help="synthetic units of each size")
    parser.add_argument("--only", nargs="*", choices=SETS, default=list(SETS), help="sets to run")
    options = parser.parse_args()
    rows = routing(seeds=options.seeds, quick=options.quick, data=shared(), only=options.only)
    show(rows)
    path = ROOT / "benchmarks" / "results" / "plant_routing.json"
    kept = json.loads(path.read_text(encoding="utf-8"))["figures"] if path.is_file() else {}
    made = {"commit": commit()}  # sets may stem from different runs
    kept |= {name: [row | made for row in rows if row["set"] == name] for name in options.only}
    if not options.quick:
        write_record(path, kept)


if __name__ == "__main__":
    main()
