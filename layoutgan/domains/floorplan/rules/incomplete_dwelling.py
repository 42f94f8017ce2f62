"""Dwellings without one of the rooms that GB 50096 asks for."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["incomplete_dwelling"]


@rule("FP501", each=Layout, source=Source("GB 50096", "2011", "5.1.1", verified=True))
def incomplete_dwelling(layout: Layout, context: Context) -> Judgement:
    """Dwelling without a bedroom, living room, kitchen or bathroom.

    A bedroom may double as the living room, so that a dwelling with only one of the two passes.

    Example:
        >>> plan = drawn("ab", a="bedroom", b="bathroom")
        >>> [f.message for f in check(plan, [incomplete_dwelling]).findings]
        ['The dwelling has no kitchen.']
    """
    kinds = {room.kind for room in context.of(Room)}
    if not kinds:
        return SKIP
    missing = [name for name in ("kitchen", "bathroom") if name not in kinds]
    if not kinds & {"bedroom", "living_room"}:
        missing.insert(0, "bedroom or living room")
    return [
        found(f"The dwelling has no {name}.", measured=0, limit=1, remedy=f"Add 1 {name}.")
        for name in missing
    ]
