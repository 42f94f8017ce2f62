"""Bedrooms and other private rooms that people must walk through."""

from __future__ import annotations

from layoutgan.domains.floorplan.derived import reached, rooms, without
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.seams import OUTSIDE
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["private_passage"]

_OWN = {
    "bedroom": {"bathroom", "toilet", "closet", "balcony", "outdoor", "storage", "laundry"},
    "study": {"bathroom", "toilet", "closet", "balcony", "outdoor", "storage"},
    "closet": {"bathroom", "toilet", "closet"},
    "bathroom": {"bathroom", "toilet", "closet", "laundry", "balcony"},
    "laundry": {"bathroom", "storage", "toilet", "balcony", "outdoor", "garage"},
    "storage": {"storage", "closet"},
    "garage": {"storage", "laundry", "closet"},
    "balcony": {"balcony", "outdoor", "storage"},
    "outdoor": {"balcony", "outdoor", "storage", "garage"},
}
"""Rooms that may lie behind a private room, because they belong to it."""


@rule("FP024", each=Room)
def private_passage(room: Room, context: Context) -> Judgement:
    """Private room that is the only way to another room.

    Nobody should have to walk through a bedroom, bathroom or store to get somewhere else. A bedroom may be
    the only way to its own bathroom, closet or balcony.

    Example:
        >>> plan = drawn("abc", scale=3.0, a="corridor", b="bedroom", c="bedroom",
        ...     doors=[{"between": "ab"}, {"between": "bc"}, {"between": ["a", "outside"]}])
        >>> [f.elements for f in check(plan, [private_passage]).findings]
        [('b', 'c')]
    """
    if not kind(room.kind).private or room.id not in reached(context):
        return SKIP
    lost = reached(context) - without(context, frozenset({room.id})) - {room.id, OUTSIDE}
    behind = sorted(name for name in lost if rooms(context)[name].kind not in _OWN.get(room.kind, set()))
    if not behind:
        return None
    others = " and ".join(behind)
    return found(
        f"{room.id} ({room.kind.replace('_', ' ')}) is the only way to {others}.",
        room.id,
        *behind,
        where=room.shape,
        remedy=f"Give {others} a door to a hall or the living room.",
    )
