"""Exchangers without room between them."""

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
    UHDE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["exchangers_too_close"]


@rule("PI309", each=Equipment, source=UHDE)
def exchangers_too_close(item: Equipment, context: Context, *, gap: Metres = 0.9) -> Judgement:
    """Exchangers side by side without room for a person, unless stacked by declaration.

    Args:
        gap: least clear distance [m].

    Example:
        >>> plan = drawn({"exchanger": "E-1", "box": [0, 0, 6, 1]},
        ...     {"exchanger": "E-2", "box": [0, 1.5, 6, 2.5]})
        >>> [f.measured for f in check(plan, [exchangers_too_close]).findings]
        [0.5]
    """
    kinds = {"exchanger", "plate_exchanger"}
    pairs = [(o, d) for o, d in later(item, context) if item.kind in kinds and o.kind in kinds]
    pairs = [(o, d) for o, d in pairs if item.above != o.id and o.above != item.id]
    if not pairs:
        return SKIP
    return [
        found(
            f"The exchangers {item.id} and {other.id} stand {near:.2f} m apart.",
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
