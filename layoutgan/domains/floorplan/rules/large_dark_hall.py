"""Halls and dining rooms without a window that are too large for it."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.derived import clear_area, glazing
from layoutgan.domains.floorplan.elements import Room, Window
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["large_dark_hall"]


@rule("FP512", each=Room, source=Source("GB 50096", "2011", verified=True), severity=Severity.WARNING)
def large_dark_hall(room: Room, context: Context, *, max_area: SquareMetres = 10.0) -> Judgement:
    """Hall or dining room without a window that is larger than 10 m².

    (Clause 5.2.4; we read the limit, not the clause's number.)

    Args:
        max_area: largest clear floor without a window [m²].

    Example:
        >>> plan = drawn("ab", scale=3.5, a="dining_room", b="bedroom", windows=[{"room": "b"}])
        >>> [(f.elements, f.measured) for f in check(plan, [large_dark_hall]).findings]
        [(('a',), 12.25)]
    """
    if room.kind not in ("dining_room", "corridor", "entrance") or not context.of(Window):
        return SKIP
    area = clear_area(context, room.id)
    if glazing(context, room.id) > 0 or area <= max_area + 1e-6:
        return None
    return found(
        f"{room.id} has {area:.2f} m² and no window.",
        room.id,
        where=room.shape,
        measured=area,
        limit=max_area,
        remedy=f"Give it a window, or make it smaller by {area - max_area:.2f} m².",
    )
