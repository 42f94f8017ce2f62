"""Every registered floor-plan and universal rule has a manual page with an example that runs."""

import doctest

import pytest
import shapely

from layoutgan.core.layout import Connection, Layout
from layoutgan.core.registry import names
from layoutgan.domains.floorplan.elements import Door, Obstacle, Room, Wall, Window
from layoutgan.domains.floorplan.sketches import drawn
from layoutgan.validation.check import check, rules_of

NAMES = {
    "check": check, "drawn": drawn, "Layout": Layout, "Connection": Connection, "Room": Room, "Wall": Wall,
    "Door": Door, "Window": Window, "Obstacle": Obstacle, "shapely": shapely}
RULES = [r for r in rules_of(names("rulepack")) if r.code.startswith(("FP", "LG"))]


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
