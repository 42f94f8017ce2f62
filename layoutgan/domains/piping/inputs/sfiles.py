"""Flowsheets as SFILES 2.0 strings, and as node and edge lists.

    (raw)(pp)(hex){1}(r)<1(flash)[{tout}(comp)1]{bout}(dist)[{tout}(prod)]{bout}(hex){1}(prod)

A unit stands in round brackets, and what follows it is connected to it. ``[ ]`` is a branch from the unit
before it; ``<1`` and ``1`` close a cycle; ``<&|…&|`` is a branch that joins; ``n|`` begins an independent
stream; ``{tout}`` names the port of a column for the next connection; ``{1}`` after an exchanger numbers
it, so that its streams meet in one unit. Control units ``(C){FC}`` and their signals ``_1``, ``<_1`` are
read and left out.

Source: Vogel, Hirtreiter, Schulze Balhorn, Schweidtmann, Optimization and Engineering 24 (2023); notation
from published examples.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from layoutgan.core.plain import read_tree
from layoutgan.errors import InputError

__all__ = ["Flowsheet", "Stream", "parse_sfiles", "read_flowsheet"]

MAX_CHARACTERS = 20_000
"""Longest string that is read [characters]."""
MAX_UNITS = 600
MAX_NAME = 80
"""Longest name of a unit [characters]."""
_TOKEN = re.compile(
    r"(?P<unit>\([A-Za-z][A-Za-z0-9_./ -]*\))|(?P<brace>\{[^{}]*\})|(?P<join><&\|)|(?P<new>n\|)|(?P<target>&)"
    r"|(?P<bar>\|)|(?P<open>\[)|(?P<close>\])|(?P<signal><?_\d+)|(?P<cycle><(?:%\d\d|\d))|(?P<back>%\d\d|\d)"
)
_PORTS = {"tin", "tout", "bin", "bout"}


@dataclass(frozen=True)
class Stream:
    """A connection of two units."""

    start: str
    end: str
    ports: tuple[str, ...] = ()
    """Column ports: tout and bout at its start, tin and bin at its end."""
    sides: tuple[str, ...] = ()
    """Exchanger ports, such as hot_in."""
    label: str = ""


@dataclass
class Flowsheet:
    """Units and streams."""

    units: dict[str, str] = field(default_factory=dict)
    """Word for each unit's kind, as the flowsheet writes it, by its name."""
    streams: list[Stream] = field(default_factory=list)


@dataclass
class _State:
    """Where the parser stands."""

    sheet: Flowsheet = field(default_factory=Flowsheet)
    last: str | None = None
    """The unit that the next one is connected to."""
    ports: tuple[str, ...] = ()
    branches: list[str | None] = field(default_factory=list)
    joins: list[tuple[str, str | None]] = field(default_factory=list)
    """Unit that a joining branch ends in, and the unit after which it was opened."""
    joined: list[bool] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    sources: list[tuple[str, str, tuple[str, ...], int]] = field(default_factory=list)
    numbered: dict[str, str] = field(default_factory=dict)
    """Exchanger by its number."""
    counts: dict[str, int] = field(default_factory=dict)
    pending: str = ""
    """Unit of an exchanger that may still get a number."""


