"""Dwellings with less usable area than GB 50096 asks."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.derived import clear_area
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["little_usable_area"]


@rule("FP502", each=Layout, source=Source("GB 50096", "2011", "5.1.2", verified=True))
def little_usable_area(
    layout: Layout, context: Context, *, min_area: SquareMetres = 30.0, min_combined: SquareMetres = 22.0
) -> Judgement:
    """Dwelling with less usable area than 30 m².

    22 m² are enough where a bedroom doubles as the living room. Usable area is the clear floor of all
    rooms but balconies and gardens.

    Args:
        min_area: least usable area [m²].
        min_combined: least usable area without a separate living room [m²].

    Example:
        >>> plan = drawn("ab", scale=3.0, a="bedroom", b="living_room")
        >>> [(f.measured, f.limit) for f in check(plan, [little_usable_area]).findings]
        [(18.0, 30.0)]
    """
    rooms = [room for room in context.of(Room) if not kind(room.kind).outdoor]
    kinds = {room.kind for room in rooms}
    if not kinds & {"bedroom", "living_room"}:
        return SKIP
    limit = min_area if {"bedroom", "living_room"} <= kinds else min_combined
    area = sum(clear_area(context, room.id) for room in rooms)
    if area >= limit - 1e-6:
        return None
    return found(
        f"The dwelling has {area:.2f} m² of usable area.",
        measured=float(area),
        limit=limit,
        remedy=f"Enlarge it by {limit - area:.2f} m² to {limit:.0f} m².",
    )
