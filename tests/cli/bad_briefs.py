"""Briefs that must be refused: a name, the text, and a word that the error must say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["GOOD", "Bad", "bad_briefs"]

GOOD = """\
layoutgan: 1
domain: floorplan
name: Small flat
boundary: [[0, 0], [8, 0], [8, 6], [0, 6]]
entrance: [0, 1]
spaces:
  - {id: hall, kind: corridor, area: [4, 9]}
  - {id: living, kind: living_room, area: [16, 26]}
  - {id: bath, kind: bathroom, area: [3, 7]}
adjacencies:
  - {between: [hall, living], kind: door}
  - {between: [hall, bath]}
rules: {packs: [general]}
"""


class Bad(NamedTuple):
    """One brief that must be refused."""

    name: str
    content: bytes
    says: str
    """Part of the error."""
    suffix: str = ".yaml"


def _with(old: str, new: str) -> bytes:
    assert old in GOOD, old
    return GOOD.replace(old, new, 1).encode()


def _files() -> Iterator[Bad]:
    yield Bad("empty", b"", "empty")
    yield Bad("only spaces", b" \n\n  \n", "empty")
    yield Bad("only remarks", b"# nothing here\n", "found nothing")
    yield Bad("null", b"null\n", "expected a document")
    yield Bad("a number", b"17\n", "expected a document")
    yield Bad("a word", b"flat\n", "expected a document")
    yield Bad("a list", b"- layoutgan: 1\n- domain: floorplan\n", "expected a document")
    yield Bad("empty json", b"", "empty", ".json")
    yield Bad("json list", b"[1, 2]", "expected a document", ".json")
    yield Bad("json cut", b'{"layoutgan": 1, "domain": ', "not JSON", ".json")
    yield Bad("json nan", b'{"layoutgan": NaN}', "NaN cannot be built", ".json")
    yield Bad("json infinity", b'{"layoutgan": -Infinity}', "Infinity", ".json")
    yield Bad("json overflow", b'{"layoutgan": 1, "domain": "floorplan", "north": 1e400}', "finite", ".json")
    yield Bad("json twice", b'{"layoutgan": 1, "layoutgan": 1}', "twice", ".json")
    yield Bad("json digits", b'{"layoutgan": ' + b"9" * 5000 + b"}", "digits", ".json")
    yield Bad("json deep", b"[" * 100_000, "nested", ".json")
    yield Bad("json deep mapping", b'{"a":' * 200 + b"1" + b"}" * 200, "nested", ".json")
    yield Bad("json surrogate", b'{"layoutgan": 1, "name": "\\ud800"}', "U+D800", ".json")
    yield Bad("json comment", b'{"layoutgan": 1, // one\n "domain": "floorplan"}', "not JSON", ".json")
    yield Bad("utf-16 little", GOOD.encode("utf-16-le").join((b"\xff\xfe", b"")), "UTF-8")
    yield Bad("utf-16 big", GOOD.encode("utf-16-be").join((b"\xfe\xff", b"")), "UTF-8")
    yield Bad("utf-16 unmarked", GOOD.encode("utf-16-le"), "not YAML")
    yield Bad("utf-32", GOOD.encode("utf-32"), "UTF-8")
    yield Bad("latin-1", GOOD.replace("Small flat", "Küche").encode("latin-1"), "UTF-8")
    yield Bad("png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "UTF-8")
    yield Bad("zip", b"PK\x03\x04" + bytes(64), "not YAML")
    yield Bad("pickle", b"\x80\x04\x95\x10\x00\x00\x00\x00", "UTF-8")
    yield Bad("zeros", bytes(1000), "not YAML")
    yield Bad("escape", GOOD.replace("Small", "\x1b[31mSmall").encode(), "not YAML")
    yield Bad("escaped escape", GOOD.replace("Small flat", '"\\x1b[31mSmall"').encode(), "U+001B")
    yield Bad("line break in a name", GOOD.replace("Small flat", '"Small\\nflat"').encode(), "U+000A")
    yield Bad("html", b"<!doctype html><html><body>404: not found</body></html>", "layoutgan: is missing")
    yield Bad("dxf", b"  0\nSECTION\n  2\nHEADER\n", "expected a document")
    yield Bad("too large", b"#" + b" " * 4_000_001, "larger than")
    yield Bad("too many entries", b"a: [" + b"1," * 500_000 + b"1]", "entries")
    yield Bad("a million points", b"boundary: [" + b"[0,0]," * 200_000 + b"[1,1]]", "entries")
    yield Bad(
        "ten thousand points",
        _with("[[0, 0], [8, 0], [8, 6], [0, 6]]", str([[i / 1000, (i % 2) / 1000] for i in range(10_002)])),
        "at most 10000",
    )


def _yaml() -> Iterator[Bad]:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    yield Bad("billion laughs", bomb.encode(), "aliases")
    yield Bad("alias", GOOD.replace("name: Small flat", "name: &n Small\nextra: *n").encode(), "aliases")
    yield Bad("alias to itself", b"&a [*a]", "aliases")
    yield Bad("merge key", GOOD.replace("rules: {", "rules: {<<: {x: 1}, ").encode(), "merge keys")
    yield Bad("deep flow", b"[" * 5000, "nested")
    yield Bad("deep mapping", b"{a: " * 5000, "nested")
    yield Bad("deep block", "".join("  " * i + "a:\n" for i in range(200)).encode(), "nested")
    yield Bad("python object", b"!!python/object/apply:os.system ['true']", "tag")
    yield Bad("python name", GOOD.replace("Small flat", "!!python/name:os.system").encode(), "tag")
    yield Bad("binary tag", GOOD.replace("Small flat", "!!binary aGVsbG8=").encode(), "YAML tag")
    yield Bad("set tag", GOOD.replace("Small flat", "!!set {a, b}").encode(), "YAML tag")
    yield Bad("timestamp tag", GOOD.replace("Small flat", "!!timestamp 2026-11-22").encode(), "YAML tag")
    yield Bad("wrong int tag", GOOD.replace("Small flat", "!!int flat").encode(), "not YAML")
    yield Bad("unknown tag", GOOD.replace("Small flat", "!room flat").encode(), "tag")
    yield Bad("two documents", (GOOD + "---\n" + GOOD).encode(), "document")
    yield Bad("key twice", (GOOD + "name: Other\n").encode(), "'name' stands twice")
    yield Bad("key twice inside", _with("id: hall,", "id: hall, id: hall2,"), "'id' stands twice")
    yield Bad("key is a number", (GOOD + "5: x\n").encode(), "key must be text")
    yield Bad("key is true", (GOOD + "on: x\n").encode(), "key must be text")
    yield Bad("key is null", (GOOD + "~: x\n").encode(), "key must be text")
    yield Bad("key is a list", (GOOD + "[a, b]: x\n").encode(), "key must be text")
    yield Bad("key is a mapping", (GOOD + "{a: b}: x\n").encode(), "key must be text")
    yield Bad("key is a float", (GOOD + "1.5: x\n").encode(), "key must be text")
    yield Bad("tab", GOOD.replace("  - {id: hall", "\t- {id: hall").encode(), "not YAML")
    yield Bad("bad indent", GOOD.replace("  - {id: hall", " x\n  - {id: hall").encode(), "not YAML")
    yield Bad("open bracket", GOOD.replace("[0, 6]]", "[0, 6]").encode(), "not YAML")
    yield Bad("open quote", GOOD.replace("Small flat", "'Small flat").encode(), "not YAML")
    yield Bad("two colons", GOOD.replace("name: Small flat", "name: Small: flat").encode(), "not YAML")
    yield Bad(
        "no space after colon", GOOD.replace("name: Small flat", "name:Small flat").encode(), "not YAML"
    )
    yield Bad("unknown directive", ("%YAML 9.9\n---\n" + GOOD).encode(), "not YAML")
    yield Bad(
        "huge hex",
        GOOD.replace("entrance: [0, 1]", "entrance: [0, 0x" + "f" * 4000 + "]").encode(),
        "15 digits",
    )
    yield Bad(
        "huge decimal",
        GOOD.replace("entrance: [0, 1]", "entrance: [0, " + "9" * 5000 + "]").encode(),
        "digits",
    )
    yield Bad(
        "hundred digits",
        GOOD.replace("entrance: [0, 1]", "entrance: [0, " + "9" * 100 + "]").encode(),
        "digits",
    )


def _structure() -> Iterator[Bad]:
    for line in GOOD.splitlines():
        key = line.split(":")[0]
        if key in {"layoutgan", "domain", "boundary"}:
            yield Bad(f"without {key}", _with(line + "\n", ""), key)
    yield Bad(
        "without spaces",
        b"layoutgan: 1\ndomain: floorplan\nboundary: [[0, 0], [8, 0], [8, 6]]\n",
        "spaces: is missing",
    )
    for version in ("2", "0", "-1", "true", "'1'", "1.5", "[1]", "{a: 1}", "null", "one", "1e400"):
        yield Bad(f"version {version}", _with("layoutgan: 1", f"layoutgan: {version}"), "layoutgan")
    for domain in ("floorplans", "''", "1", "null", "[floorplan]", "{floorplan: 1}", "true", "FLOORPLAN"):
        yield Bad(f"domain {domain}", _with("domain: floorplan", f"domain: {domain}"), "domain")
    yield Bad(
        "unknown key at the top",
        (GOOD + "boundry: [[0, 0], [1, 0], [1, 1]]\n").encode(),
        "did you mean 'boundary'",
    )
    yield Bad("unknown key far from all", (GOOD + "zzz: 1\n").encode(), "known here")
    yield Bad("empty key", (GOOD + "'': 1\n").encode(), "no such field")
    yield Bad(
        "misspelt in a space",
        _with("area: [4, 9]", "aera: [4, 9]"),
        "spaces[0].aera: no such field; did you mean 'area'",
    )
    yield Bad("misspelt in an adjacency", _with("kind: door}", "knid: door}"), "adjacencies[0].knid")
    yield Bad("misspelt in walls", (GOOD + "walls: {extrior: 0.3}\n").encode(), "did you mean 'exterior'")
    yield Bad(
        "misspelt in an obstacle",
        (GOOD + "obstacles: [{knd: shaft, shape: [[1, 1], [2, 1], [2, 2]]}]\n").encode(),
        "did you mean 'kind'",
    )
    yield Bad("misspelt in an entrance", _with("entrance: [0, 1]", "entrance: [{att: [0, 1]}]"), "entrance")
    yield Bad("misspelt in rules", _with("packs: [general]", "pakcs: [general]"), "did you mean 'packs'")
    yield Bad("a field of pydantic", (GOOD + "model_config: {extra: allow}\n").encode(), "no such field")
    yield Bad("several storeys", (GOOD + "storeys: 2\n").encode(), "storey")
    yield Bad("storeys in words", (GOOD + "storeys: two\n").encode(), "storeys")
    yield Bad("half a storey", (GOOD + "storeys: 1.5\n").encode(), "storeys")
    yield Bad("no spaces", GOOD.split("spaces:")[0].encode() + b"spaces: []\n", "spaces")
    many = "spaces:\n" + "".join(f"  - {{id: r{i}, kind: storage}}\n" for i in range(40))
    yield Bad("forty spaces", GOOD.split("spaces:")[0].encode() + many.encode(), "at most 24")
    yield Bad("id twice", _with("id: bath", "id: hall"), "two spaces are called 'hall'")
    yield Bad(
        "id outside",
        _with("id: bath", "id: outside").replace(b"[hall, bath]", b"[hall, living]"),
        "'outside'",
    )
    yield Bad("kind misspelt", _with("kind: bathroom", "kind: bathrom"), "did you mean 'bathroom'")
    yield Bad("kind unknown", _with("kind: bathroom", "kind: spaceship"), "not a kind of room")
    yield Bad("kind empty", _with("kind: bathroom", "kind: ''"), "not a kind of room")
    yield Bad("adjacency to nobody", _with("[hall, bath]", "[hall, bat]"), "did you mean 'bath'")
    yield Bad("adjacency to itself", _with("[hall, bath]", "[hall, hall]"), "itself")
    yield Bad("adjacency of one", _with("[hall, bath]", "[hall]"), "adjacencies[1].between")
    yield Bad("adjacency of three", _with("[hall, bath]", "[hall, bath, living]"), "adjacencies[1].between")
    yield Bad("adjacency kind", _with("kind: door}", "kind: doors}"), "door")
    yield Bad(
        "door and never", _with("rules:", "  - {between: [bath, hall], kind: never}\nrules:"), "keep one"
    )
    yield Bad("unknown pack", _with("[general]", "[generall]"), "did you mean 'general'")
    yield Bad(
        "rule that is none", _with("{packs: [general]}", "{packs: [general], FP999: {min_width: 2}}"), "FP999"
    )
    yield Bad("rule code misspelt", _with("{packs: [general]}", "{fp101: {min_width: 2}}"), "rules")
    yield Bad("limit is text", _with("{packs: [general]}", "{FP101: {min_width: wide}}"), "FP101")
    yield Bad("limit is true", _with("{packs: [general]}", "{FP101: {min_width: yes}}"), "FP101")
    yield Bad("limits are a number", _with("{packs: [general]}", "{FP101: 2.4}"), "FP101")
    yield Bad("too many packs", _with("[general]", str(["general"] * 60)), "at most 50")


def _geometry() -> Iterator[Bad]:
    outline = "[[0, 0], [8, 0], [8, 6], [0, 6]]"
    cases = {
        "crosses itself": ("[[0, 0], [8, 6], [8, 0], [0, 6]]", "cross"),
        "touches itself": ("[[0, 0], [8, 0], [8, 6], [4, 0], [0, 6]]", "cross"),
        "two points": ("[[0, 0], [8, 0]]", "at least 3"),
        "one point": ("[[0, 0]]", "at least 3"),
        "no points": ("[]", "at least 3"),
        "the same point": ("[[1, 1], [1, 1], [1, 1]]", "at least 3"),
        "on a line": ("[[0, 0], [4, 0], [8, 0]]", "cannot be used"),
        "three numbers": ("[[0, 0, 0], [8, 0, 0], [8, 6, 0]]", "[x, y]"),
        "flat numbers": ("[0, 0, 8, 0, 8, 6]", "[x, y]"),
        "text numbers": ("[['0', '0'], ['8', '0'], ['8', '6']]", "number"),
        "true": ("[[0, 0], [true, 0], [8, 6]]", "number"),
        "null": ("[[0, 0], [null, 0], [8, 6]]", "number"),
        "nan": ("[[0, 0], [.nan, 0], [8, 6]]", "nan"),
        "infinite": ("[[0, 0], [.inf, 0], [8, 6]]", "inf"),
        "overflow": ("[[0, 0], [1.0e+400, 0], [8, 6]]", "inf"),
        "far away": ("[[0, 0], [1.0e+9, 0], [8, 6]]", "within"),
        "millimetres": ("[[0, 0], [8000, 0], [8000, 6000], [0, 6000]]", "millimetres"),
        "tiny": ("[[0, 0], [0.1, 0], [0.1, 0.1]]", "metres"),
        "a word": ("square", "list of [x, y]"),
        "a number": ("48", "list of [x, y]"),
        "an unknown form": ("{outline: [[0, 0], [8, 0], [8, 6]]}", "outer"),
        "a hole outside": (
            "{outer: [[0, 0], [8, 0], [8, 6]], holes: [[[20, 20], [21, 20], [21, 21]]]}",
            "hole lies outside",
        ),
        "a hole that is a point": ("{outer: [[0, 0], [8, 0], [8, 6]], holes: [[1, 1]]}", "hole"),
        "holes that are text": ("{outer: [[0, 0], [8, 0], [8, 6]], holes: none}", "hole"),
        "holes that are a number": ("{outer: [[0, 0], [8, 0], [8, 6]], holes: 3}", "hole"),
        "a dxf that is not read": ("{dxf: shell.dxf, layer: A-WALL}", "dxf"),
        "too many corners": (
            str([[i / 100, 0] for i in range(1500)] + [[15 - i / 100, 5 + i % 2 / 50] for i in range(1400)]),
            "corners",
        ),
    }
    for name, (shape, says) in cases.items():
        yield Bad(f"outline {name}", _with(outline, shape), says)
    yield Bad("entrance inside", _with("entrance: [0, 1]", "entrance: [4, 3]"), "away from the boundary")
    yield Bad("entrance outside", _with("entrance: [0, 1]", "entrance: [-3, 3]"), "away from the boundary")
    yield Bad(
        "entrance into nobody",
        _with("entrance: [0, 1]", "entrance: [{at: [0, 1], space: hal}]"),
        "did you mean 'hall'",
    )
    yield Bad(
        "entrance too wide", _with("entrance: [0, 1]", "entrance: [{at: [0, 1], width: 20}]"), "at most 3"
    )
    yield Bad("party wall elsewhere", (GOOD + "party: [[[1, 1], [2, 2]]]\n").encode(), "party[0]")
    yield Bad("party wall of one point", (GOOD + "party: [[[0, 0], [0, 0]]]\n").encode(), "at least 2")
    yield Bad(
        "obstacle outside",
        (GOOD + "obstacles: [{shape: [[20, 20], [21, 20], [21, 21]]}]\n").encode(),
        "outside",
    )
    yield Bad(
        "obstacle everywhere",
        (GOOD + "obstacles: [{shape: [[-1, -1], [9, -1], [9, 7], [-1, 7]]}]\n").encode(),
        "leave",
    )
    yield Bad(
        "fixed room outside",
        _with("area: [3, 7]", "shape: [[7, 5], [9, 5], [9, 6], [7, 6]]"),
        "beyond the boundary",
    )
    both = _with("area: [3, 7]", "shape: [[0, 0], [2, 0], [2, 2], [0, 2]]").replace(
        b"area: [4, 9]", b"shape: [[1, 1], [3, 1], [3, 3], [1, 3]]"
    )
    yield Bad("fixed rooms overlap", both, "overlap")


def _values() -> Iterator[Bad]:
    """Each field with values that it cannot have."""
    fields = {
        "name: Small flat": ("name: ", "name", ("5", "[a]", "{a: b}", "true", "'" + "x" * 300 + "'", "null")),
        "entrance: [0, 1]": (
            "entrance: ",
            "entrance",
            (
                "5",
                "door",
                "true",
                "[0]",
                "[0, 1, 2]",
                "[a, b]",
                "[[0, 1], [2, 3]]",
                "{at: [0, 1]}",
                "[{at: 5}]",
                "[{}]",
            ),
        ),
        "area: [4, 9]": (
            "area: ",
            "spaces[0].area",
            (
                "-5",
                "0",
                "true",
                "big",
                "[9, 4]",
                "[4]",
                "[4, 5, 6]",
                "[0, 5]",
                "[-1, 5]",
                "[a, b]",
                "{least: 4}",
                "[true, 5]",
                ".nan",
                "1.0e+300",
                "[1, .inf]",
                "[null, 5]",
            ),
        ),
        "kind: corridor": ("kind: ", "spaces[0].kind", ("5", "true", "[corridor]", "null", "{a: b}")),
        "id: hall,": (
            "id: ",
            "spaces[0].id",
            ("5,", "'',", "[hall],", "null,", "true,", "'" + "h" * 100 + "',"),
        ),
        "between: [hall, living]": (
            "between: ",
            "adjacencies[0].between",
            ("hall", "5", "[1, 2]", "{a: b}", "[]", "null"),
        ),
        "packs: [general]": (
            "packs: ",
            "rules.packs",
            ("general", "5", "[5]", "[[general]]", "{a: b}", "true"),
        ),
    }
    for old, (key, place, values) in fields.items():
        for value in values:
            yield Bad(f"{place} is {value[:40]}", _with(old, key + value), place)
    extra = {
        "north": ("up", "true", "[0]", ".inf", "1.0e+400", "'90'"),
        "walls": (
            "5",
            "[0.3]",
            "{exterior: thick}",
            "{exterior: 0}",
            "{exterior: -0.3}",
            "{exterior: 50}",
            "{interior: true}",
        ),
        "obstacles": (
            "5",
            "shaft",
            "{kind: shaft}",
            "[shaft]",
            "[{}]",
            "[{kind: shaft}]",
            "[{kind: tree, shape: [[1, 1], [2, 1], [2, 2]]}]",
            "[{shape: [[1, 1]]}]",
        ),
        "party": ("5", "wall", "[[0, 0], [0, 6]]", "[[0, 0]]", "{a: b}", "[5]"),
        "storeys": ("true", "'1'", "[1]", "0", "-1"),
    }
    for key, values in extra.items():
        for value in values:
            yield Bad(f"{key} is {value[:40]}", (GOOD + f"{key}: {value}\n").encode(), key)
    inner = {
        "min_width": ("wide", "-1", "0", "500", "true", "[2]", ".nan"),
        "exterior": ("5", "'yes'", "[true]", "maybe"),
        "shape": ("5", "round", "[[0, 0]]", "[[0, 0], [2, 2], [2, 0], [0, 2]]"),
        "name": ("5", "[a]", "'" + "n" * 200 + "'"),
    }
    for key, values in inner.items():
        for value in values:
            yield Bad(
                f"spaces[2].{key} is {value[:40]}",
                _with("area: [3, 7]", f"{key}: {value}"),
                f"spaces[2].{key}",
            )
    for value in ("'wide'", "0.1", "50", "true", "-1"):
        yield Bad(
            f"adjacencies[1].width is {value}",
            _with("[hall, bath]", f"[hall, bath], width: {value}"),
            "adjacencies[1].width",
        )


def bad_briefs() -> list[Bad]:
    """All of them."""
    return [*_files(), *_yaml(), *_structure(), *_geometry(), *_values()]
