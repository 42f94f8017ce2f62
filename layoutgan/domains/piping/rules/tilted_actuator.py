"""Actuators that do not stand upright."""

from __future__ import annotations

from layoutgan.domains.piping.elements import (
    Component,
)
from layoutgan.domains.piping.rules.sources import (
    UNREAD,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["tilted_actuator"]


@rule("PI438", each=Component, source=UNREAD, severity=Severity.WARNING, unit="-")
def tilted_actuator(part: Component, context: Context) -> Judgement:
    """Control valve whose actuator does not stand upright.

    Example:
        >>> plan = drawn({"component": "FV-1", "kind": "control", "at": [0, 0, 1], "stem": "+y"})
        >>> [f.elements for f in check(plan, [tilted_actuator]).findings]
        [('FV-1',)]
    """
    if part.kind != "control" or part.stem is None:
        return SKIP
    if part.stem == "+z":
        return None
    return found(
        f"The actuator of {part.id} points {part.stem}.",
        part.id,
        where=part.shape,
        remedy="Put the valve on a level leg, with the actuator up.",
    )
