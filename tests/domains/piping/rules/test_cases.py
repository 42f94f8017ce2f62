"""Each rule for plants on cases that pass, fail and lie exactly at its limit; turned and mirrored."""

from pathlib import Path

import pytest
import yaml

from layoutgan.domains.piping.rules import packs
from layoutgan.domains.piping.sketches import drawn
from layoutgan.domains.piping.symmetry import SYMMETRIES, mirrored
from layoutgan.validation.check import check

PACKS = (packs.PLANT_GENERAL, packs.SPACING, packs.ACCESS, packs.PIPING, packs.PUMPS)
RULES = {r.code: r for pack in PACKS for r in pack.rules if r.code.startswith("PI")}
TABLES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = {code: row for table in TABLES for code, row in yaml.safe_load(table.read_text()).items()}
TRIPLES = [(code, which) for code in CASES for which in ("pass", "limit", "fail")]


def layout_of(code, which):
    row = CASES[code]
    return drawn(*row[which], **row.get("fields", {}))


def findings_of(code, layout):
    limits = {code: CASES[code]["limits"]} if "limits" in CASES[code] else {}
    report = check(layout, [RULES[code]], limits=limits)
    assert not report.tallies[0].skipped, "the rule met nothing to judge"
    return report.findings


def test_every_rule_has_cases():
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize(("code", "which"), TRIPLES, ids=lambda v: str(v))
def test_the_rule_judges_as_the_table_says(code, which):
    found = findings_of(code, layout_of(code, which))
    assert bool(found) == (which == "fail"), [f.message for f in found]


@pytest.mark.parametrize("code", sorted(CASES))
def test_findings_do_not_depend_on_the_way_the_plan_lies(code):
    for which in ("fail", "limit"):
        layout = layout_of(code, which)
        expected = summary(findings_of(code, layout))
        for number in range(1, SYMMETRIES):
            assert summary(findings_of(code, mirrored(layout, number))) == expected, number


def summary(findings):
    return sorted((f.rule, tuple(sorted(f.elements)), round(f.measured or 0.0, 5)) for f in findings)
