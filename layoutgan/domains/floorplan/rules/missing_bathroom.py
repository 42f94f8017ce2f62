"""Dwellings without a bathroom."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["missing_bathroom"]


@rule("FP116", each=Layout, source=Source("IRC", "2021", "R306", verified=True))
def missing_bathroom(layout: Layout, context: Context) -> Judgement:
    """Dwelling without a bathroom.

    Each dwelling needs a WC, a basin, and a tub or shower; a room of kind bathroom has them.

    Example:
        >>> check(drawn("ab", a="living_room", b="toilet"), [missing_bathroom]).findings[0].message
        'The dwelling has no bathroom.'
    """
    if not context.of(Room):
        return SKIP
    if any(room.kind == "bathroom" for room in context.of(Room)):
        return None
    return found("The dwelling has no bathroom.", measured=0, limit=1, remedy="Add 1 bathroom.")
