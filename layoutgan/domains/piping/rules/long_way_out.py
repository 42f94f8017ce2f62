"""Long ways out of platforms."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Platform,
)
from layoutgan.domains.piping.rules.sources import (
    UNREAD,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["long_way_out"]


@rule("PI342", each=Platform, source=UNREAD)
def long_way_out(platform: Platform, context: Context, *, travel: Metres = 22.0) -> Judgement:
    """Platform or shelter whose longest way to an exit is too long.

    Args:
        travel: most distance to an exit [m].

    Example:
        >>> plan = drawn({"platform": "PF-1", "box": [0, 0, 40, 2], "elevation": 6.0, "travel": 30.0})
        >>> [f.measured for f in check(plan, [long_way_out]).findings]
        [30.0]
    """
    if platform.travel is None:
        return SKIP
    if not above(platform.travel, travel):
        return None
    return found(
        f"The way out of {platform.id} is {platform.travel:.1f} m long.",
        platform.id,
        where=platform.shape,
        measured=platform.travel,
        limit=travel,
        remedy="Add an exit.",
    )
