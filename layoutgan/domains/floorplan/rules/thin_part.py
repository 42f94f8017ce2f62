"""Parts of rooms too thin to be of use."""

from __future__ import annotations

from layoutgan.core.geometry import largest_part
from layoutgan.core.schema import Metres, SquareMetres
from layoutgan.domains.floorplan.derived import clears
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
    floor = clears(context)[room.id]
    x0, y0, x1, y1 = floor.bounds if not floor.is_empty else (0.0, 0.0, 0.0, 0.0)
    if len(floor.exterior.coords) == 5 and min(x1 - x0, y1 - y0) >= width and not floor.interiors:
        return None
    half = width / 2 - 1e-6
    reached = floor.buffer(-half, join_style="mitre").buffer(half + 1e-5, join_style="mitre")
    rest = floor.difference(reached)
    if rest.area <= max_area:
        return None
    return found(
        f"{rest.area:.2f} m² of {room.id} are thinner than {width:.2f} m.",
        room.id,
        where=largest_part(rest),
        measured=rest.area,
        limit=max_area,
        remedy=f"Straighten the wall and give the {rest.area:.2f} m² to the room beside it.",
    )
