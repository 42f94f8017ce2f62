"""Main railways near process equipment."""

from __future__ import annotations

import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    equipment,
)
from layoutgan.domains.piping.elements import (
    Road,
)
from layoutgan.domains.piping.rules.sources import (
    SPACING_PAGE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["railway_near_unit"]


@rule("PI205", each=Road, source=SPACING_PAGE)
def railway_near_unit(road: Road, context: Context, *, distance: Metres = 60.0) -> Judgement:
    """Main railway line near equipment that holds something flammable.

    Args:
        distance: least distance [m]; a siding (``open: false``) is not judged.

    Example:
        >>> plan = drawn({"road": "RW", "kind": "rail", "box": [32, 0, 36, 99], "open": True},
        ...     {"vessel": "V-1", "box": [0, 0, 2, 2]})
        >>> [f.measured for f in check(plan, [railway_near_unit]).findings]
        [30.0]
    """
    items = [item for item in context.once(equipment) if item.hazardous]
    if road.kind != "rail" or not road.open or not items:
        return SKIP
    nearest = min(items, key=lambda item: item.shape.distance(road.shape))
    near = float(nearest.shape.distance(road.shape))
    if not below(near, distance):
        return None
    return found(
        f"The railway {road.id} passes {near:.2f} m from {nearest.id}.",
        road.id,
        nearest.id,
        where=shapely.shortest_line(nearest.shape, road.shape),
        measured=near,
        limit=distance,
        remedy="Leave that side of the plot free.",
    )
