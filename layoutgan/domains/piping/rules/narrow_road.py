"""Plant roads that are too narrow."""

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
    LAYOUT_TABLE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["narrow_road"]


@rule("PI319", each=Road, source=LAYOUT_TABLE)
def narrow_road(road: Road, context: Context, *, width: Metres = 6.0) -> Judgement:
    """Plant road that is too narrow.

    Args:
        width: least width of main and secondary roads [m]; others say 7 to 9 m and 5 to 6 m.

    Example:
        >>> plan = drawn({"road": "R-1", "kind": "main", "box": [0, 0, 50, 5]})
        >>> [f.measured for f in check(plan, [narrow_road]).findings]
        [5.0]
    """
    if road.kind not in {"main", "secondary"}:
        return SKIP
    clear = clear_width(road.shape)
    if not below(clear, width):
        return None
    return found(
        f"The {road.kind} road {road.id} is {clear:.2f} m wide.",
        road.id,
        where=road.shape,
        measured=clear,
        limit=width,
        remedy="Widen it.",
    )
