"""Suction lines smaller than their nozzle."""

from __future__ import annotations

from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.domains.piping.rules.sources import (
    FLOWSERVE,
)
from layoutgan.domains.piping.ways import suction_of
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["small_suction"]


@rule("PI504", each=Pipe, source=FLOWSERVE, severity=Severity.WARNING, unit="in")
def small_suction(pipe: Pipe, context: Context) -> Judgement:
    """Suction line smaller than the nozzle of the pump.

    Example:
        >>> nozzle = {"id": "N1", "at": [8, 0, 0.5], "direction": "-x", "nps": 6, "role": "suction"}
        >>> plan = drawn({"pump": "P-1", "box": [8, -0.5, 10, 0.5], "nozzles": [nozzle]},
        ...     {"pipe": "L-1", "at": [[0, 0, 0.5], [8, 0, 0.5]], "nps": 4, "end": "P-1.N1"})
        >>> [(f.measured, f.limit) for f in check(plan, [small_suction]).findings]
        [(4.0, 6.0)]
    """
    ways = suction_of(pipe, context)
    if not ways:
        return SKIP
    return [
        found(
            f"The suction {pipe.id} is NPS {pipe.nps:g}, the nozzle of {way.pump.id} NPS {nozzle.nps:g}.",
            pipe.id,
            way.pump.id,
            where=nozzle.at,
            measured=pipe.nps,
            limit=nozzle.nps,
            remedy="Make the suction line as large as the nozzle, or larger.",
        )
        for way in ways
        if (nozzle := way.pump.nozzle(way.nozzle)) is not None and below(pipe.nps, nozzle.nps)
    ]
