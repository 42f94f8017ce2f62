"""Drivers of pumps without room before them."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.ahead import clear_ahead, strip_beside
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Envelope,
    Equipment,
)
from layoutgan.domains.piping.rules.sources import (
    LAYOUT_TABLE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["driver_out_of_reach"]


@rule("PI306", each=Equipment, source=LAYOUT_TABLE)
def driver_out_of_reach(item: Equipment, context: Context, *, clear: Metres = 1.5) -> Judgement:
    """Pump whose driver end has too little room before it for people with a hoist.

    Pumps with an area of kind ``truck`` are judged by another rule.

    Args:
        clear: least clear distance before the driver end [m].

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1]}, {"vessel": "V-1", "box": [3, 0, 5, 2]})
        >>> [f.measured for f in check(plan, [driver_out_of_reach]).findings]
        [1.0]
    """
    trucks = {e.of for e in context.layout.of(Envelope) if e.kind == "truck"}
    if item.kind != "pump" or item.id in trucks:
        return SKIP
    near, what = clear_ahead(item, item.front, clear + 1.0, context)
    if not below(near, clear):
        return None
    return found(
        f"{what} stands {near:.2f} m before the driver of {item.id}.",
        item.id,
        *([what] if what in set(context.layout.ids()) else []),
        where=strip_beside(item.shape, item.front, near or 0.1),
        measured=near,
        limit=clear,
        remedy="Turn the pump, or move what stands before it.",
    )
