"""Seconds per stage and plans per second, by number of rooms, on this machine.

    python benchmarks/speed.py

Briefs come from the procedural generator (any size can be had), proposals from the network where weights are
shipped, and every plan is realised, completed and checked. "Plans per second" runs two worker processes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from record import write_record

from layoutgan.core import registry
from layoutgan.core.layout import Layout
from layoutgan.domains.domain import Effort, Proposal, domain_of
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.complete import complete
from layoutgan.domains.floorplan.realise import tiled, warm
from layoutgan.generation.realise import packs_of, workers
from layoutgan.generation.sample import sample
from layoutgan.validation.check import check, rules_of


def briefs_of(sizes: Sequence[int], count: int, scanned: int = 700) -> dict[int, list[FloorplanBrief]]:
    """Briefs by number of rooms from the procedural generator; large plans may be a tenth off."""
    found: dict[int, list[FloorplanBrief]] = {size: [] for size in sizes}
    for number, layout in enumerate(
        registry.find("dataset", "procedural")(count=20_000, seed=99).split("val")
    ):
        rooms = sum(e.tag == "room" for e in layout.elements)
        for size in sizes:
            if abs(rooms - size) <= size // 10 and len(found[size]) < count:
                found[size].append(domain_of("floorplan").answered(layout))
                break
        if number >= scanned or all(len(briefs) >= count for briefs in found.values()):
            break
    return found


def stages(briefs: list[FloorplanBrief], proposals: list[Proposal]) -> dict[str, float]:
    """Milliseconds of each stage, median over briefs, one process."""
    times: dict[str, list[float]] = {"realise": [], "complete": [], "check": []}
    rules = rules_of(packs_of(briefs[0]))
    for brief, proposal in zip(briefs, proposals, strict=True):
        clock = [time.perf_counter()]
        rooms, _ = tiled(brief, proposal, 0, Effort())
        clock.append(time.perf_counter())
        plan: Layout = complete(rooms)
        clock.append(time.perf_counter())
        check(plan, rules, brief=brief)
        clock.append(time.perf_counter())
        for name, seconds in zip(times, np.diff(clock), strict=True):
            times[name].append(1000 * float(seconds))
    return {f"{k}_ms_median": float(np.median(v)) for k, v in times.items()} | {
        f"{k}_ms_mean": float(np.mean(v)) for k, v in times.items()
    }


def throughput(briefs: list[FloorplanBrief], proposals: list[Proposal]) -> float:
    """Realised, completed and checked plans per second with two processes."""
    with workers(2) as pool:
        for future in pool.warm("floorplan"):
            future.result()
        for brief, proposal in zip(briefs[:2], proposals[:2], strict=True):
            list(pool.realise(brief, [proposal], [0]))
        began = time.perf_counter()
        work = [pool._pool.submit(_one, b, p) for b, p in zip(briefs, proposals, strict=True)]  # type: ignore[union-attr]
        for future in work:
            future.result()
        return len(briefs) / (time.perf_counter() - began)


def _one(brief: FloorplanBrief, proposal: Proposal) -> int:
    from layoutgan.generation.realise import realise

    return realise(brief, proposal).report.errors


def cold(command: list[str]) -> float:
    """Seconds of a command in a fresh process, the better of two."""
    best = float("inf")
    for _ in range(2):
        began = time.perf_counter()
        subprocess.run(command, check=False, capture_output=True)
        best = min(best, time.perf_counter() - began)
    return best


def main() -> None:
    """Runs the benchmark and writes its record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rooms", type=int, nargs="*", default=[4, 8, 12, 20])
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--start", default="network")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "speed.json")
    args = parser.parse_args()
    warm()
    figures: dict[str, Any] = {}
    for rooms, briefs in briefs_of(args.rooms, args.count).items():
        if not briefs:
            print(f"{rooms:>3} rooms: no such plan found")
            continue
        began = time.perf_counter()
        proposals = [sample(b, 1, i, start=args.start)[0] for i, b in enumerate(briefs)]
        sampling = 1000 * (time.perf_counter() - began) / len(briefs)
        figures[str(rooms)] = stages(briefs, proposals) | {
            "sample_ms_mean": sampling,
            "plans": len(briefs),
            "plans_per_second": throughput(briefs, proposals),
        }
        print(f"{rooms:>3} rooms: " + ", ".join(f"{k} {v:.3g}" for k, v in figures[str(rooms)].items()))
    example = Path(__file__).parent.parent / "examples" / "flat.yaml"
    figures["cold_seconds"] = {
        "import_torch": cold([sys.executable, "-c", "import torch"]),
        "version": cold([sys.executable, "-m", "layoutgan", "--version"]),
        "generate_8": cold(
            [sys.executable, "-m", "layoutgan", "generate", str(example), "-n", "8", "-o", "out/speed"]
        ),
    }
    print(figures["cold_seconds"])
    write_record(args.out, figures)


if __name__ == "__main__":
    main()
