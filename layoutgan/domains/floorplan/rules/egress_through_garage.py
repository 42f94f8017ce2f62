"""Dwellings that can only be left through the garage."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.derived import reached, rooms, without
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["egress_through_garage"]


@rule("FP110", each=Layout, source=Source("IRC", "2021", "R311.2", verified=True))
def egress_through_garage(layout: Layout, context: Context) -> Judgement:
    """Dwelling whose only way out leads through a garage.

    The egress door must be reached without walking through a garage.

    Example:
        >>> plan = drawn("ab", scale=3.0, a="garage", b="living_room",
        ...     doors=[{"between": ["a", "outside"]}, {"between": "ab"}])
        >>> [f.elements for f in check(plan, [egress_through_garage]).findings]
        [('a',)]
    """
    garages = frozenset(room.id for room in context.of(Room) if room.kind == "garage")
    indoor = {room.id for room in context.of(Room) if room.id not in garages}
    if not garages or not reached(context) & indoor:
        return SKIP
    if without(context, garages) & indoor:
        return None
    names = sorted(garages & reached(context))
    return found(
        "Every way out leads through a garage.",
        *names,
        where=rooms(context)[names[0]].shape,
        remedy="Add 1 front door that opens into a hall or the living room.",
    )
