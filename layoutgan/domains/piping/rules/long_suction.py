"""Pumps far from where they draw from."""

from __future__ import annotations

import numpy as np

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.domains.piping.rules.sources import (
    UNREAD,
)
from layoutgan.domains.piping.ways import suction_of
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["long_suction"]


@rule("PI513", each=Pipe, source=UNREAD, severity=Severity.WARNING)
def long_suction(pipe: Pipe, context: Context, *, length: Metres = 15.0) -> Judgement:
    """Suction line that is long: the pump stands far from where it draws from.

    Args:
        length: greatest length from the source to the pump [m].

    Example:
        >>> nozzle = {"id": "N1", "at": [30, 0, 0.5], "direction": "-x", "nps": 4, "role": "suction"}
        >>> plan = drawn({"pump": "P-1", "box": [30, -0.5, 32, 0.5], "nozzles": [nozzle]},
        ...     {"pipe": "L-1", "at": [[0, 0, 0.5], [30, 0, 0.5]], "end": "P-1.N1"})
        >>> [f.measured for f in check(plan, [long_suction]).findings]
        [30.0]
    """
    ways = suction_of(pipe, context)
    if not ways or pipe.status == "exception":
        return SKIP
    return [
        found(
            f"The suction line of {way.pump.id} is {run:.1f} m long.",
            pipe.id,
            way.pump.id,
            where=pipe.shape,
            measured=run,
            limit=length,
            remedy="Move the pump nearer to where it draws from.",
        )
        for way in ways
        if above(run := float(np.linalg.norm(np.diff(way.points, axis=0), axis=1).sum()), length)
    ]
