"""Pipes that are too low over plant roads."""

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

__all__ = ["low_over_road"]


@rule("PI332", each=Pipe, source=SH3012)
def low_over_road(pipe: Pipe, context: Context, *, headroom: Metres = 5.0) -> Judgement:
    """Pipe that crosses a main or secondary road too low.

    Args:
        headroom: least height of the pipe's underside [m]; others say 7 m for main roads.

    Example:
        >>> plan = drawn({"road": "R-1", "kind": "main", "box": [0, 0, 50, 6]},
        ...     {"pipe": "L-1", "at": [[5, -2, 4.5], [5, 8, 4.5]], "nps": 4})
        >>> [f.elements for f in check(plan, [low_over_road]).findings]
        [('L-1', 'R-1')]
    """
    roads = [r for r in context.layout.of(Road) if r.kind in {"main", "secondary"}]
    crossings = [(r, z) for r in roads if (z := lowest_over(pipe, r.shape)) is not None]
    if not crossings or pipe.status == "exception":
        return SKIP
    return [
        found(
            f"{pipe.id} crosses the {road.kind} road {road.id} {z:.2f} m above grade.",
            pipe.id,
            road.id,
            where=pipe.shape,
            measured=z,
            limit=headroom,
            remedy="Lift the pipe, or lead it under the road in a sleeve.",
        )
        for road, z in crossings
        if below(z, headroom)
    ]
