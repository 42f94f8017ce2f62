"""The report as a PDF: everything is in it, on as many pages as it needs, whatever stands in the names."""

from __future__ import annotations

import re
import zlib

from hypothesis import given
from hypothesis import strategies as st
from sample_rules import RULES, TODAY, waiver

from cad_plugin.report_pdf import FOOT, broken, report_pdf
from cad_plugin.typeface import text_width
from layoutgan.core.sketch import sketch
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.acceptance import with_waivers
from layoutgan.validation.check import check
from layoutgan.validation.report import Report
from layoutgan.validation.rule import Finding


def plan_of(name="Plan"):
    return sketch("abb\nabb", make=Room, a="bedroom", b="bathroom", name=name)


def pages_of(data: bytes) -> list[str]:
    """What each page shows, uncompressed."""
    assert data.startswith(b"%PDF-")
    assert data.endswith(b"%%EOF\n")
    streams = re.findall(rb"stream\n(.*?)\nendstream", data, re.DOTALL)
    return [zlib.decompress(s).decode("latin-1") for s in streams]


def words_in(pages: list[str]) -> str:
    return " ".join(re.sub(r"\\([()\\])", r"\1", t) for p in pages for t in re.findall(r"\((.*?)\) Tj", p))


def test_it_says_what_the_report_says():
    report = check(plan_of(), RULES)
    said = words_in(pages_of(report_pdf(plan_of(), report)))
    assert report.findings
    for finding in report.findings:
        assert finding.message in said
        assert finding.remedy in said
    assert report.verdict() in said
    assert all(t.rule in said for t in report.tallies if not t.skipped)


def test_what_was_accepted_names_the_person_and_the_reason():
    report = check(plan_of(), RULES)
    signed = waiver(report.findings[0].rule)
    said = words_in(pages_of(report_pdf(plan_of(), with_waivers(report, (signed,), TODAY))))
    assert "Accepted" in said
    assert signed.person in said
    assert signed.reason in said


def test_many_findings_take_many_pages_and_stay_above_the_foot():
    many = tuple(Finding(rule=f"X{i:03}", message=f"Message {i}.", remedy="Do it.") for i in range(200))
    pages = pages_of(report_pdf(plan_of(), Report(layout="Plan", findings=many)))
    assert len(pages) > 5
    said = words_in(pages)
    assert all(f.message in said for f in many)
    for page in pages[1:]:  # the first has the plan, cut by its frame
        heights = [float(y) for y in re.findall(r" ([\d.-]+) Tm", page)]
        assert min(heights) > FOOT - 10.0


def test_the_same_report_gives_the_same_bytes():
    report = check(plan_of(), RULES)
    assert report_pdf(plan_of(), report) == report_pdf(plan_of(), report)


def test_names_cannot_break_out_of_the_text():
    evil = ") Tj ET Q (\\"
    report = Report(layout=evil, findings=(Finding(rule="X1", message=evil),))
    pages = pages_of(report_pdf(plan_of(evil), report))
    assert "\\) Tj ET Q \\(\\\\" in pages[0]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=80),
       st.floats(8.0, 60.0))
def test_breaking_lines_loses_nothing(text, width):
    lines = broken(text, width, 2.0)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line, 2.0) <= width or len(line) == 1 for line in lines)
