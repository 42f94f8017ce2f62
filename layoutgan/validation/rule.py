"""A rule: one function whose docstring is its manual page and whose keyword arguments are its limits.

    @rule("FP101", each=Room, source=Source("IRC", "2021", "R304.2", verified=True))
    def narrow_room(room: Room, context: Context, *, min_width: Metres = 2.13) -> Judgement: ...

The name reads after "allow": nobody wants to *allow narrow_room*. A rule answers with one finding, with
several, with ``None`` (passed), or with ``SKIP`` when it has nothing to say about this item; the engine
counts each answer.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Final, TypeVar, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from shapely.geometry.base import BaseGeometry

from layoutgan.core.brief import Brief
from layoutgan.core.geometry import AnyShape
from layoutgan.core.layout import Element, Layout
from layoutgan.core.schema import Document

__all__ = [
    "SKIP", "Context", "Finding", "Judgement", "Limit", "Pack", "Rule", "Severity", "Source", "found", "rule",
]

T = TypeVar("T")
E = TypeVar("E", bound=Element)


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Source(Document):
    """Where a limit comes from. Cite only what somebody has read."""

    title: str
    edition: str = ""
    clause: str = ""
    verified: bool = False
    """Somebody of us read the limit in the source itself."""

    def __init__(self, title: str, edition: str = "", clause: str = "", *, verified: bool = False) -> None:
        # Positional because a source is a citation; Document's own signature has no fields to name.
        BaseModel.__init__(self, title=title, edition=edition, clause=clause, verified=verified)

    def __str__(self) -> str:
        text = " ".join(part for part in (self.title, self.edition, self.clause) if part)
        return text if self.verified else f"{text} (unverified source)"


DEFINITION = Source("definition", verified=True)
"""Geometry that needs no source."""


class Finding(Document):
    """Something a rule does not allow: what, where, by how much, and what would mend it."""

    rule: str = ""
    """Code of the rule."""
    name: str = ""
    severity: Severity = Severity.ERROR
    message: str
    """What is wrong, in one sentence."""
    elements: tuple[str, ...] = ()
    """Ids of the elements at fault."""
    where: AnyShape = None
    """A shape that shows the fault [m]."""
    measured: float | None = None
    limit: float | None = None
    unit: str = ""
    remedy: str = ""
    """What to do about it, in one sentence."""
    source: str = ""


class _Skip:
    """The answer of a rule that has nothing to say about an item."""

    def __repr__(self) -> str:
        return "SKIP"


SKIP: Final = _Skip()
Judgement = Finding | Iterable[Finding] | None | _Skip
"""What a rule may answer."""


def found(message: str, *elements: str, where: BaseGeometry | None = None, measured: float | None = None,
          limit: float | None = None, remedy: str = "") -> Finding:
    """A finding; the engine adds rule, severity, unit and source.

    Built without validation because rules are ours and it stands on the hot path of ranking.
    """
    return Finding.model_construct(
        rule="", name="", severity=Severity.ERROR, message=message, elements=elements, where=where,
        measured=measured, limit=limit, unit="", remedy=remedy, source="",
    )


class Context:
    """What a rule may look at beside its item: the layout, its brief, and derived knowledge computed once."""

    def __init__(self, layout: Layout, brief: Brief | None = None) -> None:
        self.layout = layout
        self.brief = brief if brief is not None else layout.brief
        self._known: dict[Any, Any] = {}

    def once(self, derive: Callable[[Context], T]) -> T:
        """The result of a function of this context, computed at the first asking."""
        if derive not in self._known:
            self._known[derive] = derive(self)
        return self._known[derive]  # type: ignore[no-any-return]  # the cache holds what each function returned

    def of(self, each: type[E]) -> tuple[E, ...]:
        """Elements of one type, in order."""
        key = (each, "elements")
        if key not in self._known:
            self._known[key] = self.layout.of(each)
        return self._known[key]  # type: ignore[no-any-return]  # stored two lines above

    def items(self, each: type[Any]) -> Iterable[Any]:
        """What a rule about ``each`` judges: the layout, its elements of a type, or parts of the brief."""
        if issubclass(each, Layout):
            return (self.layout,)
        if issubclass(each, Element):
            return self.of(each)
        return [part for part in self.once(_parts) if isinstance(part, each)]


def _parts(context: Context) -> tuple[Document, ...]:
    """The brief and every document in it: walked once, since many rules judge a few of them."""
    return tuple(context.brief.parts()) if context.brief is not None else ()


@dataclass(frozen=True)
class Limit:
    """One limit of a rule."""

    name: str
    default: float
    unit: str
    doc: str = ""


@dataclass(frozen=True)
class Rule:
    """One check, with its manual page."""

    code: str
    name: str
    each: type[Any]
    judge: Callable[..., Judgement]
    severity: Severity
    source: Source
    limits: tuple[Limit, ...] = ()
    unit: str = ""
    """Unit of ``measured`` in its findings."""
    doc: str = field(default="", repr=False)

    @cached_property
    def title(self) -> str:
        """First line of the manual page."""
        return self.doc.strip().splitlines()[0].rstrip(".") if self.doc else self.name.replace("_", " ")

    @cached_property
    def tallies(self) -> dict[Any, Any]:
        """Tallies made before, for the engine."""
        return {}

    def stamped(self, finding: Finding) -> Finding:
        """The finding with this rule's code, severity, unit and source."""
        values = dict(finding.__dict__)
        values.update(rule=self.code, name=self.name, severity=self.severity, source=str(self.source),
                      unit=finding.unit or self.unit)
        return Finding.model_construct(**values)


