"""export, repair, train."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from layoutgan.core.schema import dump_json, write_text
from layoutgan.domains import domain as domains
from layoutgan.domains.domain import Realised, read_layout
from layoutgan.generation import repair as repairing
from layoutgan.validation.report import Report
from layoutgan.validation.rule import Finding


@pytest.mark.parametrize("name", ["plan.dxf", "plan.svg", "plan.png", "copy.json"])
def test_export_by_suffix(lg, plan_file, tmp_path, name):
    outcome = lg("export", plan_file, name)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"wrote {name}\n")
    assert (tmp_path / name).stat().st_size > 300


def test_export_by_name_and_with_options(lg, plan_file, tmp_path):
    assert (
        lg("export", plan_file, "picture", "--to", "svg", "--findings", "--option", "findings=true").code == 0
    )
    text = (tmp_path / "picture").read_text(encoding="utf-8")
    assert "<svg" in text
    assert "FP001" in text
    lg("export", plan_file, "picture", "--to", "svg", "--findings", "--option", "findings=false")
    assert "FP001" not in (tmp_path / "picture").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan.json", "plan.xyz"),
        ("plan.json", "plan"),
        ("plan.json", "plan.svg", "--to", "nothing"),
        ("plan.json", "plan.svg", "--option", "scale"),
        ("plan.json", "plan.svg", "--option", "=3"),
        ("none.json", "plan.svg"),
    ],
)
def test_exports_that_cannot_be(lg, plan_file, tmp_path, arguments):
    outcome = lg("export", *arguments)
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["plan.json"]


@pytest.fixture
def exact_step(monkeypatch, plan):
    """An exact step that drops the room on top of the others; records its proposals."""
    seen: list = []
    floorplan = domains.domain_of("floorplan")

    def realise(brief, proposal, seed, effort):
        seen.append(proposal)
        first, second, third, _ = plan.elements
        strip = shapely.box(4.3, 1.5, 4.5, 4.5)  # the wall between the first two rooms moves
        moved = (
            first.model_copy(update={"shape": first.shape.difference(strip)}),
            second.model_copy(update={"shape": second.shape.union(strip)}),
            third,
        )
        return Realised(plan.replaced(elements=moved, name="new"), True)

    changed = type(floorplan)(**(vars(floorplan) | {"realise": realise}))
    monkeypatch.setattr(repairing, "domain_of", lambda name: changed)
    return seen


def test_repair_writes_what_is_better(lg, plan_file, tmp_path, exact_step):
    outcome = lg("repair", plan_file, "-o", "better.json")
    assert "before" in outcome.out
    assert "after" in outcome.out
    better = read_layout(tmp_path / "better.json")
    assert (better.name, len(better.elements)) == ("Small plan", 3)
    assert exact_step[0].ids
    assert np.isfinite(exact_step[0].rectangles).all()
    assert "a " in outcome.out  # the room that changed
    said = json.loads(lg("repair", plan_file, "-o", "better.json", "--format", "json").out)
    assert said["better"] is True
    assert said["changes"][0]["element"] == "a"
    assert json.loads(lg("repair", plan_file, "-o", "b.json", "--format", "sarif").out)["version"] == "2.1.0"


def test_repair_of_a_plan_with_nothing_wrong(lg, plan, tmp_path, monkeypatch):
    monkeypatch.setattr(repairing, "ATTEMPTS", 0)
    write_text(tmp_path / "one.json", dump_json(plan))
    outcome = lg("repair", "one.json", "-o", "better.json")
    assert "nothing was written" in outcome.err
    assert not (tmp_path / "better.json").exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "layoutgan: 1\n",
        "layoutgan: 1\ndatasets: 5\n",
        "layoutgan: 1\nname: x\ndomain: floorplan\ndatasets: []\n",
        "layoutgan: 1\nname: ../x\ndomain: floorplan\ndatasets: [{name: r2v}]\n",
    ],
)
def test_bad_experiments(lg, tmp_path, text):
    (tmp_path / "e.yaml").write_text(text)
    outcome = lg("train", "e.yaml")
    assert outcome.code == 2
    assert outcome.err.startswith("layoutgan: e.yaml: ")
    assert outcome.err.count("\n") == 1


def test_train_shows_steps(lg, tmp_path, monkeypatch):
    from layoutgan.training import run as running
    from layoutgan.training.loop import Step
    from layoutgan.training.state import Stage

    def steps(experiment, progress):
        progress("encoding")
        for number in range(1, experiment.steps + 1):
            yield Step(number, Stage.PRETRAINING, {"total": 1.0 / number}, 0.1)

    monkeypatch.setattr(running, "run", steps)
    (tmp_path / "e.yaml").write_text(
        "layoutgan: 1\nname: small\ndomain: floorplan\ndatasets: [{name: procedural}]\n"
        "schedule: {pretraining_steps: 120, adversarial_steps: 0}\n"
    )
    outcome = lg("train", "e.yaml", "-o", "runs")
    assert outcome.code == 0, outcome.err
    assert outcome.out.strip() == str(Path("runs/small/small.safetensors"))
    lines = [line for line in outcome.err.splitlines() if line.startswith("step")]
    assert [line.split()[1] for line in lines] == ["1/120", "50/120", "100/120", "120/120"]


def test_limits_that_are_broken_become_demands(example_text, tmp_path):
    (tmp_path / "flat.yaml").write_text(example_text, encoding="utf-8")
    brief = domains.read_brief(tmp_path / "flat.yaml")
    short = {"rule": "FP009", "message": "x"}
    findings = (
        Finding(**short, elements=("bath",), measured=1.0, limit=1.7, unit="m"),
        Finding(**short, elements=("wc",), measured=1.0, limit=3.5, unit="m²"),
        Finding(**short, elements=("bed1", "nobody"), measured=9.0, limit=4.0, unit="m"),
        Finding(**short, elements=("bed2",), measured=1.0),
    )
    spaces = {s.id: s for s in repairing.tightened(brief, Report(layout="x", findings=findings)).spaces}
    assert spaces["bath"].min_width == 1.7
    assert spaces["wc"].area == (3.5, pytest.approx(4.2))
    assert spaces["bed1"] == next(s for s in brief.spaces if s.id == "bed1")
    endless = Finding(**short, elements=("bath",), measured=1.0, limit=60.0, unit="m")
    assert repairing.tightened(brief, Report(layout="x", findings=(endless,))) is brief
