"""Every rule has a table of cases; one test runs them all."""

import pytest

from .casebook import CASES, cases, rules


@pytest.mark.parametrize("case", cases("pass"), ids=str)
def test_passes(case):
    report = case.report()
    assert not report.findings, report.text()
    assert report.tallies[0].skipped == case.values.get("skipped", False), "nothing was judged"


@pytest.mark.parametrize("case", cases("fail"), ids=str)
def test_fails(case):
    report = case.report()
    assert [list(f.elements) for f in report.findings] == case.values["elements"], report.text()
    for finding in report.findings:
        assert finding.message.endswith(".")
        assert finding.remedy.endswith(".")
        assert finding.measured is None or finding.limit is not None
        assert finding.where is None or not finding.where.is_empty


@pytest.mark.parametrize("case", cases("limit"), ids=str)
def test_at_the_limit(case):
    assert not case.report(limits=case.values["at"]).findings
    assert case.report(limits=case.values["beyond"]).findings


@pytest.mark.parametrize("case", cases("skip"), ids=str)
def test_nothing_to_judge(case):
    report = case.report()
    assert report.tallies[0].skipped, report.text()


@pytest.mark.parametrize("code", rules())
def test_every_rule_has_cases(code):
    path = CASES / f"{code}.yaml"
    assert path.exists(), f"write {path.name}"
    has = {c.outcome for c in cases("pass", "fail", "limit") if c.code == code}
    assert {"pass", "fail"} <= has
    assert not rules()[code].limits or "limit" in has, "a rule with limits needs a case at the limit"
