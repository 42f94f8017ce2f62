"""Open roads near the battery limit."""

from __future__ import annotations

import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Road,
)
from layoutgan.domains.piping.rules.sources import (
    SPACING_PAGE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["open_road_near_limit"]


@rule("PI204", each=Road, source=SPACING_PAGE, severity=Severity.WARNING)
def open_road_near_limit(road: Road, context: Context, *, distance: Metres = 15.0) -> Judgement:
    """Road with traffic from outside that passes near the battery limit.

    Args:
        distance: least distance [m].

    Example:
        >>> plan = drawn({"road": "R-1", "box": [0, 14, 50, 20], "open": True},
        ...     boundary=[[0, 0], [10, 0], [10, 10], [0, 10]])
        >>> [f.measured for f in check(plan, [open_road_near_limit]).findings]
        [4.0]
    """
    boundary = context.layout.boundary
    if boundary is None or not road.open or road.kind not in {"main", "secondary", "access"}:
        return SKIP
    near = float(boundary.distance(road.shape))
    if not below(near, distance):
        return None
    return found(
        f"The open road {road.id} passes {near:.2f} m from the battery limit.",
        road.id,
        where=shapely.shortest_line(boundary, road.shape),
        measured=near,
        limit=distance,
        remedy="Close the road to outside traffic, or move the battery limit.",
    )
