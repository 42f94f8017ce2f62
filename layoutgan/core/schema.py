"""Documents: what we read from files and write to them, and the errors when a file is not what it should be.

The one place that turns data into documents (``plain`` turns text into data). Numbers are strict (a YAML
``no`` is not 0), unknown keys are refused with the nearest known one, and every error names the file, the
place in it, the value and the remedy.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from layoutgan.core.plain import parse, place_of, read_tree
from layoutgan.errors import InputError

__all__ = [
    "Degrees", "Document", "FieldError", "Metres", "Ratio", "SquareMetres", "dump", "dump_json", "parse",
    "read_tree", "shown", "validate", "write_text", "write_whole",
]

Metres = Annotated[float, Field(strict=True, json_schema_extra={"unit": "m"})]
SquareMetres = Annotated[float, Field(strict=True, json_schema_extra={"unit": "m²"})]
Degrees = Annotated[float, Field(strict=True, json_schema_extra={"unit": "°"})]
Ratio = Annotated[float, Field(strict=True, json_schema_extra={"unit": "-"})]

D = TypeVar("D", bound=BaseModel)


class Document(BaseModel):
    """Anything we read from or write to a file: frozen, no unknown keys, no NaN."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True,
        arbitrary_types_allowed=True,
    )


class FieldError(ValueError):
    """What a document's own validator finds wrong with one of its fields.

    Args:
        problem: what is wrong and what to do about it.
        place: way to the field, such as ``"spaces", 3, "area"``.
    """

    def __init__(self, problem: str, *place: str | int) -> None:
        self.problem, self.place = problem, place
        way = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")
        super().__init__(f"{way}: {problem}" if way else problem)


def validate(model: type[D], tree: Any, *, file: str | None = None, node: yaml.Node | None = None,
             context: dict[str, Any] | None = None, at: str = "") -> D:
    """A document from plain data.

    Args:
        model: the document.
        tree: its data.
        file: name for errors.
        node: of the YAML text, for line numbers in errors.
        context: handed to the document's validators.
        at: where the data lies in a larger document, for errors.

    Raises:
        InputError: the data does not fit; names file, line or path, value and remedy (one problem of perhaps
        many).
    """
    if not isinstance(tree, Mapping):
        problem = f"must be a mapping with keys and values, found {shown(tree)}"
        raise InputError(problem, file=file, place=at or None)
    try:
        return model.model_validate(tree, context=context)
    except RecursionError as error:
        raise InputError("nested too deeply", file=file, place=at or None) from error
    except InputError as error:  # of a document inside this one
        raise InputError(error.problem, file=error.file or file, place=error.place) from error
    except ValidationError as error:
        # A union reports one error per member: the deepest path is the member that the person meant.
        found = error.errors(include_url=False)
        first = max(found, key=lambda e: (e["type"] == "extra_forbidden", len(e["loc"])))
        location = tuple(first["loc"])
        own = (first.get("ctx") or {}).get("error")
        if isinstance(own, FieldError):
            location = (*location, *own.place)
        place = place_of(tree, node, location)
        if at:
            place = f"{at}.{place}" if place else at
        raise InputError(_explain(model, first, location), file=file, place=place) from error


def _known_keys(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """Field names of the document that a location lies in."""
    found: type[BaseModel] = model
    for step in location[:-1]:
        if isinstance(step, str) and step in found.model_fields:
            inner = list(_documents(found.model_fields[step].annotation))
            if inner:
                found = inner[0]
    return [f.alias or name for name, f in found.model_fields.items()]


def _documents(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _documents(argument)


_PHRASES = {
    "missing": "is missing; add it",
    "float_type": "must be a number without quotes",
    "int_type": "must be a whole number without quotes",
    "int_from_float": "must be a whole number",
    "finite_number": "must be a finite number",
    "string_type": "must be text; put it in quotes",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list in [square brackets] or with dashes",
    "list_type": "must be a list in [square brackets] or with dashes",
    "dict_type": "must be a mapping with keys and values",
    "model_type": "must be a mapping with keys and values",
    "model_attributes_type": "must be a mapping with keys and values",
}
"""What pydantic's kinds of error say to people who do not know pydantic."""
_BOUNDS = {
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than": "must be less than {lt:g}",
    "less_than_equal": "must be at most {le:g}",
    "string_too_long": "has more than {max_length} characters",
    "string_too_short": "must have at least {min_length} characters",
    "literal_error": "must be {expected}",
}
"""The same for kinds that name a bound."""


def _explain(model: type[BaseModel], error: Any, location: tuple[str | int, ...]) -> str:
    kind, limits = error["type"], error.get("ctx") or {}
    if kind == "extra_forbidden":
        known = _known_keys(model, location)
        near = get_close_matches(str(location[-1]), known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(sorted(known))}"
        return f"no such field; {hint}"
    if kind == "missing":
        return _PHRASES[kind]
    if kind in _PHRASES:
        return f"{_PHRASES[kind]}, found {shown(error.get('input'))}"
    if kind in {"too_long", "too_short"}:
        most, least = limits.get("max_length"), limits.get("min_length")
        bound = f"at most {most}" if kind == "too_long" else f"at least {least}"
        return f"has {limits.get('actual_length', 'too many')} entries; {bound}"
    if kind == "value_error":  # our own validators name the value themselves
        own = limits.get("error")
        return " ".join((own.problem if isinstance(own, FieldError) else str(own)).split())
    if kind in _BOUNDS:
        return f"{_BOUNDS[kind].format(**limits)}, found {shown(error.get('input'))}"
    message = " ".join(str(error["msg"]).removeprefix("Input ").split())
    return f"{message[:1].lower()}{message[1:]}, found {shown(error.get('input'))}"


def shown(value: Any) -> str:
    """A value as an error shows it: short, on one line."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    text = repr(value) if isinstance(value, str | int | float) else f"a {type(value).__name__}"
    return text if len(text) <= 80 else text[:77] + "..."


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
        problem = f"cannot be written: {error.strerror}; choose another place"
        raise InputError(problem, file=str(path)) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        problem = f"cannot be written: {error.strerror}; choose another place"
        raise InputError(problem, file=str(path)) from error
    finally:
        Path(temporary).unlink(missing_ok=True)  # still there only when something went wrong


def write_text(path: Path, text: str) -> None:
    """Writes UTF-8 text whole or not at all."""
    write_whole(path, text.encode("utf-8"))
