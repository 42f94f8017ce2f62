"""Rows that are no rows."""

from __future__ import annotations

import numpy as np
import shapely

from layoutgan.core.layout import Layout
from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
    equipment,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["crooked_row"]


@rule("PI114", each=Layout, severity=Severity.WARNING)
def crooked_row(layout: Layout, context: Context, *, offset: Metres = 0.01) -> Judgement:
    """Items of one row that do not stand on a common centre-line.

    Args:
        offset: most that a centre may be off the row's line [m].

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1], "row": "a"},
        ...     {"pump": "P-2", "box": [4, 3, 6, 4], "row": "a"})
        >>> [f.elements for f in check(plan, [crooked_row]).findings]
        [('P-1', 'P-2')]
    """
    rows: dict[str, list[Equipment]] = {}
    for item in context.once(equipment):
        if item.row:
            rows.setdefault(item.row, []).append(item)
    judged = {name: items for name, items in rows.items() if len(items) > 1}
    if not judged:
        return SKIP
    findings = []
    for name, items in judged.items():
        centres = np.asarray([item.shape.centroid.coords[0] for item in items])
        spread = (centres.max(axis=0) - centres.min(axis=0)) / 2
        off = float(spread.min())
        if above(off, offset):
            findings.append(
                found(
                    f"The items of row {name} stand up to {off:.2f} m off a common centre-line.",
                    *(item.id for item in items),
                    where=shapely.LineString(centres),
                    measured=off,
                    limit=offset,
                    remedy="Align their centres, or take them out of the row.",
                )
            )
    return findings
