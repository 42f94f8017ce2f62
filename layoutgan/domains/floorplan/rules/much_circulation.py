"""Plans that spend much floor on halls and corridors."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.core.schema import Ratio
from layoutgan.domains.floorplan.derived import clear_area, rooms
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["much_circulation"]


@rule("FP909", each=Layout, source=Source("good practice"), severity=Severity.WARNING)
def much_circulation(layout: Layout, context: Context, *, max_share: Ratio = 0.18) -> Judgement:
    """Plan that spends much of its floor on halls and corridors.

    Args:
        max_share: share of the indoor clear floor [-].

    Example:
        >>> plan = drawn("aab", scale=2.0, a="bedroom", b="corridor")
        >>> [round(f.measured, 2) for f in check(plan, [much_circulation]).findings]
        [0.33]
    """
    indoor = [room for room in context.of(Room) if not kind(room.kind).outdoor]
    walked = [room.id for room in indoor if room.kind in ("corridor", "entrance")]
    total = sum(clear_area(context, room.id) for room in indoor)
    if not walked or total <= 0:
        return SKIP
    area = sum(clear_area(context, name) for name in walked)
    if area / total <= max_share + 1e-9:
        return None
    return found(
        f"{area:.1f} of {total:.1f} m² are halls and corridors.",
        *walked,
        where=rooms(context)[walked[0]].shape,
        measured=float(area / total),
        limit=max_share,
        remedy=f"Shorten or narrow them by {area - max_share * total:.1f} m².",
    )
