"""Egress doors lower than the IRC asks."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.rules.least import front_doors
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["low_egress_door"]


@rule("FP109", each=Layout, source=Source("IRC", "2021", "R311.2", verified=True))
def low_egress_door(layout: Layout, context: Context, *, min_height: Metres = 1.981) -> Judgement:
    """Dwelling whose front doors are all lower than 78 inches.

    Args:
        min_height: least clear height [m].

    Example:
        >>> door = Door(id="e", kind="entrance", between=("a", "outside"), shape=[[1, 0], [1.9, 0]],
        ...             thickness=0.1, opens_into="a", height=1.9)
        >>> plan = drawn("a", scale=3.0, a="living_room", also=[door])
        >>> [(f.elements, f.measured) for f in check(plan, [low_egress_door]).findings]
        [(('e',), 1.9)]
    """
    doors = [door for door in front_doors(context) if door.opens_into is not None]
    if not doors:
        return SKIP
    tallest = max(doors, key=lambda d: (d.height, d.id))
    if tallest.height >= min_height - 1e-6:
        return None
    return found(
        f"{tallest.id} is {tallest.height:.2f} m high.",
        tallest.id,
        where=tallest.shape,
        measured=tallest.height,
        limit=min_height,
        remedy=f"Raise its head by {min_height - tallest.height:.2f} m.",
    )
