"""Spaces that must not share a wall and do."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.brief import Adjacency
from layoutgan.domains.floorplan.derived import contacts, rooms
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["forbidden_contact"]


@rule("FP017", each=Adjacency)
def forbidden_contact(adjacency: Adjacency, context: Context, *, max_wall: Metres = 0.0) -> Judgement:
    """Spaces that the brief keeps apart, with a shared wall.

    Measured is the longest straight wall that the two rooms share; meeting at a corner passes.

    Args:
        max_wall: longest shared wall that passes [m].

    Example:
        >>> plan = drawn("ab", scale=2.0, a="bathroom", b="kitchen", brief={
        ...     "adjacencies": [{"between": ["a", "b"], "kind": "never"}]})
        >>> [(f.elements, f.measured) for f in check(plan, [forbidden_contact]).findings]
        [(('a', 'b'), 2.0)]
    """
    one, two = adjacency.between
    if adjacency.kind != "never" or not {one, two} <= rooms(context).keys():
        return SKIP
    shared = contacts(context).between(one, two)
    if shared <= max_wall + 1e-6:
        return None
    return found(
        f"{one} and {two} share {shared:.2f} m of wall, which the brief rules out.",
        one,
        two,
        where=rooms(context)[one].shape.boundary.intersection(rooms(context)[two].shape.boundary),
        measured=shared,
        limit=max_wall,
        remedy=f"Put another room between them along {shared:.2f} m.",
    )
