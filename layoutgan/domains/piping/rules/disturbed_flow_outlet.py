"""Flow elements without straight pipe behind them."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    below,
    size_of,
)
from layoutgan.domains.piping.elements import (
    Component,
)
from layoutgan.domains.piping.pipe_data import (
    outside,
)
from layoutgan.domains.piping.rules.sources import (
    UNREAD,
)
from layoutgan.domains.piping.standing import straight_runs
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["disturbed_flow_outlet"]


@rule("PI435", each=Component, source=UNREAD, unit="-")
def disturbed_flow_outlet(part: Component, context: Context, *, diameters: Ratio = 5.0) -> Judgement:
    """Flow element with too little straight pipe down-stream.

    Args:
        diameters: least straight run behind it [pipe diameters]; up to 7 by fitting and ratio.

    Example:
        >>> plan = drawn({"pipe": "L-1", "at": [[0, 0, 1], [0, 9, 1], [4, 9, 1]], "nps": 4},
        ...     {"component": "FE-1", "kind": "flow_element", "at": [0, 8.8, 1], "pipe": "L-1",
        ...     "direction": "+y"})
        >>> [round(f.measured, 1) for f in check(plan, [disturbed_flow_outlet]).findings]
        [0.4]
    """
    runs = straight_runs(part, context)
    if part.kind != "flow_element" or runs is None:
        return SKIP
    measured = max(runs[1], 0.0) / outside(size_of(part.nps))
    if not below(measured, diameters):
        return None
    return found(
        f"{part.id} has {measured:.1f} diameters of straight pipe behind it.",
        part.id,
        where=part.shape,
        measured=measured,
        limit=diameters,
        remedy="Move it along the line.",
    )
