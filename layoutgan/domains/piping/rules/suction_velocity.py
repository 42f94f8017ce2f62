"""Flow in suction lines."""

from __future__ import annotations

from layoutgan.domains.piping.derived import (
    above,
    below,
    size_of,
)
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.domains.piping.pipe_data import (
    flow_area,
)
from layoutgan.domains.piping.rules.sources import (
    PIPING_WORLD,
)
from layoutgan.domains.piping.rules.units import MetresPerSecond
from layoutgan.domains.piping.ways import suction_of
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["suction_velocity"]


@rule("PI510", each=Pipe, source=PIPING_WORLD, severity=Severity.WARNING, unit="m/s")
def suction_velocity(
    pipe: Pipe, context: Context, *, low: MetresPerSecond = 1.0, high: MetresPerSecond = 1.5
) -> Judgement:
    """Suction line in which the liquid is slower or faster than is good for the pump.

    Judged where the line list gives the flow.

    Args:
        low: least velocity [m/s].
        high: greatest velocity [m/s].

    Example:
        >>> nozzle = {"id": "N1", "at": [8, 0, 0.5], "direction": "-x", "nps": 4, "role": "suction"}
        >>> plan = drawn({"pump": "P-1", "box": [8, -0.5, 10, 0.5], "nozzles": [nozzle]},
        ...     {"pipe": "L-1", "at": [[0, 0, 0.5], [8, 0, 0.5]], "end": "P-1.N1", "flow": 60.0})
        >>> [round(f.measured, 2) for f in check(plan, [suction_velocity]).findings]
        [2.03]
    """
    if pipe.flow is None or not suction_of(pipe, context):
        return SKIP
    measured = pipe.flow / 3600 / flow_area(size_of(pipe.nps))
    if not below(measured, low) and not above(measured, high):
        return None
    return found(
        f"The liquid in the suction line {pipe.id} flows at {measured:.2f} m/s.",
        pipe.id,
        where=pipe.shape,
        measured=measured,
        limit=low if below(measured, low) else high,
        remedy="Choose another size of pipe.",
    )
