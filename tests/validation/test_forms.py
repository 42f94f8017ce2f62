"""Reports in all their forms, and what is waived or known."""

from __future__ import annotations

import datetime
import html.parser
import json
import xml.etree.ElementTree as ElementTree

import pytest
from shapely.geometry import LineString, Point, box

from layoutgan.core.layout import Provenance
from layoutgan.core.schema import dump_json, validate
from layoutgan.core.sketch import sketch
from layoutgan.domains.floorplan.elements import Room
from layoutgan.errors import InputError
from layoutgan.validation.acceptance import Waiver, WaiverFile, against_baseline, with_waivers
from layoutgan.validation.check import check
from layoutgan.validation.html import Area, Candidate, Gallery, gallery_page, report_page
from layoutgan.validation.junit import junit
from layoutgan.validation.report import Report, Tally
from layoutgan.validation.rule import SKIP, Finding, Severity, Source, found, rule
from layoutgan.validation.sarif import fingerprint, sarif
from layoutgan.validation.text import lines, plain

EVIL = "<script>alert('x')</script>\"&{{7*7}}"
TODAY = datetime.date(2026, 11, 22)


@rule("FP901", each=Room, source=Source("A book", "2nd", "7.3", verified=True))
def small_room(room, context, *, least: float = 3.0):
    """Room too small.

    Args:
        least: least area [m²].
    """
    if room.kind == "balcony":
        return SKIP
    if room.shape.area >= least:
        return None
    return found(
        f"{room.id} has {room.shape.area} m²",
        room.id,
        where=room.shape,
        measured=room.shape.area,
        limit=least,
        remedy="Make it larger.",
    )


@rule("FP902", each=Room, source=Source("Hearsay"))
def plain_room(room, context):
    """Room called a."""
    return found("is called a", room.id, where=Point(0, 0)) if room.id == "a" else None


@rule("FP903", each=Room)
def balcony_here(room, context):
    """A balcony."""
    return SKIP


RULES = (small_room, plain_room, balcony_here)


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
    waived = with_waivers(check(plan, [small_room]), [_waiver("FP901")], TODAY)
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


def _waiver(code: str, elements: tuple[str, ...] = (), expires: datetime.date = TODAY) -> Waiver:
    return Waiver(rule=code, elements=elements, reason="It is old", person="A. A.", expires=expires)


def test_a_waiver_holds_on_its_last_day(report):
    waived = with_waivers(report, [_waiver("FP901", ("a",))], TODAY)
    assert (waived.errors, len(waived.waived), waived.notes) == (0, 1, ())
    assert "1 waived" in waived.summary()
    late = with_waivers(report, [_waiver("FP901")], TODAY + datetime.timedelta(days=1))
    assert late.errors == 1
    assert late.notes == ("the waiver of FP901 by A. A. expired on 2026-11-22",)


def test_an_idle_waiver_is_named(report):
    assert "fits no finding" in with_waivers(report, [_waiver("FP901", ("b",))], TODAY).notes[0]


def test_a_second_waiver_may_hold_when_the_first_has_expired(report):
    old = _waiver("FP901", expires=datetime.date(2020, 1, 1))
    assert with_waivers(report, [old, _waiver("FP901")], TODAY).errors == 0


def test_waived_findings_stand_in_every_form(plan, report):
    waived = with_waivers(report, [_waiver("FP901")], TODAY)
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


