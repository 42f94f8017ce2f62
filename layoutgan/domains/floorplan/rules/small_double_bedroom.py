"""Main bedrooms smaller than GB 50096 asks for two persons."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.derived import clear_area
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_area
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["small_double_bedroom"]


@rule("FP503", each=Layout, source=Source("GB 50096", "2011", "5.2.1", verified=True))
def small_double_bedroom(
    layout: Layout, context: Context, *, min_area: SquareMetres = 9.0, min_combined: SquareMetres = 12.0
) -> Judgement:
    """Main bedroom smaller than 9 m².

    The largest bedroom is taken as the one for two persons. A bedroom that doubles as the living room
    needs 12 m².

    Args:
        min_area: least clear floor [m²].
        min_combined: least clear floor without a separate living room [m²].

    Example:
        >>> plan = drawn("ab", scale=2.5, a="bedroom", b="living_room")
        >>> [(f.elements, f.measured) for f in check(plan, [small_double_bedroom]).findings]
        [(('a',), 6.25)]
    """
    bedrooms = [room for room in context.of(Room) if room.kind == "bedroom"]
    if not bedrooms:
        return SKIP
    largest = max(bedrooms, key=lambda room: (round(clear_area(context, room.id), 4), room.id))
    combined = not any(room.kind == "living_room" for room in context.of(Room))
    return least_area(largest, context, min_combined if combined else min_area)
