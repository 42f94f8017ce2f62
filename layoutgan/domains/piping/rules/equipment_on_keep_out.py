"""Equipment on ground that must stay free."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Equipment,
    KeepOut,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["equipment_on_keep_out"]


@rule("PI108", each=Equipment)
def equipment_on_keep_out(item: Equipment, context: Context, *, area: SquareMetres = 0.0) -> Judgement:
    """Equipment on a keep-out area or on something that stands there already.

    Args:
        area: most of its footprint that may lie there [m²].

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1]}, {"keep_out": "K-1", "box": [1, 0, 5, 5]})
        >>> [f.elements for f in check(plan, [equipment_on_keep_out]).findings]
        [('P-1', 'K-1')]
    """
    areas = context.layout.of(KeepOut)
    if not areas:
        return SKIP
    findings = []
    for other in areas:
        common = item.shape.intersection(other.shape)
        if above(common.area, area):
            findings.append(
                found(
                    f"{item.id} stands on {other.id} with {common.area:.2f} m².",
                    item.id,
                    other.id,
                    where=common,
                    measured=common.area,
                    limit=area,
                    remedy="Move it off the keep-out.",
                )
            )
    return findings
