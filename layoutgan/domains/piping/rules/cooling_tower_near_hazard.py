"""Cooling towers near hazardous equipment."""

from __future__ import annotations

import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    equipment,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.domains.piping.rules.sources import (
    PETROCHEM,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["cooling_tower_near_hazard"]


@rule("PI209", each=Equipment, source=PETROCHEM)
def cooling_tower_near_hazard(item: Equipment, context: Context, *, distance: Metres = 30.0) -> Judgement:
    """Cooling tower near equipment that holds something flammable: its air carries leaks.

    Args:
        distance: least distance [m].

    Example:
        >>> plan = drawn({"cooling_tower": "CT", "box": [0, 0, 9, 9]},
        ...     {"vessel": "V-1", "box": [29, 0, 31, 2]})
        >>> [f.measured for f in check(plan, [cooling_tower_near_hazard]).findings]
        [20.0]
    """
    others = [o for o in context.once(equipment) if o.hazardous]
    if item.kind != "cooling_tower" or not others:
        return SKIP
    return [
        found(
            f"The cooling tower {item.id} stands {near:.2f} m from {other.id}.",
            item.id,
            other.id,
            where=shapely.shortest_line(item.shape, other.shape),
            measured=near,
            limit=distance,
            remedy="Move the cooling tower down-wind and away.",
        )
        for other in others
        if below(near := float(item.shape.distance(other.shape)), distance)
    ]
