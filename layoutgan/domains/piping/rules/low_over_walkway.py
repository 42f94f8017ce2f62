"""Pipes at head height over walkways."""

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
    UHDE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["low_over_walkway"]


@rule("PI330", each=Pipe, source=UHDE)
def low_over_walkway(pipe: Pipe, context: Context, *, headroom: Metres = 2.2) -> Judgement:
    """Pipe that crosses a walkway below headroom.

    Args:
        headroom: least height of the pipe's underside, insulation included [m]; others say 2.10 to 2.285 m.

    Example:
        >>> plan = drawn({"road": "W-1", "kind": "walkway", "box": [0, 0, 20, 1]},
        ...     {"pipe": "L-1", "at": [[5, -2, 2.0], [5, 3, 2.0]], "nps": 4})
        >>> [round(f.measured, 3) for f in check(plan, [low_over_walkway]).findings]
        [1.943]
    """
    roads = [r for r in context.layout.of(Road) if r.kind == "walkway"]
    crossings = [(r, z) for r in roads if (z := lowest_over(pipe, r.shape)) is not None]
    if not crossings or pipe.status == "exception":
        return SKIP
    return [
        found(
            f"{pipe.id} crosses the walkway {road.id} {z:.2f} m above grade.",
            pipe.id,
            road.id,
            where=pipe.shape,
            measured=z,
            limit=headroom,
            remedy="Lift the pipe, or lead the walkway around it.",
        )
        for road, z in crossings
        if below(z, headroom)
    ]
