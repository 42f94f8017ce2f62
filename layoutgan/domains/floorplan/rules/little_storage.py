"""Dwellings with less storage than the nationally described space standard."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.derived import clear_area
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.bed_spaces import bed_spaces
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["little_storage"]


@rule(
    "FP402",
    each=Layout,
    source=Source("Nationally described space standard", "2015", verified=True),
    severity=Severity.WARNING,
)
def little_storage(layout: Layout, context: Context, *, min_area: SquareMetres = 0.0) -> Judgement:
    """Dwelling with less built-in storage than the standard asks for its bedrooms.

    Closets and stores count with their clear floor.

    Args:
        min_area: least storage [m²]; 0 takes the table of the standard.

    Example:
        >>> plan = drawn("abc", scale=3.0, a="bedroom", b="living_room", c="bathroom")
        >>> [(f.measured, f.limit) for f in check(plan, [little_storage]).findings]
        [(0.0, 1.0)]
    """
    beds = bed_spaces(context)
    if beds.bedrooms == 0:
        return SKIP
    usual = {1: 1.0 if beds.persons == 1 else 1.5, 2: 2.0, 3: 2.5, 4: 3.0, 5: 3.5}.get(beds.bedrooms, 4.0)
    limit = min_area or usual
    area = sum(clear_area(context, r.id) for r in context.of(Room) if r.kind in ("storage", "closet"))
    if area >= limit - 1e-6:
        return None
    return found(
        f"The dwelling has {area:.2f} m² of storage for {beds.bedrooms} bedrooms.",
        measured=float(area),
        limit=limit,
        remedy=f"Add {limit - area:.2f} m² of stores or closets.",
    )
