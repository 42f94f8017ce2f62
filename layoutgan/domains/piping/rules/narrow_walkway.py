"""Walkways that are too narrow."""

from __future__ import annotations

from layoutgan.core.geometry import clear_width
from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Road,
)
from layoutgan.domains.piping.rules.sources import (
    RED_BAG,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["narrow_walkway"]


@rule("PI301", each=Road, source=RED_BAG)
def narrow_walkway(road: Road, context: Context, *, width: Metres = 0.9) -> Judgement:
    """Walkway narrower than people need.

    Args:
        width: least clear width of the walkway as it is drawn [m].

    Example:
        >>> plan = drawn({"road": "W-1", "kind": "walkway", "box": [0, 0, 20, 0.8]})
        >>> [round(f.measured, 2) for f in check(plan, [narrow_walkway]).findings]
        [0.8]
    """
    if road.kind != "walkway":
        return SKIP
    clear = clear_width(road.shape)
    if not below(clear, width):
        return None
    return found(
        f"The walkway {road.id} is {clear:.2f} m wide.",
        road.id,
        where=road.shape,
        measured=clear,
        limit=width,
        remedy="Widen it.",
    )
