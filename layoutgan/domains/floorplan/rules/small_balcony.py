"""Balconies smaller than the London Plan asks."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.rules.bed_spaces import bed_spaces
from layoutgan.domains.floorplan.rules.least import least_area
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, Source, rule

__all__ = ["small_balcony"]


@rule(
    "FP408", each=Room, source=Source("London Plan", "2021", "D6", verified=True), severity=Severity.WARNING
)
def small_balcony(
    room: Room, context: Context, *, min_area: SquareMetres = 5.0, per_person: SquareMetres = 1.0
) -> Judgement:
    """Balcony smaller than 5 m² for one or two persons, and 1 m² more for each further person.

    Args:
        min_area: least area for one or two persons [m²].
        per_person: more for each further person [m²].

    Example:
        >>> plan = drawn("ab", scale=2.0, a="balcony", b="bedroom")
        >>> [(f.elements, f.measured, f.limit) for f in check(plan, [small_balcony]).findings]
        [(('a',), 4.0, 5.0)]
    """
    if room.kind != "balcony":
        return SKIP
    persons = bed_spaces(context).persons
    return least_area(room, context, min_area + per_person * max(persons - 2, 0))
