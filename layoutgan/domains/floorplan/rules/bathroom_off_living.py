"""Bathrooms that open straight into a living room or kitchen."""

from __future__ import annotations

from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.rules.least import kinds_of
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, found, rule

__all__ = ["bathroom_off_living"]


@rule("FP509", each=Door, source=Source("GB 50096", "2011", verified=True), severity=Severity.WARNING)
def bathroom_off_living(door: Door, context: Context) -> Judgement:
    """Bathroom or toilet that opens straight into a living room or kitchen.

    A bathroom without an anteroom should not (clause 5.4.3; we read the rule, not the clause's number).

    Example:
        >>> plan = drawn("ab", scale=3.0, a="living_room", b="bathroom", doors=[{"between": "ab"}])
        >>> [f.elements for f in check(plan, [bathroom_off_living]).findings]
        [('door-a-b', 'a', 'b')]
    """
    kinds = kinds_of(door, context)
    if not kinds & {"bathroom", "toilet"}:
        return SKIP
    if not kinds & {"living_room", "kitchen"}:
        return None
    return found(
        f"{door.id} joins a bathroom straight to a {'kitchen' if 'kitchen' in kinds else 'living room'}.",
        door.id,
        *door.between,
        where=door.shape,
        remedy="Let it open from a hall.",
    )
