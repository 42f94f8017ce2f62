"""Elbows too near to nozzles."""

from __future__ import annotations

import numpy as np

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    below,
    equipment,
    size_of,
)
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.domains.piping.pipe_data import (
    stub,
)
from layoutgan.domains.piping.rules.sources import (
    PLANTWISE,
)
from layoutgan.domains.piping.ways import corners
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["short_takeoff"]


@rule("PI431", each=Pipe, source=PLANTWISE, unit="m")
def short_takeoff(pipe: Pipe, context: Context, *, factor: Ratio = 1.0) -> Judgement:
    """Pipe whose first elbow does not leave room for itself and the flange at a nozzle.

    Args:
        factor: multiple of elbow and flange that is asked for [-].

    Example:
        >>> nozzle = {"id": "N1", "at": [2, 0.5, 1], "direction": "+x", "nps": 4}
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1], "nozzles": [nozzle]},
        ...     {"pipe": "L-1", "at": [[2, 0.5, 1], [2.1, 0.5, 1], [2.1, 5, 1]], "nps": 4, "start": "P-1.N1"})
        >>> [(round(f.measured, 3), f.limit) for f in check(plan, [short_takeoff]).findings]
        [(0.1, 0.219)]
    """
    tags = {i.id for i in context.once(equipment)}
    points, turns = pipe.points, corners(pipe.points)
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    ends = [(pipe.start, steps[0], turns[1]), (pipe.end, steps[-1], turns[-2])]
    judged = [(text, float(run)) for text, run, bent in ends if bent and text.rpartition(".")[0] in tags]
    if pipe.status == "exception" or not judged:
        return SKIP
    limit = factor * stub(size_of(pipe.nps), pipe.rating)
    return [
        found(
            f"An elbow of {pipe.id} is {1000 * run:.0f} mm from {text}; it needs {1000 * limit:.0f} mm.",
            pipe.id,
            text.rpartition(".")[0],
            where=pipe.shape,
            measured=run,
            limit=limit,
            remedy="Lead the line straight out of the nozzle for longer.",
        )
        for text, run in judged
        if below(run, limit)
    ]
