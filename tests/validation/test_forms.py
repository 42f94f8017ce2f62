"""Reports in all their forms, and what is waived or known."""

from __future__ import annotations

import datetime
import json
import xml.etree.ElementTree as ElementTree

import pytest
from sample_rules import EVIL, RULES, TODAY, balcony_here, plain_room, small_room, waiver

from layoutgan.core.schema import dump_json, validate
from layoutgan.core.sketch import sketch
from layoutgan.domains.floorplan.elements import Room
from layoutgan.errors import InputError
from layoutgan.validation.acceptance import WaiverFile, against_baseline, with_waivers
from layoutgan.validation.check import check
from layoutgan.validation.html import Candidate, report_page
from layoutgan.validation.junit import junit
from layoutgan.validation.report import Report, Tally
from layoutgan.validation.rule import Finding, Severity
from layoutgan.validation.sarif import fingerprint, sarif
from layoutgan.validation.text import lines, plain


@pytest.fixture
def plan():
    return sketch("abb\nabb", make=Room, a="bedroom", b="bathroom", name="Plan")


@pytest.fixture
def report(plan):
    return check(plan, RULES)


def test_counts_and_words(report):
    assert (report.errors, report.warnings, report.clean) == (1, 1, False)
    assert report.summary() == "Plan: 1 error, 1 warning; 2 rules judged 4 items, 1 skipped"
    assert report.verdict() == "Breaks 2 rules of 2."
    assert report.by_rule() == {"FP901": 1, "FP902": 1}
    assert [f.severity for f in report.worst_first] == [Severity.ERROR, Severity.WARNING]
    assert "Make it larger." in report.text()
    tally = report.tallies[0]
    assert (tally.judged, tally.passed, tally.failed, tally.skipped, tally.limits) == (
        2,
        1,
        1,
        False,
        {"least": 3.0},
    )


def test_a_limit_from_outside_stands_in_the_report(plan):
    report = check(plan, RULES, limits={"FP901": {"least": 1.0}})
    assert report.tallies[0].limits == {"least": 1.0}
    assert report.tallies[0].failed == 0


def test_complies_is_said_only_of_verified_sources(plan):
    large = check(plan, [small_room], limits={"FP901": {"least": 0.1}})
    assert large.verdict() == "Complies with the 1 rule that judged it."
    other = check(plan, [plain_room])
    unread = Report.model_construct(**{**other.__dict__, "findings": ()})
    assert "Complies" not in unread.verdict()
    assert "unverified source" in unread.verdict()
    assert check(plan, [balcony_here]).verdict() == "Nothing was judged."
    waived = with_waivers(check(plan, [small_room]), [waiver("FP901")], TODAY)
    assert waived.clean
    assert "Complies" not in waived.verdict()


def test_the_json_form_survives(report):
    again = validate(Report, json.loads(dump_json(report)))
    assert again.findings[0].where.equals(report.findings[0].where)
    assert dump_json(again) == dump_json(report)
    assert json.loads(dump_json(report))["findings"][0]["where"]["type"] == "Polygon"


def test_text_has_a_style_for_each_piece(report):
    shown = lines(report, verbose=True)
    assert any("red" in piece.style for line in shown for piece in line)
    text = plain(report, verbose=True)
    assert "→ Make it larger." in text
    assert "A book 2nd 7.3" in text
    assert "FP903 balcony_here: skipped" in text


