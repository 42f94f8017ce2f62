"""Pumps near cavitation, by ratio."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
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

__all__ = ["thin_npsh_ratio"]


@rule("PI512", each=Equipment, source=UNREAD, unit="-")
def thin_npsh_ratio(item: Equipment, context: Context, *, ratio: Ratio = 1.1) -> Judgement:
    """Pump whose available suction head is too small a multiple of what it requires.

    Args:
        ratio: least ratio [-]; others ask for 1.3.

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1], "npsh_available": 10.0, "npsh_required": 9.5})
        >>> [round(f.measured, 3) for f in check(plan, [thin_npsh_ratio]).findings]
        [1.053]
    """
    if item.npsh_available is None or item.npsh_required is None:
        return SKIP
    measured = item.npsh_available / item.npsh_required
    if not below(measured, ratio):
        return None
    return found(
        f"The suction head of {item.id} is {measured:.2f} times what it requires.",
        item.id,
        where=item.shape,
        measured=measured,
        limit=ratio,
        remedy="Raise the vessel it draws from, enlarge the suction line, or choose another pump.",
    )
