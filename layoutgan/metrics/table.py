"""Figures of several sets side by side, as text and as JSON."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

__all__ = ["Row", "Table"]

TINY = 1e-9
"""What is left of a zero after sums of areas, and printed as 0."""


@dataclass(frozen=True)
class Row:
    """One figure of each set; NaN where it cannot be said."""

    name: str
    values: tuple[float, ...]
    section: str = ""


@dataclass(frozen=True)
class Table:
    """Figures of sets, one column each."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    """How to read it: versions, sizes, what is paired with what."""

    def text(self) -> str:
        """The table as aligned plain text; rows about which nothing can be said are left out."""
        rows = [row for row in self.rows if not all(math.isnan(v) for v in row.values)]
        width = max((len(r.name) for r in rows), default=4) + 2
        wide = [max(len(c), 10) + 2 for c in self.columns]
        lines = [" " * width + "".join(f"{c:>{w}}" for c, w in zip(self.columns, wide, strict=True))]
        section = ""
        for row in rows:
            if row.section != section:
                section = row.section
                lines += ["", section]
            cells = ("-" if math.isnan(v) else f"{0.0 if abs(v) < TINY else v:.4g}" for v in row.values)
            lines.append(
                f"  {row.name:<{width - 2}}" + "".join(f"{c:>{w}}" for c, w in zip(cells, wide, strict=True))
            )
        return "\n".join([*lines, *([""] if self.notes else []), *self.notes])

    def figures(self) -> dict[str, dict[str, float | None]]:
        """Figures by set and name, as they stand in JSON; unknown ones are null."""
        return {
            column: {r.name: None if math.isnan(r.values[i]) else float(r.values[i]) for r in self.rows}
            for i, column in enumerate(self.columns)
        }

    def document(self) -> dict[str, Any]:
        """What JSON output holds: the figures of each set, and the notes."""
        return {**self.figures(), "notes": list(self.notes)}
