"""Doors whose leaves hit each other."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.derived import swings
from layoutgan.domains.floorplan.elements import Door
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["clashing_doors"]


@rule("FP026", each=Door, severity=Severity.WARNING)
def clashing_doors(door: Door, context: Context, *, max_overlap: SquareMetres = 0.01) -> Judgement:
    """Door whose leaf hits another leaf.

    Each leaf sweeps a quarter circle between shut and open by 90°. Where two of them overlap, one door
    stops the other, and fingers are caught. Each pair is one finding.

    Args:
        max_overlap: overlap of two quarter circles that passes [m²].

    Example:
        >>> plan = drawn('''
        ... ab
        ... ca
        ... ''', scale=1.2, a="corridor", b="bedroom", c="bathroom", doors=[
        ...     {"between": "ba", "at": [1.8, 1.2], "into": "a", "hinge": "end"},
        ...     {"between": "ca", "at": [1.2, 0.6], "into": "a"}])
        >>> [f.elements for f in check(plan, [clashing_doors]).findings]
        [('door-b-a', 'door-c-a')]
    """
    known = swings(context)
    if door.id not in known:
        return SKIP
    mine, later, findings = known[door.id], False, []
    for other, shape in known.items():
        if later and mine.intersects(shape):
            common = mine.intersection(shape)
            if common.area > max_overlap:
                findings.append(
                    found(
                        f"The leaves of {door.id} and {other} hit each other on {common.area:.2f} m².",
                        door.id,
                        other,
                        where=common,
                        measured=common.area,
                        limit=max_overlap,
                        remedy="Hang one of them at its other jamb or let it open to the other side.",
                    )
                )
        later = later or other == door.id
    return findings
