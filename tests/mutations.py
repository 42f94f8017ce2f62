"""Ways to spoil a document, seeded so that each failure can be repeated: bytes of a file, or its tree.

for seed in range(1000):
    spoilt = mutated_bytes(content, seed)
"""

from __future__ import annotations

import copy
import json
import random
from typing import Any

from hypothesis import strategies as st

__all__ = [
    "STRANGE",
    "STRANGE_BYTES",
    "STRANGE_TAGS",
    "as_json",
    "documents",
    "mutated_bytes",
    "mutated_tags",
    "mutated_tree",
    "places",
]

STRANGE: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    10**30,
    -(10**400),
    1e308,
    -1e308,
    5e-324,
    float("nan"),
    float("inf"),
    "",
    " ",
    "x",
    "NaN",
    "1e400",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "a" * 5000,
    "\x00",
    "\ud800",
    "\u202e",
    "é",
    "壁",
    "'; drop table",
    "%s%n{0}{}",
    [],
    {},
    [[]],
    [[], []],
    {"": ""},
    {"a": {"b": {"c": {}}}},
    [0] * 200,
    [[0, 0]],
    [[0, 0], [0, 0], [0, 0]],
    [[0, 0], [1, 1], [0, 1], [1, 0]],
    [["0", "0"], ["1", "0"], ["1", "1"]],
    [[0, 0, 0], [1, 0, 0], [1, 1, 0]],
)
"""Values that stand where something else was meant."""
STRANGE_BYTES: tuple[bytes, ...] = (
    b"\x00",
    b"\xff\xfe",
    b"\xc3\x28",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"- ",
    b"\n",
    b"\t",
    b"&a ",
    b"*a",
    b"!!python/object:os",
    b"<<: *a",
    b"%YAML 9.9",
    b"---\n",
    b"...\n",
    b"|",
    b">",
    b"'",
    b'"',
    b"#",
    b"? ",
    b"NaN",
    b".inf",
    b"1e999",
    b"0x" + b"f" * 5000,
    b"9" * 5000,
    b"[" * 300,
    b"{" * 300,
    b"\xe2\x80\xae",
    b"\x1b[31m",
    b"\r",
    b"null",
    b"~",
)


def mutated_bytes(content: bytes, seed: int) -> bytes:
    """The content with one to four small changes."""
    chance = random.Random(seed)
    data = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 1, 2, 5, 20, 200)))
        match chance.randrange(7):
            case 0:
                del data[at:end]
            case 1:
                data[at:at] = chance.choice(STRANGE_BYTES)
            case 2:
                data[at:end] = bytes(chance.randrange(256) for _ in range(end - at))
            case 3:
                data[at:at] = data[at:end]
            case 4:
                del data[at:]
            case 5:
                data[at:end] = chance.choice(STRANGE_BYTES)
            case _:
                start = chance.randrange(len(data) + 1)
                data[at:at] = data[start : start + 60]
    return bytes(data)


STRANGE_TAGS: tuple[str, ...] = (
    "",
    "-1",
    "0",
    "1e308",
    "-1e308",
    "1e-320",
    "nan",
    "inf",
    "99999999999999999999",
    "1000000",
    "360.0000001",
    "A",
    "*Model_Space",
    "A-WALL",
    "D1",
    "INSERT",
    "LINE",
    "HATCH",
    "POLYLINE",
    "ENDSEC",
    "EOF",
    "\ud7ff" * 300,
    "x" * 3000,
    "../../etc/passwd",
    "%%u%%d\\U+ZZZZ",
)
"""Values that stand in a tag of a DXF file where something else was meant."""


CODES = (0, 1, 2, 5, 8, 10, 20, 40, 42, 70, 90, 210, 330, 1071)
"""Group codes of DXF."""


def mutated_tags(content: bytes, seed: int) -> bytes:
    """A DXF file with one to four tags changed, removed, doubled or moved; it stays a file of tags."""
    chance = random.Random(seed)
    lines = content.decode("utf-8", "replace").splitlines()
    tags = [(lines[i], lines[i + 1]) for i in range(0, len(lines) - 1, 2)]
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(tags) - 1)
        code, value = tags[at]
        match chance.randrange(6):
            case 0:
                del tags[at : at + chance.choice((1, 1, 2, 8))]
            case 1:
                tags[at:at] = tags[at : at + chance.choice((1, 2, 10, 40))]
            case 2:
                tags[at] = (str(chance.choice(CODES)), value)
            case 3:
                other = chance.randrange(len(tags) - 1)
                tags[at], tags[other] = tags[other], tags[at]
            case _:
                tags[at] = (code, chance.choice(STRANGE_TAGS))
    return ("\n".join(f"{code}\n{value}" for code, value in tags) + "\n").encode("utf-8", "replace")


def places(tree: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths to all values of a tree."""
    found: list[tuple[Any, ...]] = [above] if above else []
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in items:
        found += places(value, (*above, key))
    return found


def mutated_tree(tree: Any, seed: int) -> Any:
    """The tree with one to three values replaced, removed, doubled, renamed or moved."""
    chance = random.Random(seed)
    spoilt = copy.deepcopy(tree)
    for _ in range(chance.randint(1, 3)):
        known = places(spoilt)
        if not known:
            break
        *way, last = chance.choice(known)
        parent = spoilt
        for step in way:
            parent = parent[step]
        match chance.randrange(6):
            case 0:
                del parent[last]
            case 1 if isinstance(parent, dict):
                parent[f"{last}x"] = parent.pop(last)
            case 2 if isinstance(parent, list):
                parent.insert(last, copy.deepcopy(parent[last]))
            case 3:
                other = spoilt
                for step in chance.choice(known)[:-1]:
                    other = other[step] if isinstance(other, dict | list) and _has(other, step) else other
                parent[last] = copy.deepcopy(other)
            case _:
                parent[last] = copy.deepcopy(chance.choice(STRANGE))
    return spoilt


def _has(holder: Any, step: Any) -> bool:
    return step in holder if isinstance(holder, dict) else isinstance(step, int) and step < len(holder)


def as_json(tree: Any) -> bytes:
    """The tree as JSON, NaN and lone surrogates included, as careless programs write it."""
    return json.dumps(tree).encode("utf-8", "surrogatepass")


def documents() -> st.SearchStrategy[Any]:
    """Any plain data, for hypothesis."""
    leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=5), st.dictionaries(st.text(max_size=8), inner, max_size=5)
        ),
        max_leaves=30,
    )
