"""A strict linter for the bytes of a DXF file: what programs refuse and ezdxf's auditor lets pass.

Only the standard library: loading with ezdxf would already repair counts and handles. The rules are our
reading of the
DXF reference and have not been calibrated against AutoCAD.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Dxf", "Issue", "Record", "Tag", "encoding_of", "lint", "parsed"]


class Issue(NamedTuple):
    """Something wrong in a file."""

    rule: str
    line: int
    """Line of the file, from 1."""
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.rule}: {self.message}"


class Tag(NamedTuple):
    """A group code and its value."""

    code: int
    value: str
    line: int


@dataclass
class Record:
    """What starts with a group 0: an entity, a table entry, an object."""

    type: str
    line: int
    tags: list[Tag] = field(default_factory=list)
    owner: str = ""
    """Section or table that it stands in."""

    def first(self, code: int) -> str | None:
        """The first value of a group code outside XDATA, or None."""
        return next((t.value for t in self.plain() if t.code == code), None)

    def plain(self) -> Iterator[Tag]:
        """Tags before the XDATA."""
        for tag in self.tags:
            if tag.code >= 1000:
                return
            yield tag

    @property
    def handle(self) -> str | None:
        """Its handle, group 105 for dimension styles and 5 for everything else."""
        return self.first(105 if self.type == "DIMSTYLE" else 5)


@dataclass
class Dxf:
    """A parsed file."""

    header: dict[str, list[Tag]] = field(default_factory=dict)
    records: dict[str, list[Record]] = field(default_factory=dict)
    """Records by section."""
    issues: list[Issue] = field(default_factory=list)
    """What was wrong with the structure."""

    @property
    def version(self) -> str:
        """Such as ``AC1024``."""
        return self.variable("$ACADVER") or "AC1009"

    @property
    def r12(self) -> bool:
        """The file is of the old kind without subclasses and owners."""
        return self.version <= "AC1009"

    def variable(self, name: str) -> str | None:
        """A header variable's first value."""
        tags = self.header.get(name)
        return tags[0].value if tags else None

    def entries(self, table: str) -> Iterator[Record]:
        """Entries of a table."""
        return (r for r in self.records.get("TABLES", ()) if r.owner == table and r.type == table)

    def names(self, table: str) -> set[str]:
        """Names in a table, in upper case: DXF does not tell cases apart."""
        return {(r.first(2) or "").upper() for r in self.entries(table)}

    def entities(self) -> Iterator[Record]:
        """Entities in the drawing and in blocks."""
        yield from self.records.get("ENTITIES", ())
        yield from (r for r in self.records.get("BLOCKS", ()) if r.type not in ("BLOCK", "ENDBLK"))

    def all_records(self) -> Iterator[Record]:
        """Every record that carries a handle."""
        for section in ("TABLES", "BLOCKS", "ENTITIES", "OBJECTS"):
            yield from self.records.get(section, ())


def lint(data: bytes) -> list[Issue]:
    """Everything wrong with the bytes of a DXF file, by line; an empty list when nothing was found."""
    from cad_plugin.lint_rules import RULES

    dxf = parsed(data)
    issues = list(dxf.issues)
    for rule in RULES:
        issues += [Issue(rule.__name__.strip("_"), line, message) for line, message in rule(dxf)]
    return sorted(set(issues), key=lambda issue: (issue.line, issue.rule, issue.message))


def encoding_of(data: bytes) -> str:
    """How the file's text is written: UTF-8 from 2007 on, Windows Latin before."""
    place = data.find(b"$ACADVER")
    old = place >= 0 and any(
        v in data[place : place + 40] for v in (b"AC1009", b"AC1012", b"AC1014", b"AC1015", b"AC1018")
    )
    return "cp1252" if old else "utf-8"


def _text(data: bytes) -> tuple[str, Issue | None]:
    """Text of the file."""
    try:
        return data.decode(encoding_of(data)), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return data.decode("utf-8", "replace"), Issue(
            "encoding", line, f"byte {error.start} is not {error.encoding} text"
        )


def _tags(lines: list[str], issues: list[Issue]) -> Iterator[Tag]:
    for i in range(0, len(lines) - 1, 2):
        text = lines[i].strip()
        if not text.lstrip("-").isdigit():
            issues.append(Issue("odd_tag", i + 1, f"expected a group code, found {text[:40]!r}"))
            return
        code = int(text)
        if code != 999:  # a comment
            yield Tag(code, lines[i + 1], i + 2)
    if len(lines) % 2:
        issues.append(Issue("odd_tag", len(lines), "a group code without a value"))


def parsed(data: bytes) -> Dxf:
    """The file's header and records, and what is wrong with its structure."""
    text, problem = _text(data)
    dxf = Dxf(issues=[problem] if problem else [])
    # Not splitlines(): it also splits at characters that may stand in a string.
    lines = text.replace("\r\n", "\n").split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    _sections(_tags(lines, dxf.issues), dxf, len(lines))
    return dxf


def _sections(tags: Iterable[Tag], dxf: Dxf, last: int) -> None:
    stream = iter(tags)
    for tag in stream:
        if tag == (0, "EOF", tag.line):
            if extra := next(stream, None):
                dxf.issues.append(Issue("after_eof", extra.line, "content after EOF"))
            return
        name = next(stream, None) if tag.code == 0 and tag.value == "SECTION" else None
        if name is None or name.code != 2:
            dxf.issues.append(
                Issue("section", tag.line, f"expected a SECTION, found {tag.code} {tag.value[:40]!r}")
            )
            return
        body = _header if name.value == "HEADER" else _records
        if not body(stream, dxf, name.value):
            dxf.issues.append(Issue("section", name.line, f"section {name.value} has no ENDSEC"))
            return
    dxf.issues.append(Issue("truncated", last, "no EOF: the file is cut off"))


def _header(stream: Iterator[Tag], dxf: Dxf, section: str) -> bool:
    tags: list[Tag] = []
    for tag in stream:
        if tag.code == 0:
            if tag.value != "ENDSEC":
                dxf.issues.append(
                    Issue("section", tag.line, f"section {section} ends with {tag.value[:40]!r}")
                )
                return False
            return True
        if tag.code == 9:
            tags = dxf.header.setdefault(tag.value, [])
        else:
            tags.append(tag)
    return False


def _records(stream: Iterator[Tag], dxf: Dxf, section: str) -> bool:
    found = dxf.records.setdefault(section, [])
    table, fresh = section, False
    for tag in stream:
        if tag.code == 0:
            if tag.value == "ENDSEC":
                return True
            if tag.value in ("SECTION", "EOF"):
                return False
            if tag.value == "ENDTAB":
                table = section
                continue
            found.append(Record(tag.value, tag.line, owner=table))
            fresh = tag.value == "TABLE"
        elif found:
            found[-1].tags.append(tag)
            if fresh and tag.code == 2:
                table, fresh = tag.value, False
                found[-1].owner = section
        else:
            dxf.issues.append(Issue("odd_tag", tag.line, f"section {section} starts with group {tag.code}"))
    return False



