"""Equipment that clashes with the steel of a rack."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    TOLERANCE,
    above,
)
from layoutgan.domains.piping.elements import (
    Equipment,
    Rack,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["equipment_in_rack"]


@rule("PI110", each=Equipment)
def equipment_in_rack(item: Equipment, context: Context, *, beam: Metres = 0.3) -> Judgement:
    """Equipment that stands in a rack's column, or under a rack and is too tall for its lowest beams.

    Args:
        beam: depth of the beams below top of steel [m].

    Example:
        >>> plan = drawn({"drum": "V-1", "box": [1, -1, 5, 1], "top": 6.0},
        ...     {"rack": "PR-1", "line": [[0, 0], [6, 0]], "width": 6.0, "tiers": [4.6]})
        >>> [f.elements for f in check(plan, [equipment_in_rack]).findings]
        [('V-1', 'PR-1')]
    """
    racks = context.layout.of(Rack)
    if not racks:
        return SKIP
    findings = []
    for rack in racks:
        if item.above == rack.id or item.shape.intersection(rack.shape).area <= TOLERANCE:
            continue
        underside = min(rack.tiers) - beam
        column = next((c for c in rack.columns if c.intersection(item.shape).area > TOLERANCE), None)
        if column is not None and item.bottom < max(rack.tiers):
            text, measured = f"{item.id} stands in a column of {rack.id}.", 0.0
        elif above(item.top, underside) and item.bottom < max(rack.tiers):
            text, measured = f"{item.id} is {item.top:.2f} m tall under {rack.id}.", item.top
        else:
            continue
        remedy = "Move it out from under the rack, or raise the rack."
        where = column or item.shape.intersection(rack.shape)
        findings.append(
            found(text, item.id, rack.id, where=where, measured=measured, limit=underside, remedy=remedy)
        )
    return findings
