"""Every numeric limit of every rule for plants: exactly at it passes, just beyond fails, and it can be set.

The layout that lies on a limit is the rule's ``limit`` case, or stands under ``edges`` by the limit's name.
"""

from __future__ import annotations

import pytest
import yaml
from sample_rule_cases import CASES, RULES

from layoutgan.cli.judging import settings_of
from layoutgan.core.brief import RuleSettings
from layoutgan.domains.piping.sketches import drawn, unit_brief
from layoutgan.validation.check import check

LIMITS = [(code, limit) for code in sorted(RULES) for limit in RULES[code].limits]
NAMES = [f"{code}.{limit.name}" for code, limit in LIMITS]
STEP, WITHIN = 1e-5, 1e-7
"""Just beyond a limit, and within the tolerance of 1e-6 m."""


def on_the_limit(code, name):
    row = CASES[code]
    return drawn(*row.get("edges", {}).get(name, row["limit"]), **row.get("fields", {}))


def usual(code, limit):
    """The rule's own value, or what its cases set."""
    return CASES[code].get("limits", {}).get(limit.name, limit.default)


def step_of(code, limit):
    """How far beyond is just beyond; more for rules that give grace, which their cases say."""
    return CASES[code].get("step", {}).get(limit.name, STEP)


def failed(code, layout, values, brief=None):
    limits = {code: {**CASES[code].get("limits", {}), **values}}
    return bool(check(layout, [RULES[code]], limits=limits, brief=brief).findings)


def test_edges_name_limits_of_their_rule():
    for code, row in CASES.items():
        names = {limit.name for limit in RULES[code].limits}
        assert set(row.get("edges", {})) | set(row.get("step", {})) <= names, code


@pytest.mark.parametrize(("code", "limit"), LIMITS, ids=NAMES)
def test_just_beyond_is_judged_otherwise_and_within_the_tolerance_is_not(code, limit):
    layout, value, step = on_the_limit(code, limit.name), usual(code, limit), step_of(code, limit)
    at = failed(code, layout, {limit.name: value})
    less, more = (failed(code, layout, {limit.name: value + way * step}) for way in (-1, 1))
    assert less != more, "the layout does not lie on this limit"
    assert not at or limit.name in CASES[code].get("edges", {}), "the limit case itself passes"
    if limit.unit == "m":
        assert {failed(code, layout, {limit.name: value + way * WITHIN}) for way in (-1, 1)} == {at}


@pytest.mark.parametrize(("code", "limit"), LIMITS, ids=NAMES)
def test_a_brief_sets_the_limit(code, limit):
    layout, value, step = on_the_limit(code, limit.name), usual(code, limit), step_of(code, limit)
    asked = layout.brief or unit_brief()
    found = set()
    for way in (-1, 1):
        own = {**CASES[code].get("limits", {}), limit.name: value + way * step}
        brief = asked.model_copy(update={"rules": RuleSettings.model_validate({code: own})})
        found.add(bool(check(layout, [RULES[code]], brief=brief).findings))
    assert found == {False, True}


def test_an_office_sets_every_limit_in_its_file(tmp_path):
    other = {code: {limit.name: round(limit.default + 0.125, 6) for limit in rule.limits}
             for code, rule in RULES.items() if rule.limits}
    file = tmp_path / "office.yaml"
    file.write_text(yaml.safe_dump({"layoutgan": 1, **other}))
    assert settings_of((), file, ()).limits == other
    for code, values in other.items():
        report = check(on_the_limit(code, ""), [RULES[code]], limits=settings_of((), file, ()).limits)
        assert report.tallies[0].limits == values
