"""Utility pipes that are too low over railways."""

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

__all__ = ["low_utility_over_rail"]


@rule("PI336", each=Pipe, source=SH3012)
def low_utility_over_rail(pipe: Pipe, context: Context, *, headroom: Metres = 5.5) -> Judgement:
    """Pipe with water, air or steam that crosses a railway too low.

    Args:
        headroom: least height of the pipe's underside [m].

    Example:
        >>> plan = drawn({"road": "RW", "kind": "rail", "box": [0, 0, 50, 4]},
        ...     {"pipe": "L-1", "kind": "water", "at": [[5, -2, 5.0], [5, 8, 5.0]], "nps": 4})
        >>> [f.elements for f in check(plan, [low_utility_over_rail]).findings]
        [('L-1', 'RW')]
    """
    roads = [r for r in context.layout.of(Road) if r.kind == "rail"]
    crossings = [(r, z) for r in roads if (z := lowest_over(pipe, r.shape)) is not None]
    if not crossings or pipe.status == "exception" or pipe.kind not in {"water", "air", "steam"}:
        return SKIP
    return [
        found(
            f"{pipe.id} crosses the railway {road.id} {z:.2f} m above grade.",
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
