"""Equipment, nozzle and line lists: read, and refused in one clear line."""

from __future__ import annotations

import contextlib
import random
import sys
import time
from pathlib import Path

import pytest

from layoutgan.cli.main import run
from layoutgan.core.schema import dump
from layoutgan.domains.domain import read_brief
from layoutgan.errors import InputError

sys.path.insert(0, str(Path(__file__).parent))
from bad_inputs import FILES, Bad, bad_tables

BAD = bad_tables()


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder / "brief.yaml"


@pytest.fixture
def good(tmp_path):
    return write(tmp_path, {name: text.encode() for name, text in FILES.items()})


def test_good_tables_are_read(good):
    brief = read_brief(good)
    assert [e.tag for e in brief.equipment] == ["T-1", "P-1A", "P-1B", "E-1", "C-1"]
    assert brief.equipment[1].fixed.turn == 1
    assert brief.equipment[1].nozzles[0].at == (-1, 0, 0.7)
    assert brief.equipment[2].nozzles[0].nps == 6
    assert brief.lines[1].branches == ("P-1B.suction",)
    assert brief.lines[2].inline == ("check", "gate")


def test_semicolons_tabs_and_byte_order_marks_are_understood(good):
    expected = read_brief(good)
    folder = good.parent
    for name in ("equipment.csv", "nozzles.csv"):
        (folder / name).write_bytes(b"\xef\xbb\xbf" + FILES[name].replace(",", ";").encode())
    (folder / "lines.csv").write_bytes(FILES["lines.csv"].replace(",", "\t").replace("\n", "\r\n").encode())
    assert read_brief(good) == expected


def test_a_brief_with_tables_comes_back_whole(good):
    brief = read_brief(good)
    assert type(brief).model_validate(dump(brief)) == brief


def test_there_are_at_least_three_hundred_and_no_two_alike():
    assert len(BAD) >= 300
    assert len({b.name for b in BAD}) == len(BAD)


@pytest.mark.parametrize("bad", BAD, ids=lambda b: b.name[:60])
def test_bad_tables_give_one_clear_line(bad: Bad, tmp_path, monkeypatch, capsys):
    write(tmp_path, bad.files)
    monkeypatch.chdir(tmp_path)
    before = sorted(p.name for p in tmp_path.iterdir())
    started = time.perf_counter()
    code = run(["generate", "brief.yaml", "-o", "out", "--start", "random", "--formats", "json"])
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert said.err.count("\n") == 1, said.err
    assert said.err.startswith("layoutgan: "), said.err
    assert bad.file in said.err, said.err
    assert bad.place in said.err, said.err
    assert bad.says in said.err, said.err
    assert "internal error" not in said.err
    assert len(said.err) < 900
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("name", ["equipment.csv", "nozzles.csv", "lines.csv"])
def test_random_damage_is_refused_or_harmless(name, good):
    content = FILES[name].encode()
    for seed in range(150):
        draw = random.Random(seed)
        spoilt = bytearray(content)
        for _ in range(draw.randint(1, 4)):
            place = draw.randrange(len(spoilt))
            action = draw.randrange(3)
            if action == 0:
                spoilt[place] = draw.randrange(256)
            elif action == 1:
                del spoilt[place : place + draw.randint(1, 9)]
            else:
                spoilt[place:place] = draw.choice([b",", b'"', b"\n", b"\xff", b"-", b";", b"9" * 30, b"NaN"])
            if not spoilt:
                break
        (good.parent / name).write_bytes(bytes(spoilt))
        with contextlib.suppress(InputError):
            read_brief(good)
