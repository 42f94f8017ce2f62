"""Equipment on one spot."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.piping.derived import (
    above,
    later,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.validation.rule import Context, Judgement, found, rule

__all__ = ["overlapping_equipment"]


@rule("PI103", each=Equipment)
def overlapping_equipment(item: Equipment, context: Context, *, area: SquareMetres = 0.0) -> Judgement:
    """Equipment whose footprint overlaps another's, unless one is stacked on the other by declaration.

    Args:
        area: most overlap [m²].

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1]}, {"pump": "P-2", "box": [1, 0, 3, 1]})
        >>> [f.elements for f in check(plan, [overlapping_equipment]).findings]
        [('P-1', 'P-2')]
    """
    findings = []
    for other, distance in later(item, context):
        if distance > 0 or item.above == other.id or other.above == item.id:
            continue
        common = item.shape.intersection(other.shape)
        if above(common.area, area):
            findings.append(
                found(
                    f"{item.id} and {other.id} overlap by {common.area:.2f} m².",
                    item.id,
                    other.id,
                    where=common,
                    measured=common.area,
                    limit=area,
                    remedy="Move one of them, or declare one to stand on the other.",
                )
            )
    return findings
