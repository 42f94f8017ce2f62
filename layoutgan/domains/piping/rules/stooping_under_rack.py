"""Racks that people cannot walk under."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Rack,
)
from layoutgan.domains.piping.rules.sources import (
    RACK_PAGES,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["stooping_under_rack"]


@rule("PI338", each=Rack, source=RACK_PAGES)
def stooping_under_rack(
    rack: Rack, context: Context, *, clear: Metres = 2.2, beam: Metres = 0.3
) -> Judgement:
    """Rack that people cannot walk under; sleepers are stepped over and not judged.

    Args:
        clear: least height of the underside of the lowest beams [m].
        beam: depth of the beams below top of steel [m].

    Example:
        >>> plan = drawn({"rack": "PR-1", "line": [[0, 0], [12, 0]], "width": 6.0, "tiers": [2.0]})
        >>> [round(f.measured, 2) for f in check(plan, [stooping_under_rack]).findings]
        [1.7]
    """
    if rack.kind == "sleeper":
        return SKIP
    clearance = min(rack.tiers) - beam
    if not below(clearance, clear):
        return None
    return found(
        f"The beams of {rack.id} are {clearance:.2f} m above grade.",
        rack.id,
        where=rack.shape,
        measured=clearance,
        limit=clear,
        remedy="Raise the lowest tier.",
    )
