"""Every rule for plants has a manual page with an example that runs."""

import doctest

import pytest
import shapely

from layoutgan.domains.piping.rules import packs
from layoutgan.domains.piping.sketches import drawn
from layoutgan.validation.check import check

NAMES = {"check": check, "drawn": drawn, "shapely": shapely}
PACKS = (packs.PLANT_GENERAL, packs.SPACING, packs.ACCESS, packs.PIPING, packs.PUMPS)
RULES = sorted({r for pack in PACKS for r in pack.rules if r.code.startswith("PI")}, key=lambda r: r.code)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: f"{r.code}-{r.name}")
def test_the_manual_page_is_complete_and_its_example_runs(rule):
    assert rule.doc.splitlines()[0].endswith("."), "the first line is a sentence"
    for limit in rule.limits:
        assert f"{limit.name}:" in rule.doc, f"the page does not explain {limit.name}"
        assert limit.unit, f"{limit.name} has no unit"
    example = doctest.DocTestParser().get_doctest(rule.doc, {**NAMES, rule.name: rule}, rule.name, None, None)
    assert example.examples, "the page has no example"
    runner = doctest.DocTestRunner(verbose=False)
    problems = []
    runner.run(example, out=problems.append)
    assert not runner.failures, "".join(problems)


def test_codes_and_names_are_used_once():
    assert len({r.code for r in RULES}) == len(RULES)
    assert len({r.name for r in RULES}) == len(RULES)


def test_there_are_enough_single_checks():
    assert len(RULES) >= 45
