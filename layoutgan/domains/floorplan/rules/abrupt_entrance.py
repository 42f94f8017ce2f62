"""Front doors that open into a private room."""

from __future__ import annotations

from layoutgan.domains.floorplan.derived import rooms
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.rules.least import front_doors
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["abrupt_entrance"]


@rule("FP905", each=Door, source=Source("good practice"), severity=Severity.WARNING)
def abrupt_entrance(door: Door, context: Context) -> Judgement:
    """Front door that opens straight into a bedroom, bathroom or another private room.

    Example:
        >>> plan = drawn("a", scale=3.0, a="bathroom", doors=[{"between": ["a", "outside"]}])
        >>> [f.elements for f in check(plan, [abrupt_entrance]).findings]
        [('entrance', 'a')]
    """
    if door not in front_doors(context):
        return SKIP
    room = next((end for end in door.between if end in rooms(context)), None)
    if room is None or not kind(rooms(context)[room].kind).private or rooms(context)[room].kind == "garage":
        return None
    return found(
        f"{door.id} opens into {room} ({rooms(context)[room].kind.replace('_', ' ')}).",
        door.id,
        room,
        where=door.shape,
        remedy="Let it open into a hall or the living room.",
    )
