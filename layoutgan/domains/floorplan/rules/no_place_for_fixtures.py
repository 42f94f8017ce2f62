"""Bathrooms in which the usual fixtures do not fit."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import clears
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.furnishing import Piece, furnished
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["no_place_for_fixtures"]


@rule("FP911", each=Room, source=Source("good practice"), severity=Severity.WARNING)
def no_place_for_fixtures(
    room: Room, context: Context, *, closet: Metres = 0.76, basin: Metres = 0.55, shower: Metres = 0.8
) -> Judgement:
    """Bathroom that does not hold a water closet, a basin and a shower; toilet without closet and basin.

    Each fixture stands with its back to a wall and has floor before it: 0.7 m deep and 0.53 m before the
    closet, 0.4 and 0.5 m at the basin, a square and 0.5 m at the shower. Leaves of doors and 0.6 m behind
    doors are kept free.

    Args:
        closet: width that the water closet takes [m].
        basin: width of the basin [m].
        shower: side of the shower [m].

    Example:
        >>> plan = drawn("aa", scale=1.0, a="bathroom")
        >>> [f.elements for f in check(plan, [no_place_for_fixtures]).findings]
        [('a',)]
    """
    if room.kind not in ("bathroom", "toilet"):
        return SKIP
    pieces = [Piece("water closet", closet, 0.7, 0.53), Piece("basin", basin, 0.4, 0.5)]
    if room.kind == "bathroom":
        pieces.append(Piece("shower", shower, shower, 0.5))
    if furnished(context, room.id, pieces) is not None:
        return None
    names = ", ".join(piece.name for piece in pieces)
    return found(
        f"{room.id} has no place for: {names}.",
        room.id,
        where=clears(context)[room.id],
        remedy="Enlarge it, move its door, or let the door open outwards.",
    )
