"""Doors that open into a corridor."""

from __future__ import annotations

from layoutgan.domains.floorplan.derived import rooms
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.rules.least import kinds_of
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["leaf_in_corridor"]


@rule("FP907", each=Door, source=Source("good practice"), severity=Severity.WARNING)
def leaf_in_corridor(door: Door, context: Context) -> Judgement:
    """Leaf that opens into a hall or corridor, where people walk.

    Closets and stores may be too small for a leaf, so their doors pass.

    Example:
        >>> plan = drawn("ab", scale=2.0, a="corridor", b="bedroom", doors=[{"between": "ab", "into": "a"}])
        >>> [f.elements for f in check(plan, [leaf_in_corridor]).findings]
        [('door-a-b', 'a')]
    """
    if door.opens_into is None or "outside" in door.between or door.opens_into not in rooms(context):
        return SKIP
    if kinds_of(door, context) & {"closet", "storage"}:
        return SKIP
    into = rooms(context)[door.opens_into].kind
    if into not in ("corridor", "entrance") or kinds_of(door, context) <= {"corridor", "entrance"}:
        return None
    return found(
        f"{door.id} opens into {door.opens_into}.",
        door.id,
        door.opens_into,
        where=door.shape,
        remedy=f"Let its {door.shape.length:.2f} m leaf open into the room.",
    )
