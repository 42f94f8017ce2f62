"""Sloped lines that do not fall."""

from __future__ import annotations

import numpy as np

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    TOLERANCE,
    below,
)
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.domains.piping.rules.sources import (
    CADMATIC,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["lost_slope"]


@rule("PI432", each=Pipe, source=CADMATIC, unit="-")
def lost_slope(pipe: Pipe, context: Context, *, share: Ratio = 1.0) -> Judgement:
    """Line that has to fall from start to end, with a leg that falls less than its slope asks for.

    Args:
        share: least share of the slope that each leg keeps [-].

    Example:
        >>> plan = drawn({"pipe": "L-1", "at": [[0, 0, 3], [10, 0, 3]], "nps": 4, "slope": 0.01})
        >>> [f.measured for f in check(plan, [lost_slope]).findings]
        [0.0]
    """
    if pipe.slope is None or pipe.status == "exception":
        return SKIP
    steps = np.diff(pipe.points, axis=0)
    run = np.linalg.norm(steps[:, :2], axis=1)
    level = run > TOLERANCE
    if not level.any():
        return None
    fall = 0.0 - steps[level, 2] / run[level]
    worst = float(fall.min())
    # The coordinates of a routed line are rounded; a thousandth of the slope is what that may cost.
    if not below(worst, pipe.slope * share * 0.999):
        return None
    return found(
        f"{pipe.id} falls {100 * worst:.2f} % where {100 * pipe.slope:.2f} % is asked for.",
        pipe.id,
        where=pipe.shape,
        measured=worst,
        limit=pipe.slope * share,
        remedy="Give every level leg its fall.",
    )
