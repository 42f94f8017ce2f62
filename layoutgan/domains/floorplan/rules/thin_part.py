"""Parts of rooms too thin to be of use."""

from __future__ import annotations

from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layoutgan.core.geometry import largest_part
from layoutgan.core.schema import Metres, SquareMetres
from layoutgan.domains.floorplan.derived import clears, floor_rectangles
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import Context, Judgement, Severity, found, rule

__all__ = ["thin_part"]


@rule("FP005", each=Room, severity=Severity.WARNING, unit="m²")
def thin_part(
    room: Room, context: Context, *, width: Metres = 0.30, max_area: SquareMetres = 0.05
) -> Judgement:
    """Part of a room too thin to be of use.

    Slivers come from walls that almost align. Nothing can stand in them and they cost floor, so the wall
    should be straightened. Measured is the clear floor that no square of the given width reaches.

    Args:
        width: parts narrower than this are slivers [m].
        max_area: sliver that passes [m²].

    Example:
        >>> plan = drawn('''
        ... aaaaaaaaaaaaabbbbbbb
        ... aaaaaaaaaaaaabbbbbbb
        ... aaaaaaaaaaaabbbbbbbb
        ... ''', scale=0.25, a="bedroom", b="bathroom")
        >>> [(f.elements, round(f.measured, 4)) for f in check(plan, [thin_part]).findings]
        [(('b',), 0.0625)]
    """
    floor = floor_rectangles(context, room.id)
    thin = floor.beyond(width) if floor is not None else _rest(clears(context)[room.id], width).area
    if thin <= max_area + 1e-9:
        return None
    return found(
        f"{thin:.2f} m² of {room.id} are thinner than {width:.2f} m.",
        room.id,
        where=largest_part(_rest(clears(context)[room.id], width)),
        measured=thin,
        limit=max_area,
        remedy=f"Straighten the wall and give the {thin:.2f} m² to the room beside it.",
    )


def _rest(floor: Polygon, width: float) -> BaseGeometry:
    """The floor that no square of the width reaches [m]."""
    half = width / 2 - 1e-6
    return floor.difference(floor.buffer(-half, join_style="mitre").buffer(half + 1e-5, join_style="mitre"))