class _Strict(html.parser.HTMLParser):
    """Fails when elements do not close in order; collects scripts, links and marks."""

    VOID = frozenset({"meta", "input", "br", "link", "img", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def parsed(page: str) -> _Strict:
    parser = _Strict()
    parser.feed(page)
    parser.close()
    assert not parser.open
    return parser


def _candidate(plan, report) -> Candidate:
    areas = (
        Area("a", EVIL, EVIL, 2.0, 3.0, 4.0),
        Area("b", "", "bathroom", 4.0, 3.0, 4.0),
        Area("c", "", "x", 9.0, None, 4.0),
        Area("d", "", "x", 1.0),
    )
    return Candidate(plan, report, "<svg><title>x</title></svg>", areas, (("DXF", "01 & more.dxf"),))


@pytest.fixture
def evil(plan):
    """A layout and a report in which every text is hostile."""
    layout = plan.replaced(
        name=EVIL, notes=(EVIL,), scores={EVIL: 1.0}, provenance=Provenance(source=EVIL, brief=EVIL)
    )
    finding = Finding(
        rule="FP901",
        name=EVIL,
        message=EVIL,
        elements=(EVIL,),
        remedy=EVIL,
        source=EVIL,
        unit=EVIL,
        measured=1,
        limit=2,
        where=box(0, 0, 1, 1),
    )
    tally = Tally(
        rule="FP901",
        name=EVIL,
        title=EVIL,
        severity=Severity.ERROR,
        source=EVIL,
        packs=(EVIL, "two"),
        limits={EVIL: 1.0},
        judged=1,
        passed=0,
        failed=1,
        skipped=False,
    )
    report = Report(layout=EVIL, packs=(EVIL, "two"), findings=(finding,), tallies=(tally,), notes=(EVIL,))
    return _candidate(
        layout,
        with_waivers(report.model_copy(update={"findings": (finding, finding)}), [_waiver("FP999")], TODAY),
    )


def test_pages_escape_everything(evil):
    gallery = Gallery(EVIL, (evil,), (EVIL,), {EVIL: EVIL})
    for page in (report_page(evil), gallery_page(gallery)):
        assert "alert('x')</script>" not in page
        assert "{{7*7}}" in page
        assert "&lt;script&gt;" in page
        scripts = [tag for tag, _ in parsed(page).tags if tag == "script"]
        assert len(scripts) == 1


def test_pages_need_nothing_from_elsewhere(evil):
    for page in (report_page(evil), gallery_page(Gallery("x", (evil,)))):
        for tag, attributes in parsed(page).tags:
            assert tag not in {"link", "img", "iframe", "object"}
            assert "src" not in attributes
            if tag == "a":
                assert attributes["href"].startswith("#") or "://" not in attributes["href"]
        assert "default-src 'none'" in page
        assert "@import" not in page
        assert "url(" not in page


def test_a_report_page_lists_findings_with_their_marks(plan, report):
    page = report_page(_candidate(plan, report))
    rows = [a for tag, a in parsed(page).tags if tag == "li" and "data-finding" in a]
    assert [row["data-finding"] for row in rows] == ["0", "1"]
    assert [row["data-severity"] for row in rows] == ["error", "warning"]
    assert "skipped: met nothing" in page


def test_a_page_of_a_clean_layout_says_so(plan):
    clean = check(plan, [small_room], limits={"FP901": {"least": 0.1}})
    page = report_page(Candidate(plan, clean))
    assert "Complies with the 1 rule" in page
    parsed(page)
    parsed(report_page(Candidate(plan, Report(layout="x"))))


def test_a_gallery_shows_areas_side_by_side(plan, report):
    one = _candidate(plan, report)
    other = Candidate(plan, report, "", one.areas[:1])
    gallery = Gallery("Flat", (one, other), facts={"seed": "0"})
    assert [(a.id, [b is None for b in found]) for a, found in gallery.rows()] == [
        ("a", [False, False]),
        ("b", [False, True]),
        ("c", [False, True]),
        ("d", [False, True]),
    ]
    page = gallery_page(gallery)
    assert 'href="01%20%26%20more.dxf"' in page
    assert "2 layouts, best first" in page
    parsed(page)
    parsed(gallery_page(Gallery("Empty", (), ("nothing fits",))))


def test_a_thumbnail_is_cut_to_the_plan(plan, report):
    one = Candidate(plan, report, '<svg viewBox="0 0 9 9"><svg viewBox="1"/></svg>', crop="2 2 3 3")
    assert one.thumbnail.startswith('<svg viewBox="2 2 3 3" data-whole="0 0 9 9"><svg viewBox="1"')
    assert Candidate(plan, report, "<svg/>").thumbnail == "<svg/>"


def test_areas_know_their_state():
    states = [
        Area("x", "", "x", area, least, most).state
        for area, least, most in (
            (2, 3, 4),
            (5, 3, 4),
            (3, 3, 4),
            (2.996, 3, 4),
            (1, None, None),
            (5, None, 4),
        )
    ]
    assert states == ["low", "high", "met", "met", "free", "high"]


def test_pages_are_the_same_every_time(plan, report):
    assert report_page(_candidate(plan, report)) == report_page(_candidate(plan, report))


def test_lines_as_places_are_drawn(plan):
    from layoutgan.cli.picture import picture

    shapes = (
        box(0, 0, 1, 1),
        LineString([(0, 0), (1, 1)]),
        Point(1, 1),
        None,
        box(0, 0, 3, 3) - box(1, 1, 2, 2),
        box(0, 0, 1, 1).union(box(2, 2, 3, 3)),
    )
    findings = tuple(Finding(rule="FP901", message="x", elements=("a",), where=shape) for shape in shapes)
    svg, crop = picture(plan, Report(layout="x", findings=findings))
    assert len(crop.split()) == 4
    assert svg.count('class="mark"') == len(shapes)
    ElementTree.fromstring(svg)
