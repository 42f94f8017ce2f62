"""The linter: silent on good files, and one broken file per rule, made by editing the tags of a good one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from cad_plugin.dxf import dxf_bytes
from cad_plugin.lint import lint
from cad_plugin.lint_rules import RULES


@pytest.fixture(scope="module")
def good(flat) -> str:
    return dxf_bytes(flat).decode("utf-8")


@pytest.fixture(scope="module")
def old(flat) -> str:
    return dxf_bytes(flat, options={"version": "R12"}).decode("cp1252")


def test_good_file(good, old):
    assert lint(good.encode()) == []
    assert lint(old.encode("cp1252")) == []


def test_controls(good):
    assert lint(good.replace("\n", "\r\n").encode()) == []
    assert lint(("999\nA comment\n" + good).encode()) == []
    long = good.replace("\nLiving room\n", "\n" + "x" * 3000 + "\n")
    assert long != good
    assert lint(long.encode()) == []


def once(pattern: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        changed, count = re.subn(pattern, new, text, count=1, flags=re.DOTALL)
        assert count == 1, pattern
        return changed

    return edit


ENTITIES = r"(  0\nSECTION\n  2\nENTITIES\n.*?"
BROKEN: dict[str, tuple[str, Callable[[str], str]]] = {
    "coordinate nan": ("numbers", once(r"(\n 10\n)[0-9.-]+(\n 20\n)", r"\1nan\2")),
    "coordinate inf": ("numbers", once(ENTITIES + r"\n 20\n)[0-9.-]+\n", r"\1inf\n")),
    "coordinate text": ("numbers", once(ENTITIES + r"\n 10\n)[0-9.-]+\n", r"\1twelve\n")),
    "integer text": ("numbers", once(ENTITIES + r"\n 90\n)\d+\n", r"\1four\n")),
    "handle not hexadecimal": ("numbers", once(ENTITIES + r"\n330\n)[0-9A-F]+\n", r"\1XYZ\n")),
    "control character": ("strings", once(r"\nLiving room\n", "\nLiving\x07room\n")),
    "x without y": ("points", once(ENTITIES + r"\nLWPOLYLINE\n.*?\n 10\n[0-9.-]+\n) 20\n[0-9.-]+\n", r"\1")),
    "no handle": ("handles", once(ENTITIES + r"\nLWPOLYLINE\n)  5\n[0-9A-F]+\n", r"\1")),
    "handle twice": (
        "handles",
        lambda text: text.replace(
            re.findall(r"\nLWPOLYLINE\n  5\n([0-9A-F]+)\n", text)[0],
            re.findall(r"\nLWPOLYLINE\n  5\n([0-9A-F]+)\n", text)[1],
        ),
    ),
    "handle zero": ("handles", once(ENTITIES + r"\nLWPOLYLINE\n  5\n)[0-9A-F]+\n", r"\g<1>0\n")),
    "seed too low": ("handles", once(r"(\$HANDSEED\n  5\n)[0-9A-F]+\n", r"\g<1>1F\n")),
    "no owner": ("owners", once(ENTITIES + r"\nLWPOLYLINE\n  5\n[0-9A-F]+\n)330\n[0-9A-F]+\n", r"\1")),
    "owner zero": (
        "owners",
        once(ENTITIES + r"\nLWPOLYLINE\n  5\n[0-9A-F]+\n330\n)[0-9A-F]+\n", r"\g<1>0\n"),
    ),
    "owner unknown": (
        "owners",
        once(ENTITIES + r"\nLWPOLYLINE\n  5\n[0-9A-F]+\n330\n)[0-9A-F]+\n", r"\1FFFF\n"),
    ),
    "owner empty": ("owners", once(ENTITIES + r"\nLWPOLYLINE\n  5\n[0-9A-F]+\n330\n)[0-9A-F]+\n", r"\1\n")),
    "layer name": ("names", lambda text: text.replace("\nA-WALL\n", "\nA*WALL\n")),
    "layer name empty": ("names", lambda text: text.replace("\nA-WALL\n", "\n\n")),
    "layer name long": ("names", lambda text: text.replace("\nA-WALL\n", "\n" + "A" * 256 + "\n")),
    "block name": ("names", lambda text: text.replace("\nLG_NORTH\n", "\nLG|NORTH\n")),
    "layer unknown": ("references", once(ENTITIES + r"\n  8\n)A-WALL\n", r"\1A-WLAL\n")),
    "line type unknown": ("references", once(ENTITIES + r"\n  8\nA-WALL\n)", r"\1  6\nWAVES\n")),
    "text style unknown": ("references", once(ENTITIES + r"\n  7\n)LG\n", r"\1GL\n")),
    "block unknown": (
        "references",
        once(ENTITIES + r"\nAcDbBlockReference\n(?: 66\n1\n)?  2\n)\w+\n", r"\1LG_NOWHERE\n"),
    ),
    "insert without block": (
        "references",
        once(ENTITIES + r"\nAcDbBlockReference\n(?: 66\n1\n)?)  2\n\w+\n", r"\1"),
    ),
    "dimension style unknown": ("references", once(ENTITIES + r"\n  3\n)LG-50\n", r"\1LG-51\n")),
    "header dimension style": ("header_names", once(r"(\$DIMSTYLE\n  2\n)LG-50\n", r"\1ISO-25\n")),
    "header layer": ("header_names", once(r"(\$CLAYER\n  8\n)0\n", r"\1A-NONE\n")),
    "vertex count": ("counts", once(ENTITIES + r"\nAcDbPolyline\n 90\n)\d+\n", r"\g<1>17\n")),
    "hatch path count": ("counts", once(ENTITIES + r"\nAcDbHatch\n.*?\n 91\n)\d+\n", r"\g<1>9\n")),
    "hatch ring": (
        "hatch_rings",
        once(
            ENTITIES
            + r"\nAcDbHatch\n.*?\n 92\n3\n 72\n0\n 73\n1\n) 93\n\d+\n(?: 10\n[0-9.-]+\n 20\n[0-9.-]+\n)+",
            r"\1 93\n2\n 10\n0.0\n 20\n0.0\n 10\n1.0\n 20\n0.0\n",
        ),
    ),
    "text height": ("sizes", once(ENTITIES + r"\nAcDbText\n.*?\n 40\n)[0-9.]+\n", r"\g<1>0.0\n")),
    "insert scale": ("sizes", once(ENTITIES + r"\nAcDbBlockReference\n.*?\n 30\n0.0\n)", r"\1 41\n0.0\n")),
    "no subclass": ("subclasses", once(ENTITIES + r"\nLWPOLYLINE\n.*?)100\nAcDbEntity\n", r"\1")),
    "one subclass": ("subclasses", once(ENTITIES + r")100\nAcDbPolyline\n", r"\1")),
    "application": ("extended_data", once(ENTITIES + r"\n1001\n)LAYOUTGAN\n", r"\1SOMEBODY\n")),
    "long extended data": ("extended_data", once(ENTITIES + r"\n1000\n)room\n", r"\1" + "r" * 300 + r"\n")),
    "no seqend": ("sequences", once(ENTITIES + r"\nATTRIB\n.*?)  0\nSEQEND\n.*?(  0\n)", r"\1\2")),
    "odd tag": ("odd_tag", once(r"\nAcDbPolyline\n", "\nAcDb\nPolyline\n")),
    "line break in a string": ("odd_tag", once(r"\nLiving room\n", "\nLiving\nroom\n")),
    "no end of file": ("truncated", once(r"  0\nEOF\n$", "")),
    "cut in half": ("section", lambda text: text[: len(text) // 2].rpartition("\n  0\n")[0] + "\n"),
    "no end of section": ("section", once(r"  0\nENDSEC\n  0\nEOF\n$", "  0\nEOF\n")),
    "content after the end": ("after_eof", lambda text: text + "  0\nLINE\n"),
    "spline": (
        "counts",
        once(
            r"(  0\nSECTION\n  2\nENTITIES\n)",
            r"\1  0\nSPLINE\n  5\nFF0\n330\n17\n100\nAcDbEntity\n  8\n0\n100\nAcDbSpline\n",
        ),
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_file_is_flagged(good, case):
    rule, edit = BROKEN[case]
    broken = edit(good)
    assert broken != good
    issues = lint(broken.encode("utf-8", "surrogatepass"))
    assert rule in {issue.rule for issue in issues}, issues[:5]
    assert all(issue.line >= 1 and issue.message and str(issue) for issue in issues)


def test_encoding(good):
    issues = lint(good.replace("\nLiving room\n", "\nWohnk\xfcche\n").encode("latin-1", "replace"))
    assert [issue.rule for issue in issues][:1] == ["encoding"]


@pytest.mark.parametrize(("rule", "edit"), [
    ("names", lambda text: text.replace("\nA-WALL\n", "\nA WALL\n")),
    ("names", lambda text: text.replace("\nA-WALL\n", "\n" + "A" * 32 + "\n")),
    ("sequences", once(r"(  0\nPOLYLINE\n.*?)  0\nSEQEND\n.*?(  0\n)", r"\1\2"))])
def test_broken_old_file_is_flagged(old, rule, edit):
    assert rule in {issue.rule for issue in lint(edit(old).encode("cp1252"))}


def test_every_rule_has_a_broken_file():
    assert {rule.__name__ for rule in RULES} <= {rule for rule, _ in BROKEN.values()}


def test_garbage():
    for data in (
        b"",
        b"\x00\xff\xfe",
        b"hello",
        b"  0\nSECTION\n",
        b"  0\nSECTION\n  2\nHEADER\n  9\n$ACADVER\n",
    ):
        assert lint(data)
