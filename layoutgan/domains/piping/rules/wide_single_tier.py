"""Wide racks with one tier."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Rack,
)
from layoutgan.domains.piping.rules.sources import (
    RACK_PAGES,
)
from layoutgan.validation.rule import Context, Judgement, Severity, found, rule

__all__ = ["wide_single_tier"]


@rule("PI403", each=Rack, source=RACK_PAGES, severity=Severity.WARNING)
def wide_single_tier(rack: Rack, context: Context, *, width: Metres = 9.0) -> Judgement:
    """Rack so wide that two tiers would be cheaper than one.

    Args:
        width: greatest width of a rack with one tier [m].

    Example:
        >>> plan = drawn({"rack": "PR-1", "line": [[0, 0], [30, 0]], "width": 10.0, "tiers": [4.6]})
        >>> [f.measured for f in check(plan, [wide_single_tier]).findings]
        [10.0]
    """
    if len(rack.tiers) > 1 or not above(rack.width, width):
        return None
    return found(
        f"{rack.id} is {rack.width:.2f} m wide and has one tier.",
        rack.id,
        where=rack.shape,
        measured=rack.width,
        limit=width,
        remedy="Split the lines over two tiers.",
    )
