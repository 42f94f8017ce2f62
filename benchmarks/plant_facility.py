"""Facility-layout instances of the literature: blocks of free shape, each value judged by code of its own.

Objectives: MINLPLib, f · (|Δx| + |Δy|) between centroids, each pair once; unequal areas, every entry of the
flow matrix once. Limits in the files are rounded to four decimals, so all is judged to 1e-4, relative.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from layoutgan.domains.piping.placement.blocks import BlockProblem
from layoutgan.domains.piping.placement.divide import divide
from layoutgan.errors import LayoutError

Record = dict[str, Any]
TOLERANCE = 1e-4
BEST = {
    "m3": 37.8, "m6": 82.25687691, "m7": 106.7568769, "m7_ar2_1": 190.235, "m7_ar3_1": 143.585,
    "m7_ar4_1": 106.7568769, "m7_ar5_1": 106.4600058, "fo7": 20.72982507, "fo7_2": 17.74934,
    "fo7_ar2_1": 24.83984707, "fo7_ar25_1": 23.0935676, "fo7_ar3_1": 22.51747101,
    "fo7_ar4_1": 20.72982507, "fo7_ar5_1": 17.74932941, "fo9": 23.46428571, "o7": 131.65314,
    "o9_ar4_1": 236.1384562,
}  # fmt: skip
"""Best known values of `minlplib_facility.json`."""
UNEQUAL = {
    "O9-maoyan": (5.0, 238.115, False), "AB20-ar3": (3.0, 2796.93, False),
    "BA12-maoyan": (0.0, 8786.0, False), "SC30": (5.0, 3862.5, False), "TAM20": (0.0, 20632.0, True),
}  # fmt: skip
"""Largest aspect (0: the file's own limits), reference value, and whether x runs along the second side."""


def facility(data: Path, *, seed: int = 0, effort: float = 1.0, quick: bool = False) -> list[Record]:
    """One record per small instance: value as judged, excess over the best known, time.

    Args:
        data: folder of data sets.
        seed: of the search.
        effort: of the search.
        quick: only a few of them.
    """
    raw = json.loads((data / "facility" / "minlplib_facility.json").read_text(encoding="utf-8"))
    names = ("m3", "m6", "fo7", "o7") if quick else tuple(BEST)
    return [_solved(name, _of_minlp(raw[name]), BEST[name], seed, effort) for name in names]


def unequal(data: Path, *, seed: int = 0, effort: float = 1.0, quick: bool = False) -> list[Record]:
    """One record per instance of unequal areas, against the reference's values; arguments as above."""
    raw = json.loads((data / "facility" / "unequal_area.json").read_text(encoding="utf-8"))
    chosen = dict(list(UNEQUAL.items())[:1] if quick else UNEQUAL.items())
    return [
        _solved(name, _of_table(raw[name], aspect, turned), best, seed, effort)
        for name, (aspect, best, turned) in chosen.items()
    ]


def _of_minlp(raw: dict[str, Any]) -> BlockProblem:
    wide, tall = np.asarray(raw["w_bounds"]), np.asarray(raw["h_bounds"])
    return BlockProblem(
        np.asarray(raw["areas"], dtype=np.float64),
        (float(raw["plant"][0]), float(raw["plant"][1])),
        np.stack((wide[:, 0], tall[:, 0]), axis=1),
        np.stack((wide[:, 1], tall[:, 1]), axis=1),
        np.asarray([(f["i"] - 1, f["j"] - 1) for f in raw["flows"]]),
        np.asarray([f["f"] for f in raw["flows"]], dtype=np.float64),
    )


def _of_table(raw: dict[str, Any], aspect: float, turned: bool) -> BlockProblem:
    table, area = raw["table"], np.asarray(raw["table"]["Area"], dtype=np.float64)
    plot = (raw["plant_dim2"], raw["plant_dim1"]) if turned else (raw["plant_dim1"], raw["plant_dim2"])
    if "Min_Side_Length" in table:
        low = np.stack([np.asarray(table["Min_Side_Length"], dtype=np.float64)] * 2, axis=1)
        high = np.full_like(low, np.inf)
    else:
        least = np.asarray(table["Aspect_Ratio_LB"]) if not aspect else np.full(len(area), 1 / aspect)
        most = np.asarray(table["Aspect_Ratio_UB"]) if not aspect else np.full(len(area), aspect)
        low = np.sqrt(np.stack((area * least, area / most), axis=1))
        high = np.sqrt(np.stack((area * most, area / least), axis=1))
    high = np.minimum(high, plot)
    flow = np.asarray(raw["flow"], dtype=np.float64)
    both = np.triu(flow + flow.T, 1)
    ends = np.argwhere(both > 0)
    return BlockProblem(
        area, plot, np.maximum(low, area[:, None] / high[:, ::-1]), high, ends, both[tuple(ends.T)]
    )


def _solved(name: str, problem: BlockProblem, best: float, seed: int, effort: float) -> Record:
    begun, clock = time.process_time(), time.perf_counter()
    try:
        boxes = divide(problem, seed=seed, effort=effort).boxes
    except LayoutError as error:
        return {"instance": name, "items": len(problem.areas), "error": str(error)}
    value, faults = judged(problem, boxes)
    return {
        "instance": name,
        "items": len(problem.areas),
        "value": round(value, 6),
        "best_known": best,
        "over_best": round(value / best - 1.0, 6),
        "faults": faults,
        "cpu_s": round(time.process_time() - begun, 2),
        "wall_s": round(time.perf_counter() - clock, 2),
    }


def judged(problem: BlockProblem, boxes: np.ndarray) -> tuple[float, list[str]]:
    """Objective and faults of a division, worked out pair by pair."""
    faults, rows = [], [tuple(map(float, row)) for row in boxes]
    for i, (x0, y0, x1, y1) in enumerate(rows):
        wide, tall = x1 - x0, y1 - y0
        if wide * tall < problem.areas[i] * (1 - TOLERANCE):
            faults.append(f"{i}: area {wide * tall:.5f} of {problem.areas[i]:.5f}")
        for what, size, low, high in zip("wh", (wide, tall), problem.low[i], problem.high[i], strict=True):
            if not low * (1 - TOLERANCE) <= size <= high * (1 + TOLERANCE):
                faults.append(f"{i}: {what} {size:.5f} not in {low:.5f}..{high:.5f}")
        slack = TOLERANCE * max(problem.plot)
        if min(x0, y0) < -slack or x1 > problem.plot[0] + slack or y1 > problem.plot[1] + slack:
            faults.append(f"{i}: beyond the plot")
        for j, (u0, v0, u1, v1) in enumerate(rows[:i]):
            if min(x1, u1) - max(x0, u0) > slack and min(y1, v1) - max(y0, v0) > slack:
                faults.append(f"{i} and {j} overlap")
    total = 0.0
    for (a, b), cost in zip(problem.ends, problem.costs, strict=True):
        total += cost * abs((rows[a][0] + rows[a][2]) / 2 - (rows[b][0] + rows[b][2]) / 2)
        total += cost * abs((rows[a][1] + rows[a][3]) / 2 - (rows[b][1] + rows[b][3]) / 2)
    return total, faults
