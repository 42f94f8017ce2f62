"""What somebody asks of a process plant."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationInfo, model_validator

from layoutgan.core.brief import Brief, Programme
from layoutgan.domains.piping.inputs.tables import read_equipment, read_lines, read_nozzles
from layoutgan.domains.piping.items import EquipmentItem, LineItem, SpacingItem
from layoutgan.domains.piping.plant import Plant, plant_of
from layoutgan.domains.piping.programme import programme_of
from layoutgan.domains.piping.site import PlantSite

__all__ = ["PipingBrief"]

MAX_EQUIPMENT = 400
"""Most items of one brief [-]."""
MAX_LINES = 1500
"""Most lines of one brief [-]."""


class PipingBrief(Brief):
    """A brief for one process unit."""

    domain: Literal["piping"]
    site: PlantSite
    equipment: tuple[EquipmentItem, ...] = Field(min_length=1, max_length=MAX_EQUIPMENT)
    """Items, or ``{csv: FILE, nozzles: FILE}`` beside the brief."""
    lines: tuple[LineItem, ...] = Field(default=(), max_length=MAX_LINES)
    """Lines, or ``{csv: FILE}`` beside the brief."""
    spacing: tuple[SpacingItem, ...] = Field(default=(), max_length=2000)
    """Company distances that replace our defaults."""

    @model_validator(mode="before")
    @classmethod
    def _tables(cls, data: Any, info: ValidationInfo) -> Any:
        """Reads tables that stand beside the brief; their errors name the table's line."""
        if not isinstance(data, dict):
            return data
        filled = dict(data)
        folder = (info.context or {}).get("folder")
        if folder is None and any(isinstance(data.get(name), dict) for name in ("equipment", "lines")):
            raise ValueError("tables are read only for a brief that is a file; write the rows out")
        if isinstance(table := data.get("equipment"), dict):
            _only(table, {"csv", "nozzles"}, "equipment")
            rows = read_equipment(_beside(folder, table.get("csv"), "equipment.csv"), most=MAX_EQUIPMENT)
            if table.get("nozzles") is not None:
                rows = read_nozzles(_beside(folder, table["nozzles"], "equipment.nozzles"), rows)
            filled["equipment"] = list(rows)
        if isinstance(table := data.get("lines"), dict):
            _only(table, {"csv"}, "lines")
            filled["lines"] = list(read_lines(_beside(folder, table.get("csv"), "lines.csv"), most=MAX_LINES))
        return filled

    @model_validator(mode="after")
    def _consistent(self) -> PipingBrief:
        for what, names in (
            ("items of equipment", [e.tag for e in self.equipment]),
            ("lines", [line.number for line in self.lines]),
        ):
            twice = next((name for name, count in Counter(names).items() if count > 1), None)
            if twice is not None:
                raise ValueError(f"two {what} are called '{twice}'; names must differ")
        kinds = Counter(
            [
                *(e.tag for e in self.equipment),
                *(line.number for line in self.lines),
                *(t.id for t in self.site.terminals),
            ]
        )
        if clash := next((name for name, count in kinds.items() if count > 1), None):
            raise ValueError(f"'{clash}' names two things (equipment, line or terminal); names must differ")
        self._check_fixed()
        self.plant()  # ends of lines name things that exist
        return self

    def _check_fixed(self) -> None:
        outline = self.site.outline.buffer(1e-6)
        for item in self.equipment:
            if item.fixed is not None and not outline.covers(item.fixed.at):
                raise ValueError(f"the fixed place of '{item.tag}' lies beyond the outline")

    def plant(self) -> Plant:
        """The brief with defaults for what it leaves open, and the list of assumptions."""
        return plant_of(self)

    def programme(self) -> Programme:
        """Equipment and battery-limit points as nodes, lines as relations weighted by cost per metre."""
        return programme_of(self, self.plant())


def _only(table: dict[str, Any], known: set[str], field: str) -> None:
    if unknown := sorted(set(map(str, table)) - known):
        raise ValueError(f"{field}: a table has {' and '.join(sorted(known))}; no such field: '{unknown[0]}'")
    if "csv" not in table:
        raise ValueError(f"{field}: a table names its file, such as {{csv: {field}.csv}}")


def _beside(folder: Any, name: Any, field: str) -> Path:
    if not isinstance(name, str) or not name:
        raise ValueError(f"{field} must be the name of a CSV file, found {name!r}")
    path = Path(name)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(f"{field}: the table must stand beside the brief or below it, found {name!r}")
    return Path(folder) / path
