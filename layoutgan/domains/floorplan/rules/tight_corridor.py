"""Corridors that are tight in use."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.least import least_width
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, rule

__all__ = ["tight_corridor"]


@rule("FP901", each=Room, source=Source("good practice"), severity=Severity.WARNING)
def tight_corridor(room: Room, context: Context, *, min_width: Metres = 1.2) -> Judgement:
    """Corridor narrower than 1.2 m.

    Two people pass each other in 1.2 m, and furniture turns corners.

    Args:
        min_width: least clear width [m].

    Example:
        >>> plan = drawn("aaa", scale=1.0, a="corridor")
        >>> [(f.elements, f.measured) for f in check(plan, [tight_corridor]).findings]
        [(('a',), 1.0)]
    """
    if room.kind != "corridor":
        return SKIP
    return least_width(room, context, min_width)
