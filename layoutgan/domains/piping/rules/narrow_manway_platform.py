"""Platforms before manways that are too narrow."""

from __future__ import annotations

from layoutgan.core.geometry import clear_width
from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Platform,
)
from layoutgan.domains.piping.rules.sources import (
    LAYOUT_TABLE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["narrow_manway_platform"]


@rule("PI316", each=Platform, source=LAYOUT_TABLE)
def narrow_manway_platform(platform: Platform, context: Context, *, width: Metres = 0.9) -> Judgement:
    """Platform before a manway that is too narrow.

    Args:
        width: least clear width [m].

    Example:
        >>> plan = drawn({"platform": "PF-1", "kind": "manway", "box": [0, 0, 3, 0.8], "elevation": 6.0})
        >>> [round(f.measured, 2) for f in check(plan, [narrow_manway_platform]).findings]
        [0.8]
    """
    if platform.kind != "manway":
        return SKIP
    clear = clear_width(platform.shape)
    if not below(clear, width):
        return None
    return found(
        f"The platform {platform.id} before a manway is {clear:.2f} m wide.",
        platform.id,
        where=platform.shape,
        measured=clear,
        limit=width,
        remedy="Widen it.",
    )
