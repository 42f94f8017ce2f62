"""Reducers that change too many sizes at once."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    above,
    size_of,
)
from layoutgan.domains.piping.elements import (
    Component,
)
from layoutgan.domains.piping.pipe_data import (
    size_steps,
)
from layoutgan.domains.piping.rules.sources import (
    FLOWSERVE,
)
from layoutgan.domains.piping.ways import suctions
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["abrupt_reducer"]


@rule("PI505", each=Component, source=FLOWSERVE, severity=Severity.WARNING, unit="-")
def abrupt_reducer(part: Component, context: Context, *, steps: Ratio = 1.0) -> Judgement:
    """Reducer at a pump's suction that changes more than one size at once.

    Args:
        steps: most sizes of the table that one reducer changes [-].

    Example:
        >>> nozzle = {"id": "N1", "at": [8, 0, 0.5], "direction": "-x", "nps": 3, "role": "suction"}
        >>> plan = drawn({"pump": "P-1", "box": [8, -0.5, 10, 0.5], "nozzles": [nozzle]},
        ...     {"pipe": "L-1", "at": [[0, 0, 0.5], [8, 0, 0.5]], "nps": 6, "end": "P-1.N1"},
        ...     {"component": "R-1", "kind": "eccentric_reducer", "at": [7, 0, 0.5], "pipe": "L-1",
        ...     "nps": 6, "nps_out": 3})
        >>> [f.measured for f in check(plan, [abrupt_reducer]).findings]
        [3.0]
    """
    lines = {way.pipe.id for way in context.once(suctions)}
    if part.kind not in {"reducer", "eccentric_reducer"} or part.pipe not in lines or part.nps_out is None:
        return SKIP
    measured = size_steps(size_of(part.nps), size_of(part.nps_out))
    if not above(measured, steps):
        return None
    return found(
        f"The reducer {part.id} changes {measured} sizes at once.",
        part.id,
        where=part.shape,
        measured=float(measured),
        limit=steps,
        remedy="Reduce in steps, or bring the line's size nearer to the nozzle's.",
    )
