"""Equipment that reaches beyond the plot."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["outside_battery_limit"]


@rule("PI101", each=Equipment)
def outside_battery_limit(item: Equipment, context: Context, *, area: SquareMetres = 0.0) -> Judgement:
    """Equipment that reaches beyond the battery limit.

    Args:
        area: most of its footprint that may lie outside [m²].

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [9, 0, 11, 1]}, boundary=[[0, 0], [10, 0], [10, 10], [0, 10]])
        >>> [f.elements for f in check(plan, [outside_battery_limit]).findings]
        [('P-1',)]
    """
    if context.layout.boundary is None:
        return SKIP
    outside_part = item.shape.difference(context.layout.boundary)
    if not above(outside_part.area, area):
        return None
    return found(
        f"{item.id} reaches {outside_part.area:.2f} m² beyond the battery limit.",
        item.id,
        where=outside_part,
        measured=outside_part.area,
        limit=area,
        remedy="Move it inside, or enlarge the plot.",
    )
