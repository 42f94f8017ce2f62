"""Habitable rooms with less glass than the IRC asks."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.floorplan.derived import clear_area, glazing
from layoutgan.domains.floorplan.elements import Room, Window
from layoutgan.domains.floorplan.rules.least import LIVED_IN
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["dim_room"]


@rule("FP103", each=Room, source=Source("IRC", "2021", "R303.1", verified=True), severity=Severity.WARNING)
def dim_room(room: Room, context: Context, *, min_glazing: Ratio = 0.08) -> Judgement:
    """Habitable room with less glass than 8 % of its floor.

    Windows and sliding doors to the open air count with their full area. Artificial light and ventilation
    may replace them, which a plan does not show; so this is a warning.

    Args:
        min_glazing: glass for the clear floor [-].

    Example:
        >>> plan = drawn("a", scale=4.0, a="bedroom", windows=[{"room": "a", "width": 1.0}])
        >>> [(f.elements, round(f.measured, 3)) for f in check(plan, [dim_room]).findings]
        [(('a',), 0.075)]
    """
    if room.kind not in LIVED_IN or not context.of(Window):
        return SKIP
    share = glazing(context, room.id)
    if share >= min_glazing - 1e-6:
        return None
    missing = (min_glazing - share) * clear_area(context, room.id)
    return found(
        f"The glass of {room.id} is {share:.1%} of its floor.",
        room.id,
        where=room.shape,
        measured=share,
        limit=min_glazing,
        remedy=f"Add {missing:.2f} m² of window.",
    )
