"""``layoutgan read``, and ``check`` of drawings made elsewhere."""

from __future__ import annotations

import io
import json

import pytest
from drawing_styles import STYLES
from foreign_pen import drawn
from spoiling import small_plan


@pytest.fixture
def plan(tmp_path):
    doc, stream = drawn(small_plan(), next(s for s in STYLES if s.name == "german cm")), io.StringIO()
    doc.write(stream)
    (tmp_path / "plan.dxf").write_bytes(doc.encode(stream.getvalue()))
    return "plan.dxf"


def test_read_says_what_it_understood_and_writes_a_layout(lg, plan, tmp_path):
    outcome = lg("read", plan, "-o", "plan.json", "--picture", "seen.png")
    assert outcome.code == 0
    assert outcome.out.startswith("understood: 2 rooms, 2 doors, 3 windows")
    assert "unit: cm (its header says so)" in outcome.out
    assert "layer WAENDE: wall (waende" in outcome.out
    assert len(json.loads((tmp_path / "plan.json").read_text())["elements"]) >= 10
    assert (tmp_path / "seen.png").read_bytes().startswith(b"\x89PNG")


def test_check_judges_a_drawing_made_elsewhere(lg, plan):
    outcome = lg("check", plan, "--format", "json")
    assert outcome.code in (0, 1)
    assert json.loads(outcome.out)["verdicts"] if "verdicts" in outcome.out else json.loads(outcome.out)


def test_the_outline_for_a_brief(lg, plan, tmp_path):
    outcome = lg("read", plan, "--outline", "WAENDE", "-o", "outline.yaml", "--picture", "outline.png")
    assert outcome.code == 0
    assert "an outline of 36.00 m² with 4 corners" in outcome.out
    assert (tmp_path / "outline.yaml").read_text().count("boundary:") == 1
    assert (tmp_path / "outline.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["none.dxf"], "no such file"), (["plan.dxf", "--units", "ell"], "no unit called 'ell'"),
     (["plan.dxf", "--gap", "7"], "--gap: must be"), (["plan.dxf", "--scale", "0"], "--scale: must be"),
     (["plan.dxf", "--layers", "none.yaml"], "no such file")],
)  # fmt: skip
def test_mistakes_are_one_clear_line(lg, plan, arguments, says, tmp_path):
    before = sorted(tmp_path.iterdir())
    outcome = lg("read", *arguments, "-o", "out.json")
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert says in outcome.err
    assert sorted(tmp_path.iterdir()) == before


def test_layers_are_for_drawings_only(lg, tmp_path):
    (tmp_path / "a.json").write_text("{}")
    assert "--layers and --units are for DXF drawings" in lg("check", "a.json", "--units", "mm").err
