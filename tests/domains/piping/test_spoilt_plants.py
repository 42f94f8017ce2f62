"""Spoilt tables, P&IDs and flowsheets: each category of harm in each kind of input, one clear line each.

Two of each category and kind go through the program, as all of ``bad_inputs`` do; the others only through the
readers, which is ten times as fast.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

from layoutgan.cli.main import run
from layoutgan.errors import InputError

sys.path.insert(0, str(Path(__file__).parent))
from plant_spoiling import CATEGORIES, reader_of, spoilt_inputs

SPOILT = sorted(spoilt_inputs(), key=lambda one: (one.category, one.kind))
THROUGH = [one for _, group in groupby(SPOILT, key=lambda one: (one.category, one.kind))
           for one in list(group)[:2]]


def written(one, folder: Path) -> None:
    for name, content in one.files.items():
        (folder / name).write_bytes(content)


def name_of(one) -> str:
    return f"{one.category} - {one.name}"[:80]


def test_every_category_is_there_for_every_kind_of_input_and_all_are_counted():
    found = Counter((one.category, one.kind) for one in SPOILT)
    assert set(found) == {(category, kind) for category, kinds in CATEGORIES.items() for kind in kinds}
    assert len({one.name for one in SPOILT}) == len(SPOILT)
    assert len(SPOILT) >= 400


@pytest.mark.parametrize("one", SPOILT, ids=name_of)
def test_readers_refuse_it_in_one_clear_line(one, tmp_path):
    written(one, tmp_path)
    started = time.process_time()
    with pytest.raises(InputError) as caught:
        reader_of(one.spoilt_file, tmp_path)()
    text = str(caught.value)
    assert "\n" not in text
    assert "root:" not in text, "a file of this machine was read"
    assert len(text) < 900
    assert time.process_time() - started < 5


@pytest.mark.parametrize("one", THROUGH, ids=name_of)
def test_the_program_says_one_line_and_writes_nothing(one, tmp_path, monkeypatch, capsys):
    written(one, tmp_path)
    monkeypatch.chdir(tmp_path)
    code = run(one.command)
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert said.err.startswith("layoutgan: "), said.err
    assert said.err.count("\n") == 1, said.err
    assert "internal error" not in said.err
    assert {path.name for path in tmp_path.iterdir()} == set(one.files)
