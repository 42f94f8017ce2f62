"""Files that reading must survive: good ones, spoilt in seeded ways, and what a run must not do."""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import time
import warnings
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from drawing_styles import STYLES
from mutations import as_json, mutated_bytes, mutated_tags, mutated_tree

from layoutgan.cli.check import check
from layoutgan.cli.main import run
from layoutgan.cli.read import read
from layoutgan.cli.terminal import one_line
from layoutgan.core.layout import Layout
from layoutgan.core.schema import dump
from layoutgan.errors import LayoutError

__all__ = ["LONGEST", "MEMORY", "Outcome", "small_plan", "spoilt", "survived"]

LONGEST = 10.0
"""Most seconds of this process for one file."""
MEMORY = 1_000.0
"""Most memory of this process [MB]."""


class Outcome(NamedTuple):
    """What a command did with a file."""

    code: int
    error: str
    seconds: float


@cache
def small_plan() -> Layout:
    """Two rooms with doors and windows."""
    from layoutgan.core.layout import Layout
    from layoutgan.domains.floorplan.complete import complete
    from layoutgan.domains.floorplan.elements import Room

    rooms = (
        Room(id="a", kind="living_room", shape=_box(0, 0, 5, 4)),
        Room(id="b", kind="bedroom", shape=_box(5, 0, 9, 4)),
    )
    bare = Layout(domain="floorplan", name="Two rooms", boundary=_box(0, 0, 9, 4), elements=rooms)
    return complete(bare)


def _box(x0: float, y0: float, x1: float, y1: float) -> Any:
    import shapely

    return shapely.box(x0, y0, x1, y1)


@cache
def _drawing(name: str) -> bytes:
    from foreign_pen import drawn

    doc, stream = drawn(small_plan(), next(s for s in STYLES if s.name == name)), io.StringIO()
    doc.write(stream)
    return bytes(doc.encode(stream.getvalue()))


@cache
def _own() -> bytes:
    from cad_plugin.dxf import dxf_bytes

    return dxf_bytes(small_plan(), options={"version": "R12"})


BRIEF = """
layoutgan: 1
domain: floorplan
boundary: {dxf: good.dxf, layer: A-WALL}
spaces: [{id: a, kind: living_room}, {id: b, kind: bedroom}]
"""
MAPPING = """
layers: {wall: [A-WALL, W*], ignore: [X]}
blocks: {door: [D*]}
kinds: {bedroom: [nest]}
units: mm
gap: 0.05
"""


def spoilt(kind: str, seed: int, folder: Path) -> list[str]:
    """Writes a spoilt file and what it needs beside it, and gives the command that reads it.

    Args:
        kind: dxf, json or yaml.
        seed: what is spoilt, and how.
        folder: empty; the files go there.
    """
    if kind == "dxf":
        names = ("feet r12", "spanish r12", "feet r12", "spanish r12", "one layer", "french hatched")
        content = _own() if seed % 7 == 6 else _drawing(names[seed % 6])
        (folder / "plan.dxf").write_bytes((mutated_tags if seed % 3 else mutated_bytes)(content, seed))
        return ["check", "plan.dxf"] if seed % 4 else ["read", "plan.dxf", "--units", "mm"]
    if kind == "json":
        tree = dump(small_plan())
        content = as_json(mutated_tree(tree, seed)) if seed % 2 else mutated_bytes(_plain(), seed)
        (folder / "plan.json").write_bytes(content)
        return ["check", "plan.json"]
    (folder / "good.dxf").write_bytes(_drawing("feet r12"))
    text = (MAPPING if seed % 2 else BRIEF).encode()
    if seed % 4 >= 2:
        text = yaml.safe_dump(mutated_tree(yaml.safe_load(text), seed), allow_unicode=True).encode(
            "utf-8", "replace"
        )
    else:
        text = mutated_bytes(text, seed)
    (folder / "said.yaml").write_bytes(text)
    if seed % 2:
        return ["check", "good.dxf", "--layers", "said.yaml"]
    (folder / "plan.json").write_bytes(_plain())
    return ["check", "plan.json", "--brief", "said.yaml"]


@cache
def _plain() -> bytes:
    return json.dumps(dump(small_plan())).encode()


def _function(command: list[str]) -> int:
    """The command's function itself: making the program anew for each file would take most of the time."""
    import sys

    name, file, *rest = command
    said: dict[str, Any] = dict(zip((r[2:] for r in rest[::2]), rest[1::2], strict=True))
    said |= {key: Path(said[key]) for key in ("layers", "brief") if key in said}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return (check if name == "check" else read)(Path(file), **said)
    except LayoutError as error:
        sys.stderr.write(one_line(f"layoutgan: {error}") + "\n")
        return 2


def survived(command: list[str], folder: Path, *, through_program: bool = False) -> Outcome:
    """Runs a command in a folder.

    Args:
        command: as typed after ``layoutgan``.
        folder: that holds the files.
        through_program: as the installed program does, options parsed and all.

    Raises:
        AssertionError: it crashed, hung, wrote a file, or took too much memory.
    """
    before = sorted(folder.iterdir())
    out, err = io.StringIO(), io.StringIO()
    home, started = Path.cwd(), time.process_time()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(command) if through_program else _function(command)
    finally:
        os.chdir(home)
    seconds = time.process_time() - started
    said = err.getvalue()
    assert code in (0, 1, 2), f"exit code {code}"
    assert "internal error" not in said, said
    assert "Traceback" not in said, said
    assert code != 2 or sum(line.startswith("layoutgan: ") for line in said.splitlines()) == 1, said
    assert seconds < LONGEST, f"{seconds:.1f} s"
    assert sorted(folder.iterdir()) == before, "wrote a file"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    assert memory < MEMORY, f"{memory:.0f} MB"
    return Outcome(code, said, seconds)
