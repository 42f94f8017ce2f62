"""Dwellings for two or more without a double bedroom."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.rules.bed_spaces import bed_spaces
from layoutgan.domains.floorplan.rules.least import least_area
from layoutgan.validation.rule import SKIP, Context, Judgement, Source, rule

__all__ = ["no_double_bedroom"]


@rule("FP403", each=Layout, source=Source("Nationally described space standard", "2015", verified=True))
def no_double_bedroom(layout: Layout, context: Context, *, min_area: SquareMetres = 11.5) -> Judgement:
    """Dwelling with two or more bed spaces and no double bedroom.

    Args:
        min_area: clear floor from which a bedroom is a double [m²].

    Example:
        >>> plan = drawn("ab", scale=3.0, a="bedroom", b="bedroom")
        >>> [(f.elements, f.measured) for f in check(plan, [no_double_bedroom]).findings]
        [(('a',), 9.0)]
    """
    beds = bed_spaces(context)
    if beds.persons < 2:
        return SKIP
    largest = (*beds.doubles, *beds.singles)[0]
    return least_area(largest, context, min_area)
