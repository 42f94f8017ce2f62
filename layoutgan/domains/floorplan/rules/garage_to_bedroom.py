"""Doors between a garage and a bedroom."""

from __future__ import annotations

from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.rules.least import kinds_of
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["garage_to_bedroom"]


@rule("FP114", each=Door, source=Source("IRC", "2021", "R302.5.1"))
def garage_to_bedroom(door: Door, context: Context) -> Judgement:
    """Door from a garage straight into a sleeping room.

    The clause has not been read by us, so this is a warning.

    Example:
        >>> plan = drawn("ab", scale=3.0, a="garage", b="bedroom", doors=[{"between": "ab"}])
        >>> [f.elements for f in check(plan, [garage_to_bedroom]).findings]
        [('door-a-b', 'a', 'b')]
    """
    if "garage" not in kinds_of(door, context):
        return SKIP
    if "bedroom" not in kinds_of(door, context):
        return None
    return found(
        f"{door.id} leads from a garage into a bedroom.",
        door.id,
        *door.between,
        where=door.shape,
        remedy="Put a hall between them, or leave the door out.",
    )
