"""How long things take on this machine: stages of one plan, plans per second, growth, cold starts, a profile.

    python benchmarks/speed.py

Briefs come from the procedural generator (any size can be had), proposals from the network where weights are
shipped, and every plan is realised, completed and checked. Each figure of the clock stands beside one of CPU
time, which other work on the machine changes less; the record says how busy the machine was.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from record import ROOT, write_record

from layoutgan.core import registry
from layoutgan.core.schema import validate
from layoutgan.domains.domain import Effort, Proposal, Settled, domain_of, read_brief
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.complete import complete
from layoutgan.domains.floorplan.realise import tiled
from layoutgan.generation.generate import generate
from layoutgan.generation.realise import Task, packs_of, realise, workers
from layoutgan.generation.sample import sample
from layoutgan.validation.check import check, rules_of

EXAMPLE = ROOT / "examples" / "flat.yaml"
COMPILE = "layoutgan.domains.floorplan.tiling.compile"
THREADS = "OPENBLAS_NUM_THREADS"


def briefs_of(sizes: Sequence[int], count: int, scanned: int = 900) -> dict[int, list[FloorplanBrief]]:
    """Briefs by number of rooms from the procedural generator; large plans may be a tenth off."""
    found: dict[int, list[FloorplanBrief]] = {size: [] for size in sizes}
    plans = registry.find("dataset", "procedural")(count=20_000, seed=99).split("val")
    for number, layout in enumerate(plans):
        rooms = sum(e.tag == "room" for e in layout.elements)
        for size in sizes:
            if abs(rooms - size) <= size // 10 and len(found[size]) < count:
                found[size].append(domain_of("floorplan").answered(layout))
                break
        if number >= scanned or all(len(briefs) >= count for briefs in found.values()):
            break
    return found


def office(rooms: int) -> FloorplanBrief:
    """A floor of equal rooms on two corridors, for sizes that dwellings seldom have."""
    spaces = [{"id": "c1", "kind": "corridor"}, {"id": "c2", "kind": "corridor"}]
    spaces += [{"id": f"o{i}", "kind": "study" if i % 5 else "storage"} for i in range(rooms - 2)]
    outline = [[0, 0], [1.1 * rooms, 0], [1.1 * rooms, 13], [0, 13]]
    tree = {"layoutgan": 1, "domain": "floorplan", "boundary": outline, "entrance": [0, 6], "spaces": spaces}
    return validate(FloorplanBrief, tree)


def show(name: str, figures: dict[str, Any]) -> None:
    """Prints some figures on one line."""
    values = (f"{k} {v:.3g}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items())
    print(f"{name:>16}: " + ", ".join(values), flush=True)


def clocked(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock and of the CPU, children that ended included."""
    began, cpu = time.perf_counter(), _cpu()
    work()
    return time.perf_counter() - began, _cpu() - cpu


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def stages(briefs: list[FloorplanBrief], proposals: list[Proposal]) -> dict[str, float]:
    """CPU milliseconds of each stage over briefs, one process."""
    times: dict[str, list[float]] = {"realise": [], "complete": [], "check": []}
    rules = rules_of(packs_of(briefs[0]))
    for brief, proposal in zip(briefs, proposals, strict=True):
        clock = [time.process_time()]
        rooms, _ = tiled(brief, proposal, 0, Effort())
        clock.append(time.process_time())
        plan = complete(rooms)
        clock.append(time.process_time())
        check(plan, rules, brief=brief)
        clock.append(time.process_time())
        for name, begin, end in zip(times, clock, clock[1:], strict=False):
            times[name].append(1000 * (end - begin))
    return {f"{k}_ms_median": statistics.median(v) for k, v in times.items()} | {
        f"{k}_ms_mean": statistics.fmean(v) for k, v in times.items()
    }


def throughput(briefs: list[FloorplanBrief], proposals: list[Proposal]) -> dict[str, float]:
    """Realised, completed and checked plans per second with two processes, and CPU milliseconds of each."""
    tasks = [Task(Settled(b), p, i) for i, (b, p) in enumerate(zip(briefs, proposals, strict=True))]

    def work() -> None:
        with workers(2) as pool:
            pool.warm(briefs[0])
            list(pool.answer(tasks))

    seconds, cpu = clocked(work)
    return {"plans_per_second": len(tasks) / seconds, "cpu_ms_per_plan": 1000 * cpu / len(tasks)}


