"""Judges a layout by rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from layoutgan.core import registry
from layoutgan.core.brief import Brief
from layoutgan.core.layout import Layout
from layoutgan.errors import InputError, UnknownName
from layoutgan.validation.report import Report, Tally
from layoutgan.validation.rule import SKIP, Context, Finding, Pack, Rule

__all__ = ["check", "limits_for", "pack", "rules_of"]

Limits = Mapping[str, Mapping[str, float]]


def pack(name: str) -> Pack:
    """The rule pack of that name.

    Raises:
        UnknownName: there is none.
    """
    found = registry.find("rulepack", name)
    if not isinstance(found, Pack):
        raise UnknownName("rulepack", name, registry.names("rulepack"))
    return found


def rules_of(packs: Iterable[str]) -> tuple[Rule, ...]:
    """The rules of several packs, each once, sorted by code."""
    rules = {r.code: r for name in packs for r in pack(name).rules}
    return tuple(rules[code] for code in sorted(rules))


def limits_for(rules: Iterable[Rule], limits: Limits) -> dict[str, dict[str, float]]:
    """Limits that differ from the rules' own, checked.

    Raises:
        InputError: a rule has no such limit, or a value is not a number.
    """
    known = {r.code: {limit.name for limit in r.limits} for r in rules}
    for code, values in limits.items():
        for name, value in values.items():
            if code in known and name not in known[code]:
                has = ", ".join(sorted(known[code])) or "none"
                raise InputError(f"rule {code} has no limit '{name}'; it has: {has}",
                                 place=f"rules.{code}.{name}")
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise InputError(f"a limit must be a number, found {value!r}", place=f"rules.{code}.{name}")
    return {code: dict(values) for code, values in limits.items() if code in known}


def check(layout: Layout, rules: Iterable[Rule], *, brief: Brief | None = None, limits: Limits | None = None,
          packs: Iterable[str] = ()) -> Report:
    """The report of a layout judged by rules.

    Args:
        layout: what is judged.
        rules: by these, in this order.
        brief: what it should answer; by default the brief inside the layout.
        limits: limits that differ from the rules' own, by rule code and name; they win over the brief's.
        packs: names for the report.
    """
    rules = tuple(rules)
    context = Context(layout, brief)
    own = context.brief.rules.limits() if context.brief is not None else {}
    merged: dict[str, dict[str, Any]] = limits_for(rules, own)
    for code, values in limits_for(rules, limits or {}).items():
        merged.setdefault(code, {}).update(values)
    packs = tuple(packs)
    members = _membership(packs)
    findings: list[Finding] = []
    tallies: list[Tally] = []
    for one in rules:
        judged, failed, more = _judge(one, context, merged.get(one.code, {}))
        findings += more
        tallies.append(_tally(one, members.get(one.code, ()), judged, failed, merged.get(one.code, {})))
    return Report.model_construct(layoutgan=1, layout=layout.name, packs=packs, findings=tuple(findings),
                                  tallies=tuple(tallies), waived=(), known=0, notes=())


def _tally(one: Rule, packs: tuple[str, ...], judged: int, failed: int,
           limits: Mapping[str, float]) -> Tally:
    """The tally of one rule; the same few come up for each candidate, so the rule keeps them."""
    key = (packs, judged, failed)
    if not limits and key in one.tallies:
        return one.tallies[key]  # type: ignore[no-any-return]  # the rule stands below the report
    made = Tally.model_construct(
        rule=one.code, name=one.name, title=one.title, severity=one.severity, source=str(one.source),
        verified=one.source.verified, packs=packs, judged=judged, passed=judged - failed, failed=failed,
        limits={limit.name: limit.default for limit in one.limits} | dict(limits), skipped=judged == 0)
    if not limits:
        one.tallies[key] = made
    return made


@cache
def _membership(packs: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The packs of each rule code, of those named."""
    found: dict[str, tuple[str, ...]] = {}
    for name in packs:
        for one in pack(name).rules:
            found[one.code] = (*found.get(one.code, ()), name)
    return found


def _judge(one: Rule, context: Context, limits: Mapping[str, float]) -> tuple[int, int, list[Finding]]:
    """How many items were judged, how many failed, and the findings."""
    judged = failed = 0
    findings: list[Finding] = []
    for item in context.items(one.each):
        answer = one.judge(item, context, **limits)
        if answer is SKIP:
            continue
        judged += 1
        if answer is None:
            continue
        new = [answer] if isinstance(answer, Finding) else list(answer)  # type: ignore[arg-type]  # no SKIP here
        failed += bool(new)
        findings += [one.stamped(f) for f in new]
    return judged, failed, findings
