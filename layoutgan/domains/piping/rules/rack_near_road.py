"""Racks at the edge of roads."""

from __future__ import annotations

import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Rack,
    Road,
)
from layoutgan.domains.piping.rules.sources import (
    SH3012,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["rack_near_road"]


@rule("PI322", each=Rack, source=SH3012)
def rack_near_road(rack: Rack, context: Context, *, gap: Metres = 1.0) -> Judgement:
    """Rack that runs along a road and too near to its edge; a rack that crosses a road is not judged.

    Args:
        gap: least distance from the rack's edge to the road's edge [m].

    Example:
        >>> plan = drawn({"rack": "PR-1", "line": [[0, 10], [30, 10]], "width": 6.0},
        ...     {"road": "R-1", "box": [0, 0, 30, 6.5]})
        >>> [f.measured for f in check(plan, [rack_near_road]).findings]
        [0.5]
    """
    roads = [r for r in context.layout.of(Road) if r.kind != "walkway" and not r.shape.intersects(rack.shape)]
    if not roads:
        return SKIP
    return [
        found(
            f"{rack.id} runs {near:.2f} m beside the road {road.id}.",
            rack.id,
            road.id,
            where=shapely.shortest_line(rack.shape, road.shape),
            measured=near,
            limit=gap,
            remedy="Move the rack away from the road.",
        )
        for road in roads
        if below(near := float(rack.shape.distance(road.shape)), gap)
    ]
