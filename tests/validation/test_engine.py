"""The rule engine: what is counted, what limits win, what a finding carries."""

import json

import pytest
import shapely

from layoutgan.core.layout import Layout
from layoutgan.core.schema import Metres, dump_json
from layoutgan.domains.floorplan.brief import Space
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.sketches import drawn
from layoutgan.errors import InputError, UnknownName
from layoutgan.validation.check import check, limits_for, pack, rules_of
from layoutgan.validation.report import Report
from layoutgan.validation.rule import SKIP, Context, Finding, Severity, Source, found, rule

READ = Source("A standard", "2020", "1.2", verified=True)
UNREAD = Source("A standard", "2020", "1.3")


@rule("FP990", each=Room, source=READ)
def odd_room(room: Room, context: Context, *, least: Metres = 2.0, most: Metres = 9.0):
    """Room of an odd length.

    Args:
        least: shortest
            that passes [m].
        most: longest that passes [m].
    """
    if room.kind == "closet":
        return SKIP
    length = room.shape.length / 4
    if length < least:
        return found(f"{room.id} is short.", room.id, where=room.shape, measured=length, limit=least)
    if length > most:
        return [found(f"{room.id} is long.", room.id), found(f"{room.id} is very long.", room.id)]
    return None


@rule("FP991", each=Room, source=UNREAD)
def unread_room(room: Room, context: Context):
    """Room judged by a limit that nobody has read."""
    return found("Always.", room.id)


@rule("FP992", each=Space, severity=Severity.INFO, unit="m²")
def any_space(space: Space, context: Context):
    """Space of any kind."""
    return found("Seen.", space.id, measured=1.0)


PLAN = drawn("ab", a="bedroom", b="closet")


def test_counts_judged_passed_failed_and_skipped():
    tally = check(PLAN, [odd_room]).tallies[0]
    assert (tally.judged, tally.passed, tally.failed, tally.skipped) == (1, 0, 1, False)
    tally = check(drawn("b", b="closet"), [odd_room]).tallies[0]
    assert (tally.judged, tally.skipped) == (0, True)


def test_several_findings_are_one_failure():
    report = check(drawn("a", scale=10.0, a="bedroom"), [odd_room])
    assert len(report.findings) == 2
    assert report.tallies[0].failed == 1


def test_a_finding_carries_all_there_is_to_know():
    finding = check(PLAN, [odd_room]).findings[0]
    assert (finding.rule, finding.name, finding.severity) == ("FP990", "odd_room", Severity.ERROR)
    assert (finding.elements, finding.measured, finding.limit, finding.unit) == (("a",), 1.0, 2.0, "m")
    assert finding.source == "A standard 2020 1.2"
    assert finding.where.equals(shapely.box(0, 0, 1, 1))


def test_an_unread_source_is_a_warning_and_says_so():
    finding = check(PLAN, [unread_room]).findings[0]
    assert finding.severity is Severity.WARNING
    assert "unverified source" in finding.source
    assert "complies" not in check(PLAN, [unread_room]).verdict().lower()


def test_limits_of_the_call_win_over_the_brief_and_the_brief_over_the_rule():
    brief = {"rules": {"FP990": {"least": 0.5}}}
    plan = drawn("ab", a="bedroom", b="closet", brief=brief)
    assert not check(plan, [odd_room]).findings
    assert check(plan, [odd_room]).tallies[0].limits == {"least": 0.5, "most": 9.0}
    assert check(plan, [odd_room], limits={"FP990": {"least": 3.0}}).findings[0].limit == 3.0


@pytest.mark.parametrize(("values", "what"), [
    ({"lest": 1.0}, "no limit 'lest'"), ({"least": "wide"}, "number"), ({"least": True}, "number")])
def test_wrong_limits_are_refused(values, what):
    with pytest.raises(InputError, match=what):
        limits_for([odd_room], {"FP990": values})


def test_limits_of_other_rules_are_left_alone():
    assert limits_for([odd_room], {"FP001": {"max_overlap": 1.0}}) == {}


def test_the_manual_page_gives_limits_units_and_words():
    assert [(x.name, x.default, x.unit, x.doc) for x in odd_room.limits] == [
        ("least", 2.0, "m", "shortest that passes [m]."), ("most", 9.0, "m", "longest that passes [m].")]
    assert odd_room.title == "Room of an odd length"
    assert odd_room.unit == "m"


def test_rules_about_the_brief_judge_its_parts():
    plan = drawn("ab", a="bedroom", b="closet", brief={})
    report = check(plan, [any_space])
    assert [f.elements for f in report.findings] == [("a",), ("b",)]
    assert report.clean
    assert report.findings[0].unit == "m²"
    assert check(PLAN, [any_space]).tallies[0].skipped


def test_derived_knowledge_is_computed_once():
    calls = []

    def derive(context):
        calls.append(context)
        return len(context.of(Room))

    context = Context(PLAN)
    assert (context.once(derive), context.once(derive), len(calls)) == (2, 2, 1)
    assert context.of(Room) is context.of(Room)
    assert list(context.items(Layout)) == [PLAN]


def test_reports_round_trip_and_read_well():
    report = check(PLAN, [odd_room, unread_room])
    assert Report.model_validate(json.loads(dump_json(report))).by_rule() == report.by_rule()
    assert report.text().splitlines()[1].strip().startswith("error")
    assert report.summary().startswith("sketch: 1 error, 2 warnings")


def test_packs_are_found_by_name():
    assert pack("general").name == "general"
    codes = [r.code for r in rules_of(["irc-2021", "general", "irc-2021"])]
    assert codes == sorted(set(codes))
    with pytest.raises(UnknownName, match="general"):
        pack("generel")


def test_a_rule_may_answer_with_a_finding_made_by_hand():
    @rule("FP993", each=Room)
    def handmade(room: Room, context: Context):
        """Handmade."""
        return Finding(message="So.", unit="K")

    assert check(PLAN, [handmade]).findings[0].unit == "K"
