"""Pockets in free-draining lines."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.domains.piping.ways import pockets
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["pocket"]


@rule("PI433", each=Pipe, unit="-")
def pocket(pipe: Pipe, context: Context, *, reversals: Ratio = 0.0) -> Judgement:
    """Free-draining line that rises again after falling, or falls again after rising.

    Args:
        reversals: most changes between rising and falling [-].

    Example:
        >>> plan = drawn({"pipe": "L-1", "at": [[0, 0, 3], [4, 0, 3], [4, 0, 1], [8, 0, 1], [8, 0, 2]],
        ...     "nps": 4, "no_pocket": True})
        >>> [f.measured for f in check(plan, [pocket]).findings]
        [1.0]
    """
    if not pipe.no_pocket or pipe.status == "exception":
        return SKIP
    high, low = pockets(pipe.points)
    if not above(high + low, reversals):
        return None
    return found(
        f"{pipe.id} must drain freely and has {high} high and {low} low pocket(s).",
        pipe.id,
        where=pipe.shape,
        measured=float(high + low),
        limit=reversals,
        remedy="Lead it down, or up, all the way.",
    )
