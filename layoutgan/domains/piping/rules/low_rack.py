"""Racks that are too low over equipment."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    TOLERANCE,
    below,
    equipment,
)
from layoutgan.domains.piping.elements import (
    Rack,
)
from layoutgan.domains.piping.rules.sources import (
    RACK_PAGES,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["low_rack"]


@rule("PI337", each=Rack, source=RACK_PAGES, severity=Severity.WARNING)
def low_rack(rack: Rack, context: Context, *, clear: Metres = 3.05, beam: Metres = 0.3) -> Judgement:
    """Rack that is too low for the equipment below it to be served.

    Args:
        clear: least height of the underside of the lowest beams [m]; others say about 4 m.
        beam: depth of the beams below top of steel [m].

    Example:
        >>> plan = drawn({"rack": "PR-1", "line": [[0, 0], [12, 0]], "width": 6.0, "tiers": [3.0]},
        ...     {"pump": "P-1", "box": [1, -1, 3, 0]})
        >>> [round(f.measured, 2) for f in check(plan, [low_rack]).findings]
        [2.7]
    """
    under = [i for i in context.once(equipment) if i.shape.intersection(rack.shape).area > TOLERANCE]
    under = [i for i in under if i.above != rack.id]
    if not under:
        return SKIP
    clearance = min(rack.tiers) - beam
    if not below(clearance, clear):
        return None
    return found(
        f"The beams of {rack.id} are {clearance:.2f} m above grade, and {under[0].id} stands below.",
        rack.id,
        under[0].id,
        where=rack.shape,
        measured=clearance,
        limit=clear,
        remedy="Raise the lowest tier.",
    )
