"""``layoutgan rule FP009``: the manual page of a rule."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated

import typer

from layoutgan.cli.terminal import ResultFormat, columns, result

if TYPE_CHECKING:
    from layoutgan.validation.rule import Rule

__all__ = ["rule"]


def rule(
    code: Annotated[str, typer.Argument(help="Code or name of the rule, such as FP009 or cramped_room.")],
    form: Annotated[ResultFormat, typer.Option("--format", help="How to print it.")] = ResultFormat.text,
) -> int:
    """Print the manual page of a rule.

    What it judges, its limits, its source, and an example.
    """
    from layoutgan.cli.listing import packs_by_rule
    from layoutgan.errors import UnknownName

    known = {one.code: (one, packs) for one, packs in packs_by_rule()}
    names = {one.name: one.code for one, _ in known.values()}
    wanted = code.upper() if code.upper() in known else names.get(code.lower(), "")
    if wanted not in known:
        raise UnknownName("rule", code, [*known, *names])
    one, packs = known[wanted]
    result(_json(one, packs) if form is ResultFormat.json else _page(one, packs))
    return 0


def _page(one: Rule, packs: tuple[str, ...]) -> str:
    parts = [f"{one.code}  {one.name}\n{one.title}", columns((
        ("severity", str(one.severity)), ("judges", f"each {one.each.__name__.lower()}"),
        ("packs", ", ".join(packs)), ("source", str(one.source))))]
    if one.limits:
        parts.append("limits\n" + columns(
            (f"  {x.name}", f"{x.default:g} {x.unit}".strip(), x.doc) for x in one.limits))
        code, name, value = one.code, one.limits[0].name, f"{one.limits[0].default:g}"
        parts.append(f"to change a limit, write rules: {{{code}: {{{name}: {value}}}}} into the brief, "
                     f"or check --set {code}.{name}={value}")
    rest = one.doc.strip().partition("\n")[2].strip("\n")
    # The limits stand in the table above already.
    rest = re.sub(r"^Args:\n(?:[ \t]+.*\n?|\n(?=[ \t]))*\n?", "", rest, flags=re.MULTILINE).strip("\n")
    return "\n\n".join([*parts, rest] if rest else parts)


def _json(one: Rule, packs: tuple[str, ...]) -> str:
    return json.dumps({
        "code": one.code, "name": one.name, "title": one.title, "severity": str(one.severity),
        "each": one.each.__name__, "packs": list(packs), "source": one.source.model_dump(),
        "limits": [{"name": x.name, "default": x.default, "unit": x.unit, "doc": x.doc} for x in one.limits],
        "doc": one.doc,
    }, ensure_ascii=False, indent=1)
