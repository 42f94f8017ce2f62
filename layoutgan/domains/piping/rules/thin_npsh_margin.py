"""Pumps near cavitation."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.domains.piping.rules.sources import (
    UNREAD,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["thin_npsh_margin"]


@rule("PI511", each=Equipment, source=UNREAD)
def thin_npsh_margin(item: Equipment, context: Context, *, margin: Metres = 0.6) -> Judgement:
    """Pump whose available suction head exceeds what it requires by too little.

    Args:
        margin: least difference [m]; others ask for 1.0 m.

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1], "npsh_available": 3.0, "npsh_required": 2.5})
        >>> [f.measured for f in check(plan, [thin_npsh_margin]).findings]
        [0.5]
    """
    if item.npsh_available is None or item.npsh_required is None:
        return SKIP
    measured = item.npsh_available - item.npsh_required
    if not below(measured, margin):
        return None
    return found(
        f"{item.id} has {measured:.2f} m more suction head than it requires.",
        item.id,
        where=item.shape,
        measured=measured,
        limit=margin,
        remedy="Raise the vessel it draws from, enlarge the suction line, or choose another pump.",
    )
