"""Heavy lines in the middle of racks."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Rack,
)
from layoutgan.domains.piping.lanes import tiers
from layoutgan.domains.piping.rules.sources import (
    PIPING_HANDBOOK,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["heavy_line_mid_rack"]


@rule("PI406", each=Rack, source=PIPING_HANDBOOK, severity=Severity.WARNING, unit="-")
def heavy_line_mid_rack(rack: Rack, context: Context, *, nps: Ratio = 12.0, share: Ratio = 0.5) -> Judgement:
    """Rack with a large line in the middle of its beams instead of next to the columns.

    Args:
        nps: lines of this size and larger are heavy [in].
        share: heavy lines lie farther out than this share of the half width [-].

    Example:
        >>> plan = drawn({"rack": "PR-1", "line": [[0, 0], [12, 0]], "width": 6.0},
        ...     {"pipe": "L-1", "at": [[0, 0, 4.85], [12, 0, 4.85]], "nps": 16})
        >>> [f.elements for f in check(plan, [heavy_line_mid_rack]).findings]
        [('PR-1', 'L-1')]
    """
    lanes = [lane for t in context.once(tiers) if t.rack is rack for lane in t.lanes]
    lanes = [lane for lane in lanes if not below(lane.pipe.nps, nps)]
    if not lanes:
        return SKIP
    findings = {}
    for lane in lanes:
        out = abs(lane.across) / (rack.width / 2)
        if below(out, share):
            findings[lane.pipe.id] = found(
                f"{lane.pipe.id}, NPS {lane.pipe.nps:g}, lies in the middle of {rack.id}.",
                rack.id,
                lane.pipe.id,
                where=lane.pipe.shape,
                measured=out,
                limit=share,
                remedy="Put it next to the columns.",
            )
    return findings.values()
