"""Platforms and shelters with one way out."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Platform,
)
from layoutgan.domains.piping.rules.sources import (
    OSHA_PAGES,
)
from layoutgan.validation.rule import Context, Judgement, found, rule

__all__ = ["one_way_out"]


@rule("PI341", each=Platform, source=OSHA_PAGES, unit="-")
def one_way_out(platform: Platform, context: Context, *, exits: Ratio = 2.0) -> Judgement:
    """Platform or shelter with fewer ways out than people need when one is cut off.

    Args:
        exits: least number of ways out [-].

    Example:
        >>> plan = drawn({"platform": "PF-1", "box": [0, 0, 9, 9], "elevation": 6.0, "exits": 1})
        >>> [f.measured for f in check(plan, [one_way_out]).findings]
        [1.0]
    """
    if not below(platform.exits, exits):
        return None
    return found(
        f"The platform {platform.id} has {platform.exits} way out.",
        platform.id,
        where=platform.shape,
        measured=float(platform.exits),
        limit=exits,
        remedy="Add a ladder or a stair at the far end.",
    )
