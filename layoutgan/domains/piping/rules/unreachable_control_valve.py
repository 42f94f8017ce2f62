"""Control valves out of reach."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Component,
)
from layoutgan.domains.piping.rules.sources import (
    UNREAD,
)
from layoutgan.domains.piping.standing import wheel_height
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["unreachable_control_valve"]


@rule("PI436", each=Component, source=UNREAD, severity=Severity.WARNING)
def unreachable_control_valve(part: Component, context: Context, *, reach: Metres = 2.05) -> Judgement:
    """Control valve that is neither at grade nor at a platform.

    Args:
        reach: greatest height above where one stands [m].

    Example:
        >>> plan = drawn({"component": "FV-1", "kind": "control", "at": [0, 0, 5.0], "operated": "actuator"})
        >>> [f.measured for f in check(plan, [unreachable_control_valve]).findings]
        [5.0]
    """
    if part.kind != "control":
        return SKIP
    height = wheel_height(part, context)
    if not above(height, reach):
        return None
    return found(
        f"The control valve {part.id} is {height:.2f} m above where one stands.",
        part.id,
        where=part.shape,
        measured=height,
        limit=reach,
        remedy="Lead the line down to a station at grade, or add a platform.",
    )
