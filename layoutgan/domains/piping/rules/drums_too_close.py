"""Horizontal vessels without room between them."""

from __future__ import annotations

import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    later,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.domains.piping.rules.sources import (
    UHDE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["drums_too_close"]


@rule("PI310", each=Equipment, source=UHDE)
def drums_too_close(item: Equipment, context: Context, *, gap: Metres = 1.2) -> Judgement:
    """Horizontal vessels side by side without room for a person and tools.

    Args:
        gap: least clear distance [m].

    Example:
        >>> plan = drawn({"drum": "D-1", "box": [0, 0, 6, 2]}, {"drum": "D-2", "box": [0, 3, 6, 5]})
        >>> [f.measured for f in check(plan, [drums_too_close]).findings]
        [1.0]
    """
    pairs = [(o, d) for o, d in later(item, context) if item.kind == o.kind == "drum"]
    if not pairs:
        return SKIP
    return [
        found(
            f"The drums {item.id} and {other.id} stand {near:.2f} m apart.",
            item.id,
            other.id,
            where=shapely.shortest_line(item.shape, other.shape),
            measured=near,
            limit=gap,
            remedy="Move them apart.",
        )
        for other, near in pairs
        if below(near, gap)
    ]
