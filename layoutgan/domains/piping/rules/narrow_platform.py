"""Platforms that are too narrow."""

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
from layoutgan.validation.rule import Context, Judgement, found, rule

__all__ = ["narrow_platform"]


@rule("PI317", each=Platform, source=LAYOUT_TABLE)
def narrow_platform(platform: Platform, context: Context, *, width: Metres = 0.6) -> Judgement:
    """Platform too narrow to pass an obstruction.

    Args:
        width: least clear width [m].

    Example:
        >>> plan = drawn({"platform": "PF-1", "box": [0, 0, 3, 0.5], "elevation": 6.0})
        >>> [f.measured for f in check(plan, [narrow_platform]).findings]
        [0.5]
    """
    clear = clear_width(platform.shape)
    if not below(clear, width):
        return None
    return found(
        f"The platform {platform.id} is {clear:.2f} m wide.",
        platform.id,
        where=platform.shape,
        measured=clear,
        limit=width,
        remedy="Widen it.",
    )