@dataclass(frozen=True)
class Pack:
    """Rules that belong together, such as one edition of one code."""

    name: str
    title: str
    rules: tuple[Rule, ...]


def rule(code: str, *, each: type[Any], source: Source = DEFINITION, severity: Severity = Severity.ERROR,
         unit: str = "") -> Callable[[Callable[..., Judgement]], Rule]:
    """Makes a rule of a function ``(item, context, *, limit=...)``.

    Args:
        code: LG (all domains), FP (floor plan) or PI (piping) and a number; never reused.
        each: what it judges: ``Layout``, a type of element, or a document inside the brief.
        source: where its limits come from; an unverified source makes every finding a warning at most.
        severity: of its findings.
        unit: of ``measured``; by default the unit of the first limit.
    """

    def make(judge: Callable[..., Judgement]) -> Rule:
        limits = tuple(_limits(judge))
        level = Severity.WARNING if severity is Severity.ERROR and not source.verified else severity
        return Rule(code, judge.__name__, each, judge, level, source, limits,
                    unit or (limits[0].unit if limits else ""), inspect.getdoc(judge) or "")

    return make


def _limits(judge: Callable[..., Judgement]) -> Iterator[Limit]:
    hints = get_type_hints(judge, include_extras=True, localns={"Judgement": Any})
    for name, parameter in inspect.signature(judge).parameters.items():
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            yield Limit(name, float(parameter.default), _unit(hints.get(name)), _explained(judge, name))


def _explained(judge: Callable[..., Judgement], name: str) -> str:
    """What the manual page says about a limit."""
    lines = (inspect.getdoc(judge) or "").splitlines()
    start = next((i for i, line in enumerate(lines) if line.strip().startswith(f"{name}:")), None)
    if start is None:
        return ""
    indent = len(lines[start]) - len(lines[start].lstrip())
    words = [lines[start].split(":", 1)[1].strip()]
    for line in lines[start + 1:]:
        if not line.strip() or len(line) - len(line.lstrip()) <= indent:
            break
        words.append(line.strip())
    return " ".join(words)


def _unit(hint: Any) -> str:
    if get_origin(hint) is Annotated:
        for extra in get_args(hint)[1:]:
            schema = getattr(extra, "json_schema_extra", None)
            if isinstance(schema, dict):
                return str(schema.get("unit", ""))
    return ""
