"""How well plants are placed and routed: literature instances and synthetic units, values judged anew.

    python benchmarks/plants.py [--quick] [--part facility] [--part placement] [--part routing]

Parts that are not run keep their figures in the record. Times: `cpu_s` is process time of one thread,
`wall_s` what the clock says; both leave out what is compiled before.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from plant_facility import facility, unequal
from plant_placement import SIZES, ethylene_oxide, random_start, synthetic, unit_problem, warm_starts
from record import ROOT, shared, write_record

from layoutgan.domains.piping.placement.place import place

Record = dict[str, Any]
RESULT = ROOT / "benchmarks" / "results" / "plants.json"
PARTS = ("facility", "unequal", "placement", "starts", "windows", "routing")


def run(part: str, data: Path, *, quick: bool, effort: float) -> list[Record]:
    """The records of one part."""
    if part == "facility":
        return facility(data, quick=quick, effort=effort)
    if part == "unequal":
        return unequal(data, quick=quick, effort=effort)
    if part == "placement":
        sizes = SIZES[:2] if quick else SIZES
        return [
            ethylene_oxide(data),
            *(synthetic(size, seeds=2, effort=effort) for size in sizes),
        ]
    if part == "starts":
        return warm_starts(seeds=1 if quick else 3)
    if part == "windows":
        from plant_windows import neighbourhoods

        return neighbourhoods(32, 200_000) + ([] if quick else neighbourhoods(80, 400_000))
    from plant_routing import routing  # compiles the router, which the other parts do not need

    return list(routing(quick=quick, data=data))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a few small instances")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be repeated")
    parser.add_argument("--effort", type=float, default=1.0)
    parser.add_argument("--out", type=Path, default=RESULT)
    chosen = parser.parse_args()
    figures = json.loads(chosen.out.read_text(encoding="utf-8"))["figures"] if chosen.out.exists() else {}
    warm = unit_problem(8, 0)
    place(warm, random_start(warm, 0), seed=0, effort=0.01)
    for part in chosen.part or PARTS:
        figures[part] = run(part, shared(), quick=chosen.quick, effort=chosen.effort)
        for record in figures[part]:
            print(json.dumps(record), flush=True)
        write_record(chosen.out, figures)


if __name__ == "__main__":
    main()
