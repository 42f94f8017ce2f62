"""Hand wheels that are too high."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Component,
)
from layoutgan.domains.piping.rules.sources import (
    VALVE_TEXTS,
)
from layoutgan.domains.piping.standing import HAND_OPERATED, wheel_height
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["high_handwheel"]


@rule("PI421", each=Component, source=VALVE_TEXTS)
def high_handwheel(part: Component, context: Context, *, high: Metres = 1.80) -> Judgement:
    """Hand-operated valve so high that it needs a chain wheel or a platform.

    Args:
        high: greatest height above where one stands [m].

    Example:
        >>> plan = drawn({"component": "V-1", "kind": "gate", "at": [0, 0, 1.9]})
        >>> [f.measured for f in check(plan, [high_handwheel]).findings]
        [1.9]
    """
    if part.kind not in HAND_OPERATED or part.operated != "hand":
        return SKIP
    height = wheel_height(part, context)
    if not above(height, high):
        return None
    return found(
        f"The hand wheel of {part.id} is {height:.2f} m high.",
        part.id,
        where=part.shape,
        measured=height,
        limit=high,
        remedy="Fit a chain wheel, add a platform, or move the valve down.",
    )
