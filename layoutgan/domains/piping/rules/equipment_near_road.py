"""Equipment at the edge of plant roads."""

from __future__ import annotations

import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Equipment,
    Road,
)
from layoutgan.domains.piping.rules.sources import (
    LAYOUT_TABLE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["equipment_near_road"]


@rule("PI320", each=Equipment, source=LAYOUT_TABLE)
def equipment_near_road(
    item: Equipment, context: Context, *, shoulder: Metres = 1.5, gap: Metres = 1.5
) -> Judgement:
    """Equipment nearer to a main or secondary road than its shoulder and the room beside it.

    Args:
        shoulder: width of the road's shoulder [m].
        gap: least distance from the shoulder to equipment [m].

    Example:
        >>> plan = drawn({"road": "R-1", "kind": "main", "box": [0, 0, 50, 6]},
        ...     {"pump": "P-1", "box": [0, 8, 2, 9]})
        >>> [f.measured for f in check(plan, [equipment_near_road]).findings]
        [2.0]
    """
    roads = [r for r in context.layout.of(Road) if r.kind in {"main", "secondary"}]
    if not roads:
        return SKIP
    limit = shoulder + gap
    return [
        found(
            f"{item.id} stands {near:.2f} m from the edge of the {road.kind} road {road.id}.",
            item.id,
            road.id,
            where=shapely.shortest_line(item.shape, road.shape),
            measured=near,
            limit=limit,
            remedy="Move it away from the road.",
        )
        for road in roads
        if below(near := float(item.shape.distance(road.shape)), limit)
    ]
