"""What `import layoutgan as lg` offers is what it says it offers, and it works."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import layoutgan as lg
from layoutgan.core.sketch import sketch
from layoutgan.domains.floorplan.elements import Room

VERBS = ("read", "write", "generate", "check", "repair", "train", "evaluate", "dataset")


def test_all_is_what_is_exported():
    for name in lg.__all__:
        assert getattr(lg, name) is not None
    public = {
        name
        for name, value in vars(lg).items()
        if not name.startswith("_")
        and getattr(value, "__module__", "").startswith("layoutgan")
        and not inspect.ismodule(value)
    }
    assert public <= set(lg.__all__)
    assert len(set(lg.__all__)) == len(lg.__all__)
    assert set(dir(lg)) == {*lg.__all__, "__version__"}


def test_the_verbs_are_there_and_documented():
    assert lg.__all__[: len(VERBS)] == list(VERBS)
    for name in VERBS:
        verb = getattr(lg, name)
        assert inspect.getdoc(verb)
        assert all(
            p.annotation is not inspect.Parameter.empty for p in inspect.signature(verb).parameters.values()
        )


def test_type_checkers_see_the_same_names():
    """Names that load on first use also stand under TYPE_CHECKING, else editors would not know them."""
    tree = ast.parse(Path(inspect.getfile(lg)).read_text(encoding="utf-8"))
    block = next(n for n in tree.body if isinstance(n, ast.If))
    seen = {(a.name, n.module) for n in block.body if isinstance(n, ast.ImportFrom) for a in n.names}
    assert seen == set(lg._NOUNS.items())


def test_an_unknown_name():
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = lg.Nothing


@pytest.fixture
def plan():
    return sketch("aab\naab", make=Room, scale=2.0, a="living_room", b="bathroom", name="Plan")


def test_write_read_check(plan, tmp_path):
    path = lg.write(plan, tmp_path / "plan.json")
    again = lg.read(path)
    assert again == plan
    report = lg.check(again)
    assert isinstance(report, lg.Report)
    assert report.packs == ("general",)
    assert lg.check(again, packs=["general"], limits={"FP009": {"factor": 10.0}}).warnings > report.warnings


def test_read_a_brief(tmp_path, example_text):
    (tmp_path / "flat.yaml").write_text(example_text, encoding="utf-8")
    brief = lg.read(tmp_path / "flat.yaml")
    assert isinstance(brief, lg.Brief)
    (tmp_path / "flat.json").write_text(brief.model_dump_json(exclude_none=True), encoding="utf-8")
    assert lg.read(tmp_path / "flat.json") == brief


def test_read_and_write_a_drawing(plan, tmp_path):
    lg.write(plan, tmp_path / "plan.dxf")
    again = lg.read(str(tmp_path / "plan.dxf"))
    assert isinstance(again, lg.Layout)
    assert {e.id for e in again.elements} >= {"a", "b"}


def test_errors_are_of_one_family(tmp_path):
    with pytest.raises(lg.LayoutError):
        lg.read(tmp_path / "none.yaml")
    with pytest.raises(lg.UnknownName):
        lg.dataset("nothing")
    for name in ("InputError", "UnknownName", "DatasetError", "ExportError", "TrainingError"):
        assert issubclass(getattr(lg, name), lg.LayoutError)
    assert issubclass(lg.UnknownName, LookupError)


def test_evaluate(plan):
    assert lg.evaluate([plan, plan]).text()
