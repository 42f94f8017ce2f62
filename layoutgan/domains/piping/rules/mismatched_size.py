"""Pipes that do not fit their nozzles."""

from __future__ import annotations

from layoutgan.domains.piping.derived import (
    TOLERANCE,
    equipment,
)
from layoutgan.domains.piping.elements import (
    Component,
    Pipe,
)
from layoutgan.domains.piping.standing import nozzle_at
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["mismatched_size"]


@rule("PI451", each=Pipe, unit="in")
def mismatched_size(pipe: Pipe, context: Context) -> Judgement:
    """Pipe of another size than its nozzle, without a reducer on it.

    Example:
        >>> nozzle = {"id": "N1", "at": [2, 0.5, 1], "direction": "+x", "nps": 3}
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1], "nozzles": [nozzle]},
        ...     {"pipe": "L-1", "at": [[2, 0.5, 1], [5, 0.5, 1]], "nps": 4, "start": "P-1.N1"})
        >>> [(f.measured, f.limit) for f in check(plan, [mismatched_size]).findings]
        [(4.0, 3.0)]
    """
    items = {i.id: i for i in context.once(equipment)}
    reduced = {c.pipe for c in context.layout.of(Component) if c.kind in {"reducer", "eccentric_reducer"}}
    nozzles = [n for end in (pipe.start, pipe.end) if (n := nozzle_at(end, items)) is not None]
    if not nozzles:
        return SKIP
    return [
        found(
            f"{pipe.id} is NPS {pipe.nps:g}, its nozzle {nozzle.id} NPS {nozzle.nps:g}; no reducer.",
            pipe.id,
            where=nozzle.at,
            measured=pipe.nps,
            limit=nozzle.nps,
            remedy="Add a reducer.",
        )
        for nozzle in nozzles
        if abs(nozzle.nps - pipe.nps) > TOLERANCE and pipe.id not in reduced
    ]
