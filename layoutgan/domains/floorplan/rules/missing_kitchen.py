"""Dwellings without a kitchen."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["missing_kitchen"]


@rule("FP115", each=Layout, source=Source("IRC", "2021", "R306", verified=True))
def missing_kitchen(layout: Layout, context: Context) -> Judgement:
    """Dwelling without a kitchen.

    Each dwelling needs a kitchen area with a sink.

    Example:
        >>> check(drawn("ab", a="living_room", b="bathroom"), [missing_kitchen]).findings[0].message
        'The dwelling has no kitchen.'
    """
    if not context.of(Room):
        return SKIP
    if any(room.kind == "kitchen" for room in context.of(Room)):
        return None
    return found("The dwelling has no kitchen.", measured=0, limit=1, remedy="Add 1 kitchen.")
