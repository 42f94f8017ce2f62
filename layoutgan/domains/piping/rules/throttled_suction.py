"""Throttling valves before pumps."""

from __future__ import annotations

from layoutgan.domains.piping.elements import (
    Component,
)
from layoutgan.domains.piping.rules.sources import (
    FLOWSERVE,
)
from layoutgan.domains.piping.ways import suctions
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["throttled_suction"]


@rule("PI508", each=Component, source=FLOWSERVE, severity=Severity.WARNING, unit="-")
def throttled_suction(part: Component, context: Context) -> Judgement:
    """Throttling valve in the suction line of a pump.

    Example:
        >>> nozzle = {"id": "N1", "at": [8, 0, 0.5], "direction": "-x", "nps": 4, "role": "suction"}
        >>> plan = drawn({"pump": "P-1", "box": [8, -0.5, 10, 0.5], "nozzles": [nozzle]},
        ...     {"pipe": "L-1", "at": [[0, 0, 0.5], [8, 0, 0.5]], "end": "P-1.N1"},
        ...     {"component": "V-1", "kind": "globe", "at": [7, 0, 0.5], "pipe": "L-1"})
        >>> [f.elements for f in check(plan, [throttled_suction]).findings]
        [('V-1',)]
    """
    lines = {way.pipe.line for way in context.once(suctions)}
    if part.line not in lines and part.pipe not in {way.pipe.id for way in context.once(suctions)}:
        return SKIP
    if part.kind not in {"globe", "control"}:
        return None
    return found(
        f"The {part.kind} valve {part.id} throttles a pump's suction.",
        part.id,
        where=part.shape,
        remedy="Throttle on the discharge side.",
    )
