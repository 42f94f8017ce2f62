"""Dwellings without one large room."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.derived import clear_area, rooms
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import LIVED_IN
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["no_large_room"]


@rule("FP203", each=Layout, source=Source("IBC", "2021", "1208.3", verified=True), severity=Severity.WARNING)
def no_large_room(layout: Layout, context: Context, *, min_area: SquareMetres = 11.15) -> Judgement:
    """Dwelling in which no habitable room has 120 square feet.

    Args:
        min_area: least clear floor of the largest room [m²].

    Example:
        >>> plan = drawn("ab", scale=3.0, a="living_room", b="bedroom")
        >>> [f.measured for f in check(plan, [no_large_room]).findings]
        [9.0]
    """
    areas = [(round(clear_area(context, r.id), 4), r.id) for r in context.of(Room) if r.kind in LIVED_IN]
    if not areas:
        return SKIP
    area, name = max(areas)
    if area >= min_area - 1e-6:
        return None
    return found(
        f"The largest room, {name}, has {area:.2f} m².",
        name,
        where=rooms(context)[name].shape,
        measured=area,
        limit=min_area,
        remedy=f"Enlarge it by {min_area - area:.2f} m² to {min_area:.2f} m².",
    )
