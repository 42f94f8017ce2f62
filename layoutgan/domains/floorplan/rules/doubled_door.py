"""Second doors between the same two rooms."""

from __future__ import annotations

from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.seams import OUTSIDE
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["doubled_door"]


@rule("FP030", each=Door, severity=Severity.WARNING)
def doubled_door(door: Door, context: Context) -> Judgement:
    """Second door between the same two rooms.

    One door is enough; another one costs wall that furniture needs.

    Example:
        >>> plan = drawn("ab", scale=3.0, a="corridor", b="living_room", doors=[
        ...     {"between": "ab", "at": [3, 0.6]}, {"between": "ab", "at": [3, 2.2], "id": "second"}])
        >>> [f.elements for f in check(plan, [doubled_door]).findings]
        [('second', 'door-a-b')]
    """
    if OUTSIDE in door.between:
        return SKIP
    for other in context.of(Door):
        if other is door:
            return None
        if set(other.between) == set(door.between):
            one, two = sorted(door.between)
            return found(
                f"{door.id} is a second door between {one} and {two}.",
                door.id,
                other.id,
                where=door.shape,
                remedy=f"Leave out {door.id} and gain {door.shape.length:.2f} m of wall.",
            )
    return None
