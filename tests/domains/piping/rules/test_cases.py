"""Each rule for plants on cases that pass, fail and lie exactly at its limit; turned and mirrored."""

import pytest
from sample_rule_cases import CASES, RULES

from layoutgan.domains.piping.sketches import drawn
from layoutgan.domains.piping.symmetry import SYMMETRIES, mirrored
from layoutgan.validation.check import check

TRIPLES = [(code, which) for code in CASES for which in ("pass", "limit", "fail")]


def layout_of(code, which):
    row = CASES[code]
    return drawn(*row[which], **row.get("fields", {}))


def findings_of(code, layout):
    limits = {code: CASES[code]["limits"]} if "limits" in CASES[code] else {}
    report = check(layout, [RULES[code]], limits=limits)
    assert not report.tallies[0].skipped, "the rule met nothing to judge"
    return report.findings


def test_every_rule_passes_fails_and_has_a_boundary():
    assert set(CASES) == set(RULES)
    lacking = {code: sorted({"pass", "limit", "fail"} - set(row)) for code, row in CASES.items()}
    assert {code: words for code, words in lacking.items() if words} == {}
    for code, row in CASES.items():
        said = row.get("boundary", "")
        assert bool(said) != bool(RULES[code].limits), f"{code}: a limit, or why there is none"
        assert not said or said.startswith("none, ")


@pytest.mark.parametrize(("code", "which"), TRIPLES, ids=lambda v: str(v))
def test_the_rule_judges_as_the_table_says(code, which):
    found = findings_of(code, layout_of(code, which))
    assert bool(found) == (which == "fail"), [f.message for f in found]


@pytest.mark.parametrize("code", sorted(CASES))
def test_findings_do_not_depend_on_the_way_the_plan_lies(code):
    """For every rule: north, wind and the brief's sides turn with the plan, so no rule is an exception."""
    for which in ("pass", "limit", "fail"):
        layout = layout_of(code, which)
        expected = summary(findings_of(code, layout))
        for number in range(1, SYMMETRIES):
            assert summary(findings_of(code, mirrored(layout, number))) == expected, (which, number)


def summary(findings):
    return sorted((f.rule, tuple(sorted(f.elements)), round(f.measured or 0.0, 5)) for f in findings)
