"""Rooms from which the way out is longer than the building code allows."""

from __future__ import annotations

import math

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.walking import CLEARANCE, exit_distances
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["long_egress"]


@rule("FP208", each=Room, source=Source("IBC", "2021", "1006.2.1"), severity=Severity.WARNING)
def long_egress(
    room: Room, context: Context, *, max_distance: Metres = 38.1, clearance: Metres = CLEARANCE
) -> Judgement:
    """Room whose farthest corner is more than 125 feet from the front door.

    Measured is the shortest way on which the middle of a person keeps the clearance from all walls and
    columns, through doors and openings, to the middle of the nearest front door. Furniture is not in the
    plan.

    Args:
        max_distance: longest way out [m].
        clearance: of the middle of a person from walls [m].

    Example:
        >>> doors = [{"between": ["a", "outside"], "at": [0, 1]}]
        >>> plan = drawn("aaaaaaaaaaaaaaaaaaaaaa", scale=2.0, a="corridor", doors=doors)
        >>> [(f.elements, round(f.measured)) for f in check(plan, [long_egress]).findings]
        [(('a',), 44)]
    """
    distance = exit_distances(context, clearance).get(room.id, math.inf)
    if not math.isfinite(distance):
        return SKIP  # what cannot be reached at all is another rule's matter
    if distance <= max_distance + 1e-6:
        return None
    return found(
        f"The way from {room.id} to the front door is {distance:.1f} m long.",
        room.id,
        where=room.shape,
        measured=distance,
        limit=max_distance,
        remedy=f"Shorten it by {distance - max_distance:.1f} m, or give the plan another front door.",
    )
