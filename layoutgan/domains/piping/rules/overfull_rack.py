"""Racks without spare width."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    COLUMN,
    Rack,
)
from layoutgan.domains.piping.lanes import tiers
from layoutgan.domains.piping.rules.sources import (
    RACK_PAGES,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["overfull_rack"]


@rule("PI405", each=Rack, source=RACK_PAGES, severity=Severity.WARNING, unit="-")
def overfull_rack(rack: Rack, context: Context, *, share: Ratio = 0.8) -> Judgement:
    """Rack whose lines leave too little spare width in the fullest bay of a tier.

    Args:
        share: greatest share of the width between the columns that lines take [-]; others keep 25 % free.

    Example:
        >>> lines = [{"pipe": f"L-{k}", "at": [[0, 0.3 * k, 4.75], [12, 0.3 * k, 4.75]],
        ...     "nps": 8} for k in range(6)]
        >>> plan = drawn({"rack": "PR-1", "line": [[0, 0.75], [12, 0.75]], "width": 2.4}, *lines)
        >>> [round(f.measured, 2) for f in check(plan, [overfull_rack]).findings]
        [0.98]
    """
    mine = [tier for tier in context.once(tiers) if tier.rack is rack and tier.lanes]
    if not mine:
        return SKIP
    between = rack.width - 2 * COLUMN
    used = max(tier.used() for tier in mine) / between
    if not above(used, share):
        return None
    return found(
        f"The lines on {rack.id} take {100 * used:.0f} % of the width between its columns.",
        rack.id,
        where=rack.shape,
        measured=used,
        limit=share,
        remedy="Widen the rack, or add a tier.",
    )
