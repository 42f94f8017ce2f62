"""Control rooms near process equipment."""

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
    UNREAD,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["control_room_near_process"]


@rule("PI206", each=Equipment, source=UNREAD)
def control_room_near_process(item: Equipment, context: Context, *, distance: Metres = 60.96) -> Judgement:
    """Control room near equipment that holds something flammable.

    Args:
        distance: least distance [m], as used in published layout models.

    Example:
        >>> plan = drawn({"control_room": "CR", "box": [0, 0, 6, 6]}, {"pump": "P-1", "box": [46, 0, 48, 1]})
        >>> [f.measured for f in check(plan, [control_room_near_process]).findings]
        [40.0]
    """
    others = [o for o in context.once(equipment) if o.hazardous]
    if item.kind != "control_room" or not others:
        return SKIP
    return [
        found(
            f"The control room {item.id} stands {near:.2f} m from {other.id}.",
            item.id,
            other.id,
            where=shapely.shortest_line(item.shape, other.shape),
            measured=near,
            limit=distance,
            remedy="Move the control room out of the unit, or design it for blast.",
        )
        for other in others
        if below(near := float(item.shape.distance(other.shape)), distance)
    ]
