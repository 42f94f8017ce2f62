"""Racks with too many tiers."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Rack,
)
from layoutgan.domains.piping.rules.sources import (
    RACK_PAGES,
)
from layoutgan.validation.rule import Context, Judgement, Severity, found, rule

__all__ = ["too_many_tiers"]


@rule("PI404", each=Rack, source=RACK_PAGES, severity=Severity.WARNING, unit="-")
def too_many_tiers(rack: Rack, context: Context, *, tiers: Ratio = 4.0) -> Judgement:
    """Rack with more tiers than are usual.

    Args:
        tiers: greatest number of tiers [-].

    Example:
        >>> plan = drawn({"rack": "PR-1", "line": [[0, 0], [30, 0]], "tiers": [4.0, 5.5, 7.0, 8.5, 10.0]})
        >>> [f.measured for f in check(plan, [too_many_tiers]).findings]
        [5.0]
    """
    if not above(len(rack.tiers), tiers):
        return None
    return found(
        f"{rack.id} has {len(rack.tiers)} tiers.",
        rack.id,
        where=rack.shape,
        measured=float(len(rack.tiers)),
        limit=tiers,
        remedy="Widen the rack, or build a second one.",
    )
