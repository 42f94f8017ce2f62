"""Bathrooms that cannot be shut."""

from __future__ import annotations

from layoutgan.domains.floorplan.derived import passages
from layoutgan.domains.floorplan.elements import Door, Room
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["doorless_bathroom"]


@rule("FP040", each=Room, severity=Severity.WARNING)
def doorless_bathroom(room: Room, context: Context) -> Judgement:
    """Bathroom or toilet that an opening without a door joins to another room.

    Example:
        >>> gap = {"between": "ab", "kind": "opening"}
        >>> plan = drawn("ab", scale=2.0, a="bathroom", b="bedroom", doors=[gap])
        >>> [f.elements for f in check(plan, [doorless_bathroom]).findings]
        [('a', 'door-a-b')]
    """
    ways = passages(context, room.id)
    if room.kind not in ("bathroom", "toilet") or not ways:
        return SKIP
    openings = {d.id: d for d in context.of(Door) if d.kind == "opening"}
    return [
        found(
            f"{room.id} is open to {way.to}.",
            room.id,
            way.door,
            where=openings[way.door].shape,
            remedy=f"Put a door into the {openings[way.door].shape.length:.2f} m opening to {way.to}.",
        )
        for way in ways
        if way.door in openings
    ]
