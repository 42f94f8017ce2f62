"""High ladders without fall arrest."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Platform,
)
from layoutgan.domains.piping.rules.sources import (
    OSHA_PAGES,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["unprotected_ladder"]


@rule("PI343", each=Platform, source=OSHA_PAGES)
def unprotected_ladder(platform: Platform, context: Context, *, height: Metres = 7.3) -> Judgement:
    """Platform with a high fixed ladder that has no fall arrest.

    Args:
        height: longest ladder without it [m].

    Example:
        >>> plan = drawn({"platform": "PF-1", "box": [0, 0, 3, 2], "elevation": 9.0, "ladder": 9.0,
        ...     "protected": False})
        >>> [f.measured for f in check(plan, [unprotected_ladder]).findings]
        [9.0]
    """
    if platform.ladder is None:
        return SKIP
    if platform.protected or not above(platform.ladder, height):
        return None
    return found(
        f"The ladder of {platform.id} is {platform.ladder:.1f} m long and has no fall arrest.",
        platform.id,
        where=platform.shape,
        measured=platform.ladder,
        limit=height,
        remedy="Fit fall arrest, or break the climb with a landing.",
    )
