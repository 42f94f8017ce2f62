from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from mutations import as_json, documents, mutated_bytes, mutated_tree

from layoutgan.domains.domain import read_brief
from layoutgan.errors import LayoutError

sys.path.insert(0, str(Path(__file__).parent))
from bad_briefs import GOOD, Bad, bad_briefs

BRIEFS = bad_briefs()


def test_there_are_at_least_two_hundred_and_no_two_alike():
    assert len(BRIEFS) >= 200
    assert len({(b.content, b.suffix) for b in BRIEFS}) == len(BRIEFS)


def test_the_good_one_is_good(tmp_path):
    (tmp_path / "good.yaml").write_text(GOOD)
    assert len(read_brief(tmp_path / "good.yaml").spaces) == 3


@pytest.mark.parametrize("bad", BRIEFS, ids=lambda b: b.name[:60])
def test_a_bad_brief_gives_one_clear_line_and_writes_nothing(bad: Bad, lg, tmp_path):
    brief = tmp_path / f"brief{bad.suffix}"
    brief.write_bytes(bad.content)
    started = time.process_time()
    outcome = lg("generate", brief.name, "-o", "out", "--start", "random", "--formats", "json")
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1, outcome.err
    assert outcome.err.startswith(f"layoutgan: {brief.name}: "), outcome.err
    assert bad.says.lower() in outcome.err.lower(), outcome.err
    assert _has_place(bad, outcome.err), outcome.err
    assert "internal error" not in outcome.err
    assert outcome.err.isascii() or outcome.err.rstrip("\n").isprintable()
    assert len(outcome.err) < 900
    assert sorted(p.name for p in tmp_path.iterdir()) == [brief.name]
    assert time.process_time() - started < 10  # of this process, whatever else the machine does


@pytest.mark.parametrize(
    "name", ["missing.yaml", "", ".", "no/such/folder/b.yaml", "bad\nname.yaml", "x" * 400 + ".yaml"]
)
def test_a_brief_that_cannot_be_opened(name, lg, tmp_path):
    outcome = lg("generate", name, "-o", "out")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_an_endless_file_is_refused(lg):
    outcome = lg("generate", "/dev/zero")
    assert outcome.code == 2
    assert "larger than" in outcome.err


def _has_place(bad: Bad, error: str) -> bool:
    """Names a line or a path, unless the whole file is wrong or it is JSON that cannot be parsed."""
    whole = (
        "empty",
        "expected a document",
        "UTF-16",
        "larger than",
        "digits",
        "nested",
        "twice",
        "NaN",
        "Infinity",
    )
    return any(
        word in error
        for word in (
            *whole,
            "line ",
            ": layoutgan:",
            ": domain:",
            ": boundary:",
            ": spaces:",
            ": name:",
            ": north:",
            "!!int",
            "invalid literal",
            "rules.",
        )
    )


def _read(path: Path) -> None:
    """Reads a brief; only our own errors may come out, each on one line."""
    said = ""
    try:
        read_brief(path).programme()
    except LayoutError as error:
        said = str(error)
    assert "\n" not in said


@pytest.mark.parametrize("block", range(20))
def test_spoilt_bytes_never_crash(block, tmp_path, example_text):
    content = example_text.encode()
    path = tmp_path / "brief.yaml"
    for seed in range(50 * block, 50 * block + 50):
        path.write_bytes(mutated_bytes(content, seed))
        _read(path)


@pytest.mark.parametrize("block", range(20))
def test_spoilt_trees_never_crash(block, tmp_path, example_text):
    tree = yaml.safe_load(example_text)
    path = tmp_path / "brief.json"
    for seed in range(50 * block, 50 * block + 50):
        path.write_bytes(as_json(mutated_tree(tree, seed)))
        _read(path)


@settings(max_examples=150, deadline=None)
@given(documents())
def test_any_data_is_a_brief_or_an_error(tmp_path_factory, tree):
    path = tmp_path_factory.mktemp("any") / "brief.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    _read(path)


@settings(max_examples=150, deadline=None)
@given(documents())
def test_any_data_in_any_field(tmp_path_factory, tree):
    path = tmp_path_factory.mktemp("any") / "brief.json"
    good = yaml.safe_load(GOOD)
    for key in good:
        path.write_text(json.dumps(good | {key: tree}), encoding="utf-8")
        _read(path)
