"""Drivers of pumps that a truck cannot reach."""

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

__all__ = ["driver_out_of_reach_of_truck"]


@rule("PI305", each=Equipment, source=LAYOUT_TABLE)
def driver_out_of_reach_of_truck(item: Equipment, context: Context, *, clear: Metres = 3.0) -> Judgement:
    """Pump served by a truck whose driver end has too little room before it.

    Judged for pumps with an area of kind ``truck``.

    Args:
        clear: least clear distance before the driver end [m].

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1]}, {"vessel": "V-1", "box": [4, 0, 6, 2]},
        ...     {"envelope": "P-1 truck", "kind": "truck", "box": [2, 0, 4, 1], "of": "P-1"})
        >>> [f.measured for f in check(plan, [driver_out_of_reach_of_truck]).findings]
        [2.0]
    """
    trucks = {e.of for e in context.layout.of(Envelope) if e.kind == "truck"}
    if item.kind != "pump" or item.id not in trucks:
        return SKIP
    near, what = clear_ahead(item, item.front, clear + 1.0, context)
    if not below(near, clear):
        return None
    return found(
        f"{what} stands {near:.2f} m before the driver of {item.id}, which a truck has to reach.",
        item.id,
        *([what] if what in set(context.layout.ids()) else []),
        where=strip_beside(item.shape, item.front, near or 0.1),
        measured=near,
        limit=clear,
        remedy="Turn the pump, or move what stands before it.",
    )
