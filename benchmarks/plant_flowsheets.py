"""What real flowsheets become: findings by rule, exceptions and PCF faults of a few candidates each.

    python benchmarks/plant_flowsheets.py [--candidates 3] [--only 48 plant]

Plants: the example of the repository, the example that `layoutgan init piping` writes, the flowsheets of the
SFILES2 collection and the C01 P&ID of DEXPI, all with our default sizes. Every candidate starts from random
boxes, so that the figures do not depend on trained weights. The best candidate is chosen as `layoutgan
generate` does it. Times are process time of one thread, compiled code loaded before.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from record import ROOT, shared, write_record

from layoutgan.core.layout import Layout
from layoutgan.domains.domain import domain_of, read_brief
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.deliverables.pcf import check_pcf, read_pcf, write_pcf
from layoutgan.domains.piping.deliverables.takeoff import lines_of
from layoutgan.domains.piping.elements import Pipe
from layoutgan.domains.piping.inputs.dexpi import brief_from_dexpi
from layoutgan.domains.piping.inputs.flowsheet import brief_from_flowsheet
from layoutgan.domains.piping.inputs.sfiles import read_flowsheet
from layoutgan.generation.rank import sort_key
from layoutgan.generation.realise import Judged, realise
from layoutgan.generation.sample import sample

Record = dict[str, Any]
RESULT = ROOT / "benchmarks" / "results" / "plant_flowsheets.json"


def plants(data: Path) -> Iterator[tuple[str, PipingBrief]]:
    """Name and brief of each plant."""
    for name, path in (
        ("plant.yaml", ROOT / "examples" / "plant.yaml"),
        ("init piping", ROOT / "layoutgan" / "domains" / "piping" / "example.yaml"),
    ):
        brief = read_brief(path)
        assert isinstance(brief, PipingBrief)
        yield name, brief
    for path in sorted((data / "sfiles2").glob("*.json")):
        yield path.stem[:22], brief_from_flowsheet(read_flowsheet(path), name=path.stem)
    yield "DEXPI C01", brief_from_dexpi(next((data / "dexpi").glob("C01*.xml")))


def candidate(brief: PipingBrief, judged: Judged, seconds: float) -> Record:
    """What one candidate is worth."""
    layout = judged.realised.layout
    found: dict[str, Counter[str]] = {"error": Counter(), "warning": Counter()}
    for finding in judged.report.findings:
        found.setdefault(finding.severity, Counter())[f"{finding.rule} {finding.name}"] += 1
    wanted, drawn = set(brief.plant().runs), {pipe.line for pipe in layout.of(Pipe)}
    unrouted = {pipe.line for pipe in layout.of(Pipe) if pipe.status == "exception"}
    return {
        "lines": len(wanted),
        "routed": len(drawn - unrouted),
        "exceptions": len(unrouted),
        "lost": len(wanted - drawn),
        "errors": dict(sorted(found["error"].items())),
        "warnings": dict(sorted(found["warning"].items())),
        "violations": list(judged.realised.violations),
        "pcf_faults": pcf_faults(layout),
        "routing_ratio": round(judged.realised.figures["routing_ratio"], 4),
        "cpu_s": round(seconds, 2),
    }


def pcf_faults(layout: Layout) -> list[str]:
    """What is wrong with the piping component files when they are read again."""
    faults = []
    for line in lines_of(layout):
        faults += [f"{line.number}: {text}" for text in line.problems]
        faults += [f"{line.number}: {text}" for text in check_pcf(read_pcf(write_pcf(line)))]
    return faults


def plant(name: str, brief: PipingBrief, count: int) -> Record:
    """All candidates of one plant, the best first."""
    judged, rows = [], []
    for seed, proposal in enumerate(sample(brief, count, 0, start="random")):
        begun = time.process_time()
        one = realise(brief, proposal, seed)
        rows.append(candidate(brief, one, time.process_time() - begun))
        judged.append(one)
    order = sorted(range(count), key=lambda k: sort_key(judged[k]))
    return {"plant": name, "items": len(brief.plant().items), "candidates": [rows[k] for k in order]}


def show(row: Record) -> None:
    """Prints a line about a plant's best candidate, and which rules it breaks."""
    best = row["candidates"][0]
    errors, warnings = sum(best["errors"].values()), sum(best["warnings"].values())
    print(
        f"{row['plant']:<24}{row['items']:>8}{best['lines']:>8}{best['exceptions']:>8}{best['lost']:>8}"
        f"{errors:>8}{warnings:>8}{len(best['pcf_faults']):>8}{best['cpu_s']:>8.1f}",
        flush=True,
    )
    for kind in ("errors", "warnings"):
        total: Counter[str] = Counter()
        for one in row["candidates"]:
            total.update(one[kind])
        for rule, count in sorted(total.items(), key=lambda item: -item[1])[:6]:
            print(f"      {kind[:-1]:<8}{best[kind].get(rule, 0):>4} on the best, {count:>4} on all  {rule}")
    for text in [*best["violations"], *best["pcf_faults"]][:4]:
        print(f"      {text}", flush=True)


def main() -> None:
    """Runs all plants, or those whose names hold one of the words, and keeps the records."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--candidates", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[], help="words in the names of plants")
    parser.add_argument("--out", type=Path, default=RESULT)
    chosen = parser.parse_args()
    domain_of("piping").warm()
    rows = json.loads(chosen.out.read_text(encoding="utf-8"))["figures"] if chosen.out.is_file() else {}
    heads = ("items", "lines", "excp", "lost", "errors", "warn", "pcf", "cpu s")
    print(f"{'best candidate':<24}" + "".join(f"{head:>8}" for head in heads))
    for name, brief in plants(shared()):
        if not chosen.only or any(word in name for word in chosen.only):
            rows[name] = plant(name, brief, chosen.candidates)
            show(rows[name])
            write_record(chosen.out, rows)


if __name__ == "__main__":
    main()
