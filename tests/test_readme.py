"""The README is run: every shell and python block, in one folder, one after the other.

A block that cannot run in a test (it installs, trains, or takes minutes) is marked by a comment before it:

    <!-- not run: installs the package -->
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
ELSEWHERE = ("make ", "git ", "pip ", "#")
"""Commands that install or that run this very test."""
LANGUAGES = {"sh", "shell", "bash", "console", "python", "yaml"}


class Block(NamedTuple):
    """A fenced block."""

    language: str
    text: str
    line: int
    not_run: str


def blocks() -> list[Block]:
    found, lines = [], README.read_text(encoding="utf-8").splitlines()
    start = None
    for i, line in enumerate(lines):
        if line.startswith("```") and start is None:
            start = i
        elif line.startswith("```"):
            before = next((x for x in reversed(lines[:start]) if x.strip()), "")
            mark = re.match(r"<!-- not run: (.+) -->", before)
            found.append(
                Block(
                    lines[start][3:].strip(),
                    "\n".join(lines[start + 1 : i]),
                    start + 1,
                    mark[1] if mark else "",
                )
            )
            start = None
    return found


def test_blocks_name_a_language():
    wrong = [b.line for b in blocks() if b.language not in LANGUAGES | {"text", "json", "toml"}]
    assert not wrong, f"README.md, lines {wrong}: name the language of the block, or call it text"


def test_yaml_blocks_parse(tmp_path):
    from layoutgan.core.schema import parse

    for block in blocks():
        if block.language == "yaml":
            tree, _ = parse(block.text)
            assert tree


@pytest.mark.slow
def test_blocks_run(tmp_path):
    """Shell lines and python blocks run in the order in which a reader would type them."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "OMP_NUM_THREADS": "1",
    }
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    ran = 0
    for block in blocks():
        if block.not_run or block.language not in {"sh", "shell", "bash", "console", "python"}:
            continue
        if block.language == "python":
            command = [sys.executable, "-c", block.text]
        else:
            lines = [line.removeprefix("$ ") for line in block.text.splitlines()]
            if all(line.startswith(ELSEWHERE) for line in lines):
                continue
            command = ["bash", "-eu", "-c", "\n".join(lines)]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        said = done.stdout[-1500:] + done.stderr[-1500:]
        assert done.returncode in ({0} if block.language == "python" else {0, 1}), (
            f"README.md:{block.line}\n{said}"
        )
        assert "Traceback" not in said, f"README.md:{block.line}\n{said}"
        ran += 1
    if not ran:
        pytest.skip("the README has no blocks that run yet")
