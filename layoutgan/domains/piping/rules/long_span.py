"""Pipes on racks whose frames are too far apart."""

from __future__ import annotations

import numpy as np

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    above,
    size_of,
)
from layoutgan.domains.piping.elements import (
    Rack,
)
from layoutgan.domains.piping.lanes import tiers
from layoutgan.domains.piping.pipe_data import (
    span,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["long_span"]


@rule("PI440", each=Rack, severity=Severity.WARNING, unit="m")
def long_span(rack: Rack, context: Context, *, factor: Ratio = 1.0) -> Judgement:
    """Rack whose frames are farther apart than its smallest lines can span without support between them.

    Args:
        factor: multiple of the tabled span that is allowed [-].

    Example:
        >>> plan = drawn({"rack": "PR-1", "line": [[0, 0], [12, 0]], "width": 6.0, "bent": 6.0},
        ...     {"pipe": "L-1", "at": [[0, 0, 4.7], [12, 0, 4.7]], "nps": 2})
        >>> [(f.measured, f.limit) for f in check(plan, [long_span]).findings]
        [(6.0, 3.0)]
    """
    pipes = {lane.pipe.id: lane.pipe for t in context.once(tiers) if t.rack is rack for lane in t.lanes}
    if not pipes:
        return SKIP
    frames = rack.frames
    bay = float(np.linalg.norm(frames[1] - frames[0]))
    spans = {
        p.id: factor * span(size_of(p.nps), gas=p.kind in {"gas", "steam", "air"}) for p in pipes.values()
    }
    short = sorted(
        (name for name, longest in spans.items() if above(bay, longest)), key=lambda name: spans[name]
    )
    if not short:
        return None
    return found(
        f"The frames of {rack.id} are {bay:.2f} m apart; {', '.join(short[:6])} need intermediate supports.",
        rack.id,
        *short,
        where=rack.shape,
        measured=bay,
        limit=spans[short[0]],
        remedy="Add intermediate beams, or support the small lines from larger ones.",
    )
