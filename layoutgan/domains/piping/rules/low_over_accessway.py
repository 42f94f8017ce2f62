"""Pipes that are too low over accessways in the unit."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Pipe,
    Road,
)
from layoutgan.domains.piping.over import lowest_over
from layoutgan.domains.piping.rules.sources import (
    SH3012,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["low_over_accessway"]


@rule("PI333", each=Pipe, source=SH3012)
def low_over_accessway(pipe: Pipe, context: Context, *, headroom: Metres = 4.5) -> Judgement:
    """Pipe that crosses a way for fire and maintenance vehicles in the unit too low.

    Args:
        headroom: least height of the pipe's underside [m]; a French decree says 3.5 m.

    Example:
        >>> plan = drawn({"road": "A-1", "kind": "access", "box": [0, 0, 50, 6]},
        ...     {"pipe": "L-1", "at": [[5, -2, 4.0], [5, 8, 4.0]], "nps": 4})
        >>> [f.elements for f in check(plan, [low_over_accessway]).findings]
        [('L-1', 'A-1')]
    """
    roads = [r for r in context.layout.of(Road) if r.kind == "access"]
    crossings = [(r, z) for r in roads if (z := lowest_over(pipe, r.shape)) is not None]
    if not crossings or pipe.status == "exception":
        return SKIP
    return [
        found(
            f"{pipe.id} crosses the accessway {road.id} {z:.2f} m above grade.",
            pipe.id,
            road.id,
            where=pipe.shape,
            measured=z,
            limit=headroom,
            remedy="Lift the pipe.",
        )
        for road, z in crossings
        if below(z, headroom)
    ]
