"""Quality of generated floor plans on held-out briefs, against starts that no network made.

Briefs are read off real plans of the validation and test splits (r2v and resplan), which no training has
seen. Each start is given to the same exact step: the same number of candidates, the same limit of annealing
steps. Figures are mean ± standard deviation over seeds.

    python benchmarks/quality.py                                all of it
    python benchmarks/quality.py --briefs 20 --seeds 1 --best 0   a quick look

Three sets of briefs: `usual`, every held-out real plan; `large`, 13 to 24 rooms (real where there are any,
else procedural ones of a seed of their own); `every_contact`, a sample of the usual plans whose briefs ask
for every contact that the real plan has. What is only a sample of briefs is drawn with seed 0.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # processes share the cores; threads would be in their way

import numpy as np
from measures import measured
from record import print_table, shared, validation_plans, write_record
from retrieved import Retrieval
from trials import ALONE, Case, Pool, Result, Trial, Trials, processes

from layoutgan.core import registry
from layoutgan.core.layout import Layout
from layoutgan.domains.domain import Effort
from layoutgan.domains.floorplan.answered import brief_from
from layoutgan.metrics.evaluate import likeness

STARTS = ("network", "random", "graph", "retrieved")
LARGE = (13, 24)
"""Rooms of a large plan."""
SCANNED = 1500
"""Procedural plans looked through for large ones."""
TRIED_OFTEN = 100
"""First seed of trials with several candidates, so that they share no noise with the others."""


@dataclass(frozen=True)
class Held:
    """Numbers of the cases of each set."""

    usual: list[int]
    often: list[int]
    """Those of the usual ones that are tried K times."""
    large: list[int]
    every_contact: list[int]


def rooms_of(plan: Layout) -> int:
    """How many rooms a plan has."""
    return sum(element.tag == "room" for element in plan.elements)


def large_plans(count: int) -> list[Layout]:
    """Procedural plans of 13 to 24 rooms, of a seed that no training uses."""
    found: list[Layout] = []
    for number, plan in enumerate(registry.find("dataset", "procedural")(count=20_000, seed=99).split("val")):
        if LARGE[0] <= rooms_of(plan) <= LARGE[1]:
            found.append(plan)
        if len(found) == count or number == SCANNED:
            break
    return found


def held_out(args: argparse.Namespace) -> tuple[list[Case], Held]:
    """All cases, and which belong to which set."""
    plans = [*validation_plans("val"), *validation_plans("test")]
    draw = random.Random(0)
    if args.briefs:
        plans = [plans[i] for i in sorted(draw.sample(range(len(plans)), min(args.briefs, len(plans))))]
    usual = list(range(len(plans)))
    often = sorted(draw.sample(usual, min(args.often, len(usual))))
    real_large = [i for i in usual if rooms_of(plans[i]) >= LARGE[0]]
    cases = [Case(plan, brief_from(plan)) for plan in plans]
    made = large_plans(max(0, args.large - len(real_large))) if args.large else []
    large = [*real_large[: args.large], *range(len(cases), len(cases) + len(made))]
    cases += [Case(plan, brief_from(plan)) for plan in made]
    asked = sorted(draw.sample(usual, min(args.every_contact, len(usual))))
    every = list(range(len(cases), len(cases) + len(asked)))
    cases += [Case(plans[i], brief_from(plans[i], adjacent=1.0)) for i in asked]
    return cases, Held(usual, often, large, every)


def means(results: Sequence[Result]) -> dict[str, float]:
    """Mean figures over briefs."""
    return {
        name: float(np.mean([r.figures[name] for r in results if name in r.figures]))
        for name in results[0].figures
    }


def spread(rows: Sequence[dict[str, float]]) -> dict[str, list[float]]:
    """Mean and standard deviation of each figure over seeds."""
    return {
        name: [float(np.mean([r[name] for r in rows])), float(np.std([r[name] for r in rows]))]
        for name in rows[0]
    }


def over_seeds(
    pool: Pool,
    start: str,
    cases: Sequence[int],
    seeds: Sequence[int],
    count: int = 1,
    real: Sequence[Layout] = (),
) -> dict[str, list[float]]:
    """Figures of a start on some cases; with likeness to real plans if those are given."""
    results = pool.run([Trial(start, case, seed, count) for seed in seeds for case in cases])
    rows = []
    for i in range(len(seeds)):
        own = results[i * len(cases) : (i + 1) * len(cases)]
        rows.append(means(own) | (likeness([r.layout for r in own], real) if real else {}))
    return spread(rows)


def figures_of(
    args: argparse.Namespace, pool: Pool, cases: list[Case], held: Held
) -> dict[str, dict[str, dict[str, list[float]]]]:
    """Figures by start and section."""
    real = [cases[i].truth for i in held.usual]
    seeds = list(range(args.seeds))
    often = [TRIED_OFTEN + i for i in range(args.best_seeds)]
    found: dict[str, dict[str, dict[str, list[float]]]] = {"real": {"single": _real(cases, held.usual)}}
    if "network" in args.starts:
        found[ALONE] = {"single": over_seeds(pool, ALONE, held.usual, seeds, real=real)}
    for start in args.starts:
        own = found[start] = {"single": over_seeds(pool, start, held.usual, seeds, real=real)}
        if args.best:
            own[f"best_of_{args.best}"] = over_seeds(pool, start, held.often, often, args.best, real)
    for section, numbers in (("large", held.large), ("every_contact", held.every_contact)):
        if numbers:
            found["real"][section] = _real(cases, numbers)
            for start in args.starts:
                found[start][section] = over_seeds(pool, start, numbers, seeds[:2])
                if args.best and start == "network":
                    best = over_seeds(pool, start, numbers, often[:1], args.best)
                    found[start][f"{section}_best_of_{args.best}"] = best
    return found


def _real(cases: Sequence[Case], numbers: Sequence[int]) -> dict[str, list[float]]:
    rows = [measured(cases[i].truth, cases[i].truth, cases[i].brief) for i in numbers]
    return {name: [float(np.mean([r[name] for r in rows])), 0.0] for name in rows[0]}


def cpu_seconds() -> float:
    """CPU time of this process and of those that have ended [s]."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--briefs", type=int, default=0, help="a sample of so many usual briefs; 0 for all")
    parser.add_argument("--seeds", type=int, default=3, help="of single samples")
    parser.add_argument("--best", type=int, default=8, help="best of K; 0 for none")
    parser.add_argument("--best-seeds", type=int, default=2, help="of trials with K candidates")
    parser.add_argument("--often", type=int, default=32, help="usual briefs that are tried K times")
    parser.add_argument("--large", type=int, default=16, help="briefs of 13 to 24 rooms")
    parser.add_argument("--every-contact", type=int, default=24, help="briefs that ask for every contact")
    parser.add_argument("--starts", nargs="*", default=STARTS, choices=STARTS)
    parser.add_argument("--quality", action="store_true", help="keep improving after the first answer")
    parser.add_argument("--weights", help="another generator than the shipped one")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "quality.json")
    return parser.parse_args()


def main() -> None:
    """Runs the benchmark and writes its record."""
    args = arguments()
    shared()
    began = time.perf_counter()
    cases, held = held_out(args)
    retrieval = Retrieval(validation_plans("train")) if "retrieved" in args.starts else None
    trials = Trials(cases, retrieval, Effort(quality=args.quality), args.weights)
    with processes(trials, args.processes) as pool:
        figures: dict[str, Any] = dict(figures_of(args, pool, cases, held))
    sections = dict.fromkeys(section for values in figures.values() for section in values)
    for section in sections:
        print_table(figures, section)
    counts = {
        "briefs": len(held.usual),
        "briefs_of_best": len(held.often),
        "briefs_large": len(held.large),
        "briefs_every_contact": len(held.every_contact),
        "seeds": args.seeds,
        "minutes": round((time.perf_counter() - began) / 60, 1),
        "cpu_minutes": round(cpu_seconds() / 60, 1),
    }
    write_record(args.out, figures | counts)


if __name__ == "__main__":
    main()