def by_rooms(sizes: Sequence[int], count: int, start: str) -> dict[str, Any]:
    """Figures by number of rooms."""
    figures: dict[str, Any] = {}
    for rooms, briefs in briefs_of(sizes, count).items():
        source = "procedural" if len(briefs) >= 3 else "office"
        asked = briefs if source == "procedural" else [office(rooms)] * min(count, 6)
        proposals: list[Proposal] = []
        for i, brief in enumerate(asked):
            proposals += sample(brief, 1, i, start=start)
        _, sampling = clocked(lambda asked=asked: [sample(b, 1, 0, start=start) for b in asked])
        figures[str(rooms)] = stages(asked, proposals) | throughput(asked, proposals) | {
            "sample_ms_mean": 1000 * sampling / len(asked), "plans": len(asked), "briefs": source}
        show(f"{rooms} rooms", figures[str(rooms)])
    return figures


def by_candidates(numbers: Sequence[int], start: str) -> dict[str, Any]:
    """Seconds of a whole answer to the example brief, by number of candidates (K)."""
    brief = read_brief(EXAMPLE)
    figures = {}
    for number in numbers:
        wall, cpu = clocked(lambda k=number: generate(brief, count=8, candidates=k, start=start, processes=2))
        _, drawn = clocked(lambda k=number: sample(brief, k, 0, start=start))
        figures[str(number)] = {"seconds": wall, "cpu_seconds": cpu, "sample_ms_each": 1000 * drawn / number}
        show(f"K = {number}", figures[str(number)])
    return figures


def cold(*command: str, environment: dict[str, str] | None = None, times: int = 2) -> dict[str, float]:
    """Seconds of a command in a fresh process, the best of some, by the clock and of all its CPU time."""
    runs = [clocked(lambda: subprocess.run([sys.executable, *command], check=False, capture_output=True,
                                           env=os.environ | (environment or {})))
            for _ in range(times)]
    return {"seconds": min(r[0] for r in runs), "cpu_seconds": min(r[1] for r in runs)}


def cold_starts() -> dict[str, Any]:
    """Commands in fresh processes, beside what importing torch alone takes."""
    with tempfile.TemporaryDirectory() as folder:
        run = ("-m", "layoutgan", "generate", str(EXAMPLE), "-o", f"{folder}/out")
        compiling = {"NUMBA_CACHE_DIR": f"{folder}/cache"}
        figures = {
            "import_torch": cold("-c", "import torch"),
            "version": cold("-m", "layoutgan", "--version"),
            "generate_8": cold(*run, "-n", "8"),
            "first_dxf": cold(*run, "-n", "1", "--formats", "dxf"),
            "compile": cold("-m", COMPILE, environment=compiling, times=1),
        }
    for name, figure in figures.items():
        show(name, figure)
    return figures


def profile(briefs: list[FloorplanBrief], proposals: list[Proposal], rows: int = 25) -> list[dict[str, Any]]:
    """Functions by their own share of the time of plans that are realised, completed and checked."""
    profiler = cProfile.Profile()
    profiler.enable()
    for i, (brief, proposal) in enumerate(zip(briefs, proposals, strict=True)):
        realise(brief, proposal, i)
    profiler.disable()
    table = pstats.Stats(profiler)
    entries: dict[Any, Any] = table.stats  # type: ignore[attr-defined]  # its stubs leave it out
    whole = sum(entry[2] for entry in entries.values())
    worst = sorted(entries.items(), key=lambda item: -item[1][2])[:rows]
    return [{"function": f"{Path(file).name}:{name}", "calls": entry[0], "own_share": entry[2] / whole,
             "share": entry[3] / whole} for (file, _, name), entry in worst]


def main() -> None:
    """Runs the benchmark and writes its record."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rooms", type=int, nargs="*", default=[4, 8, 12, 16, 20, 24])
    parser.add_argument("--candidates", type=int, nargs="*", default=[1, 4, 16, 64, 256])
    parser.add_argument("--count", type=int, default=40, help="plans of each size")
    parser.add_argument("--start", default="network")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "speed.json")
    args = parser.parse_args()
    if THREADS not in os.environ:  # as in the generate command; numpy reads it when it loads
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {THREADS: "1"})
    busy = os.getloadavg()[0]
    warm = domain_of("floorplan").warm
    if warm is not None:
        warm()
    figures: dict[str, Any] = by_rooms(args.rooms, args.count, args.start) | {"load_before": busy}
    figures["candidates"] = by_candidates(args.candidates, args.start)
    some = briefs_of([8], min(args.count, 20))[8]
    figures["profile_8_rooms"] = profile(some, [sample(b, 1, 0, start=args.start)[0] for b in some])
    starts = cold_starts()
    figures["cold_seconds"] = {name: value["seconds"] for name, value in starts.items()}
    figures["cold_cpu_seconds"] = {name: value["cpu_seconds"] for name, value in starts.items()}
    write_record(args.out, figures)


if __name__ == "__main__":
    main()
