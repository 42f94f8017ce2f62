"""Control valves without room below."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    size_of,
)
from layoutgan.domains.piping.elements import (
    Component,
)
from layoutgan.domains.piping.pipe_data import (
    outside,
)
from layoutgan.domains.piping.rules.sources import (
    UNREAD,
)
from layoutgan.domains.piping.standing import wheel_height
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["low_control_valve"]


@rule("PI437", each=Component, source=UNREAD, severity=Severity.WARNING)
def low_control_valve(part: Component, context: Context, *, clear: Metres = 0.40) -> Judgement:
    """Control valve with too little room below to take its bottom off.

    Args:
        clear: least clear height below the pipe at the valve [m].

    Example:
        >>> plan = drawn({"component": "FV-1", "kind": "control", "at": [0, 0, 0.4], "operated": "actuator"})
        >>> [round(f.measured, 3) for f in check(plan, [low_control_valve]).findings]
        [0.343]
    """
    if part.kind != "control":
        return SKIP
    height = wheel_height(part, context) - outside(size_of(part.nps)) / 2
    if not below(height, clear):
        return None
    return found(
        f"The control valve {part.id} has {height:.2f} m below it.",
        part.id,
        where=part.shape,
        measured=height,
        limit=clear,
        remedy="Raise the line at the valve.",
    )
