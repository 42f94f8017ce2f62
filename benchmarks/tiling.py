"""The exact step by the independent benchmark's rules, rule by rule, real plans beside ours.

    python benchmarks/tiling.py [--start network|random] [--every 4] [--only held_out rplan large]

Briefs are read off real plans that no training has seen: held-out r2v and resplan; RPLAN at metric scale
(evaluation only), the set on which the peers' figures stand; and plans of 13 to 24 rooms with every shared
wall of the real plan asked for as well. One proposal per brief.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from record import shared, validation_plans, write_record

from layoutgan.core import registry
from layoutgan.core.layout import Layout
from layoutgan.domains.domain import Effort
from layoutgan.domains.floorplan.answered import brief_from
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.realise import realise
from layoutgan.generation.sample import sample
from layoutgan.metrics.fpeval import LIMITS, geometry, room_figures
from layoutgan.metrics.plan import Plan
from layoutgan.metrics.satisfaction import satisfaction

SETS = ("held_out", "rplan", "large")


def plans_of(name: str, every: int) -> list[Layout]:
    """The real plans of a set, one in so many."""
    if name == "held_out":
        return [*validation_plans("val"), *validation_plans("test")][::every]
    if name == "rplan":
        return [p for split in ("train", "val", "test") for p in validation_plans(split, ("rplan",))][::every]
    made = list(registry.find("dataset", "procedural")(count=600, seed=77).split("val"))
    plans = [*validation_plans("val"), *validation_plans("test"), *made]
    return [p for p in plans if 13 <= sum(e.tag == "room" for e in p.elements) <= 24][::every]


def rules_broken(layout: Layout) -> tuple[Counter[str], np.ndarray]:
    """How often each rule of the benchmark is broken, and the corners of each room."""
    plan = Plan.of(layout)
    rooms = room_figures(plan)
    judged = geometry(plan, rooms)
    limits = np.array([LIMITS[kind] for kind in plan.kinds])
    counts = Counter(
        overlap=int(judged.overlap > 0.02),
        holes=int(judged.holes > 0.02),
        components=int(judged.adjacency_components > 1),
        area=int((rooms.area < limits[:, 0] - 1e-9).sum()),
        width=int((rooms.width < limits[:, 1] - 1e-9).sum()),
        aspect=int((rooms.aspect > limits[:, 2] + 1e-9).sum()),
    )
    return counts, rooms.corners


def summary(layouts: Sequence[Layout]) -> dict[str, float]:
    """Share of plans that break each rule, and corners per room."""
    found = [rules_broken(layout) for layout in layouts]
    shares = {rule: float(np.mean([c[rule] > 0 for c, _ in found])) for rule in found[0][0]}
    anything = float(np.mean([any(c.values()) for c, _ in found]))
    return {"any": anything, **shares, "corners": float(np.concatenate([k for _, k in found]).mean())}


def figures(name: str, start: str, every: int) -> dict[str, Any]:
    """Real and ours of one set."""
    plans = plans_of(name, every)
    briefs: list[FloorplanBrief] = [brief_from(p, adjacent=1.0 if name == "large" else 0.0) for p in plans]
    layouts, met, feasible, ms = [], [], [], []
    for number, brief in enumerate(briefs):
        proposal = sample(brief, 1, number, start=start)[0]
        began = time.process_time()
        realised = realise(brief, proposal, number, Effort())
        ms.append(1000 * (time.process_time() - began))
        layouts.append(realised.layout)
        feasible.append(realised.feasible)
        met.append(satisfaction(realised.layout, brief))
    area = [m.counts["area"] for m in met if "area" in m.counts]
    return {
        "plans": len(plans),
        "real": summary(plans),
        "ours": {
            **summary(layouts),
            "exact_step_keeps_all": float(np.mean(feasible)),
            "every_demand_met": float(np.mean([m.all_met for m in met])),
            "area_in_range": sum(a for a, _ in area) / max(1, sum(b for _, b in area)),
            "ms_median": float(np.median(ms)),
            "ms_mean": float(np.mean(ms)),
        },
    }


def main() -> None:
    """Measures the sets, prints them and keeps the record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--start", default="network", choices=("network", "random", "graph"))
    parser.add_argument("--every", type=int, default=1, help="take one plan in so many")
    parser.add_argument("--only", nargs="*", default=SETS, choices=SETS)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "tiling.json")
    args = parser.parse_args()
    shared()
    found: dict[str, Any] = {}
    for name in args.only:
        found[name] = figures(name, args.start, args.every)
        print(f"\n{name}: {found[name]['plans']} plans", flush=True)
        for key, value in found[name]["ours"].items():
            real = found[name]["real"].get(key)
            beside = f"   real {real:.3f}" if real is not None else ""
            print(f"{key:<22}{value:>10.3f}{beside}", flush=True)
    write_record(args.out, found)


if __name__ == "__main__":
    main()
