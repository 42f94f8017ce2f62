"""Racks that are too low over roads."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    TOLERANCE,
    below,
)
from layoutgan.domains.piping.elements import (
    Rack,
    Road,
)
from layoutgan.domains.piping.rules.sources import (
    SH3012,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["rack_low_over_road"]


@rule("PI339", each=Rack, source=SH3012)
def rack_low_over_road(
    rack: Rack,
    context: Context,
    *,
    road_headroom: Metres = 5.0,
    access_headroom: Metres = 4.5,
    beam: Metres = 0.3,
) -> Judgement:
    """Rack whose lowest beams are too low over a road or an accessway that it crosses.

    Args:
        road_headroom: least height over main and secondary roads [m].
        access_headroom: least height over accessways in the unit [m].
        beam: depth of the beams below top of steel [m].

    Example:
        >>> plan = drawn({"rack": "PR-1", "line": [[0, 5], [30, 5]], "width": 6.0, "tiers": [4.6]},
        ...     {"road": "R-1", "kind": "main", "box": [10, 0, 16, 20]})
        >>> [round(f.measured, 2) for f in check(plan, [rack_low_over_road]).findings]
        [4.3]
    """
    kinds = {"main": road_headroom, "secondary": road_headroom, "access": access_headroom}
    crossed = [r for r in context.layout.of(Road) if r.kind in kinds]
    crossed = [r for r in crossed if r.shape.intersection(rack.shape).area > TOLERANCE]
    if not crossed or rack.kind == "sleeper":
        return SKIP
    clearance = min(rack.tiers) - beam
    return [
        found(
            f"The beams of {rack.id} are {clearance:.2f} m above the {road.kind} road {road.id}.",
            rack.id,
            road.id,
            where=rack.shape.intersection(road.shape),
            measured=clearance,
            limit=kinds[road.kind],
            remedy="Raise the lowest tier over the road.",
        )
        for road in crossed
        if below(clearance, kinds[road.kind])
    ]
