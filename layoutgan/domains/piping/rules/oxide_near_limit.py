"""Stores of ethylene oxide near the property line."""

from __future__ import annotations

import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.domains.piping.rules.sources import (
    DECREE_1997,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["oxide_near_limit"]


@rule("PI211", each=Equipment, source=DECREE_1997, severity=Severity.WARNING)
def oxide_near_limit(item: Equipment, context: Context, *, distance: Metres = 30.0) -> Judgement:
    """Tank of ethylene oxide near the battery limit.

    Args:
        distance: least distance [m]; 15 m for insulated tanks, 10 m for buried ones.

    Example:
        >>> plan = drawn({"tank": "T-1", "box": [10, 45, 14, 49], "service": "Ethylene oxide"},
        ...     boundary=[[0, 0], [99, 0], [99, 99], [0, 99]])
        >>> [f.measured for f in check(plan, [oxide_near_limit]).findings]
        [10.0]
    """
    boundary = context.layout.boundary
    if boundary is None or item.kind != "tank" or "ethylene oxide" not in item.service.lower():
        return SKIP
    near = float(boundary.exterior.distance(item.shape))
    if not below(near, distance):
        return None
    return found(
        f"The ethylene oxide tank {item.id} stands {near:.2f} m from the battery limit.",
        item.id,
        where=shapely.shortest_line(item.shape, boundary.exterior),
        measured=near,
        limit=distance,
        remedy="Move it inwards, or insulate or bury it and set the limit for that.",
    )
