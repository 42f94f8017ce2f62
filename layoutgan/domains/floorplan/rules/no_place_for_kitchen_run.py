"""Kitchens without walls for cupboards."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import clears
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.furnishing import Piece, furnished
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["no_place_for_kitchen_run"]


@rule("FP912", each=Room, source=Source("good practice"), severity=Severity.WARNING)
def no_place_for_kitchen_run(
    room: Room, context: Context, *, run: Metres = 2.4, depth: Metres = 0.6, before: Metres = 0.9
) -> Judgement:
    """Kitchen without a run of units along its walls, in one piece or in two.

    Units are 0.6 m deep with 0.9 m of floor before them. Leaves of doors and 0.6 m behind doors are kept
    free; windows are not looked at, because units stand below them.

    Args:
        run: length of the units [m].
        depth: of the units [m].
        before: free floor in front of them [m].

    Example:
        >>> plan = drawn("a", scale=1.4, a="kitchen")
        >>> [f.elements for f in check(plan, [no_place_for_kitchen_run]).findings]
        [('a',)]
    """
    if room.kind != "kitchen":
        return SKIP
    half = Piece("half of the units", run / 2, depth, before)
    for pieces in ([Piece("units", run, depth, before)], [half, half]):
        if furnished(context, room.id, pieces) is not None:
            return None
    return found(
        f"{room.id} has no walls for {run:.2f} m of kitchen units.",
        room.id,
        where=clears(context)[room.id],
        limit=run,
        remedy="Lengthen a wall without doors, or move a door towards a corner.",
    )
