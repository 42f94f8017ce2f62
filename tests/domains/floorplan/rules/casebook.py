"""Reads the tables of rule cases: sketches that must pass, fail, stand at a limit, or be skipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import shapely
import yaml

from layoutgan.core.layout import Connection, Layout
from layoutgan.domains.floorplan.elements import ELEMENTS, Room
from layoutgan.domains.floorplan.sketches import drawn
from layoutgan.validation.check import check, rules_of
from layoutgan.validation.report import Report
from layoutgan.validation.rule import Rule

CASES = Path(__file__).parent / "cases"
RULES: dict[str, Rule] = {}


def rules() -> dict[str, Rule]:
    """Floor-plan and universal rules by code."""
    if not RULES:
        from layoutgan.core.registry import names

        RULES.update({r.code: r for r in rules_of(names("rulepack")) if r.code.startswith(("FP", "LG"))})
    return RULES


@dataclass(frozen=True)
class Case:
    """One row of a table."""

    code: str
    outcome: str
    values: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.code}-{self.outcome}-{self.values['name']}".replace(" ", "_")

    def layout(self) -> Layout:
        """The plan that the row describes."""
        v = self.values
        plan = drawn(v["plan"], scale=v.get("scale", 1.0), doors=v.get("doors", ()),
                     windows=v.get("windows", ()), brief=v.get("brief"), done=v.get("done", False),
                     **v["kinds"])
        more = [ELEMENTS[e["type"]].model_validate(e) for e in v.get("also", ())]
        more += [
            Room.model_construct(id=name, kind="bedroom", shape=shapely.from_wkt(text), name="", locked=False)
            for name, text in v.get("wkt", {}).items()]
        without, kind = v.get("without", ()), v.get("without_kind")
        keep = [e for e in plan.elements if e.id not in without and e.kind != kind]
        changes = {"elements": (*keep, *more)}
        if "boundary" in v:
            changes["boundary"] = Layout(domain="floorplan", boundary=v["boundary"]).boundary
        if "connections" in v:
            changes["connections"] = tuple(Connection.model_validate(c) for c in v["connections"])
        return Layout.model_construct(**{n: getattr(plan, n) for n in Layout.model_fields} | changes)

    def report(self, layout: Layout | None = None, limits: dict[str, float] | None = None) -> Report:
        """The report of the row's rule alone."""
        limits = self.values.get("set", {}) if limits is None else limits
        return check(layout or self.layout(), [rules()[self.code]], limits={self.code: limits})


@cache
def _table(path: Path) -> dict[str, Any]:
    table = yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert set(table) <= {"pass", "fail", "limit", "skip"}, path.name
    return table


def cases(*outcomes: str) -> Sequence[Case]:
    """All rows with one of the outcomes."""
    return [Case(path.stem, outcome, values) for path in sorted(CASES.glob("*.yaml"))
            for outcome in outcomes for values in _table(path).get(outcome, ())]
