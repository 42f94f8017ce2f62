"""Flares near process equipment."""

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

__all__ = ["flare_near_process"]


@rule("PI207", each=Equipment, source=PETROCHEM)
def flare_near_process(
    item: Equipment, context: Context, *, distance: Metres = 61.0, reach: Metres = 132.0
) -> Judgement:
    """Flare near an open process area; a high flare may stand nearer.

    Args:
        distance: least distance of any flare [m].
        reach: least sum of distance and height of the flare [m].

    Example:
        >>> plan = drawn({"flare": "FL", "box": [0, 0, 4, 4], "flare_height": 40.0},
        ...     {"pump": "P-1", "box": [84, 0, 86, 1]})
        >>> [(f.measured, f.limit) for f in check(plan, [flare_near_process]).findings]
        [(80.0, 92.0)]
    """
    others = [o for o in context.once(equipment) if o.kind not in {"flare", "building", "control_room"}]
    if item.kind != "flare" or not others:
        return SKIP
    height = item.flare_height if item.flare_height is not None else item.top
    limit = max(distance, reach - height)
    return [
        found(
            f"The flare {item.id}, {height:.0f} m high, stands {near:.2f} m from {other.id}.",
            item.id,
            other.id,
            where=shapely.shortest_line(item.shape, other.shape),
            measured=near,
            limit=limit,
            remedy="Move the flare away, or make it higher.",
        )
        for other in others
        if below(near := float(item.shape.distance(other.shape)), limit)
    ]
