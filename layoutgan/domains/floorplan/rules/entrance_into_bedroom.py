"""Primary entrances that open into a bedroom."""

from __future__ import annotations

from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.rules.least import front_doors, kinds_of
from layoutgan.domains.floorplan.seams import OUTSIDE
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["entrance_into_bedroom"]


@rule("FP308", each=Door, source=Source("ICC A117.1", "2003", "1002.3.1", verified=True))
def entrance_into_bedroom(door: Door, context: Context) -> Judgement:
    """Front door that opens into a bedroom.

    Example:
        >>> plan = drawn("a", scale=3.0, a="bedroom", doors=[{"between": ["a", "outside"]}])
        >>> [f.elements for f in check(plan, [entrance_into_bedroom]).findings]
        [('entrance', 'a')]
    """
    if door not in front_doors(context):
        return SKIP
    if "bedroom" not in kinds_of(door, context):
        return None
    room = next(end for end in door.between if end != OUTSIDE)
    return found(
        f"{door.id} opens into the bedroom {room}.",
        door.id,
        room,
        where=door.shape,
        remedy="Let it open into a hall or the living room.",
    )
