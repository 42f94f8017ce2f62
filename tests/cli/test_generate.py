"""generate with made-up answers: what it writes, prints and returns. The generator has its own tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import layoutgan
from layoutgan.cli import drawers as drawing
from layoutgan.cli import folder
from layoutgan.core.layout import Provenance
from layoutgan.core.sketch import sketch
from layoutgan.domains.domain import read_layout
from layoutgan.domains.floorplan.elements import Room
from layoutgan.errors import ExportError, LayoutError
from layoutgan.generation import generate as generation

BRIEF = """\
layoutgan: 1
domain: floorplan
name: Flat {name}
boundary: [[0, 0], [6, 0], [6, 4], [0, 4]]
spaces:
  - {{id: a, kind: living_room, area: [10, 20]}}
  - {{id: b, kind: bathroom, area: [4, 5]}}
"""


@pytest.fixture
def brief(tmp_path) -> Path:
    (tmp_path / "flat.yaml").write_text(BRIEF.format(name="one"), encoding="utf-8")
    return Path("flat.yaml")


@pytest.fixture
def asked(monkeypatch) -> dict:
    """Replaces the generator; what it was asked stands in the result."""
    seen: dict = {"explanation": ()}

    def fake(brief, *, count, seed, progress, **options):
        seen.update(options, count=count, seed=seed)
        layouts = []
        for i in range(count):
            progress(i + 1, count)
            plan = sketch(
                "aaaabb\naaaabb",
                make=Room,
                scale=1 if i % 2 == 0 else 0.9,
                a="living_room",
                b="bathroom",
                name=f"{brief.name} {i + 1:02d}",
                brief=brief,
            )
            made = Provenance(source="layoutgan fake", seed=seed, candidate=i, brief=brief.digest())
            layouts.append(plan.replaced(provenance=made, scores={"realism": 0.5 - i / 100}))
        reports = tuple(layoutgan.check(one) for one in layouts)
        if seen.get("broken"):
            raise ExportError("the pen is empty")
        return generation.Generated(
            tuple(layouts),
            reports,
            seen["explanation"],
            {"candidates": 3.0 * count, "satisfied": 0.5, "seconds_sample": 1.25},
            seen.get("misfit", ""),
        )

    monkeypatch.setattr(generation, "generate", fake)
    return seen


def test_it_writes_drawings_documents_and_a_gallery(lg, brief, asked, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep")
    outcome = lg("generate", brief, "-n", "2", "--formats", "svg,json", "--seed", "7", "--candidates", "5")
    names = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert names == ["01.json", "01.svg", "02.json", "02.svg", "mine.txt", "report.html"]
    assert (asked["count"], asked["seed"], asked["candidates"], asked["start"]) == (2, 7, 5, "network")
    assert read_layout(tmp_path / "out/01.json").name == "Flat one 01"
    assert "wrote 5 files to out" in outcome.err
    assert "Flat one 01" in outcome.out
    assert sorted(p.name for p in tmp_path.iterdir()) == ["flat.yaml", "out"]


def test_the_default_writes_four_files_for_each_layout(lg, brief, asked, tmp_path):
    lg("generate", brief, "-n", "1", "-o", "a/b")
    names = {p.name for p in (tmp_path / "a/b").iterdir()}
    assert names == {"01.dxf", "01.svg", "01.png", "01.json", "report.html"}
    for path in (tmp_path / "a/b").iterdir():
        assert path.stat().st_size > 500
        assert path.stat().st_mode & 0o444 == 0o444


def test_the_same_seed_gives_the_same_bytes(lg, brief, asked, tmp_path):
    for name in ("one", "two"):
        lg("generate", brief, "-n", "2", "-o", name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_exit_1_when_the_best_breaks_a_rule(lg, brief, asked):
    outcome = lg("generate", brief, "-n", "1", "--formats", "json")
    assert outcome.code == 1  # the made-up plan has no entrance
    assert "error" in outcome.out


def test_an_impossible_brief_says_what_conflicts(lg, brief, asked, tmp_path):
    asked["explanation"] = ("a is at least 10 m²", "<b>b</b> is at least 40 m²")
    outcome = lg("generate", brief, "-n", "1", "--formats", "json")
    assert outcome.code == 1
    assert "These demands fight each other:\n  - a is at least 10 m²\n  - <b>b</b>" in outcome.out
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;b&lt;/b&gt; is at least 40 m²" in page


def test_a_programme_that_does_not_fit_is_one_line_and_exit_1(lg, brief, asked, tmp_path, monkeypatch):
    asked["misfit"] = "over-full: the rooms ask for at least 75.5 m²"
    outcome = lg("generate", brief, "-n", "1", "--formats", "json")
    assert outcome.code == 1
    assert "The programme does not fit: over-full: the rooms ask for at least 75.5 m²." in outcome.out
    assert "fight each other" not in outcome.out
    assert "at least 75.5 m²" in (tmp_path / "out/report.html").read_text(encoding="utf-8")
    said = json.loads(lg("generate", brief, "-n", "1", "--formats", "json", "--format", "json").out)
    assert said["misfit"] == asked["misfit"]


def test_nothing_at_all(lg, brief, tmp_path, monkeypatch):
    def none(brief, **_):
        return generation.Generated((), (), ("too small",), {})

    monkeypatch.setattr(generation, "generate", none)
    outcome = lg("generate", brief, "--formats", "json")
    assert outcome.code == 1
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["report.html"]


def test_json_and_sarif_on_stdout(lg, brief, asked):
    said = json.loads(lg("generate", brief, "-n", "2", "--formats", "json", "--format", "json").out)
    assert [one["file"] for one in said["layouts"]] == [str(Path("out/01.json")), str(Path("out/02.json"))]
    assert said["figures"] == {"candidates": 6.0, "satisfied": 0.5}
    assert said["layouts"][0]["report"]["tallies"]
    sarif = json.loads(lg("generate", brief, "-n", "2", "--formats", "json", "--format", "sarif").out)
    assert sarif["version"] == "2.1.0"


@pytest.mark.parametrize(
    ("flag", "quality", "scale"), [(None, False, 1.0), ("--quality", True, 1.0), ("--fast", False, 0.25)]
)
def test_effort(lg, brief, asked, flag, quality, scale):
    lg("generate", brief, "-n", "1", "--formats", "json", *([flag] if flag else []))
    assert (asked["effort"].quality, asked["effort"].scale) == (quality, scale)


def test_progress_is_plain_lines_without_a_terminal(lg, brief, asked):
    outcome = lg("generate", brief, "-n", "30", "--formats", "json")
    lines = [line for line in outcome.err.splitlines() if line.startswith("realising")]
    assert 5 <= len(lines) <= 12
    assert lines[-1] == "realising 30/30"


@pytest.mark.parametrize("formats", ["", ",", "bogus", "json,bogus", "dwgg"])
def test_unknown_formats_are_refused_before_any_work(lg, brief, asked, formats, tmp_path):
    outcome = lg("generate", brief, "--formats", formats)
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert "count" not in asked
    assert not (tmp_path / "out").exists()


def test_a_failure_leaves_nothing_behind(lg, brief, asked, tmp_path, monkeypatch):
    asked["broken"] = True
    assert lg("generate", brief).err.endswith("the pen is empty\n")
    asked["broken"] = False

    def torn(beside, *_):
        (beside / "01.json").write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "_write_all", torn)
    outcome = lg("generate", brief, "-n", "2", "-o", "new/out")
    assert outcome.code == 2
    assert "No space left on device" in outcome.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["flat.yaml"]


def test_a_file_where_the_folder_should_be(lg, brief, asked, tmp_path):
    (tmp_path / "out").write_text("I am a file")
    outcome = lg("generate", brief, "-n", "1", "--formats", "json")
    assert outcome.code == 2
    assert "cannot be written" in outcome.err
    assert (tmp_path / "out").read_text() == "I am a file"


def test_names_from_the_brief_are_escaped_in_the_page(lg, asked, tmp_path):
    evil = "\"<script>alert('x')</script>{{7*7}}\""
    (tmp_path / "evil.yaml").write_text(BRIEF.format(name="x").replace("name: Flat x", f'name: {evil[:-1]}"'))
    lg("generate", "evil.yaml", "-n", "1", "--formats", "svg,json")
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "{{7*7}}" in page


def test_stems_sort():
    assert [folder.stem(i, 8) for i in (0, 7)] == ["01", "08"]
    assert folder.stem(99, 120) == "100"
    assert folder.stem(0, 120) == "001"


@pytest.mark.slow
def test_a_real_run(lg, tmp_path):
    lg("init", "-o", "flat.yaml")
    outcome = lg("generate", "flat.yaml", "-n", "2", "--start", "random", "--formats", "json", "--fast")
    assert outcome.code in {0, 1}
    assert (tmp_path / "out/01.json").exists()
    assert lg("check", "out/01.json").code == outcome.code


@pytest.mark.parametrize("count", [0, 2, 3])
def test_processes_draw_the_same_as_one(count, tmp_path, plan):
    (tmp_path / str(count)).mkdir()
    report = layoutgan.check(plan)
    jobs = [
        drawing.Job(plan, report, tmp_path / str(count), (("svg", f"{i}.svg"), ("json", f"{i}.json")))
        for i in range(5)
    ]
    with drawing.drawers(count) as hands:
        first, *_, last = hands.draw(jobs)
        assert hands.draw([]) == []
    assert (first.files[0], last.files[0]) == (("SVG", "0.svg"), ("SVG", "4.svg"))
    assert first.svg == drawing.Drawers(()).draw(jobs[:1])[0].svg
    assert len(list((tmp_path / str(count)).iterdir())) == 10


@pytest.mark.parametrize("count", [0, 2])
def test_a_failing_drawing_is_one_error(count, tmp_path, plan):
    job = drawing.Job(plan, layoutgan.check(plan), tmp_path, (("bogus", "x.bogus"),))
    with drawing.drawers(count) as hands, pytest.raises(LayoutError, match="no exporter called 'bogus'"):
        hands.draw([job, job])
