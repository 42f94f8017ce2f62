"""Spaces that should share a wall and do not."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.brief import Adjacency
from layoutgan.domains.floorplan.derived import contacts, rooms
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["missing_contact"]


@rule("FP015", each=Adjacency)
def missing_contact(adjacency: Adjacency, context: Context, *, min_wall: Metres = 0.50) -> Judgement:
    """Spaces that the brief wants side by side, without a shared wall.

    Measured is the longest straight wall that the two rooms share. Meeting at a corner is no contact, and
    pieces of wall around a corner do not add up, because no door fits into them.

    Args:
        min_wall: shared wall that an adjacency needs [m]; a door needs its own width at least.

    Example:
        >>> plan = drawn('''
        ... ab
        ... ca
        ... ''', a="living_room", b="bedroom", c="kitchen", brief={
        ...     "spaces": [{"id": i, "kind": "other"} for i in ("a", "b", "c")],
        ...     "adjacencies": [{"between": ["b", "c"], "kind": "adjacent"}]})
        >>> [(f.elements, f.measured) for f in check(plan, [missing_contact]).findings]
        [(('b', 'c'), 0.0)]
    """
    one, two = adjacency.between
    if adjacency.kind == "never" or not {one, two} <= rooms(context).keys():
        return SKIP
    limit = max(min_wall, adjacency.width or 0.0)
    shared = contacts(context).between(one, two)
    if shared >= limit - 1e-6:
        return None
    return found(
        f"{one} and {two} share {shared:.2f} m of wall.",
        one,
        two,
        where=rooms(context)[one].shape.union(rooms(context)[two].shape),
        measured=shared,
        limit=limit,
        remedy=f"Bring them together along at least {limit:.2f} m of straight wall.",
    )
