"""What ``check`` and its kin share: reading what is judged, and collecting rule packs and limits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from layoutgan.errors import InputError, UnknownName

if TYPE_CHECKING:
    from layoutgan.core.brief import Brief
    from layoutgan.core.layout import Layout
    from layoutgan.validation.report import Report

__all__ = ["Settings", "check_brief", "judge", "read_any_layout", "settings_of"]


@dataclass(frozen=True)
class Settings:
    """By what a layout is judged."""

    packs: tuple[str, ...] = ()
    """Empty: those of the brief, else those of the domain."""
    limits: dict[str, dict[str, float]] = field(default_factory=dict)


def read_any_layout(path: Path) -> Layout:
    """The layout in one of our JSON or YAML documents, or in a drawing that an installed exporter reads."""
    if path.suffix.lower() in {".json", ".lgjson", ".yaml", ".yml"}:
        from layoutgan.domains.domain import read_layout

        return read_layout(path)
    if not path.is_file():
        raise InputError("no such file; check the name", file=str(path))
    from cad_plugin.exporter import read

    try:
        return read(path)
    except UnknownName as error:
        raise InputError(str(error), file=str(path)) from error


def settings_of(packs: Sequence[str], company: Path | None, assignments: Sequence[str]) -> Settings:
    """Packs and limits of a company file and of the command line; the command line wins.

    Args:
        packs: names given with ``--pack``.
        company: file given with ``--rules``.
        assignments: texts such as ``FP009.factor=1.1`` given with ``--set``.
    """
    limits: dict[str, dict[str, float]] = {}
    names = tuple(packs)
    if company is not None:
        from layoutgan.core.schema import read_tree, validate
        from layoutgan.validation.settings import RuleFile

        tree, node = read_tree(company)
        found = validate(RuleFile, tree, file=str(company), node=node)
        _known(found.limits(), file=str(company))
        limits = {code: dict(values) for code, values in found.limits().items()}
        names = names or found.packs
    for text in assignments:
        code, name, value = _assignment(text)
        _known({code: {name: value}}, file=None)
        limits.setdefault(code, {})[name] = value
    return Settings(names, limits)


def _assignment(text: str) -> tuple[str, str, float]:
    left, equals, right = text.partition("=")
    code, dot, name = left.strip().partition(".")
    try:
        value = float(right)
    except ValueError:
        value = math.nan
    if not (equals and dot and code and name) or not math.isfinite(value):
        raise InputError(f"write a limit as CODE.limit=number, such as FP009.factor=1.1, found '{text}'",
                         place="--set")
    return code.upper(), name, value


def _known(limits: Mapping[str, Mapping[str, float]], file: str | None) -> None:
    """Refuses limits of rules that no pack has: a typing error would otherwise change nothing, silently."""
    if not limits:
        return  # the usual case, which need not load the packs of every domain
    from layoutgan.cli.listing import packs_by_rule
    from layoutgan.validation.check import limits_for

    rules = {one.code: one for one, _ in packs_by_rule()}
    for code in limits:
        if code not in rules:
            problem = str(UnknownName("rule", code, rules))
            raise InputError(problem, file=file, place=f"rules.{code}" if file else "--set")
    try:
        limits_for(rules.values(), limits)
    except InputError as error:
        raise InputError(error.problem, file=file, place=error.place if file else "--set") from error


def check_brief(brief: Brief, *, file: str) -> None:
    """Refuses rule packs and limits in a brief that do not exist, before long work begins.

    Raises:
        InputError: names the file and the place in it.
    """
    from layoutgan.core import registry

    known = registry.names("rulepack")
    for i, name in enumerate(brief.rules.packs):
        if name not in known:
            raise InputError(str(UnknownName("rule pack", name, known)), file=file, place=f"rules.packs[{i}]")
    _known(brief.rules.limits(), file=file)


def judge(layout: Layout, brief: Brief | None, settings: Settings, *, file: str) -> Report:
    """The report of a layout; what is wrong with its brief's own rule settings names the file."""
    import layoutgan

    asked = brief if brief is not None else layout.brief
    if asked is not None:
        if asked.domain != layout.domain:
            problem = f"the brief is about {asked.domain}, the layout about {layout.domain}"
            raise InputError(problem, file=file)
        check_brief(asked, file=file)
    return layoutgan.check(layout, brief, packs=settings.packs or None, limits=settings.limits)
