"""Equipment on roads."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Equipment,
    Road,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["equipment_on_road"]


@rule("PI109", each=Equipment)
def equipment_on_road(item: Equipment, context: Context, *, area: SquareMetres = 0.0) -> Judgement:
    """Equipment on a road, a walkway or a railway.

    Args:
        area: most of its footprint that may lie there [m²].

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1]}, {"road": "R-1", "box": [1, 0, 5, 5]})
        >>> [f.elements for f in check(plan, [equipment_on_road]).findings]
        [('P-1', 'R-1')]
    """
    roads = context.layout.of(Road)
    if not roads:
        return SKIP
    findings = []
    for road in roads:
        common = item.shape.intersection(road.shape)
        if above(common.area, area):
            findings.append(
                found(
                    f"{item.id} stands on the {road.kind} road {road.id} with {common.area:.2f} m².",
                    item.id,
                    road.id,
                    where=common,
                    measured=common.area,
                    limit=area,
                    remedy="Move it off the road.",
                )
            )
    return findings
