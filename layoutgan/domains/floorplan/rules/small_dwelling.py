"""Dwellings smaller than the nationally described space standard."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.rules.bed_spaces import bed_spaces, internal_area
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, found, rule

__all__ = ["small_dwelling"]


@rule("FP401", each=Layout, source=Source("Nationally described space standard", "2015", verified=True))
def small_dwelling(layout: Layout, context: Context, *, min_area: SquareMetres = 0.0) -> Judgement:
    """Dwelling with less gross internal area than its bedrooms and persons need, on one storey.

    A bedroom of 11.5 m² counts as a double, any other as a single. Combinations that the standard does not
    list are judged by the next smaller number of persons.

    Args:
        min_area: least gross internal area [m²]; 0 takes the table of the standard.

    Example:
        >>> plan = drawn("ab", scale=4.0, a="bedroom", b="living_room")
        >>> [(f.measured, f.limit) for f in check(plan, [small_dwelling]).findings]
        [(32.0, 50.0)]
    """
    beds = bed_spaces(context)
    options = [
        (persons, area)
        for (bedrooms, persons), area in _TABLE.items()
        if bedrooms == min(beds.bedrooms, 6) and persons <= beds.persons
    ]
    if not options:
        return SKIP
    limit = min_area or max(options)[1]
    area = internal_area(context)
    if area >= limit - 1e-6:
        return None
    what = f"{beds.bedrooms} bedrooms and {beds.persons} persons"
    return found(
        f"The dwelling has {area:.1f} m² for {what}.",
        *(room.id for room in (*beds.doubles, *beds.singles)),
        measured=area,
        limit=limit,
        remedy=f"Enlarge it by {limit - area:.1f} m² to {limit:.0f} m², or plan for fewer persons.",
    )


_TABLE = {
    (1, 1): 39.0,
    (1, 2): 50.0,
    (2, 3): 61.0,
    (2, 4): 70.0,
    (3, 4): 74.0,
    (3, 5): 86.0,
    (3, 6): 95.0,
    (4, 5): 90.0,
    (4, 6): 99.0,
    (4, 7): 108.0,
    (4, 8): 117.0,
    (5, 6): 103.0,
    (5, 7): 112.0,
    (5, 8): 121.0,
    (6, 7): 116.0,
    (6, 8): 125.0,
}
"""Least gross internal area [m²] on one storey by bedrooms and persons."""
