"""Pipes at head height over platforms."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Pipe,
    Platform,
)
from layoutgan.domains.piping.over import lowest_over
from layoutgan.domains.piping.rules.sources import (
    UHDE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["low_over_platform"]


@rule("PI340", each=Pipe, source=UHDE)
def low_over_platform(pipe: Pipe, context: Context, *, headroom: Metres = 2.2) -> Judgement:
    """Pipe that crosses a platform at head height; a pipe at foot height is stepped over by a bridge.

    Args:
        headroom: least height of the pipe's underside over the platform [m].

    Example:
        >>> plan = drawn({"platform": "PF-1", "box": [0, 0, 4, 2], "elevation": 6.0},
        ...     {"pipe": "L-1", "at": [[2, -2, 7.8], [2, 4, 7.8]], "nps": 4})
        >>> [round(f.measured, 3) for f in check(plan, [low_over_platform]).findings]
        [1.743]
    """
    findings = []
    judged = False
    for platform in context.layout.of(Platform):
        z = lowest_over(pipe, platform.shape)
        if z is None or z < platform.elevation or pipe.status == "exception":
            continue
        judged = True
        if below(z - platform.elevation, headroom):
            findings.append(
                found(
                    f"{pipe.id} crosses the platform {platform.id} {z - platform.elevation:.2f} m above it.",
                    pipe.id,
                    platform.id,
                    where=platform.shape,
                    measured=z - platform.elevation,
                    limit=headroom,
                    remedy="Lift the pipe, or lead it below the platform.",
                )
            )
    return findings if judged else SKIP
