"""``layoutgan list``: what is installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from layoutgan.cli.terminal import ResultFormat, columns, remark, result

if TYPE_CHECKING:
    from layoutgan.validation.rule import Rule

__all__ = ["Listed", "listing", "packs_by_rule"]


class Listed(StrEnum):
    """What can be listed."""

    rules = "rules"
    packs = "packs"
    domains = "domains"
    kinds = "kinds"
    exporters = "exporters"
    datasets = "datasets"
    models = "models"


def listing(
    what: Annotated[Listed, typer.Argument(help="What to list.")],
    form: Annotated[ResultFormat, typer.Option("--format", help="How to print it.")] = ResultFormat.text,
) -> int:
    """List what is installed."""
    rows = _ROWS[what]()
    if form is ResultFormat.json:
        result(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        result(columns(tuple(str(value) for value in row.values()) for row in rows))
    return 0


def packs_by_rule() -> list[tuple[Rule, tuple[str, ...]]]:
    """All installed rules with the packs that hold them, by code; packs that do not load are left out."""
    from layoutgan.core import registry
    from layoutgan.errors import LayoutError
    from layoutgan.validation.check import pack

    rules: dict[str, Rule] = {}
    members: dict[str, tuple[str, ...]] = {}
    for name in registry.names("rulepack"):
        try:
            found = pack(name)
        except LayoutError:
            continue
        for one in found.rules:
            rules[one.code] = one
            members[one.code] = (*members.get(one.code, ()), name)
    return [(rules[code], members[code]) for code in sorted(rules)]


def _rules() -> list[dict[str, Any]]:
    from layoutgan.core import registry

    for entry, reason in registry.broken("rulepack").items():
        remark(f"warning: rule pack {entry} cannot be loaded: {reason}")
    return [{"code": one.code, "name": one.name, "severity": str(one.severity), "packs": " ".join(packs),
             "title": one.title} for one, packs in packs_by_rule()]


def _packs() -> list[dict[str, Any]]:
    from layoutgan.core import registry
    from layoutgan.errors import LayoutError
    from layoutgan.validation.check import pack

    rows = []
    for name in registry.names("rulepack"):
        try:
            rows.append({"name": name, "rules": len(pack(name).rules), "title": pack(name).title})
        except LayoutError as error:
            rows.append({"name": name, "rules": 0, "title": f"broken: {error}"})
    return rows


def _domains() -> list[dict[str, Any]]:
    from layoutgan.core import registry
    from layoutgan.domains.domain import domain_of

    return [{"name": name, "title": domain_of(name).title} for name in registry.names("domain")]


def _kinds() -> list[dict[str, Any]]:
    from layoutgan.core import registry
    from layoutgan.domains.domain import domain_of

    return [{"domain": name, "kind": kind}
            for name in registry.names("domain") for kind in domain_of(name).kinds]


def _entries(what: str) -> list[dict[str, Any]]:
    """Names and first lines of documentation of what is registered; a broken entry says why."""
    from layoutgan.core import registry
    from layoutgan.errors import LayoutError

    rows = []
    for name in registry.names(what):
        try:
            found = registry.find(what, name)
            title = getattr(found, "title", "") or str(found.__doc__ or "").strip()
            about = str(title).split("\n")[0].rstrip(".")
        except LayoutError as error:
            about = f"broken: {error}"
        rows.append({"name": name, "title": about})
    return rows


_ROWS: dict[Listed, Callable[[], list[dict[str, Any]]]] = {
    Listed.rules: _rules,
    Listed.packs: _packs,
    Listed.domains: _domains,
    Listed.kinds: _kinds,
    Listed.exporters: lambda: _entries("exporter"),
    Listed.datasets: lambda: _entries("dataset"),
    Listed.models: lambda: _entries("model"),
}
