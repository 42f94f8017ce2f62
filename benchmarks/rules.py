"""Share of plans that break each rule, real ones beside ours, and how fast plans are checked.

    python benchmarks/rules.py                  every held-out plan, every floor-plan pack
    python benchmarks/rules.py --plans 50       a quick look

Real plans are those of the validation and test splits (r2v, resplan) and the RPLAN plans kept for measuring;
ours are generated for the briefs of the first, one sample each. A rule that met nothing to judge in a plan
does not count that plan. Seconds are of checking alone, with all packs, on one core.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from record import ROOT, validation_plans, write_record

from layoutgan.core import registry
from layoutgan.core.layout import Layout
from layoutgan.domains.domain import domain_of
from layoutgan.generation.realise import realise
from layoutgan.generation.sample import sample
from layoutgan.validation.check import check, rules_of
from layoutgan.validation.report import Report
from layoutgan.validation.rule import Rule, Severity

CHECKED = 1000
"""Checks that are timed; plans are taken again from the first when there are fewer."""


def floorplan_rules() -> tuple[Rule, ...]:
    """The rules of every pack that judges floor plans."""
    rules = rules_of(registry.names("rulepack"))
    return tuple(rule for rule in rules if rule.code.startswith(("FP", "LG")))


def generated(truths: Sequence[Layout], seed: int) -> list[Layout]:
    """One plan of ours for the brief of each real plan, the first that comes."""
    domain = domain_of("floorplan")
    made = []
    for number, truth in enumerate(truths):
        brief = domain.answered(truth)
        one = seed * 7919 + number
        made.append(realise(brief, sample(brief, 1, one)[0], one).realised.layout)
    return made


def shares(layouts: Sequence[Layout], rules: Sequence[Rule]) -> tuple[dict[str, dict[str, float]], float]:
    """Per rule the share of plans that break it, of those in which it judged; and of plans with an error."""
    broken: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    errors = 0
    for layout in layouts:
        report: Report = check(layout, rules)
        broken.update({f.rule for f in report.findings})
        judged.update(t.rule for t in report.tallies if not t.skipped)
        errors += any(f.severity is Severity.ERROR for f in report.findings)
    table = {code: {"judged": judged[code], "broken": broken[code] / judged[code]} for code in sorted(judged)}
    return table, errors / max(len(layouts), 1)


def seconds(layouts: Sequence[Layout], rules: Sequence[Rule]) -> float:
    """Of checking CHECKED plans that no check has seen before [s]."""
    # A copy by JSON forgets everything that was derived before, as if each came from its own file.
    fresh = [Layout.model_validate_json(layouts[i % len(layouts)].model_dump_json()) for i in range(CHECKED)]
    start = time.process_time()
    for layout in fresh:
        check(layout, rules)
    return time.process_time() - start


def main() -> None:
    """Measures, prints and keeps the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=0, help="of each set; 0 for all")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rules = floorplan_rules()
    most = arguments.plans or None
    truths = (validation_plans("val") + validation_plans("test"))[:most]
    rplan = [plan for split in ("val", "test") for plan in validation_plans(split, ("rplan",))][:most]
    sets = {"real": truths, "rplan": rplan, "ours": generated(truths, arguments.seed)}
    figures: dict[str, Any] = {}
    for name, layouts in sets.items():
        table, errors = shares(layouts, rules)
        figures[name] = {"plans": len(layouts), "with_an_error": errors, "rules": table}
    taken = seconds(sets["ours"], rules)
    figures["check"] = {
        "plans": CHECKED, "cpu_seconds": taken, "rules": len(rules),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    show(figures, rules)
    if not arguments.plans:
        write_record(ROOT / "benchmarks" / "results" / "rules.json", figures)


def show(figures: dict[str, Any], rules: Sequence[Rule]) -> None:
    """Prints the table, the rules that ours break most first."""
    print(f"{'rule':8}{'real':>8}{'rplan':>8}{'ours':>8}  what")

    def share(name: str, code: str) -> float | None:
        row = figures[name]["rules"].get(code)
        return None if row is None else float(row["broken"])

    for rule in sorted(rules, key=lambda r: (-(share("ours", r.code) or 0.0), r.code)):
        cells = [share(name, rule.code) for name in ("real", "rplan", "ours")]
        if any(cells):
            said = "".join("       -" if c is None else f"{c:8.2f}" for c in cells)
            print(f"{rule.code:8}{said}  {rule.title}")
    print("plans with an error: "
          + ", ".join(f"{name} {figures[name]['with_an_error']:.2f}" for name in ("real", "rplan", "ours")))
    print(f"{figures['check']['plans']} plans, {figures['check']['rules']} rules: "
          f"{figures['check']['cpu_seconds']:.1f} CPU s, peak {figures['check']['peak_megabytes']:.0f} MB")


if __name__ == "__main__":
    main()
