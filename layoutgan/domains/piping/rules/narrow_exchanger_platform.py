"""Platforms at elevated exchangers that are too narrow."""

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
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["narrow_exchanger_platform"]


@rule("PI318", each=Platform, source=LAYOUT_TABLE, severity=Severity.WARNING)
def narrow_exchanger_platform(platform: Platform, context: Context, *, width: Metres = 0.9) -> Judgement:
    """Platform at the end of an elevated exchanger that is too narrow.

    Args:
        width: least clear width [m].

    Example:
        >>> plan = drawn({"platform": "PF-1", "kind": "exchanger_end", "box": [0, 0, 3, 0.8],
        ...     "elevation": 6.0})
        >>> [round(f.measured, 2) for f in check(plan, [narrow_exchanger_platform]).findings]
        [0.8]
    """
    if platform.kind != "exchanger_end":
        return SKIP
    clear = clear_width(platform.shape)
    if not below(clear, width):
        return None
    return found(
        f"The platform {platform.id} at an exchanger is {clear:.2f} m wide.",
        platform.id,
        where=platform.shape,
        measured=clear,
        limit=width,
        remedy="Widen it.",
    )
