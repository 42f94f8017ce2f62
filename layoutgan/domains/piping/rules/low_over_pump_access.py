"""Pipes that are too low over the access to pumps."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    equipment,
)
from layoutgan.domains.piping.elements import (
    Envelope,
    Pipe,
)
from layoutgan.domains.piping.over import lowest_over
from layoutgan.domains.piping.rules.sources import (
    UHDE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["low_over_pump_access"]


@rule("PI334", each=Pipe, source=UHDE)
def low_over_pump_access(pipe: Pipe, context: Context, *, headroom: Metres = 3.0) -> Judgement:
    """Pipe that crosses the area at the driver of a pump too low for a hoist.

    Args:
        headroom: least height of the pipe's underside [m].

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1]},
        ...     {"envelope": "P-1 driver", "kind": "driver", "box": [2, 0, 3.5, 1], "of": "P-1"},
        ...     {"pipe": "L-1", "at": [[3, -2, 2.5], [3, 3, 2.5]], "nps": 4})
        >>> [f.elements for f in check(plan, [low_over_pump_access]).findings]
        [('L-1', 'P-1')]
    """
    pumps = {i.id for i in context.once(equipment) if i.kind == "pump"}
    areas = [e for e in context.layout.of(Envelope) if e.kind in {"driver", "truck"} and e.of in pumps]
    crossings = [(e, z) for e in areas if (z := lowest_over(pipe, e.shape)) is not None]
    if not crossings or pipe.status == "exception":
        return SKIP
    return [
        found(
            f"{pipe.id} crosses the access to {area.of} {z:.2f} m above grade.",
            pipe.id,
            area.of,
            where=area.shape,
            measured=z,
            limit=headroom,
            remedy="Lift the pipe, or turn the pump.",
        )
        for area, z in crossings
        if below(z, headroom)
    ]
