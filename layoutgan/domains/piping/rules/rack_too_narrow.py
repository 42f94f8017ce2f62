"""Racks that are too narrow for their lines."""

from __future__ import annotations

from layoutgan.core.schema import Metres, Ratio
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Rack,
)
from layoutgan.domains.piping.lanes import tiers
from layoutgan.domains.piping.rules.sources import (
    RACK_PAGES,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["rack_too_narrow"]


@rule("PI402", each=Rack, source=RACK_PAGES, severity=Severity.WARNING, unit="m")
def rack_too_narrow(
    rack: Rack,
    context: Context,
    *,
    factor: Ratio = 1.2,
    pitch: Metres = 0.30,
    small_pitch: Metres = 0.23,
    reserve: Metres = 0.6,
) -> Judgement:
    """Rack that is too narrow for the number of lines on its fullest tier, by the rule of thumb f·N·S + A.

    Args:
        factor: room to grow [-]; 1.5 early in a project, 1.2 in detail.
        pitch: average pitch [m].
        small_pitch: average pitch where all lines are smaller than NPS 10 [m].
        reserve: width for cable trays and instruments [m].

    Example:
        >>> lines = [{"pipe": f"L-{k}",
        ...     "at": [[0, 0.1 + 0.35 * k, 4.7], [12, 0.1 + 0.35 * k, 4.7]]} for k in range(6)]
        >>> plan = drawn({"rack": "PR-1", "line": [[0, 1], [12, 1]], "width": 2.0}, *lines)
        >>> [(f.measured, round(f.limit, 3)) for f in check(plan, [rack_too_narrow]).findings]
        [(2.0, 2.256)]
    """
    mine = [tier for tier in context.once(tiers) if tier.rack is rack and tier.lanes]
    if not mine:
        return SKIP
    needed = 0.0
    for tier in mine:
        lines = {lane.pipe.line: lane.pipe.nps for lane in tier.lanes}
        each = small_pitch if max(lines.values()) < 10 else pitch
        needed = max(needed, factor * len(lines) * each + reserve)
    if not below(rack.width, needed):
        return None
    return found(
        f"{rack.id} is {rack.width:.2f} m wide; its lines ask for {needed:.2f} m.",
        rack.id,
        where=rack.shape,
        measured=rack.width,
        limit=needed,
        remedy="Widen the rack, or add a tier.",
    )
