"""Hand-operated valves out of reach."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Component,
)
from layoutgan.domains.piping.rules.sources import (
    OSHA_PAGES,
)
from layoutgan.domains.piping.standing import HAND_OPERATED, wheel_height
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["unreachable_valve"]


@rule("PI422", each=Component, source=OSHA_PAGES)
def unreachable_valve(part: Component, context: Context, *, reach: Metres = 2.05) -> Judgement:
    """Hand-operated valve that nobody can reach.

    Args:
        reach: greatest height above where one stands [m].

    Example:
        >>> plan = drawn({"component": "V-1", "kind": "ball", "at": [0, 0, 5.0]})
        >>> [f.measured for f in check(plan, [unreachable_valve]).findings]
        [5.0]
    """
    if part.kind not in HAND_OPERATED or part.operated != "hand":
        return SKIP
    height = wheel_height(part, context)
    if not above(height, reach):
        return None
    return found(
        f"{part.id} is {height:.2f} m above where one stands.",
        part.id,
        where=part.shape,
        measured=height,
        limit=reach,
        remedy="Fit a chain wheel, add a platform, or move the valve down.",
    )
