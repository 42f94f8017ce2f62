"""Flow elements without straight pipe before them."""

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

__all__ = ["disturbed_flow_element"]


@rule("PI434", each=Component, source=UNREAD, unit="-")
def disturbed_flow_element(part: Component, context: Context, *, diameters: Ratio = 10.0) -> Judgement:
    """Flow element with too little straight pipe up-stream.

    Args:
        diameters: least straight run before it [pipe diameters]; up to 44 by fitting and ratio.

    Example:
        >>> plan = drawn({"pipe": "L-1", "at": [[0, 0, 1], [1, 0, 1], [1, 9, 1]], "nps": 4},
        ...     {"component": "FE-1", "kind": "flow_element", "at": [1, 0.8, 1], "pipe": "L-1",
        ...     "direction": "+y"})
        >>> [round(f.measured, 1) for f in check(plan, [disturbed_flow_element]).findings]
        [5.7]
    """
    runs = straight_runs(part, context)
    if part.kind != "flow_element" or runs is None:
        return SKIP
    measured = runs[0] / outside(size_of(part.nps))
    if not below(measured, diameters):
        return None
    return found(
        f"{part.id} has {measured:.1f} diameters of straight pipe before it.",
        part.id,
        where=part.shape,
        measured=measured,
        limit=diameters,
        remedy="Move it along the line.",
    )
