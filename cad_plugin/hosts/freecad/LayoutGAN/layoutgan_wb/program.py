"""The command line of layoutgan: where it is, and what it answers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Answer", "Candidate", "candidates_in", "check", "generate", "located", "run"]

COULD_NOT_RUN = 2
SETTINGS = "User parameter:BaseApp/Preferences/Mod/LayoutGAN"


class Answer(NamedTuple):
    """What a call printed."""

    code: int
    """0 clean, 1 findings of severity error."""
    output: str
    remarks: str


class Candidate(NamedTuple):
    """A layout that was generated."""

    file: Path
    name: str
    errors: int
    warnings: int
    picture: Path


def located() -> str:
    """The command: from the settings, from LAYOUTGAN_CLI, or from the PATH.

    Raises:
        RuntimeError: it is nowhere.
    """
    found = _setting() or os.environ.get("LAYOUTGAN_CLI", "") or shutil.which("layoutgan")
    if not found:
        raise RuntimeError(
            "the program 'layoutgan' was not found: install it with 'pip install layoutgan', or "
            "say where it is with LayoutGAN > Program"
        )
    return found


def _setting() -> str:
    try:
        import FreeCAD
    except ImportError:  # outside FreeCAD, as in tests of this module
        return ""
    return str(FreeCAD.ParamGet(SETTINGS).GetString("Program", ""))


def run(*arguments: str) -> Answer:
    """Calls the command line and waits.

    Raises:
        RuntimeError: it could not do what was asked; says why.
    """
    line = [located(), *arguments]
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH")}
    more = {"creationflags": 0x08000000} if os.name == "nt" else {}  # no console window
    try:
        done = subprocess.run(line, capture_output=True, check=False, env=environment, **more)  # type: ignore[call-overload]
    except OSError as error:
        raise RuntimeError(f"'{line[0]}' cannot be started: {error}") from error
    answer = Answer(
        done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    )
    if answer.code not in (0, 1):
        said = answer.remarks.strip().splitlines()
        raise RuntimeError(said[-1] if said else f"layoutgan stopped with exit code {answer.code}")
    return answer


def generate(brief: Path, folder: Path, count: int = 8, *more: str) -> list[Candidate]:
    """Layouts for a brief, best first, written into a folder."""
    answer = run(
        "generate",
        str(brief),
        "-n",
        str(count),
        "-o",
        str(folder),
        "--formats",
        "json,png",
        "--format",
        "json",
        *more,
    )
    return [_candidate(one) for one in json.loads(answer.output)["layouts"]]


def _candidate(found: dict[str, Any]) -> Candidate:
    file = Path(found["file"])
    levels = [f.get("severity") for f in found["report"].get("findings", [])]
    return Candidate(
        file, str(found["name"]), levels.count("error"), levels.count("warning"), file.with_suffix(".png")
    )


def candidates_in(folder: Path) -> list[Candidate]:
    """Layouts that lie in a folder, by file name; their findings are not known."""
    found = []
    for file in sorted(folder.glob("*.json")) + sorted(folder.glob("*.lgjson")):
        try:
            tree = json.loads(file.read_text(encoding="utf-8"))
        except ValueError:
            continue
        if isinstance(tree, dict) and "elements" in tree:
            found.append(Candidate(file, str(tree.get("name", file.stem)), -1, -1, file.with_suffix(".png")))
    return found


def check(layout: Path) -> dict[str, Any]:
    """The report of a layout as plain data."""
    tree: dict[str, Any] = json.loads(run("check", str(layout), "--format", "json").output)
    return tree
