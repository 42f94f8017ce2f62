"""Stores of ethylene oxide near each other."""

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
    DECREE_1997,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["oxide_tanks_close"]


@rule("PI212", each=Equipment, source=DECREE_1997, severity=Severity.WARNING)
def oxide_tanks_close(item: Equipment, context: Context, *, distance: Metres = 2.0) -> Judgement:
    """Tank of ethylene oxide near another one.

    Args:
        distance: least distance [m].

    Example:
        >>> plan = drawn({"tank": "T-1", "box": [0, 0, 4, 4], "service": "Ethylene oxide"},
        ...     {"tank": "T-2", "box": [5, 0, 9, 4], "service": "Ethylene oxide"})
        >>> [f.measured for f in check(plan, [oxide_tanks_close]).findings]
        [1.0]
    """

    def holds(one: Equipment) -> bool:
        return one.kind == "tank" and "ethylene oxide" in one.service.lower()

    pairs = [(o, d) for o, d in later(item, context) if holds(item) and holds(o)]
    if not pairs:
        return SKIP
    return [
        found(
            f"The ethylene oxide tanks {item.id} and {other.id} stand {near:.2f} m apart.",
            item.id,
            other.id,
            where=shapely.shortest_line(item.shape, other.shape),
            measured=near,
            limit=distance,
            remedy="Move them apart.",
        )
        for other, near in pairs
        if below(near, distance)
    ]
