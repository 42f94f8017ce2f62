"""Writes the figures in benchmarks/results/*.json into the tables of README.md, between its markers.

python benchmarks/table.py            rewrites README.md
python benchmarks/table.py --check    exits with 1 when README.md is not what the records say
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"

QUALITY = (
    ("all_demands_met", "every hard demand of the brief at once", "≥ 0.97"),
    ("overlap", "overlap", "0"),
    ("holes", "holes", "0"),
    ("pieces", "pieces", "1"),
    ("covered", "outline covered", "≥ 0.998"),
    ("count_right", "room count as asked", "1.00"),
    ("types_right", "room types as asked", "1.00"),
    ("adjacency_f1", "adjacency F1 against the brief", "≥ 0.98"),
    ("area_in_range", "rooms with their area in range", "≥ 0.98"),
    ("any_violation", "plans that break a rule of the independent benchmark", "≤ 0.05"),
    ("forced_free_violation", "the same, less what the brief itself forces", "≤ 0.05"),
    ("realism_distance", "realism distance (kernel, lower is better)", ""),
    ("realism_floor", "real against real: its floor", ""),
    ("two_sample_auc", "two-sample AUC (0.5 is best)", ""),
    ("corners", "corners per room", ""),
    ("rectangles", "share of rectangles", ""),
    ("slivers", "share of rooms longer than 4 : 1", ""),
    ("displacement", "way from proposal to plan (of √area)", ""),
)
SPEED = (
    ("sample_ms_mean", "proposal of the network, alone [ms]"),
    ("realise_ms_mean", "exact step [ms]"),
    ("complete_ms_mean", "completion [ms]"),
    ("check_ms_mean", "check [ms]"),
    ("plans_per_second", "plans per second, 2 processes"),
)


def _record(name: str) -> dict[str, Any] | None:
    path = RESULTS / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _cell(values: dict[str, Any], name: str) -> str:
    if name not in values:
        return ""
    mean, spread = values[name]
    return f"{mean:.3f}" + (f" ± {spread:.3f}" if spread > 5e-4 else "")


def quality() -> list[str]:
    """Lines of the quality tables."""
    record = _record("quality")
    if record is None:
        return []
    figures = record["figures"]
    sets = [s for s in ("real", "network_alone", "network", "random", "graph", "retrieved") if s in figures]
    titles = {
        "real": "real plans",
        "network_alone": "network alone",
        "network": "network + exact step",
        "random": "random + exact step",
        "graph": "graph drawing + exact step",
        "retrieved": "nearest plan + exact step",
    }
    lines = [
        f"`{record['command']}` at commit {record['commit']}, {figures['briefs']} held-out briefs.",
        "",
    ]
    for section in ("single", *sorted({k for s in sets for k in figures[s]} - {"single"})):
        here = [s for s in sets if section in figures[s]]
        lines += [
            f"| {section.replace('_', ' ')} | {' | '.join(titles[s] for s in here)} | bar |",
            "|---|" + "--:|" * (len(here) + 1),
        ]
        lines += [
            f"| {title} | {' | '.join(_cell(figures[s][section], name) for s in here)} | {bar} |"
            for name, title, bar in QUALITY
            if any(name in figures[s][section] for s in here)
        ]
        lines.append("")
    return lines


def speed() -> list[str]:
    """Lines of the speed table."""
    record = _record("speed")
    if record is None:
        return []
    figures = record["figures"]
    sizes = sorted((s for s in figures if s.isdigit()), key=int)
    lines = [
        f"`{record['command']}` at commit {record['commit']}, {record['machine']}.",
        "",
        f"| | {' | '.join(f'{s} rooms' for s in sizes)} |",
        "|---|" + "--:|" * len(sizes),
    ]
    lines += [
        f"| {title} | {' | '.join(f'{figures[s][name]:.1f}' for s in sizes)} |" for name, title in SPEED
    ]
    cold = figures.get("cold_seconds", {})
    if cold:
        lines += [
            "",
            "Cold start, seconds: "
            + ", ".join(f"{k.replace('_', ' ')} {v:.2f}" for k, v in cold.items())
            + ".",
        ]
    return lines


def rewritten(text: str) -> str:
    """The README with its tables made anew."""
    for name, lines in (("quality", quality()), ("speed", speed())):
        start, end = f"<!-- {name}: made by benchmarks/table.py -->", f"<!-- end {name} -->"
        if start in text and end in text:
            head, rest = text.split(start, 1)
            text = head + start + "\n" + "\n".join(lines).strip() + "\n" + end + rest.split(end, 1)[1]
    return text


def main() -> None:
    """Rewrites or checks README.md."""
    path = ROOT / "README.md"
    old = path.read_text(encoding="utf-8")
    new = rewritten(old)
    if "--check" in sys.argv:
        sys.exit(0 if new == old else "README.md does not show the records; run python benchmarks/table.py")
    path.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
