"""Doors that the brief asks for and the plan lacks."""

from __future__ import annotations

from layoutgan.domains.floorplan.brief import Adjacency
from layoutgan.domains.floorplan.derived import contacts, passages, rooms
from layoutgan.domains.floorplan.elements import Door, Wall
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["missing_door"]


@rule("FP016", each=Adjacency)
def missing_door(adjacency: Adjacency, context: Context) -> Judgement:
    """Door or opening that the brief asks for and the plan lacks.

    A plan of bare rooms, without any wall or door, is not judged: its doors are still to come.

    Example:
        >>> plan = drawn("abc", scale=2.0, a="bedroom", b="corridor", c="bathroom", doors=[{"between": "ab"}],
        ...     brief={"adjacencies": [{"between": ["a", "b"]}, {"between": ["b", "c"]}]})
        >>> [f.elements for f in check(plan, [missing_door]).findings]
        [('b', 'c')]
    """
    one, two = adjacency.between
    if adjacency.kind not in ("door", "open") or not {one, two} <= rooms(context).keys():
        return SKIP
    if not context.of(Door) and not context.of(Wall):
        return SKIP
    if any(way.to == two for way in passages(context, one)):
        return None
    shared = contacts(context).between(one, two)
    what = "an opening" if adjacency.kind == "open" else "a door"
    remedy = (
        f"Put {what} into their {shared:.2f} m of shared wall."
        if shared >= 0.7
        else (f"Lengthen their shared wall from {shared:.2f} m to at least 1.00 m and put {what} into it.")
    )
    return found(
        f"The brief asks for {what} between {one} and {two}, and there is none.",
        one,
        two,
        where=rooms(context)[one].shape.boundary.intersection(rooms(context)[two].shape.boundary),
        remedy=remedy,
    )
