"""Suction strainers that cannot be taken out."""

from __future__ import annotations

from layoutgan.domains.piping.ahead import inside_envelope
from layoutgan.domains.piping.elements import (
    Component,
    Envelope,
)
from layoutgan.domains.piping.rules.sources import (
    SH3012,
)
from layoutgan.domains.piping.ways import suctions
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["hidden_strainer"]


@rule("PI509", each=Component, source=SH3012, severity=Severity.WARNING, unit="-")
def hidden_strainer(part: Component, context: Context) -> Judgement:
    """Strainer in a pump's suction without a free area to withdraw its basket.

    Example:
        >>> nozzle = {"id": "N1", "at": [8, 0, 0.5], "direction": "-x", "nps": 4, "role": "suction"}
        >>> plan = drawn({"pump": "P-1", "box": [8, -0.5, 10, 0.5], "nozzles": [nozzle]},
        ...     {"pipe": "L-1", "at": [[0, 0, 0.5], [8, 0, 0.5]], "end": "P-1.N1"},
        ...     {"component": "S-1", "kind": "strainer", "at": [7, 0, 0.5], "pipe": "L-1"})
        >>> [f.elements for f in check(plan, [hidden_strainer]).findings]
        [('S-1',)]
    """
    if part.kind != "strainer" or part.pipe not in {way.pipe.id for way in context.once(suctions)}:
        return SKIP
    areas = [e for e in context.layout.of(Envelope) if e.kind == "withdrawal" and e.of == part.id]
    if any(not inside_envelope(area, context) for area in areas):
        return None
    return found(
        f"The strainer {part.id} has no free area to withdraw its basket.",
        part.id,
        where=part.shape,
        remedy="Keep such an area free, or move the strainer.",
    )
