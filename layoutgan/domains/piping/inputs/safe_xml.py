"""XML from strangers: no document types, no entities, no end of nesting; what is left is a small tree.

The standard library's parser expands entities before anyone can refuse them, so the declarations themselves
are refused: a file of ours never needs one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from layoutgan.errors import InputError

__all__ = ["Xml", "read_xml"]

MAX_BYTES = 100_000_000
"""Largest file that is read [bytes]: sheets of real plants have about 5 MB."""
MAX_DEPTH = 80
MAX_ELEMENTS = 500_000
MAX_ATTRIBUTES = 200


@dataclass(slots=True)
class Xml:
    """An element without its text: tag and attributes without namespaces, and its children."""

    tag: str
    attributes: dict[str, str]
    children: list[Xml] = field(default_factory=list)
    line: int = 0
    """Where it starts in the file."""

    def all(self, *tags: str) -> Iterator[Xml]:
        """Children of these tags, in document order."""
        return (child for child in self.children if child.tag in tags)

    def get(self, name: str, otherwise: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, otherwise)


class _Builder:
    """Receives the parser's events and keeps what is not skipped."""

    def __init__(self, skipped: Collection[str], file: str) -> None:
        self.skipped, self.file = skipped, file
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = self.entity
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.stack: list[Xml | None] = []
        self.root: Xml | None = None
        self.count = 0

    def refuse(self, problem: str) -> NoReturn:
        raise InputError(problem, file=self.file, place=f"line {self.parser.CurrentLineNumber}")

    def doctype(self, *_: object) -> NoReturn:
        self.refuse("a document type declaration (DOCTYPE) is refused; remove it")

    def entity(self, *_: object) -> NoReturn:
        self.refuse("an entity declaration is refused; write the text out")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            self.refuse(f"more than {MAX_ELEMENTS} elements; export one sheet at a time")
        if len(self.stack) >= MAX_DEPTH:
            self.refuse(f"nested more than {MAX_DEPTH} deep; not a plant model")
        if len(attributes) > MAX_ATTRIBUTES:
            self.refuse(f"an element with {len(attributes)} attributes; not a plant model")
        tag = _local(name)
        parent = self.stack[-1] if self.stack else None
        if self.stack and (parent is None or tag in self.skipped):
            self.stack.append(None)
            return
        plain = {_local(key): value for key, value in attributes.items()}
        made = Xml(tag, plain, line=self.parser.CurrentLineNumber)
        if parent is None:
            self.root = made
        else:
            parent.children.append(made)
        self.stack.append(made)

    def end(self, _: str) -> None:
        self.stack.pop()


def read_xml(path: Path, *, skipped: Collection[str] = ()) -> Xml:
    """The tree of an XML file.

    Args:
        path: the file.
        skipped: tags whose elements are left out with all they contain.

    Raises:
        InputError: the file cannot be read, is not XML, or holds what we refuse.
    """
    name = str(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError("no such file; check the name", file=name) from error
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}", file=name) from error
    if len(content) > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES // 1_000_000} MB; export one sheet at a time", file=name)
    builder = _Builder(skipped, name)
    try:
        builder.parser.Parse(content, True)
    except expat.ExpatError as error:
        problem = expat.errors.messages[error.code]
        raise InputError(f"not XML: {problem}", file=name, place=f"line {error.lineno}") from error
    except (ValueError, LookupError) as error:  # an encoding that is unknown or does not fit
        raise InputError(f"not XML: {error}", file=name) from error
    if builder.root is None:
        raise InputError("not XML: no element", file=name)
    return builder.root


def _local(name: str) -> str:
    """A name without its namespace prefix."""
    return name.rpartition(":")[2]
