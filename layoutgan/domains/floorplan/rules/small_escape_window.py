"""Bedroom windows too small to climb out of."""

from __future__ import annotations

from layoutgan.core.schema import Metres, SquareMetres
from layoutgan.domains.floorplan.derived import open_air, passages
from layoutgan.domains.floorplan.elements import Room, Window
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["small_escape_window"]


@rule("FP105", each=Room, source=Source("IRC", "2021", "R310.2", verified=True))
def small_escape_window(
    room: Room,
    context: Context,
    *,
    min_area: SquareMetres = 0.53,
    min_width: Metres = 0.508,
    min_height: Metres = 0.61,
) -> Judgement:
    """Bedroom without a window that is large enough to climb out of.

    At least one window must have 5.7 square feet of clear opening, 20 inches of width and 24 inches of
    height. The whole window is taken as the opening, which is the most it can be; casements come close,
    sashes open by half.

    Args:
        min_area: least clear opening [m²]; 0.465 at grade.
        min_width: least clear width [m].
        min_height: least clear height [m].

    Example:
        >>> plan = drawn("a", scale=3.0, a="bedroom", windows=[{"room": "a", "width": 0.4}])
        >>> [(f.elements, round(f.measured, 2)) for f in check(plan, [small_escape_window]).findings]
        [(('a', 'window-a-1'), 0.48)]
    """
    windows = [window for window in context.of(Window) if window.room == room.id]
    if room.kind != "bedroom" or not windows:
        return SKIP
    if any(way.to in open_air(context) for way in passages(context, room.id)):
        return None
    sizes = [(w.shape.length * (w.head - w.sill), w.shape.length, w.head - w.sill) for w in windows]
    least = (min_area, min_width, min_height)
    if any(all(has >= need - 1e-6 for has, need in zip(size, least, strict=True)) for size in sizes):
        return None
    area, width, height = max(sizes)
    name = windows[sizes.index((area, width, height))].id
    return found(
        f"The largest window of {room.id} is {width:.2f} m wide and {height:.2f} m high.",
        room.id,
        name,
        where=room.shape,
        measured=area,
        limit=min_area,
        remedy=f"Make it {min_width:.2f} m wide, {min_height:.2f} m high and {min_area:.2f} m² large.",
    )
