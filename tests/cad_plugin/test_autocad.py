"""The AutoCAD bundle, as far as it can be tested without AutoCAD: its XML, its Lisp, its command lines."""

from __future__ import annotations

import re
import shlex
from importlib.resources import files
from xml.etree import ElementTree

import pytest
from tiny_lisp import Lisp, parsed
from typer.testing import CliRunner

from layoutgan import __version__
from layoutgan.cli.main import app

BUNDLE = files("cad_plugin.hosts").joinpath("autocad", "LayoutGAN.bundle")
CODE = BUNDLE.joinpath("Contents", "layoutgan.lsp").read_text(encoding="utf-8")
COMMANDS = ("LAYOUTGAN-GENERATE", "LAYOUTGAN-CHECK", "LAYOUTGAN-INSERT")
BRIEF = "C:\\Jobs\\Haus 7\\flat.yaml"


def lisp(code=0, **answers) -> Lisp:
    made = Lisp({"Brief": BRIEF, "var DWGTITLED": 1, "var DWGPREFIX": "C:\\Jobs\\", "var DWGNAME": "plan.dwg",
                 **{k.replace("var_", "var "): v for k, v in answers.items()}}, code)
    made.load(CODE)
    return made


def test_the_package_says_what_the_autoloader_asks_for():
    root = ElementTree.fromstring(BUNDLE.joinpath("PackageContents.xml").read_text(encoding="utf-8"))
    assert root.tag == "ApplicationPackage"
    assert root.get("SchemaVersion") == "1.0"
    assert root.get("AppVersion") == __version__
    for name in ("ProductCode", "UpgradeCode"):
        assert re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", root.get(name))
    assert root.get("ProductCode") != root.get("UpgradeCode")
    assert root.find("CompanyDetails").get("Name")
    needs = root.find("Components/RuntimeRequirements")
    assert (needs.get("OS"), needs.get("Platform"), needs.get("SeriesMin")) == ("Win64", "AutoCAD*", "R24.0")
    entry = root.find("Components/ComponentEntry")
    assert BUNDLE.joinpath(*entry.get("ModuleName").removeprefix("./").split("/")).is_file()
    assert entry.get("LoadOnAutoCADStartup") == entry.get("PerDocument") == "True"
    assert tuple(c.get("Global") for c in entry.findall("Commands/Command")) == COMMANDS


def test_the_lisp_is_balanced_and_defines_the_commands():
    names = {form[1] for form in parsed(CODE) if form[0] == "defun"}
    assert {f"c:{c.lower()}" for c in COMMANDS} <= names
    assert CODE.isascii()  # whatever the code page
    for broken in (CODE + "(", CODE + ")", CODE.replace('"layoutgan"))', '"layoutgan"', 1)):
        with pytest.raises(ValueError, match="parenthes"):
            parsed(broken)


def test_golden_command_lines():
    run = lisp(count=4)
    run.call("c:layoutgan-generate")
    assert run.lines == [
        '"layoutgan" generate "C:\\Jobs\\Haus 7\\flat.yaml" -n 4 -o "C:\\Jobs\\Haus 7\\flat-layouts" '
        '--formats dxf,png,json']
    assert "flat-layouts" in run.said[-2]
    run = lisp(code=1, **{"env LAYOUTGAN_CLI": "C:\\Py\\layoutgan.exe"})
    run.call("c:layoutgan-check")
    assert run.lines == ['"C:\\Py\\layoutgan.exe" check "C:\\Jobs\\plan-layoutgan.dxf" '
                         '-o "C:\\Jobs\\plan-layoutgan.html"']
    assert run.commands[0][:2] == ("_.DXFOUT", "C:\\Jobs\\plan-layoutgan.dxf")
    assert run.commands[1] == ("startapp", "explorer.exe", "C:\\Jobs\\plan-layoutgan.html")


def test_insert_prefers_dwg_and_falls_back_to_dxf():
    run = lisp(Layout="C:\\Jobs\\01.json")
    run.call("c:layoutgan-insert")
    assert run.lines == ['"layoutgan" export "C:\\Jobs\\01.json" "C:\\Jobs\\01.dwg"']
    assert run.commands == [("_.-XREF", "_Attach", "C:\\Jobs\\01.dwg", "0,0,0", "1", "1", "0")]
    run = lisp(code=lambda line: 2 if ".dwg" in line else 0, Layout="C:\\Jobs\\01.json")
    run.call("c:layoutgan-insert")
    assert len(run.lines) == 2
    assert run.commands[0][2] == "C:\\Jobs\\01.dxf"
    run = lisp(Layout="C:\\Jobs\\01.dxf")
    run.call("c:layoutgan-insert")
    assert run.lines == []
    assert len(run.commands) == 1


def test_nothing_happens_when_the_person_goes_back():
    run = lisp(Brief=[], var_DWGTITLED=0)
    for command in COMMANDS:
        run.call(f"c:{command.lower()}")
    assert run.lines == []
    assert run.commands == []
    assert any("Save the drawing" in text for text in run.said)


@pytest.mark.parametrize(("code", "words"), [
    (2, "exit code 2"), (1, "findings"), (OSError("no such program"), "could not be started")])
def test_what_went_wrong_is_said(code, words):
    run = lisp(code=code)
    run.call("c:layoutgan-generate")
    assert any(words in text for text in run.said)


def test_a_quotation_mark_cannot_leave_the_quotes():
    run = lisp(Brief='C:\\a" & del *.yaml')
    run.call("c:layoutgan-generate")
    assert run.lines[0].count('"') == 6
    assert '" &' not in run.lines[0].replace('"layoutgan"', "")


def test_the_command_line_knows_these_options():
    """What the Lisp calls is there: names of commands and options are read from the real program."""
    run = lisp(count=4, Layout="C:\\Jobs\\01.json")
    for command in COMMANDS:
        run.call(f"c:{command.lower()}")
    assert len(run.lines) == 3
    for line in run.lines:
        words = shlex.split(line.replace("\\", "/"))
        text = CliRunner().invoke(app, [words[1], "--help"]).output
        for option in (w for w in words if w.startswith("-")):
            assert option in text, (line, option)