def test_sarif_has_what_code_hosts_need(report):
    tree = json.loads(sarif([("plans/one two.json", report)], RULES, version="1.2.3"))
    run = tree["runs"][0]
    assert tree["version"] == "2.1.0"
    assert run["tool"]["driver"]["version"] == "1.2.3"
    rules = run["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == ["FP901", "FP902", "FP903"]
    assert rules[0]["name"] == "SmallRoom"
    assert "Args" in rules[0]["fullDescription"]["text"]
    first = next(r for r in run["results"] if r["ruleId"] == "FP901")
    assert rules[first["ruleIndex"]]["id"] == "FP901"
    assert first["level"] == "error"
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "plans/one%20two.json"
    assert first["locations"][0]["logicalLocations"] == [{"name": "a", "kind": "element"}]
    assert first["properties"]["where"]["type"] == "Polygon"
    assert {r["level"] for r in run["results"]} == {"error", "warning"}


def test_a_fingerprint_names_the_fault_not_the_figure():
    one, two = (
        Finding(rule="FP901", message=m, elements=("a",), measured=v) for m, v in (("x", 1.0), ("y", 2.0))
    )
    assert fingerprint(one) == fingerprint(two)
    assert fingerprint(one) != fingerprint(Finding(rule="FP901", message="x", elements=("b",)))


def test_junit_counts_rules(report):
    suite = ElementTree.fromstring(junit([("plan.json", report)]))[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "1", "1")
    assert suite[1].find("system-out").text == "warning: is called a"
    strict = ElementTree.fromstring(junit([("plan.json", report)], fail_on=Severity.WARNING))[0]
    assert strict.get("failures") == "2"


def test_junit_holds_any_text(plan):
    evil = Finding(
        rule="FP901", message=f"{EVIL}\x00\x1b\ud800\uffff", elements=(EVIL,), severity=Severity.ERROR
    )
    tally = Tally(
        rule="FP901",
        name="x",
        severity=Severity.ERROR,
        source="",
        judged=1,
        passed=0,
        failed=1,
        skipped=False,
    )
    text = junit([(EVIL, Report(layout=EVIL, findings=(evil,), tallies=(tally,)))])
    failure = ElementTree.fromstring(text.encode("utf-8"))[0][0][0]
    assert failure.get("message").startswith(EVIL)
    assert failure.text == EVIL


def test_a_waiver_holds_on_its_last_day(report):
    waived = with_waivers(report, [waiver("FP901", ("a",))], TODAY)
    assert (waived.errors, len(waived.waived), waived.notes) == (0, 1, ())
    assert "1 waived" in waived.summary()
    late = with_waivers(report, [waiver("FP901")], TODAY + datetime.timedelta(days=1))
    assert late.errors == 1
    assert late.notes == ("the waiver of FP901 by A. A. expired on 2026-11-22",)


def test_an_idle_waiver_is_named(report):
    assert "fits no finding" in with_waivers(report, [waiver("FP901", ("b",))], TODAY).notes[0]


def test_a_second_waiver_may_hold_when_the_first_has_expired(report):
    old = waiver("FP901", expires=datetime.date(2020, 1, 1))
    assert with_waivers(report, [old, waiver("FP901")], TODAY).errors == 0


def test_waived_findings_stand_in_every_form(plan, report):
    waived = with_waivers(report, [waiver("FP901")], TODAY)
    assert "It is old" in sarif([("p", waived)], RULES, version="1")
    assert "It is old" in junit([("p", waived)])
    assert "It is old" in plain(waived, verbose=True)
    assert "It is old" in report_page(Candidate(plan, waived))
    assert validate(Report, json.loads(dump_json(waived))).waived[0].expires == TODAY


def test_waiver_files():
    good = {
        "layoutgan": 1,
        "waivers": [{"rule": "FP901", "reason": "old", "person": "A", "expires": "2027-01-31"}],
    }
    assert validate(WaiverFile, good).waivers[0].expires == datetime.date(2027, 1, 31)
    for key, value in (
        ("expires", "31.1.2027"),
        ("expires", 20270131),
        ("rule", "small_room"),
        ("person", ""),
    ):
        with pytest.raises(InputError, match=key):
            validate(WaiverFile, {"layoutgan": 1, "waivers": [good["waivers"][0] | {key: value}]})


def test_a_baseline_hides_what_is_known(report):
    same = against_baseline(report, report)
    assert (same.findings, same.known) == ((), 2)
    empty = Report(layout="Plan")
    assert against_baseline(report, empty).findings == report.findings


def test_a_baseline_knows_each_finding_once_and_how_bad_it_was(report):
    twice = Report.model_construct(**{**report.__dict__, "findings": report.findings * 2})
    assert len(against_baseline(twice, report).findings) == 2
    milder = [f.model_copy(update={"severity": Severity.INFO}) for f in report.findings]
    old = Report.model_construct(**{**report.__dict__, "findings": tuple(milder)})
    assert len(against_baseline(report, old).findings) == 2
