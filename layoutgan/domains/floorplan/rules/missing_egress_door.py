"""Dwellings without a side-hinged door to the outside."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.rules.least import front_doors
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["missing_egress_door"]


@rule("FP107", each=Layout, source=Source("IRC", "2021", "R311.2", verified=True))
def missing_egress_door(layout: Layout, context: Context) -> Judgement:
    """Dwelling without a side-hinged egress door.

    At least one door with a leaf must lead from the dwelling to the outside; sliding doors do not count.
    Plans without doors are not judged.

    Example:
        >>> way_out = {"between": ["a", "outside"], "kind": "sliding"}
        >>> plan = drawn("a", scale=3.0, a="living_room", doors=[way_out])
        >>> check(plan, [missing_egress_door]).errors
        1
    """
    if not context.of(Door):
        return SKIP
    if any(door.opens_into is not None for door in front_doors(context)):
        return None
    return found(
        "No side-hinged door leads to the outside.",
        measured=0,
        limit=1,
        remedy="Add 1 front door with a leaf of at least 0.81 m clear width.",
    )
