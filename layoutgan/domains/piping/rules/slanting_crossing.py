"""Pipes that cross roads at a slant."""

from __future__ import annotations

from layoutgan.core.schema import Degrees
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Pipe,
    Road,
)
from layoutgan.domains.piping.over import crossing_angle
from layoutgan.domains.piping.rules.sources import (
    SH3012,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["slanting_crossing"]


@rule("PI401", each=Pipe, source=SH3012, severity=Severity.WARNING)
def slanting_crossing(pipe: Pipe, context: Context, *, angle: Degrees = 60.0) -> Judgement:
    """Pipe that crosses a road or a railway at a slant.

    Args:
        angle: least angle between the pipe and the road [°].

    Example:
        >>> plan = drawn({"road": "R-1", "kind": "main", "box": [0, 0, 50, 6]},
        ...     {"pipe": "L-1", "at": [[5, -2, 6], [15, 8, 6]], "nps": 4})
        >>> [round(f.measured) for f in check(plan, [slanting_crossing]).findings]
        [45]
    """
    roads = [r for r in context.layout.of(Road) if r.kind != "walkway"]
    crossings = [(r, a) for r in roads if (a := crossing_angle(pipe, r.shape)) is not None]
    if not crossings or pipe.status == "exception":
        return SKIP
    return [
        found(
            f"{pipe.id} crosses {road.id} at {measured:.0f}°.",
            pipe.id,
            road.id,
            where=pipe.shape,
            measured=measured,
            limit=angle,
            remedy="Cross at a right angle.",
        )
        for road, measured in crossings
        if below(measured, angle)
    ]
