"""Windows smaller than GB 50096 asks for the floor."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.floorplan.derived import clear_area, glazing
from layoutgan.domains.floorplan.elements import Room, Window
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["small_window"]


@rule(
    "FP511", each=Room, source=Source("GB 50096", "2011", "7.1.5", verified=True), severity=Severity.WARNING
)
def small_window(room: Room, context: Context, *, min_ratio: Ratio = 0.1429) -> Judgement:
    """Bedroom, living room or kitchen with less window than a seventh of its floor.

    Args:
        min_ratio: window for the clear floor [-].

    Example:
        >>> plan = drawn("a", scale=4.0, a="bedroom", windows=[{"room": "a"}])
        >>> [(f.elements, round(f.measured, 3)) for f in check(plan, [small_window]).findings]
        [(('a',), 0.09)]
    """
    if room.kind not in ("bedroom", "living_room", "kitchen") or not context.of(Window):
        return SKIP
    share = glazing(context, room.id)
    if share >= min_ratio - 1e-6:
        return None
    return found(
        f"The windows of {room.id} are {share:.1%} of its floor.",
        room.id,
        where=room.shape,
        measured=share,
        limit=min_ratio,
        remedy=f"Add {(min_ratio - share) * clear_area(context, room.id):.2f} m² of window.",
    )