def parse_sfiles(text: str) -> Flowsheet:
    """The flowsheet that a string describes.

    Raises:
        InputError: the string is not SFILES 2.0; names the character.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{len(text)} characters; at most {MAX_CHARACTERS}")
    state = _State()
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        match = _TOKEN.match(text, place)
        if match is None:
            shown = " ".join(text[place : place + 10].split())
            problem = f"'{shown}' is not understood; expected (unit), {{tag}}, [branch] or a cycle"
            raise InputError(problem, place=f"character {place + 1}")
        _take(state, str(match.lastgroup), match.group(), place)
        place = match.end()
    _finish(state)
    return state.sheet


def _take(state: _State, kind: str, word: str, place: int) -> None:
    if kind == "unit":
        _unit(state, word[1:-1].strip(), place)
    elif kind == "brace":
        _brace(state, word[1:-1].strip())
    elif kind in {"open", "close"}:
        _branch(state, kind, place)
    elif kind in {"join", "target", "bar"}:
        _join(state, kind, place)
    elif kind == "new":
        state.last, state.ports, state.pending = None, (), ""
    elif kind == "cycle":
        state.targets[word[1:]] = _known(state, place)
    elif kind == "back":
        state.sources.append((word, _known(state, place), state.ports, place))
        state.ports = ()
    # signals of control units are left out


def _known(state: _State, place: int) -> str:
    if state.last is None:
        raise InputError("needs a unit before it", place=f"character {place + 1}")
    return state.last


def _unit(state: _State, word: str, place: int) -> None:
    if len(word) > MAX_NAME:
        problem = f"a unit's name of {len(word)} characters; at most {MAX_NAME}"
        raise InputError(problem, place=f"character {place + 1}")
    base = re.sub(r"[-_]?\d+$", "", word) or word
    if base == "C":  # a measurement or controller on the stream: the stream goes on
        state.pending = ""
        return
    if len(state.sheet.units) >= MAX_UNITS:
        raise InputError(f"more than {MAX_UNITS} units; split the flowsheet", place=f"character {place + 1}")
    if base != word:
        name = word
        if name in state.sheet.units:
            raise InputError(f"unit '{name}' stands twice; number an exchanger as (hex){{1}}",
                             place=f"character {place + 1}")  # fmt: skip
    else:
        state.counts[base] = state.counts.get(base, 0) + 1
        name = f"{base}-{state.counts[base]}"
    state.sheet.units[name] = base
    if state.last is not None:
        state.sheet.streams.append(Stream(state.last, name, state.ports))
    state.last, state.ports = name, ()
    state.pending = name


def _brace(state: _State, word: str) -> None:
    if word in _PORTS:
        state.ports = (*state.ports, word)
    elif word.isdigit() and state.pending:
        first = state.numbered.setdefault(word, state.pending)
        if first != state.pending:
            _merge(state, state.pending, first, word)
    # letters after a control unit are left out


def _merge(state: _State, name: str, into: str, number: str) -> None:
    """A further stream of an exchanger: its unit becomes the first one."""
    side = f"{number}_{sum(s.end == into for s in state.sheet.streams) + 1}"
    del state.sheet.units[name]
    state.sheet.streams = [
        Stream(s.start, into, s.ports, (f"{side}_in",), s.label) if s.end == name else s
        for s in state.sheet.streams
    ]
    state.last = state.pending = into


def _branch(state: _State, kind: str, place: int) -> None:
    if kind == "open":
        state.branches.append(_known(state, place))
        return
    if not state.branches:
        raise InputError("']' closes no branch", place=f"character {place + 1}")
    state.last, state.ports, state.pending = state.branches.pop(), (), ""


def _join(state: _State, kind: str, place: int) -> None:
    if kind == "join":
        state.joins.append((_known(state, place), state.last))
        state.joined.append(False)
        state.last, state.ports, state.pending = None, (), ""
        return
    if not state.joins:
        raise InputError(f"'{'&' if kind == 'target' else '|'}' belongs to no branch that joins",
                         place=f"character {place + 1}")  # fmt: skip
    if kind == "target":
        state.sheet.streams.append(Stream(_known(state, place), state.joins[-1][0], state.ports))
        state.joined[-1], state.ports, state.pending = True, (), ""
        return
    if not state.joined.pop():
        raise InputError("a branch that joins has no '&'", place=f"character {place + 1}")
    state.last = state.joins.pop()[1]
    state.ports, state.pending = (), ""


def _finish(state: _State) -> None:
    if state.branches:
        raise InputError(f"{len(state.branches)} branch(es) '[' are not closed; add ']'")
    if state.joins:
        raise InputError(f"{len(state.joins)} joining branch(es) '<&|' are not closed; add '&|'")
    for number, start, ports, place in state.sources:
        if number not in state.targets:
            raise InputError(f"cycle {number} has no '<{number}'", place=f"character {place + 1}")
        if start == state.targets[number]:
            problem = f"cycle {number} leads from '{start[:40]}' to itself"
            raise InputError(problem, place=f"character {place + 1}")
        state.sheet.streams.append(Stream(start, state.targets[number], ports))
    missing = sorted(set(state.targets) - {number for number, *_ in state.sources})
    if missing:
        raise InputError(f"'<{missing[0]}' is reached by no stream {missing[0]}")
    if not state.sheet.streams:
        raise InputError("holds no stream between two units")


def read_flowsheet(path: Path) -> Flowsheet:
    """A flowsheet from a file: an SFILES 2.0 string, or JSON with ``nodes`` and ``edges``.

    Raises:
        InputError: the file is not one.
    """
    if path.suffix.lower() != ".json":
        return _from_text(path)
    tree, _ = read_tree(path)
    nodes = tree.get("nodes") if isinstance(tree, dict) else None
    edges = tree.get("edges") if isinstance(tree, dict) else None
    if not isinstance(nodes, list) or not isinstance(edges, list) or not nodes or len(nodes) > MAX_UNITS:
        raise InputError(f"expected lists 'nodes' (1 to {MAX_UNITS}) and 'edges'", file=str(path))
    sheet = Flowsheet()
    for i, node in enumerate(nodes):
        name = node[0] if isinstance(node, list) and node else node
        if not isinstance(name, str) or not name or name in sheet.units:
            raise InputError("needs a name that no other node has", file=str(path), place=f"nodes[{i}]")
        if len(name) > MAX_NAME:
            problem = f"a name of {len(name)} characters; at most {MAX_NAME}"
            raise InputError(problem, file=str(path), place=f"nodes[{i}]")
        sheet.units[name] = re.sub(r"[-_]?\d+$", "", name) or name
    for i, edge in enumerate(edges):
        sheet.streams.append(_edge(sheet, edge, path, f"edges[{i}]"))
    return sheet


def _from_text(path: Path) -> Flowsheet:
    try:
        with path.open("rb") as stream:
            text = stream.read(MAX_CHARACTERS * 4 + 1).decode("utf-8-sig")
        return parse_sfiles(text.strip())
    except InputError as error:
        raise InputError(error.problem, file=str(path), place=error.place) from error
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text; save it as UTF-8", file=str(path)) from error
    except FileNotFoundError as error:
        raise InputError("no such file; check the name", file=str(path)) from error
    except (OSError, ValueError) as error:
        problem = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise InputError(problem, file=str(path)) from error


def _edge(sheet: Flowsheet, edge: Any, path: Path, place: str) -> Stream:
    if not isinstance(edge, list) or len(edge) not in (2, 3) or not all(isinstance(e, str) for e in edge[:2]):
        raise InputError("expected [from, to, {labels, tags}]", file=str(path), place=place)
    for end in edge[:2]:
        if end not in sheet.units:
            raise InputError(f"names '{end[:60]}', and no node is called so", file=str(path), place=place)
    extra = edge[2] if len(edge) == 3 and isinstance(edge[2], dict) else {}
    tags = extra.get("tags", {})
    if isinstance(tags, str):  # the text of a Python dict; a literal, never code
        try:
            tags = ast.literal_eval(tags) if len(tags) <= 500 else None
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            tags = None
    if not isinstance(tags, dict):
        raise InputError("tags must be such as {'col': ['tout']}", file=str(path), place=f"{place}.tags")
    sides = _words(tags.get("he"))
    if edge[0] == edge[1] and not sides:  # only an exchanger's stream may come back to it
        raise InputError(f"joins '{edge[0][:60]}' with itself", file=str(path), place=place)
    return Stream(edge[0], edge[1], _words(tags.get("col")), sides,
                  str(extra.get("labels", ""))[:80])  # fmt: skip


def _words(value: Any) -> tuple[str, ...]:
    return tuple(w for w in value if isinstance(w, str)) if isinstance(value, list | tuple) else ()
