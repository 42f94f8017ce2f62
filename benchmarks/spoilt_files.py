"""Reads spoilt DXF, JSON and YAML files by the thousand and counts reports, clear refusals, and harm.

    python benchmarks/spoilt_files.py --count 10000

Harm is a crash, a hang over ten seconds, a written file, or more than a gigabyte of memory.
"""

from __future__ import annotations

import argparse
import logging
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from record import write_record  # noqa: E402 - the folders must be on the path first
from spoiling import spoilt, survived  # noqa: E402

SHARES = {"dxf": 0.34, "json": 0.33, "yaml": 0.33}


def main() -> int:
    """Prints a line per kind of file and keeps the figures; 1 when anything did harm."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--count", type=int, default=10_000)
    given.add_argument("--first", type=int, default=1_000, help="first seed; CI uses those below 1,000")
    arguments = given.parse_args()
    logging.disable(logging.CRITICAL)
    figures: dict[str, object] = {}
    harmful = 0
    for kind, share in SHARES.items():
        codes: Counter[str] = Counter()
        longest, started = 0.0, time.process_time()
        for seed in range(arguments.first, arguments.first + round(share * arguments.count)):
            with tempfile.TemporaryDirectory() as folder:
                command = spoilt(kind, seed, Path(folder))
                try:
                    outcome = survived(command, Path(folder), through_program=seed % 50 == 0)
                except Exception as error:
                    codes["harm"] += 1
                    print(f"{kind} {seed}: {type(error).__name__}: {str(error)[:300]}", file=sys.stderr)
                    continue
                codes[{0: "report", 1: "report with errors", 2: "refused"}[outcome.code]] += 1
                longest = max(longest, outcome.seconds)
        harmful += codes["harm"]
        seconds = time.process_time() - started
        figures[kind] = {**codes, "longest_seconds": round(longest, 2), "seconds": round(seconds, 1)}
        print(f"{kind}: {dict(codes)}, longest {longest:.2f} s, {seconds:.0f} s in all", flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    figures |= {"memory_mb": round(memory), "harm": harmful}
    print(f"memory {memory:.0f} MB, harm {harmful}")
    write_record(ROOT / "benchmarks" / "results" / "spoilt_files.json", figures)
    return int(harmful > 0)


if __name__ == "__main__":
    sys.exit(main())
