"""Pumps without room between them."""

from __future__ import annotations

import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    later,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.domains.piping.rules.sources import (
    LAYOUT_TABLE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["pumps_too_close"]


@rule("PI304", each=Equipment, source=LAYOUT_TABLE)
def pumps_too_close(item: Equipment, context: Context, *, gap: Metres = 0.9) -> Judgement:
    """Pumps whose extremities leave no room for a person, spares of one set included.

    Args:
        gap: least clear distance [m].

    Example:
        >>> plan = drawn({"pump": "P-1A", "box": [0, 0, 2, 1]}, {"pump": "P-1B", "box": [0, 1.5, 2, 2.5]})
        >>> [f.measured for f in check(plan, [pumps_too_close]).findings]
        [0.5]
    """
    pairs = [(o, d) for o, d in later(item, context) if item.kind == o.kind == "pump"]
    if not pairs:
        return SKIP
    return [
        found(
            f"The pumps {item.id} and {other.id} stand {near:.2f} m apart.",
            item.id,
            other.id,
            where=shapely.shortest_line(item.shape, other.shape),
            measured=near,
            limit=gap,
            remedy="Move them apart.",
        )
        for other, near in pairs
        if below(near, gap)
    ]
