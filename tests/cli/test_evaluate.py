"""evaluate: folders of our plans and of House-GAN++ JSON, side by side and beside real ones."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from layoutgan.core.schema import dump_json, write_text
from layoutgan.metrics import sample as sampling

DATA = Path(__file__).resolve().parents[1] / "data"


def maker(name: str):
    """The module that writes fake files of a data set."""
    spec = importlib.util.spec_from_file_location(f"fake_{name}", DATA / name / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(plan, tmp_path):
    """Three copies of one plan of ours."""
    for i in range(3):
        write_text(tmp_path / "set" / f"{i}.json", dump_json(plan))
    return Path("set")


@pytest.fixture
def foreign(tmp_path):
    """Twelve plans in House-GAN++ JSON."""
    maker("rplan").write(tmp_path / "theirs", 12)
    return Path("theirs")


def test_a_folder(lg, folder):
    outcome = lg("evaluate", folder)
    assert outcome.code == 0
    assert "any_violation" in outcome.out
    assert "breaks overlap" in outcome.out  # one room lies on top of the others
    figures = json.loads(lg("evaluate", folder, "--format", "json").out)
    assert figures["set"]["plans"] == 3
    assert figures["set"]["breaks overlap"] == 1
    assert figures["notes"] == []


def test_one_file(lg, plan_file):
    assert json.loads(lg("evaluate", plan_file, "--format", "json").out)["plan"]["plans"] == 1


def test_ours_beside_theirs(lg, folder, foreign):
    outcome = lg("evaluate", folder, foreign)
    assert outcome.code == 0
    assert outcome.out.splitlines()[0].split() == ["set", "theirs"]
    figures = json.loads(lg("evaluate", folder, foreign, "--format", "json").out)
    assert figures["theirs"]["plans"] == 13
    assert figures["theirs"]["compatibility"] is not None
    assert figures["set"]["breaks overlap"] == 1
    assert figures["theirs"]["breaks overlap"] == 0


def test_plans_without_rooms_are_the_worst_plans(lg, foreign, tmp_path):
    for i in range(9):
        write_text(tmp_path / "none" / f"{i}.json", json.dumps({"room_type": [17], "edges": [], "ed_rm": []}))
    outcome = lg("evaluate", "none", "--real", foreign, "--format", "json")
    assert outcome.code == 0, outcome.err
    figures = json.loads(outcome.out)["none"]
    assert (figures["rooms"], figures["any_violation"], figures["breaks empty"]) == (0, 1, 1)
    assert figures["truth_count_right"] in (None, 0)
    assert figures["frechet"] is None


def test_the_same_folder_twice(lg, folder):
    assert set(json.loads(lg("evaluate", folder, folder, "--format", "json").out)) == {
        "set (1)",
        "set (2)",
        "notes",
    }


def test_beside_real_plans_each_with_its_partner(lg, foreign, tmp_path):
    shutil.copytree(foreign, "real")
    text = lg("evaluate", foreign, "--real", "real").out
    assert "the floor" in text
    figures = json.loads(lg("evaluate", foreign, "--real", "real", "--format", "json").out)
    made, real = figures["theirs"], figures["real"]
    assert made["truth_adjacency_f1"] == made["truth_type_iou"] == 1
    assert made["truth_edit_distance"] == made["truth_area_mape"] == 0
    assert real["truth_edit_distance"] is None
    assert made["frechet"] == pytest.approx(real["frechet"], rel=0.5, abs=0.5)  # nothing tells copies
    assert made["precision"] == made["recall"] == made["coverage_of_real"] == 1


def test_torch_loads_for_real_plans_only(folder, tmp_path):
    script = (
        "import sys; from layoutgan.cli.main import run; run(sys.argv[1:]); assert 'torch' not in sys.modules"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, "evaluate", str(folder)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def test_two_runs_say_the_same(lg, folder, foreign):
    arguments = ("evaluate", folder, "--real", foreign, "--format", "json")
    assert lg(*arguments).out == lg(*arguments).out


def test_a_data_set_as_reference(lg, folder, tmp_path, monkeypatch):
    maker("rplan").write(tmp_path / "data" / "rplan_research_only", 20)
    monkeypatch.setenv("LAYOUTGAN_DATA", str(tmp_path / "data"))
    outcome = lg("evaluate", folder, "--real", "rplan:all", "--format", "json")
    assert outcome.code == 0, outcome.err
    assert json.loads(outcome.out)["real"]["plans"] > 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nowhere",), "nowhere: no such folder"),
        (("empty",), "empty: holds no layouts"),
        (("bad",), "bad/x.json: layoutgan: is missing"),
        (("theirs",), "room_type[0]: no such type: 99"),
        (("pipes.json",), "pipes.json: a layout of the domain 'piping'"),
        (("plan.json", "--real", "bogus"), "'bogus' is no folder"),
        (("plan.json", "--real", "rplan:bogus"), "no split called 'bogus'"),
        (("plan.json",) * 5, "at most 4"),
    ],
)
def test_evaluations_that_cannot_be(lg, plan_file, tmp_path, monkeypatch, arguments, says):
    (tmp_path / "empty").mkdir()
    write_text(tmp_path / "bad" / "x.json", "{}")
    write_text(tmp_path / "theirs" / "x.json", json.dumps({"room_type": [99], "edges": [], "ed_rm": []}))
    write_text(tmp_path / "pipes.json", json.dumps({"layoutgan": 1, "domain": "piping"}))
    maker("rplan").write(tmp_path / "data" / "rplan_research_only", 3)
    monkeypatch.setenv("LAYOUTGAN_DATA", str(tmp_path / "data"))
    outcome = lg("evaluate", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert says in outcome.err
    assert outcome.err.splitlines()[-1].startswith("layoutgan: ")


def test_too_many_plans_and_too_many_rooms(lg, folder, monkeypatch):
    monkeypatch.setattr(sampling, "MOST_PLANS", 2)
    assert "holds 3 plans; at most 2" in lg("evaluate", folder).err
    monkeypatch.setattr(sampling, "MOST_PLANS", 20)
    monkeypatch.setattr(sampling, "MOST_ROOMS", 3)
    assert "has 4 rooms; at most 3" in lg("evaluate", folder).err
