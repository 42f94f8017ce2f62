"""Fired heaters near flammable equipment."""

from __future__ import annotations

import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    distances,
    equipment,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.domains.piping.rules.sources import (
    SPACING_PAGE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["heater_near_process"]


@rule("PI202", each=Equipment, source=SPACING_PAGE)
def heater_near_process(item: Equipment, context: Context, *, distance: Metres = 15.0) -> Judgement:
    """Fired heater near equipment that holds something flammable.

    Args:
        distance: least distance, edge to edge [m]; 22.5 m where vessels are entered.

    Example:
        >>> plan = drawn({"heater": "H-1", "box": [0, 0, 6, 6]}, {"pump": "P-1", "box": [16, 0, 18, 1]})
        >>> [f.measured for f in check(plan, [heater_near_process]).findings]
        [10.0]
    """
    if item.kind != "heater":
        return SKIP
    places, apart = context.once(distances)
    others = [o for o in context.once(equipment) if o.hazardous and o.kind != "heater"]
    if not others:
        return SKIP
    return [
        found(
            f"The fired heater {item.id} stands {near:.2f} m from {other.id}.",
            item.id,
            other.id,
            where=shapely.shortest_line(item.shape, other.shape),
            measured=near,
            limit=distance,
            remedy="Move the heater up-wind and away.",
        )
        for other in others
        if below(near := float(apart[places[item.id], places[other.id]]), distance)
    ]
