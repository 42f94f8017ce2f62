"""CPU seconds of drawing: a flat on A3 as DXF, and every file of a plant with 80 items and 250 lines.

    python benchmarks/drawings.py

Imports are not counted; one process. The plant is placed and routed by hand (tests/sample_plants.py).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from record import ROOT, write_record

sys.path += [str(ROOT), str(ROOT / "tests")]  # the root first: tests/cad_plugin would hide cad_plugin
from sample_plants import rows_of

import layoutgan as lg
from cad_plugin.dxf import dxf_bytes
from cad_plugin.plant.files import plant_files


def seconds(work: Callable[[], object]) -> float:
    """CPU time of the second of two runs, so that imports do not count [s]."""
    work()
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measures, prints and keeps the record."""
    flat = lg.generate(ROOT / "examples" / "flat.yaml", count=1, seed=0, candidates=1).layouts[0]
    sheet = seconds(lambda: dxf_bytes(flat, options={"paper": "A3"}))
    plant = rows_of(80, 250)
    list(plant_files(rows_of(4, 4)))  # loads what drawing plants needs
    start = time.process_time()
    files = sum(1 for _ in plant_files(plant))
    taken = time.process_time() - start
    figures = {"flat_a3_dxf_seconds": sheet, "plant_seconds": taken, "plant_files": files}
    print(figures)
    write_record(Path(__file__).parent / "results" / "drawings.json", figures)


if __name__ == "__main__":
    main()
