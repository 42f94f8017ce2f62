"""Running the command line inside the test's process, which is fast enough for hundreds of runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from layoutgan.cli.main import run
from layoutgan.core.layout import Layout
from layoutgan.core.schema import write_text
from layoutgan.core.sketch import sketch
from layoutgan.domains.floorplan.elements import Room

PLAN = """
aaab
aaab
aacc
"""


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def lg(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Outcome]:
    """Runs a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        code = run([str(a) for a in arguments])
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return command


@pytest.fixture
def plan() -> Layout:
    """Three rooms, and one on top of them: rules have something to say about it."""
    rooms = sketch(PLAN, make=Room, scale=1.5, name="Small plan", a="living_room", b="bedroom", c="bathroom")
    twice = Room(id="d", kind="storage", shape=[[1, 1], [2, 1], [2, 2.5], [1, 2.5]])
    return rooms.replaced(elements=(*rooms.elements, twice))


@pytest.fixture
def plan_file(plan: Layout, tmp_path: Path) -> Path:
    """The same in a file of the folder that commands run in."""
    from layoutgan.core.schema import dump_json

    write_text(tmp_path / "plan.json", dump_json(plan))
    return Path("plan.json")
