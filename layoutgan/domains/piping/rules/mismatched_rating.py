"""Pipes whose flanges do not fit their nozzles."""

from __future__ import annotations

from layoutgan.domains.piping.derived import (
    equipment,
)
from layoutgan.domains.piping.elements import (
    Component,
    Pipe,
)
from layoutgan.domains.piping.standing import nozzle_at
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["mismatched_rating"]


@rule("PI452", each=Pipe, unit="-")
def mismatched_rating(pipe: Pipe, context: Context) -> Judgement:
    """Pipe of another flange class than its nozzle, without a break of specification on it.

    Example:
        >>> nozzle = {"id": "N1", "at": [2, 0.5, 1], "direction": "+x", "nps": 4, "rating": 300}
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1], "nozzles": [nozzle]},
        ...     {"pipe": "L-1", "at": [[2, 0.5, 1], [5, 0.5, 1]], "nps": 4, "start": "P-1.N1"})
        >>> [(f.measured, f.limit) for f in check(plan, [mismatched_rating]).findings]
        [(150.0, 300.0)]
    """
    items = {i.id: i for i in context.once(equipment)}
    broken = {c.pipe for c in context.layout.of(Component) if c.kind == "spade"}
    nozzles = [n for end in (pipe.start, pipe.end) if (n := nozzle_at(end, items)) is not None]
    if not nozzles:
        return SKIP
    return [
        found(
            f"{pipe.id} is class {pipe.rating} and its nozzle {nozzle.id} class {nozzle.rating}.",
            pipe.id,
            where=nozzle.at,
            measured=float(pipe.rating),
            limit=float(nozzle.rating),
            remedy="Use flanges of the nozzle's class there, or break the specification.",
        )
        for nozzle in nozzles
        if nozzle.rating != pipe.rating and pipe.id not in broken
    ]
