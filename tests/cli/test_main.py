from __future__ import annotations

import subprocess
import sys

import pytest

import layoutgan
from layoutgan.cli import main
from layoutgan.cli.terminal import LONGEST_LINE, columns, one_line
from layoutgan.errors import InputError


def test_version(lg):
    outcome = lg("--version")
    assert (outcome.code, outcome.out, outcome.err) == (0, f"layoutgan {layoutgan.__version__}\n", "")


def test_no_command_shows_the_help(lg):
    assert "Commands:" in lg().out
    assert lg("--help").code == 0


def test_every_command_has_a_help_that_says_something(lg):
    names = [line.split()[0] for line in lg("--help").out.split("Commands:")[1].splitlines() if line.strip()]
    assert {
        "init",
        "generate",
        "check",
        "export",
        "train",
        "evaluate",
        "list",
        "rule",
        "schema",
        "repair",
    } <= set(names)
    for name in names:
        outcome = lg(name, "--help")
        assert outcome.code == 0
        assert "Usage: layoutgan" in outcome.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["bogus"],
        ["--bogus"],
        ["check"],
        ["check", "a", "b"],
        ["list"],
        ["list", "bogus"],
        ["generate", "x", "-n", "0"],
        ["generate", "x", "-n", "many"],
        ["generate", "x", "--start", "luck"],
        ["check", "x", "--format", "pdf"],
        ["schema", "plan"],
        ["rule"],
        ["init", "a", "b"],
        ["check", "x", "--fail-on", "info"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(lg, arguments):
    outcome = lg(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1
    assert "Value error" not in outcome.err


def _failing(error: BaseException):
    def command() -> int:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (InputError("is wrong", file="a.yaml", place="line 3"), "a.yaml: line 3: is wrong"),
        (
            RuntimeError("two\nlines\x1b[31m"),
            "internal error: RuntimeError: two lines [31m; run again with --debug",
        ),
        (MemoryError(), "not enough memory"),
        (PermissionError(13, "Permission denied", "x.dxf"), "x.dxf: Permission denied"),
        (SystemExit(3), "internal error: SystemExit"),
        (RecursionError("deep"), "internal error: RecursionError"),
    ],
)
def test_every_exception_becomes_one_line(lg, monkeypatch, error, says):
    monkeypatch.setattr(main, "app", lambda **_: _failing(error)())
    outcome = lg("check", "x")
    assert outcome.code == 2
    assert outcome.err.startswith(f"layoutgan: {says}")
    assert outcome.err.count("\n") == 1
    assert "Traceback" not in outcome.err


def test_debug_shows_the_traceback_wherever_it_stands(lg):
    for arguments in (["--debug", "check", "missing.json"], ["check", "missing.json", "--debug"]):
        outcome = lg(*arguments)
        assert outcome.code == 2
        assert "Traceback" in outcome.err


def test_interruption(lg, monkeypatch):
    monkeypatch.setattr(main, "app", lambda **_: _failing(KeyboardInterrupt())())
    assert lg("check", "x").code == 130


def test_a_reader_that_has_gone_is_no_error(lg, monkeypatch):
    monkeypatch.setattr(main, "app", lambda **_: _failing(BrokenPipeError())())
    monkeypatch.setattr(main.sys, "stdout", sys.stdout)
    assert lg("list", "rules").code == 0


def test_one_line_is_short_and_plain():
    assert one_line("a\n\tb\x00c\x1b") == "a b c"
    assert len(one_line("x" * 5000)) == LONGEST_LINE


def test_columns_line_up():
    assert columns([("a", "long", "z"), ("bbb", "x", "y")]) == "a    long  z\nbbb  x     y"
    assert columns([]) == "none"


@pytest.mark.parametrize("arguments", [["--version"], ["list", "domains"]])
def test_it_runs_as_a_module(arguments):
    ran = subprocess.run(
        [sys.executable, "-m", "layoutgan", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0
    assert ran.stdout
