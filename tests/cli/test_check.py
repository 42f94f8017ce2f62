from __future__ import annotations

import datetime
import json
import xml.etree.ElementTree as ElementTree

import pytest

from layoutgan.core.schema import dump_json, write_text
from layoutgan.validation.report import Report


def test_text_names_rule_element_and_remedy(lg, plan_file):
    outcome = lg("check", plan_file)
    assert outcome.code == 1
    assert "error" in outcome.out
    assert "Small plan: " in outcome.out
    assert "Breaks " in outcome.out
    assert outcome.err == ""


def test_verbose_tells_what_each_rule_judged(lg, plan_file):
    assert "skipped" in lg("check", plan_file, "-v").out


def test_json_is_a_report_with_shapes(lg, plan_file):
    outcome = lg("check", plan_file, "--format", "json")
    report = Report.model_validate(json.loads(outcome.out))
    assert report.errors > 0
    assert report.packs == ("general",)
    assert any(f.where is not None for f in report.findings)
    assert outcome.out == lg("check", plan_file, "--format", "json").out


def test_sarif_and_junit(lg, plan_file):
    sarif = json.loads(lg("check", plan_file, "--format", "sarif").out)
    assert (
        sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "plan.json"
    )
    suite = ElementTree.fromstring(lg("check", plan_file, "--format", "junit").out)[0]
    assert int(suite.get("failures", "0")) > 0


@pytest.mark.parametrize(
    ("name", "starts"),
    [("r.html", "<!doctype html>"), ("r.json", "{"), ("r.sarif", "{"), ("r.xml", "<?xml"), ("r.txt", "")],
)
def test_a_report_file_in_each_form(lg, plan_file, tmp_path, name, starts):
    outcome = lg("check", plan_file, "-o", name)
    assert outcome.code == 1
    assert outcome.err == f"wrote {name}\n"
    text = (tmp_path / name).read_text(encoding="utf-8").lstrip()
    assert text.startswith(starts)
    assert "Small plan" in text or "plan.json" in text


def test_an_unknown_form_is_refused_before_anything_is_read(lg):
    outcome = lg("check", "missing.json", "-o", "r.docx")
    assert "r.docx: reports are written as .html" in outcome.err


def test_a_limit_on_the_command_line(lg, plan_file):
    loose = lg("check", plan_file, "--set", "FP008.factor=1")
    assert loose.code in {0, 1}
    assert lg("check", plan_file, "--set", "FP999.min_width=2").err.startswith(
        "layoutgan: --set: no rule called 'FP999'"
    )


@pytest.mark.parametrize(
    "text",
    [
        "FP028",
        "FP028.min_width",
        "min_width=2",
        "FP028.min_width=wide",
        "FP028.min_width=nan",
        "=",
        "FP028.min_width=",
        "FP028.=3",
        "FP028.nothing=3",
    ],
)
def test_limits_that_cannot_be(lg, plan_file, text):
    outcome = lg("check", plan_file, "--set", text)
    assert outcome.code == 2
    assert outcome.err.startswith("layoutgan: --set: ")
    assert outcome.err.count("\n") == 1


def test_a_company_file_sets_limits_and_packs(lg, plan_file, tmp_path):
    (tmp_path / "company.yaml").write_text("layoutgan: 1\npacks: [general]\nFP009: {factor: 10}\n")
    outcome = lg("check", plan_file, "--rules", "company.yaml", "--format", "json")
    tally = next(t for t in json.loads(outcome.out)["tallies"] if t["rule"] == "FP009")
    assert tally["limits"]["factor"] == 10
    assert tally["failed"] > 0
    again = lg("check", plan_file, "--rules", "company.yaml", "--set", "FP009.factor=0.1", "--format", "json")
    tally = next(t for t in json.loads(again.out)["tallies"] if t["rule"] == "FP009")
    assert (tally["limits"]["factor"], tally["failed"]) == (0.1, 0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("layoutgan: 1\nFP999: {a: 1}\n", "company.yaml: rules.FP999: no rule called"),
        ("layoutgan: 1\nFP009: {breadth: 1}\n", "company.yaml: rules.FP009.breadth: rule FP009 has no limit"),
        ("layoutgan: 1\nFP009: 3\n", "company.yaml: line 2, FP009: must be a mapping"),
        ("layoutgan: 2\n", "company.yaml: line 1, layoutgan: must be 1"),
        ("packs: [general]\n", "company.yaml: layoutgan: is missing"),
        ("layoutgan: 1\npack: [general]\n", "did you mean 'packs'?"),
    ],
)
def test_bad_company_files(lg, plan_file, tmp_path, text, says):
    (tmp_path / "company.yaml").write_text(text)
    outcome = lg("check", plan_file, "--rules", "company.yaml")
    assert outcome.code == 2
    assert says in outcome.err
    assert outcome.err.count("\n") == 1


def test_an_unknown_pack(lg, plan_file):
    assert (
        "no rulepack called 'generall'; did you mean 'general'?"
        in lg("check", plan_file, "--pack", "generall").err
    )


def test_fail_on_warning(lg, plan, tmp_path):
    limits = ("--set", "FP009.factor=10")
    write_text(
        tmp_path / "one.json",
        dump_json(plan.replaced(elements=plan.elements[:1], boundary=plan.elements[0].shape)),
    )
    outcome = lg("check", "one.json", *limits, "--format", "json")
    report = json.loads(outcome.out)
    severities = {f["severity"] for f in report["findings"]}
    assert "warning" in severities
    assert outcome.code == int("error" in severities)
    assert lg("check", "one.json", *limits, "--fail-on", "warning").code == 1


