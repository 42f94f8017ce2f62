"""Balconies and gardens without open air."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import Facade, facades
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["buried_balcony"]


@rule("FP034", each=Room)
def buried_balcony(room: Room, context: Context, *, min_facade: Metres = 0.80) -> Judgement:
    """Balcony or garden that does not touch the outside.

    Measured is its longest straight piece of outline, party walls left out; courtyards are outside.

    Args:
        min_facade: piece of outline that it needs [m].

    Example:
        >>> plan = drawn('''
        ... bbb
        ... bab
        ... bbb
        ... ''', scale=2.0, a="balcony", b="living_room")
        >>> [(f.elements, f.measured) for f in check(plan, [buried_balcony]).findings]
        [(('a',), 0.0)]
    """
    if not kind(room.kind).outdoor or context.layout.boundary is None:
        return SKIP
    length = facades(context).get(room.id, Facade(0.0, 0.0)).outline
    if length >= min_facade - 1e-6:
        return None
    return found(
        f"{room.id} touches the outside along {length:.2f} m.",
        room.id,
        where=room.shape,
        measured=length,
        limit=min_facade,
        remedy=f"Bring it to the outline along at least {min_facade:.2f} m.",
    )
