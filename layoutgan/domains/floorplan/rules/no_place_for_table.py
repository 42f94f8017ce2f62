"""Dwellings in which nobody can sit down at a table."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import floor_rectangles
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["no_place_for_table"]


@rule("FP913", each=Layout, source=Source("good practice"), severity=Severity.WARNING)
def no_place_for_table(
    _: Layout, context: Context, *, table_width: Metres = 0.8, table_length: Metres = 1.2, seat: Metres = 0.75
) -> Judgement:
    """Dwelling without a rectangle for a dining table and the chairs on both sides.

    Looked at are dining rooms, living rooms and kitchens: one of them must hold the table and a seat's
    depth along both long sides.

    Args:
        table_width: of the table [m].
        table_length: of the table [m].
        seat: floor that a chair takes beside the table [m].

    Example:
        >>> plan = drawn("aaa", scale=1.0, a="living_room")
        >>> len(check(plan, [no_place_for_table]).findings)
        1
    """
    candidates = [r for r in context.of(Room) if r.kind in ("dining_room", "living_room", "kitchen")]
    known = [floor for room in candidates if (floor := floor_rectangles(context, room.id)) is not None]
    if not known:
        return SKIP
    short, long = sorted((table_width + 2 * seat, table_length))
    sides = [sorted((x1 - x0, y1 - y0)) for floor in known for x0, y0, x1, y1 in floor.boxes]
    if any(a >= short - 1e-6 and b >= long - 1e-6 for a, b in sides):
        return None
    return found(
        f"No room has a place of {short:.2f} by {long:.2f} m for a table with chairs.",
        *(room.id for room in candidates),
        measured=max((a for a, b in sides if b >= long - 1e-6), default=0.0),
        limit=short,
        remedy=f"Widen the living or dining room to {short:.2f} by {long:.2f} m.",
    )
