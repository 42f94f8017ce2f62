"""Valve stems at head height beside paths."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
    below,
)
from layoutgan.domains.piping.elements import (
    Component,
    Road,
)
from layoutgan.domains.piping.rules.sources import (
    VALVE_TEXTS,
)
from layoutgan.domains.piping.shapes import coordinates
from layoutgan.domains.piping.standing import HAND_OPERATED
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["stem_at_head_height"]


@rule("PI423", each=Component, source=VALVE_TEXTS, severity=Severity.WARNING)
def stem_at_head_height(
    part: Component, context: Context, *, low: Metres = 1.5, high: Metres = 2.0, beside: Metres = 0.9
) -> Judgement:
    """Valve whose level stem stands at head height beside a walkway.

    Args:
        low: from this height on [m].
        high: up to this height [m].
        beside: a walkway nearer than this is beside the valve [m].

    Example:
        >>> plan = drawn({"road": "W-1", "kind": "walkway", "box": [0, 0, 9, 1]},
        ...     {"component": "V-1", "kind": "gate", "at": [3, 1.5, 1.7], "stem": "-y"})
        >>> [f.elements for f in check(plan, [stem_at_head_height]).findings]
        [('V-1', 'W-1')]
    """
    paths = [r for r in context.layout.of(Road) if r.kind == "walkway"]
    if not paths or part.kind not in HAND_OPERATED or part.stem is None or part.stem.endswith("z"):
        return SKIP
    height = float(coordinates(part.shape)[2])
    if not above(height, low) or not below(height, high):
        return None
    return [
        found(
            f"The stem of {part.id} points at heads on {path.id}.",
            part.id,
            path.id,
            where=part.shape,
            measured=height,
            limit=low,
            remedy="Turn the stem up or away from the path.",
        )
        for path in paths
        if below(float(path.shape.distance(part.shape)), beside)
    ]
