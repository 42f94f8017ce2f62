"""Hand wheels at awkward heights."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
    below,
)
from layoutgan.domains.piping.elements import (
    Component,
)
from layoutgan.domains.piping.rules.sources import (
    VALVE_TEXTS,
)
from layoutgan.domains.piping.standing import HAND_OPERATED, wheel_height
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["awkward_handwheel"]


@rule("PI420", each=Component, source=VALVE_TEXTS, severity=Severity.WARNING)
def awkward_handwheel(
    part: Component, context: Context, *, low: Metres = 0.75, high: Metres = 1.50
) -> Judgement:
    """Hand-operated valve lower or higher than is comfortable.

    Args:
        low: least height above where one stands [m].
        high: greatest comfortable height [m]; 1.20 m is best.

    Example:
        >>> plan = drawn({"component": "V-1", "kind": "gate", "at": [0, 0, 1.7]})
        >>> [f.measured for f in check(plan, [awkward_handwheel]).findings]
        [1.7]
    """
    if part.kind not in HAND_OPERATED or part.operated != "hand":
        return SKIP
    height = wheel_height(part, context)
    if not below(height, low) and not above(height, high):
        return None
    return found(
        f"The hand wheel of {part.id} is {height:.2f} m high.",
        part.id,
        where=part.shape,
        measured=height,
        limit=low if below(height, low) else high,
        remedy="Move the valve to another leg of the line.",
    )
