"""Legs between elbows that are too short."""

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
    PLANTWISE,
)
from layoutgan.domains.piping.ways import corners, plan_point
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["short_leg"]


@rule("PI430", each=Pipe, source=PLANTWISE, unit="m")
def short_leg(pipe: Pipe, context: Context, *, elbows: Ratio = 2.0) -> Judgement:
    """Pipe with a leg between two elbows that is shorter than the elbows themselves.

    Args:
        elbows: least length from intersection to intersection, in centre-to-end lengths of an elbow [-].

    Example:
        >>> plan = drawn({"pipe": "L-1", "at": [[0, 0, 1], [4, 0, 1], [4, 0.2, 1], [8, 0.2, 1]], "nps": 4})
        >>> [(f.measured, f.limit) for f in check(plan, [short_leg]).findings]
        [(0.2, 0.304)]
    """
    turns = corners(pipe.points)
    between = np.flatnonzero(turns[:-1] & turns[1:])
    if pipe.status == "exception" or not len(between):
        return SKIP
    limit = elbows * elbow(size_of(pipe.nps))
    steps = np.linalg.norm(np.diff(pipe.points, axis=0), axis=1)
    short = [k for k in between if below(float(steps[k]), limit)]
    if not short:
        return None
    worst = min(short, key=lambda k: steps[k])
    return found(
        f"{pipe.id} has {1000 * steps[worst]:.0f} mm between two elbows; they need {1000 * limit:.0f} mm.",
        pipe.id,
        where=plan_point(pipe.points[worst]),
        measured=float(steps[worst]),
        limit=limit,
        remedy="Lengthen the leg, or take the jog out.",
    )
