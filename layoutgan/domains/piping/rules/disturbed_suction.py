"""Pump suctions without straight pipe."""

from __future__ import annotations

import numpy as np

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    below,
    size_of,
)
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.domains.piping.pipe_data import (
    elbow,
)
from layoutgan.domains.piping.rules.sources import (
    FLOWSERVE,
)
from layoutgan.domains.piping.ways import corners, suction_of
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["disturbed_suction"]


@rule("PI503", each=Pipe, source=FLOWSERVE, severity=Severity.WARNING, unit="-")
def disturbed_suction(pipe: Pipe, context: Context, *, diameters: Ratio = 5.0) -> Judgement:
    """Suction line with too little straight pipe before the nozzle of the pump.

    Args:
        diameters: least straight run between the last elbow and the nozzle [pipe diameters].

    Example:
        >>> nozzle = {"id": "N1", "at": [8, 0, 0.5], "direction": "-x", "nps": 4, "role": "suction"}
        >>> plan = drawn({"pump": "P-1", "box": [8, -0.5, 10, 0.5], "nozzles": [nozzle]},
        ...     {"pipe": "L-1", "at": [[7.5, 5, 0.5], [7.5, 0, 0.5], [8, 0, 0.5]], "end": "P-1.N1"})
        >>> [round(f.measured, 2) for f in check(plan, [disturbed_suction]).findings]
        [3.04]
    """
    ways = suction_of(pipe, context)
    if not ways or pipe.status == "exception":
        return SKIP
    findings = []
    for way in ways:
        turns = corners(way.points)
        bends = np.flatnonzero(turns)
        last = int(bends[-1]) if len(bends) else 0
        steps = np.linalg.norm(np.diff(way.points, axis=0), axis=1)
        straight = float(steps[last:].sum()) - (elbow(size_of(pipe.nps)) if len(bends) else 0.0)
        measured = straight / pipe.od
        if below(measured, diameters):
            findings.append(
                found(
                    f"The suction of {way.pump.id} is straight for {measured:.1f} diameters.",
                    pipe.id,
                    way.pump.id,
                    where=way.pump.shape,
                    measured=measured,
                    limit=diameters,
                    remedy="Lead the line straight to the pump for longer.",
                )
            )
    return findings
