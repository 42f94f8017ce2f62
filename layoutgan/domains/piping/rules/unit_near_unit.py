"""Plots near a neighbouring process unit."""

from __future__ import annotations

import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    equipment,
)
from layoutgan.domains.piping.elements import (
    KeepOut,
)
from layoutgan.domains.piping.rules.sources import (
    SPACING_PAGE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["unit_near_unit"]


@rule("PI203", each=KeepOut, source=SPACING_PAGE)
def unit_near_unit(area: KeepOut, context: Context, *, distance: Metres = 30.0) -> Judgement:
    """Neighbouring process unit near this one's equipment.

    Args:
        distance: least distance [m]; 15 m between integrated units.

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1]},
        ...     {"keep_out": "U-2", "kind": "unit", "box": [22, 0, 40, 9]})
        >>> [f.measured for f in check(plan, [unit_near_unit]).findings]
        [20.0]
    """
    items = context.once(equipment)
    if area.kind != "unit" or not items:
        return SKIP
    nearest = min(items, key=lambda item: item.shape.distance(area.shape))
    near = float(nearest.shape.distance(area.shape))
    if not below(near, distance):
        return None
    return found(
        f"The neighbouring unit {area.id} is {near:.2f} m away from {nearest.id}.",
        area.id,
        nearest.id,
        where=shapely.shortest_line(nearest.shape, area.shape),
        measured=near,
        limit=distance,
        remedy="Leave that side of the plot free.",
    )
