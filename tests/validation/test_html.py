"""HTML pages: complete, safe, self-contained, and with a mark for each finding."""

from __future__ import annotations

import html.parser
import xml.etree.ElementTree as ElementTree

import pytest
from sample_rules import EVIL, RULES, TODAY, small_room, waiver
from shapely.geometry import LineString, Point, box

from layoutgan.core.layout import Provenance
from layoutgan.core.sketch import sketch
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.acceptance import with_waivers
from layoutgan.validation.check import check
from layoutgan.validation.html import Area, Candidate, Gallery, gallery_page, report_page
from layoutgan.validation.report import Report, Tally
from layoutgan.validation.rule import Finding, Severity


@pytest.fixture
def plan():
    return sketch("abb\nabb", make=Room, a="bedroom", b="bathroom", name="Plan")


@pytest.fixture
def report(plan):
    return check(plan, RULES)


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
        with_waivers(report.model_copy(update={"findings": (finding, finding)}), [waiver("FP999")], TODAY),
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
