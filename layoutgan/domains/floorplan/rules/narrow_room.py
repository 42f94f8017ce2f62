"""Habitable rooms narrower than the IRC asks."""

from __future__ import annotations

from layoutgan.core.schema import Metres, SquareMetres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import LIVED_IN, least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["narrow_room"]


@rule("FP101", each=Room, source=Source("IRC", "2021", "R304.2", verified=True))
def narrow_room(
    room: Room, context: Context, *, min_width: Metres = 2.134, min_area: SquareMetres = 6.5
) -> Judgement:
    """Habitable room too narrow to furnish.

    No horizontal dimension may be less than 7 feet. Measured is the largest square that can be moved over
    the area that the room needs; for a rectangle that is its shorter side, and alcoves do not help.
    Kitchens are exempt.

    Args:
        min_width: least clear width [m].
        min_area: area over which it is measured [m²].

    Example:
        >>> plan = drawn('''
        ... aaab
        ... aaab
        ... ''', scale=1.0, a="bedroom", b="bathroom")
        >>> [(f.elements, f.measured, f.limit) for f in check(plan, [narrow_room]).findings]
        [(('a',), 2.0, 2.134)]
    """
    if room.kind not in LIVED_IN:
        return SKIP
    return least_width(room, context, min_width, min_area)
