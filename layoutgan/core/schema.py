"""Documents: what we read from files and write to them, and the errors when a file is not what it should be.

The one place that turns text into documents. Numbers are strict (a YAML ``no`` is not 0), unknown keys are refused
with the nearest known one, and every error names the file, the place in it, the value and the remedy.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from layoutgan.errors import InputError

__all__ = [
    "Degrees", "Document", "Metres", "Ratio", "SquareMetres", "dump", "dump_json", "parse", "read_tree", "validate",
    "write_text", "write_whole",
]

Metres = Annotated[float, Field(strict=True, json_schema_extra={"unit": "m"})]
SquareMetres = Annotated[float, Field(strict=True, json_schema_extra={"unit": "m²"})]
Degrees = Annotated[float, Field(strict=True, json_schema_extra={"unit": "°"})]
Ratio = Annotated[float, Field(strict=True, json_schema_extra={"unit": "-"})]

MAX_BYTES = 64_000_000
"""Largest document that is read [bytes]: a building of 10,000 elements has about 5 MB."""
MAX_DEPTH = 60
MAX_YAML_EVENTS = 2_000_000

D = TypeVar("D", bound=BaseModel)


class Document(BaseModel):
    """Anything we read from or write to a file: frozen, no unknown keys, no NaN."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True, arbitrary_types_allowed=True
    )


class _Loader(yaml.SafeLoader):
    """The safe loader, minus what surprises people: duplicate keys, aliases and dates are refused or left as text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A dict whose keys are all different.

        Raises:
            InputError: a key stands twice.
        """
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)  # type: ignore[no-untyped-call]  # PyYAML has no types here
            if not isinstance(key, str | int | float | bool | None):
                raise InputError("a key must be plain text", place=f"line {key_node.start_mark.line + 1}")
            if key in seen:
                raise InputError(f"'{key}' stands twice; keep one", place=f"line {key_node.start_mark.line + 1}")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


