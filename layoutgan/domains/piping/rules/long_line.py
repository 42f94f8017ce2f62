"""Lines longer than the brief allows."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["long_line"]


@rule("PI455", each=Pipe, unit="m")
def long_line(pipe: Pipe, context: Context, *, factor: Ratio = 1.0) -> Judgement:
    """Line longer than the brief allows.

    Args:
        factor: multiple of the brief's length that is allowed [-].

    Example:
        >>> plan = drawn({"pipe": "L-1", "at": [[0, 0, 1], [9, 0, 1]], "max_length": 5.0})
        >>> [f.measured for f in check(plan, [long_line]).findings]
        [9.0]
    """
    if pipe.max_length is None:
        return SKIP
    limit = factor * pipe.max_length
    if not above(pipe.length, limit):
        return None
    return found(
        f"{pipe.id} is {pipe.length:.2f} m long.",
        pipe.id,
        where=pipe.shape,
        measured=pipe.length,
        limit=limit,
        remedy="Move what it connects nearer together.",
    )
