"""Pipes that run through buildings."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    KeepOut,
    Pipe,
)
from layoutgan.domains.piping.over import lowest_over
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["pipe_through_building"]


@rule("PI111", each=Pipe)
def pipe_through_building(pipe: Pipe, context: Context, *, gap: Metres = 0.0) -> Judgement:
    """Pipe, with its insulation, that runs through a building or something else that stands on the plot.

    Args:
        gap: least clear distance from the outside of the insulation [m].

    Example:
        >>> plan = drawn({"keep_out": "B-1", "box": [0, 0, 4, 4], "height": 5.0},
        ...     {"pipe": "L-1", "at": [[-2, 2, 3], [6, 2, 3]]})
        >>> [f.elements for f in check(plan, [pipe_through_building]).findings]
        [('L-1', 'B-1')]
    """
    solid = [k for k in context.layout.of(KeepOut) if k.height > 0]
    if not solid or pipe.status == "exception":
        return SKIP
    findings = []
    for area in solid:
        lowest = lowest_over(pipe, area.shape.buffer(gap, join_style="mitre"))
        if lowest is not None and below(lowest, area.height + gap):
            findings.append(
                found(
                    f"{pipe.id} runs through {area.id}.",
                    pipe.id,
                    area.id,
                    where=area.shape,
                    measured=lowest,
                    limit=area.height + gap,
                    remedy="Route the line around or over it.",
                )
            )
    return findings
