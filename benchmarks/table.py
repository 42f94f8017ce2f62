"""Writes the figures in benchmarks/results/*.json into README.md and docs/figures.md, between their markers.

python benchmarks/table.py            rewrites both
python benchmarks/table.py --check    exits with 1 when they are not what the records say

The README has the rows that a reader asks for first; docs/figures.md has all.
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
    ("adjacency_f1_said", "the same, of rooms about which the brief says something", "≥ 0.98"),
    ("area_in_range", "rooms with their area in range", "≥ 0.98"),
    ("area_error", "area error", ""),
    ("any_violation", "plans that break a rule of the independent benchmark", "≤ 0.05"),
    ("any_violation_scaled", "the same, drawings with a known scale only", "≤ 0.05"),
    ("any_violation_unscaled", "the same, rules without metres only", "≤ 0.05"),
    ("forced_free_violation", "plans that break a rule which the real plan of the brief keeps", "≤ 0.05"),
    ("realism_distance", "realism distance (kernel of descriptors, lower is better)", ""),
    ("realism_floor", "real against real: its floor", ""),
    ("frechet", "Fréchet distance (learned features, lower is better)", ""),
    ("frechet_floor", "real against real: its floor", ""),
    ("two_sample_auc", "two-sample AUC (0.5 is best)", ""),
    ("precision", "precision", ""),
    ("recall", "recall", ""),
    ("density", "density", ""),
    ("coverage_of_real", "coverage of real plans", ""),
    ("type_iou", "overlap of types with the real plan of the brief (IoU)", ""),
    ("corners", "corners per room", ""),
    ("rectangles", "share of rectangles", ""),
    ("l_shapes", "share of L shapes", ""),
    ("slivers", "share of rooms longer than 4 : 1", ""),
    ("wall_lines", "distinct wall lines per room", ""),
    ("displacement", "way from proposal to plan (of √area)", ""),
    ("distinct_topologies", "distinct topologies among the candidates", ""),
    ("diversity", "diversity score of the candidates", ""),
    ("realising_ms", "exact step, completion and check of one candidate [CPU ms]", ""),
)
HARD = (
    "all_demands_met", "adjacency_f1", "area_in_range", "forced_free_violation", "corners", "wall_lines",
    "displacement", "realising_ms",
)
"""Rows of the smaller tables."""
_BROKEN = ("any_violation", "any_violation_scaled", "any_violation_unscaled", "forced_free_violation")
BEST = {"all_demands_met": "≥ 0.995"} | dict.fromkeys(_BROKEN, "≤ 0.01")
"""Bars of the best of several candidates, where they differ."""
STRICT = {"all_demands_met": "≥ 0.95"}
"""Bars of large briefs and of those that ask for every contact."""
SECTIONS = {
    "single": "one sample",
    "best_of": "best of",
    "large": "13 to 24 rooms, one sample",
    "large_best_of": "13 to 24 rooms, best of",
    "every_contact": "every true contact asked for, one sample",
    "every_contact_best_of": "every true contact asked for, best of",
}
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
    digits = 0 if abs(mean) >= 30 else 3
    return f"{mean:.{digits}f}" + (f" ± {spread:.{digits}f}" if spread >= 0.5 * 10**-digits else "")


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
    lines = [f"`{record['command']}` at commit {record['commit']}. {_scope(figures)}", ""]
    present = {section for s in sets for section in figures[s]}
    for section in sorted(present, key=lambda name: list(SECTIONS).index(_stem(name)[0])):
        here = [s for s in sets if section in figures[s]]
        stem, count = _stem(section)
        title = f"{SECTIONS[stem]} {count}".strip()
        bars = (STRICT if "large" in stem or "contact" in stem else {}) | (BEST if count else {})
        lines += [
            f"| {title} | {' | '.join(titles[s] for s in here)} | bar |",
            "|---|" + "--:|" * (len(here) + 1),
        ]
        lines += [
            f"| {words} | {' | '.join(_cell(figures[s][section], name) for s in here)} "
            f"| {bars.get(name, bar)} |"
            for name, words, bar in QUALITY
            if any(name in figures[s][section] for s in here)
            and (stem in ("single", "best_of") or name in HARD)
        ]
        lines.append("")
    return lines


def _scope(figures: dict[str, Any]) -> str:
    """How many briefs and seeds the figures are of."""
    words = f"{figures['briefs']} held-out briefs, {figures.get('seeds', 3)} seeds"
    for name, what in (
        ("briefs_of_best", "tried with several candidates"),
        ("briefs_large", "of 13 to 24 rooms"),
        ("briefs_every_contact", "that ask for every contact"),
    ):
        words += f"; {figures[name]} {what}" if figures.get(name) else ""
    spent = figures.get("cpu_minutes")
    return words + (f"; {spent:.0f} CPU minutes, half of that on 2 cores." if spent else ".")


def _stem(section: str) -> tuple[str, str]:
    """Kind of a section, and of how many candidates it is the best."""
    head, between, count = section.partition("best_of_")
    return (head + "best_of", count) if between else (section, "")


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


SHORT = (
    "all_demands_met", "adjacency_f1", "adjacency_f1_said", "area_in_range", "any_violation",
    "any_violation_scaled", "any_violation_unscaled", "forced_free_violation", "realism_distance", "frechet",
    "frechet_floor", "two_sample_auc", "corners", "wall_lines", "displacement",
)
"""Rows of the README."""


def summary() -> list[str]:
    """Lines of the README's own table: one sample beside its rivals, and the best of several."""
    record = _record("quality")
    if record is None:
        return []
    figures = record["figures"]
    best = next(name for name in figures["network"] if name.startswith("best_of_"))
    columns = (("real", "single"), ("network", "single"), ("random", "single"), ("graph", "single"),
               ("retrieved", "single"), ("network", best))  # fmt: skip
    count = _stem(best)[1]
    titles = ("real plans", "network", "random", "graph drawing", "nearest plan", f"network, best of {count}")
    lines = [f"`{record['command']}` at commit {record['commit']}. {_scope(figures)}", "",
             f"| start, each + the same exact step | {' | '.join(titles)} | bar, one / best of {count} |",
             "|---|" + "--:|" * (len(titles) + 1)]  # fmt: skip
    for name, words, bar in QUALITY:
        if name in SHORT:
            bars = f"{bar} / {BEST[name]}" if name in BEST else bar
            cells = [_cell(figures[s].get(section, {}), name) for s, section in columns]
            if any(cells):
                lines.append(f"| {words} | {' | '.join(cells)} | {bars} |")
    return lines


def rewritten(text: str) -> str:
    """A document with its tables made anew."""
    for name, lines in (("quality", quality()), ("summary", summary()), ("speed", speed())):
        start, end = f"<!-- {name}: made by benchmarks/table.py -->", f"<!-- end {name} -->"
        if start in text and end in text:
            head, rest = text.split(start, 1)
            text = head + start + "\n" + "\n".join(lines).strip() + "\n" + end + rest.split(end, 1)[1]
    return text


def main() -> None:
    """Rewrites or checks the documents."""
    for path in (ROOT / "README.md", ROOT / "docs" / "figures.md"):
        old = path.read_text(encoding="utf-8")
        new = rewritten(old)
        if "--check" in sys.argv and new != old:
            sys.exit(f"{path.name} does not show the records; run python benchmarks/table.py")
        path.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
