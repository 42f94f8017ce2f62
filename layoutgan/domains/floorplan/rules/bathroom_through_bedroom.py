"""Plans whose bathrooms all lie behind bedrooms."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.derived import reached, without
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["bathroom_through_bedroom"]


@rule("FP025", each=Layout)
def bathroom_through_bedroom(layout: Layout, context: Context) -> Judgement:
    """Plan in which every bathroom lies behind a bedroom or study.

    Guests and everybody who sleeps elsewhere need one bathroom or toilet that can be reached without
    walking through somebody's bedroom.

    Example:
        >>> plan = drawn("abc", scale=3.0, a="living_room", b="bedroom", c="bathroom",
        ...     doors=[{"between": "ab"}, {"between": "bc"}, {"between": ["a", "outside"]}])
        >>> [f.elements for f in check(plan, [bathroom_through_bedroom]).findings]
        [('c',)]
    """
    rooms = context.of(Room)
    wet = [r.id for r in rooms if r.kind in ("bathroom", "toilet")]
    if not wet or not reached(context) & set(wet):
        return SKIP
    slept_in = frozenset(r.id for r in rooms if r.kind in ("bedroom", "study"))
    if without(context, slept_in) & set(wet):
        return None
    return found(
        "Every bathroom can only be reached through a bedroom.",
        *wet,
        where=next(r.shape for r in rooms if r.id == wet[0]),
        remedy=f"Give one of {', '.join(wet)} a door to a hall or the living room.",
    )
