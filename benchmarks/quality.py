"""Quality of generated floor plans on validation briefs, against starts that no network made.

Briefs are derived from real plans of the validation and test splits (r2v and resplan), which no training has
seen. Each
start is given to the same exact step with the same number of annealing steps. Figures are mean ± standard
deviation over seeds.

    python benchmarks/quality.py                      all held-out briefs, 3 seeds
    python benchmarks/quality.py --briefs 20 --seeds 1 --best 0   a quick look
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from record import print_table, shared, validation_plans, write_record
from retrieved import Retrieval

from layoutgan.core.layout import Layout
from layoutgan.domains.domain import Effort, Proposal, domain_of
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.generation.rank import sort_key
from layoutgan.generation.raw import raw_plan
from layoutgan.generation.realise import Judged, Workers, workers
from layoutgan.generation.sample import sample
from layoutgan.metrics.evaluate import likeness
from layoutgan.metrics.fpeval import LIMITS, Geometry, RoomFigures, adjacency_f1, geometry, room_figures
from layoutgan.metrics.plan import Plan
from layoutgan.metrics.satisfaction import satisfaction

STARTS = ("network", "random", "graph", "retrieved")


def measure(
    layouts: Sequence[Layout], truths: Sequence[Layout], briefs: Sequence[FloorplanBrief]
) -> dict[str, float]:
    """Mean figures of one plan per brief."""
    rows: list[dict[str, float]] = []
    for layout, truth, brief in zip(layouts, truths, briefs, strict=True):
        plan = Plan.of(layout)
        rooms = room_figures(plan)
        judged = geometry(plan, rooms)
        met = satisfaction(layout, brief)
        rows.append(
            {
                "overlap": judged.overlap,
                "holes": judged.holes,
                "pieces": float(judged.components),
                "covered": judged.coverage,
                "count_right": float(len(plan.rooms) == len(brief.spaces)),
                "types_right": float(met.counts["present"][0] == met.counts["present"][1]),
                "adjacency_f1": met.connections_f1,
                "fpeval_adjacency_f1": adjacency_f1(plan, Plan.of(truth)),
                "any_violation": float(judged.any_violation),
                "forced_free_violation": float(_own_violation(plan, rooms, judged, Plan.of(truth))),
                "all_demands_met": float(met.all_met),
                "demands_met": met.share,
                "area_in_range": _ratio(met.counts.get("area")),
                "area_error": met.area_error,
                "corners": float(rooms.corners.mean()),
                "rectangles": float((rooms.corners == 4).mean()),
                "l_shapes": float((rooms.corners == 6).mean()),
                "slivers": float((rooms.aspect > 4).mean()),
            }
        )
    return {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}


def _own_violation(plan: Plan, rooms: RoomFigures, judged: Geometry, truth: Plan) -> bool:
    """Whether the plan breaks a rule that the real plan of its brief keeps, room by room."""
    if judged.overlap > 0.02 or judged.holes > 0.02 or judged.adjacency_components > 1:
        return True
    ours, theirs = _broken(plan, rooms), _broken(truth, room_figures(truth))
    return any(not flags <= theirs.get(name, set()) for name, flags in ours.items())


def _broken(plan: Plan, rooms: RoomFigures) -> dict[str, set[str]]:
    """Names of the limits that each room breaks."""
    result: dict[str, set[str]] = {}
    for i, (name, kind) in enumerate(zip(plan.ids, plan.kinds, strict=True)):
        limit = LIMITS[kind]
        flags = {
            "area": rooms.area[i] < limit.area - 1e-9,
            "width": rooms.width[i] < limit.width - 1e-9,
            "aspect": rooms.aspect[i] > limit.aspect + 1e-9,
        }
        result[name] = {flag for flag, on in flags.items() if on}
    return result


def _ratio(pair: tuple[int, int] | None) -> float:
    return 1.0 if not pair or not pair[1] else pair[0] / pair[1]


def proposals_of(
    start: str, brief: FloorplanBrief, count: int, seed: int, retrieval: Retrieval
) -> list[Proposal]:
    """Proposals of one start for a brief."""
    if start == "retrieved":
        return [retrieval.propose(brief, seed + i) for i in range(count)]
    return sample(brief, count, seed, start=start)


def run_start(
    start: str,
    briefs: Sequence[FloorplanBrief],
    seed: int,
    count: int,
    pool: Workers,
    effort: Effort,
    retrieval: Retrieval,
) -> tuple[list[list[Judged]], float]:
    """Candidates for each brief from one start, and the seconds that it took."""
    began = time.perf_counter()
    results = []
    for number, brief in enumerate(briefs):
        proposals = proposals_of(start, brief, count, 1000 * seed + number, retrieval)
        results.append(list(pool.realise(brief, proposals, [seed * 7919 + i for i in range(count)], effort)))
    return results, time.perf_counter() - began


def alone(
    briefs: Sequence[FloorplanBrief], truths: Sequence[Layout], real: Sequence[Layout], seeds: int
) -> dict[str, Any]:
    """Figures of the network without the exact step."""
    rows = []
    for seed in range(seeds):
        layouts = [raw_plan(b, sample(b, 1, 1000 * seed + i)[0]) for i, b in enumerate(briefs)]
        rows.append(measure(layouts, truths, briefs) | likeness(layouts, real))
    return {
        "single": {
            k: [float(np.mean([r[k] for r in rows])), float(np.std([r[k] for r in rows]))] for k in rows[0]
        }
    }


def one_start(
    start: str,
    briefs: Sequence[FloorplanBrief],
    truths: Sequence[Layout],
    real: Sequence[Layout],
    args: argparse.Namespace,
    pool: Workers,
    retrieval: Retrieval,
) -> dict[str, Any]:
    """All figures of one start."""
    single: list[dict[str, float]] = []
    for seed in range(args.seeds):
        results, seconds = run_start(start, briefs, seed, 1, pool, Effort(quality=args.quality), retrieval)
        layouts = [r[0].realised.layout for r in results]
        single.append(
            measure(layouts, truths, briefs)
            | likeness(layouts, real)
            | {
                "displacement": float(np.mean([r[0].realised.displacement for r in results])),
                "plans_per_second": len(briefs) / seconds,
            }
        )
    figures: dict[str, Any] = {
        "single": {
            k: [float(np.mean([s[k] for s in single])), float(np.std([s[k] for s in single]))]
            for k in single[0]
        }
    }
    if args.best and start in args.best_of:
        results, _ = run_start(start, briefs, 100, args.best, pool, Effort(quality=args.quality), retrieval)
        best = [min(r, key=sort_key).realised.layout for r in results]
        figures[f"best_of_{args.best}"] = {
            k: [v, 0.0] for k, v in (measure(best, truths, briefs) | likeness(best, real)).items()
        }
    return figures


def main() -> None:
    """Runs the benchmark and writes its record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--briefs", type=int, default=0, help="at most so many briefs; 0 for all")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--best", type=int, default=8, help="best of K; 0 for none")
    parser.add_argument(
        "--best-of", nargs="*", default=("network", "random"), help="starts that are tried K times"
    )
    parser.add_argument("--starts", nargs="*", default=STARTS)
    parser.add_argument("--quality", action="store_true", help="keep improving after the first answer")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "quality.json")
    args = parser.parse_args()
    shared()
    plans = [*validation_plans("val"), *validation_plans("test")]
    truths = plans[: args.briefs] if args.briefs else plans
    briefs = [domain_of("floorplan").answered(plan) for plan in truths]
    real = plans
    floor = measure(truths, truths, briefs)
    figures: dict[str, Any] = {
        "briefs": len(briefs),
        "real": {"single": {k: [v, 0.0] for k, v in floor.items()}},
    }
    retrieval = Retrieval(validation_plans("train") if "retrieved" in args.starts else plans[:1])
    with workers() as pool:
        pool.warm("floorplan")
        if "network" in args.starts:
            figures["network_alone"] = alone(briefs, truths, real, args.seeds)
        for start in args.starts:
            figures[start] = one_start(start, briefs, truths, real, args, pool, retrieval)
            print_table({k: v for k, v in figures.items() if k != "briefs"}, "single")
    write_record(args.out, figures)
    if args.best:
        print_table({k: v for k, v in figures.items() if k != "briefs"}, f"best_of_{args.best}")


if __name__ == "__main__":
    main()