def test_a_baseline_leaves_only_what_is_new(lg, plan_file):
    lg("check", plan_file, "-o", "old.json")
    outcome = lg("check", plan_file, "--baseline", "old.json")
    assert outcome.code == 0
    assert "known from the baseline" in outcome.out
    assert "Complies" not in outcome.out
    stricter = lg(
        "check", plan_file, "--baseline", "old.json", "--set", "FP009.factor=20", "--format", "json"
    )
    assert {f["rule"] for f in json.loads(stricter.out)["findings"]} <= {"FP009"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"layoutgan": 1}',
        '{"layoutgan": 1, "layout": 5}',
        '{"layoutgan": 1, "layout": "x", "findings": [{"message": "m", "where": {"type": "Blob"}}]}',
    ],
)
def test_bad_baselines(lg, plan_file, tmp_path, text):
    (tmp_path / "old.json").write_text(text)
    outcome = lg("check", plan_file, "--baseline", "old.json")
    assert outcome.code == 2
    assert outcome.err.startswith("layoutgan: old.json: ")
    assert outcome.err.count("\n") == 1


def _waiver(rule: str, until: str) -> str:
    return (
        f"layoutgan: 1\nwaivers:\n  - {{rule: {rule}, reason: The old house has it, person: A. Architect, "
        f"expires: {until}}}\n"
    )


def test_waivers_are_counted_apart_and_expire(lg, plan_file, tmp_path):
    broken = sorted(
        {f["rule"] for f in json.loads(lg("check", plan_file, "--format", "json").out)["findings"]}
    )[0]
    (tmp_path / "w.yaml").write_text(_waiver(broken, "2999-12-31"))
    report = json.loads(lg("check", plan_file, "--waivers", "w.yaml", "--format", "json").out)
    assert broken not in {f["rule"] for f in report["findings"]}
    assert {w["finding"]["rule"] for w in report["waived"]} == {broken}
    assert "waived" in lg("check", plan_file, "--waivers", "w.yaml").out
    (tmp_path / "w.yaml").write_text(_waiver(broken, "2001-01-01"))
    outcome = lg("check", plan_file, "--waivers", "w.yaml")
    assert f"the waiver of {broken} by A. Architect expired on 2001-01-01" in outcome.out
    assert datetime.date.today() > datetime.date(2001, 1, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("expires: 2999-12-31", "expires: soon"),
        ("expires: 2999-12-31", "expires: 5"),
        ("person: A. Architect", "person: ''"),
        ("reason: The old house has it", "reason: x"),
        ("rule: FP001", "rule: overlap"),
        ("rule: FP001", "rle: FP001"),
    ],
)
def test_bad_waivers(lg, plan_file, tmp_path, old, new):
    (tmp_path / "w.yaml").write_text(_waiver("FP001", "2999-12-31").replace(old, new))
    outcome = lg("check", plan_file, "--waivers", "w.yaml")
    assert outcome.code == 2
    assert outcome.err.startswith("layoutgan: w.yaml: line 3, waivers[0]")


def test_a_brief_beside_the_layout(lg, plan_file, tmp_path, example_text):
    (tmp_path / "flat.yaml").write_text(example_text, encoding="utf-8")
    outcome = lg("check", plan_file, "--brief", "flat.yaml", "--format", "json")
    assert outcome.code == 1
    assert "FP010" in {f["rule"] for f in json.loads(outcome.out)["findings"]}  # missing_space


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.json", b"", "empty"),
        ("plan.json", b"[]", "expected a document"),
        ("plan.json", b"{}", "is missing"),
        ("plan.json", b'{"layoutgan": 1}', "domain"),
        ("plan.json", b'{"layoutgan": 1, "domain": "ships"}', "domain: must be one of"),
        (
            "plan.json",
            b'{"layoutgan": 1, "domain": "floorplan", "elements": [{"type": "room"}]}',
            "elements[0].id: is missing",
        ),
        (
            "plan.json",
            b'{"layoutgan": 1, "domain": "floorplan", "elements": [{"type": "rom"}]}',
            "type must be one of",
        ),
        ("plan.json", b'{"layoutgan": 1, "domain": "floorplan", "elements": [5]}', "type must be one of"),
        ("plan.json", b'{"layoutgan": 1, "domain": "floorplan", "elements": 5}', "elements"),
        ("plan.json", b'{"layoutgan": 1, "domain": "floorplan", "brief": {"domain": "floorplan"}}', "brief."),
        ("plan.json", b'{"layoutgan": 1, "domain": "floorplan", "boundary": [[0, 0], [1, 1]]}', "boundary"),
        ("plan.xyz", b"x", "no exporter for files called '.xyz'"),
        ("plan", b"x", "no exporter called 'plan'"),
        ("plan.svg", b"<svg/>", "only written"),
    ],
)
def test_layouts_that_cannot_be_read(lg, tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    outcome = lg("check", name)
    assert outcome.code == 2
    assert says in outcome.err
    assert outcome.err.count("\n") == 1
    assert name in outcome.err


def test_a_missing_file(lg):
    for name in ("no.json", "no.dxf"):
        assert lg("check", name).err == f"layoutgan: {name}: no such file; check the name\n"