_Loader.yaml_implicit_resolvers = {  # dates stay text: a brief called 2026-11-22 is a name
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _compose(text: str) -> yaml.Node | None:
    """The node tree of one YAML document, refused when it is too deep, too long or uses aliases."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader)):
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            raise InputError("aliases (*name) are not used in our documents; write the value out",
                             place=f"line {event.start_mark.line + 1}")
        if depth > MAX_DEPTH or count > MAX_YAML_EVENTS:
            raise InputError("the document is nested too deeply or too long", place=f"line {event.start_mark.line + 1}")
    return yaml.compose(text, Loader=_Loader)  # type: ignore[no-any-return]  # PyYAML has no types here


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise InputError(f"'{key}' stands twice; keep one")
        result[key] = value
    return result


def _no_constant(name: str) -> float:
    raise InputError(f"{name} is not a number that can be built; write a finite one")


def read_tree(path: Path) -> tuple[Any, yaml.Node | None]:
    """Plain data of a JSON or YAML file, and for YAML the node tree (for line numbers).

    Raises:
        InputError: the file cannot be read or parsed, is too large, or is not UTF-8.
    """
    name = str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"larger than {MAX_BYTES // 1_000_000} MB; not one of our documents", file=name)
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 text (byte {error.start}); save it as UTF-8", file=name) from error
    except FileNotFoundError as error:
        raise InputError("no such file; check the name", file=name) from error
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}", file=name) from error
    try:
        return parse(text, json_text=path.suffix.lower() in {".json", ".geojson"})
    except InputError as error:
        raise InputError(error.problem, file=name, place=error.place) from error


def parse(text: str, *, json_text: bool = False) -> tuple[Any, yaml.Node | None]:
    """Plain data of JSON or YAML text, and for YAML the node tree.

    Raises:
        InputError: the text is not valid.
    """
    try:
        if json_text:
            return json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant), None
        node = _compose(text)
        loader = _Loader("")
        try:
            return (None if node is None else loader.construct_document(node)), node  # type: ignore[no-untyped-call]
        finally:
            loader.dispose()  # type: ignore[no-untyped-call]  # PyYAML has no types here
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", place=f"line {error.lineno}") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}" if mark else None
        raise InputError(f"not YAML: {error.problem or error.context}", place=place) from error
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:
        problem = "nested too deeply" if isinstance(error, RecursionError) else str(error).splitlines()[0]
        raise InputError(f"cannot be parsed: {problem}") from error


def _line(node: yaml.Node | None, location: Sequence[str | int]) -> int | None:
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


def _known_keys(model: type[BaseModel], location: Sequence[str | int]) -> list[str]:
    """Field names of the document that a location lies in."""
    found: type[BaseModel] = model
    for step in location[:-1]:
        if isinstance(step, str) and step in found.model_fields:
            inner = [t for t in _documents(found.model_fields[step].annotation)]
            if inner:
                found = inner[0]
    return [f.alias or name for name, f in found.model_fields.items()]


def _documents(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _documents(argument)


def _path(location: Sequence[str | int], tree: Any) -> str:
    """A location as people write it, ``spaces[1].area``; union members that pydantic adds are left out."""
    text = ""
    for step in location:
        if isinstance(step, int):
            text += f"[{step}]"
            tree = tree[step] if isinstance(tree, list) and step < len(tree) else None
        elif isinstance(tree, Mapping):
            text += f".{step}" if text else step
            tree = tree.get(step)
    return text


def validate(model: type[D], tree: Any, *, file: str | None = None, node: yaml.Node | None = None,
             context: dict[str, Any] | None = None) -> D:
    """A document from plain data.

    Raises:
        InputError: the data does not fit; names file, line or path, value and remedy (the first problem found).
    """
    if not isinstance(tree, Mapping):
        raise InputError(f"expected a document with keys such as 'layoutgan: 1', found {type(tree).__name__}", file=file)
    try:
        return model.model_validate(tree, context=context)
    except RecursionError as error:
        raise InputError("nested too deeply", file=file) from error
    except ValidationError as error:
        # A union reports one error per member: the deepest path is the member that the person meant.
        first = max(error.errors(include_url=False), key=lambda e: (e["type"] == "extra_forbidden", len(e["loc"])))
        location = list(first["loc"])
        line, path = _line(node, location), _path(location, tree)
        place = ", ".join(part for part in (f"line {line}" if line else "", path) if part)
        raise InputError(_explain(model, first, location), file=file, place=place or None) from error


def _explain(model: type[BaseModel], error: Any, location: Sequence[str | int]) -> str:
    if error["type"] == "extra_forbidden":
        known = _known_keys(model, location)
        near = get_close_matches(str(location[-1]), known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(sorted(known))}"
        return f"no such field; {hint}"
    if error["type"] == "missing":
        return "is missing; add it"
    message = str(error["msg"]).removeprefix("Value error, ")
    value = error.get("input")
    shown = repr(value) if isinstance(value, str | int | float | bool | None) else ""
    message = message[0].lower() + message[1:]
    return message + (f", found {shown[:80]}" if shown and shown[:80] not in message else "")


def dump(document: BaseModel) -> dict[str, Any]:
    """Plain data of a document, defaults left out where nothing was said."""
    return document.model_dump(mode="json", exclude_none=True, exclude_defaults=False, by_alias=True)


def dump_json(document: BaseModel, *, indent: int | None = 1) -> str:
    """The document as JSON text, the same bytes for the same document."""
    return json.dumps(dump(document), ensure_ascii=False, indent=indent, allow_nan=False) + "\n"


def write_whole(path: Path, content: bytes) -> None:
    """Writes beside the target and renames, so that the file appears whole or not at all.

    Raises:
        InputError: the folder does not exist or may not be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}; choose another place", file=str(path)) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise InputError(f"cannot be written: {error.strerror}; choose another place", file=str(path)) from error


def write_text(path: Path, text: str) -> None:
    """Writes UTF-8 text whole or not at all."""
    write_whole(path, text.encode("utf-8"))
