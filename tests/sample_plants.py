"""Plants for the tests of drawings and models: placed and routed by hand, without the plant solver."""

from __future__ import annotations

from typing import Any

from layoutgan.core.layout import Layout, Provenance
from layoutgan.domains.piping.sketches import drawn

CLASSES = ("pump", "exchanger", "vessel", "column", "drum", "tank", "air_cooler", "compressor", "filter")


def nozzle(name: str, at: list[float], direction: str, nps: float = 4, line: str = "") -> dict[str, Any]:
    return {"id": name, "at": at, "direction": direction, "nps": nps, "line": line}


def signed(plant: Layout, name: str) -> Layout:
    """With a name and an origin, as generated ones have."""
    return plant.replaced(name=name, provenance=Provenance(source="test", version="0", seed=3))


def small_plant() -> Layout:
    """One of each: tank, pump, exchanger, column, rack, road, valves, a branch, and a line that is lost."""
    plant = drawn(
        {"tank": "T-1", "box": [0, 0, 6, 6], "top": 6, "service": "Feed 进料",
         "nozzles": [nozzle("N1", [6.2, 3, 1], "+x", 6, "L-1")]},
        {"pump": "P-1", "box": [12, 2.5, 14, 3.5], "top": 1.4, "nozzles": [
            nozzle("S", [11.8, 3, 1], "-x", 6, "L-1"), nozzle("D", [13, 3, 1.6], "+z", 4, "L-2")]},
        {"exchanger": "E-1", "box": [20, 8, 26, 9.2], "bottom": 1.5, "top": 2.7,
         "nozzles": [nozzle("TI", [21, 8.6, 2.9], "+z", 4, "L-2")]},
        {"column": "C-1", "box": [30, 0, 32.6, 2.6], "top": 20},
        {"rack": "R-1", "line": [[10, 15], [40, 15]], "tiers": [4.6, 6.2]},
        {"road": "RD", "box": [0, -8, 40, -2]},
        {"envelope": "EV", "box": [26, 8, 30, 9.2], "of": "E-1"},
        {"platform": "PF", "box": [30, 3, 33, 4], "elevation": 5},
        {"keep_out": "KO", "box": [35, -1, 38, 2], "height": 3},
        {"terminal": "BL", "at": [40, 5, 1], "direction": "-x"},
        {"pipe": "L-1", "nps": 6, "start": "T-1.N1", "end": "P-1.S", "at": [[6.2, 3, 1], [11.8, 3, 1]]},
        {"component": "V-1", "kind": "gate", "at": [9, 3, 1], "pipe": "L-1", "line": "L-1", "nps": 6,
         "length": 0.25},
        {"component": "S-1", "kind": "support", "at": [7.5, 3, 1], "pipe": "L-1", "line": "L-1", "nps": 6},
        {"pipe": "L-2", "start": "P-1.D", "end": "E-1.TI",
         "at": [[13, 3, 1.6], [13, 3, 5], [21, 3, 5], [21, 8.6, 5], [21, 8.6, 2.9]]},
        {"pipe": "L-2b", "line": "L-2", "start": "L-2", "end": "BL",
         "at": [[18, 3, 5], [18, 5, 5], [40, 5, 5], [40, 5, 1]]},
        {"pipe": "L-9", "at": [[0, 9, 1], [6, 9, 1]], "status": "exception", "reason": "buried"},
        boundary=[[-2, -9], [45, -9], [45, 20], [-2, 20]],
    )  # fmt: skip
    return signed(plant, "Small plant · 小装置")


def rows_of(items: int, lines: int, name: str = "") -> Layout:
    """Equipment in two rows beside a rack, and lines that climb, run along it and come down.

    Args:
        items: of equipment [-].
        lines: between them [-].
        name: of the layout.
    """
    rows: list[dict[str, Any]] = [{"rack": "R-1", "line": [[0, 0], [6.0 * (items // 2 + 1), 0]],
                                   "tiers": [4.6, 6.2], "width": 6.0}]
    pieces: list[dict[str, Any]] = []
    nozzles: dict[int, list[dict[str, Any]]] = {n: [] for n in range(items)}
    for k in range(lines):
        first, second = k % items, (k + 1 + k // items) % items
        if first == second:
            second = (second + 1) % items
        number, z = f"L-{1000 + k}", 5.0 + 0.3 * (k % 8)
        ends = []
        for item in (first, second):
            place = len(nozzles[item])
            x, y = _middle(item)
            at = [x - 1.2 + 0.3 * place, y, 2.0]
            nozzles[item].append(nozzle(f"N{place}", at, "+z", 3, number))
            ends.append((f"{_tag(item)}.N{place}", at))
        (start, a), (end, b) = ends
        if a[0] == b[0]:
            b[0] += 0.15  # else the line would stand still on the rack
        lane = -2.5 + 0.02 * k
        way = [a, [a[0], a[1], z], [a[0], lane, z], [b[0], lane, z], [b[0], b[1], z], b]
        status = "exception" if k % 50 == 49 else "routed"
        pieces.append({"pipe": number, "nps": 3, "start": start, "end": end, "at": way, "status": status,
                       "reason": "no way found" if status == "exception" else ""})
    for n in range(items):
        x, y = _middle(n)
        kind = CLASSES[n % len(CLASSES)]
        rows.append({kind: _tag(n), "box": [x - 1.5, y - 1.2, x + 1.5, y + 1.2], "top": 2.0,
                     "nozzles": nozzles[n]})
    return signed(drawn(*rows, *pieces), name or f"{items} items, {lines} lines")


def _tag(item: int) -> str:
    return f"{CLASSES[item % len(CLASSES)][0].upper()}-{100 + item}"


def _middle(item: int) -> tuple[float, float]:
    return 3.0 + 6.0 * (item // 2), 8.0 if item % 2 else -8.0
