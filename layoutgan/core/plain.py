"""Plain data (mappings, lists, text, numbers) of YAML and JSON text, and what we refuse to read.

Refused at this door, so that nothing behind it has to think of them: text that is not UTF-8, nesting without
end, aliases (the "billion laughs"), duplicate keys, keys that are not text, NaN and infinite numbers,
integers beyond any measure, control characters, and the objects that YAML tags can make.
"""

from __future__ import annotations

import json
import math
import unicodedata
from pathlib import Path
from typing import Any

import yaml

from layoutgan.errors import InputError

__all__ = ["line_of", "parse", "path_text", "place_of", "read_tree"]

MAX_BYTES = 64_000_000
"""Largest JSON document that is read [bytes]: a building of 10,000 elements has about 5 MB."""
MAX_YAML_BYTES = 4_000_000
"""Largest YAML document that is read [bytes]; people write these by hand, and YAML is slow."""
MAX_DEPTH = 60
MAX_YAML_EVENTS = 200_000
MAX_INTEGER = 10**15

# libyaml where it is installed: ten times faster, same documents.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc]  # the base is chosen at run time
    """The safe loader, minus what surprises people: duplicate keys are refused, dates stay text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:
        """A dict whose keys are text and all different.

        Raises:
            InputError: a key stands twice or is not text.
        """
        seen: set[str] = set()
        for key_node, _ in node.value:
            place = f"line {key_node.start_mark.line + 1}"
            if key_node.tag == "tag:yaml.org,2002:merge":
                raise InputError("merge keys (<<) are not used in our documents; write the values out",
                                 place=place)
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raw = key_node.value if isinstance(key_node.value, str) else None
                raise InputError("a key must be text" + (f"; put it in quotes: '{raw[:40]}'" if raw else ""),
                                 place=place)
            if key in seen:
                raise InputError(f"'{key[:60]}' stands twice; keep one", place=place)
            seen.add(key)
        result: dict[str, Any] = super().construct_mapping(node, deep=deep)
        return result


_Loader.yaml_implicit_resolvers = {  # dates stay text: a brief called 2026-11-22 is a name
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in _Safe.yaml_implicit_resolvers.items()
}


def read_tree(path: Path) -> tuple[Any, yaml.Node | None]:
    """Plain data of a JSON or YAML file, and for YAML the node tree (for line numbers).

    Raises:
        InputError: the file cannot be read or parsed, is too large, or is not UTF-8.
    """
    json_text = path.suffix.lower() in {".json", ".geojson", ".lgjson"}
    try:
        return parse(_text(path, MAX_BYTES if json_text else MAX_YAML_BYTES), json_text=json_text)
    except InputError as error:
        raise InputError(error.problem, file=str(path), place=error.place) from error


def _text(path: Path, most: int) -> str:
    """The file's text; a device without an end is read to the limit only."""
    try:
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except FileNotFoundError as error:
        raise InputError("no such file; check the name") from error
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(content) > most:
        raise InputError(f"larger than {most // 1_000_000} MB; not one of our documents")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("UTF-16 text; save it as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError("not UTF-8 text; save it as UTF-8", place=f"line {line}") from error


def parse(text: str, *, json_text: bool = False) -> tuple[Any, yaml.Node | None]:
    """Plain data of JSON or YAML text, and for YAML the node tree.

    Raises:
        InputError: the text is not valid, or holds what we do not read.
    """
    if not text.strip():
        raise InputError("the document is empty")
    tree, node = (_json(text), None) if json_text else _yaml(text)
    _refuse_strange(tree, node)
    return tree, node


def _json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", place=f"line {error.lineno}") from error
    except RecursionError as error:
        raise InputError("the document is nested too deeply") from error
    except ValueError as error:  # an integer of thousands of digits
        raise InputError("a number has too many digits; not a measure") from error


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise InputError(f"'{twice[:60]}' stands twice; keep one")
    return result


def _no_constant(name: str) -> float:
    raise InputError(f"{name} cannot be built; write a finite number")


def _yaml(text: str) -> tuple[Any, yaml.Node | None]:
    try:
        node = _compose(text)
        loader = _Loader("")
        try:
            return (None if node is None else loader.construct_document(node)), node
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = (error.problem or error.context or "not understood").splitlines()[0]
        raise InputError(f"not YAML: {problem}", place=f"line {mark.line + 1}" if mark else None) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 1
        raise InputError(f"not YAML: {str(error).splitlines()[0]}", place=f"line {line}") from error
    except RecursionError as error:
        raise InputError("the document is nested too deeply") from error
    except (yaml.YAMLError, ValueError, OverflowError, LookupError) as error:
        if "integer string conversion" in str(error):
            raise InputError("a number has too many digits; not a measure") from error
        raise InputError(f"not YAML: {(str(error).splitlines() or [type(error).__name__])[0]}") from error


def _compose(text: str) -> yaml.Node | None:
    """The node tree of one YAML document, refused when it is too deep, too long or uses aliases."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Safe)):
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            raise InputError("aliases (*name) are not used in our documents; write the value out",
                             place=_at(event.start_mark))
        if depth > MAX_DEPTH:
            raise InputError("the document is nested too deeply", place=_at(event.start_mark))
        if count > MAX_YAML_EVENTS:
            raise InputError(f"more than {MAX_YAML_EVENTS} entries; not a document that people write",
                             place=_at(event.start_mark))
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return node


def _at(mark: Any) -> str | None:
    return None if mark is None else f"line {mark.line + 1}"


def _refuse_strange(tree: Any, node: yaml.Node | None) -> None:
    """Walks the tree without recursion and refuses what is not plain, finite and printable.

    Raises:
        InputError: with the place.
    """
    waiting: list[tuple[Any, tuple[str | int, ...]]] = [(tree, ())]
    while waiting:
        value, where = waiting.pop()
        if isinstance(value, dict):
            waiting += [(item, (*where, key)) for key, item in reversed(value.items())]
            problem = next((p for p in map(_problem, value) if p), None)
        elif isinstance(value, list):
            waiting += [(value[i], (*where, i)) for i in reversed(range(len(value)))]
            problem = None
        else:
            problem = _problem(value)
        if len(where) > MAX_DEPTH:
            raise InputError("the document is nested too deeply", place=place_of(tree, node, where[:3]))
        if problem:
            raise InputError(problem, place=place_of(tree, node, where))


def _problem(value: Any) -> str | None:
    """What is wrong with a single value, or None."""
    if isinstance(value, str):
        if value.isprintable():  # the common case, in C
            return None
        strange = next((c for c in value if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}), None)
        return None if strange is None else (
            f"the text holds the character U+{ord(strange):04X}; control characters are refused")
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int):
        return "an integer of more than 15 digits is not a measure" if abs(value) > MAX_INTEGER else None
    if isinstance(value, float):
        return None if math.isfinite(value) else f"{value} cannot be built; write a finite number"
    return f"a YAML tag made a {type(value).__name__} of it; write plain text, numbers and lists"


def place_of(tree: Any, node: yaml.Node | None, location: tuple[str | int, ...]) -> str | None:
    """A place as people look for it: ``line 4, spaces[1].area``."""
    line, path = line_of(node, location), path_text(location, tree)
    return ", ".join(part for part in (f"line {line}" if line else "", path) if part) or None


def line_of(node: yaml.Node | None, location: tuple[str | int, ...]) -> int | None:
    """Line [1..] of the deepest node on the way to a location."""
    line = None
    for step in location:
        if isinstance(node, yaml.MappingNode):
            match = next(((k, v) for k, v in node.value if k.value == str(step)), None)
            if match is None:
                break
            line, node = match[0].start_mark.line + 1, match[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        # other steps are names of union members that pydantic puts into the path: the node stays
    return line


def path_text(location: tuple[str | int, ...], tree: Any) -> str:
    """A location as people write it, ``spaces[1].area``; union members that pydantic adds are left out."""
    text = ""
    for number, step in enumerate(location, start=1):
        if isinstance(step, int):
            text += f"[{step}]"
            tree = tree[step] if isinstance(tree, list) and step < len(tree) else None
        elif isinstance(tree, dict) and (step in tree or number == len(location)):
            text += f".{step[:60]}" if text else step[:60]
            tree = tree.get(step)
    return text
