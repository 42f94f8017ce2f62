"""Pipes that run through equipment."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    solid_contacts,
)
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["pipe_through_equipment"]


@rule("PI104", each=Pipe)
def pipe_through_equipment(pipe: Pipe, context: Context, *, gap: Metres = 0.0) -> Judgement:
    """Pipe, with its insulation, that runs through equipment other than at its own nozzle.

    Args:
        gap: least clear distance from the outside of the insulation to the equipment [m].

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1]}, {"pipe": "L-1", "at": [[1, -3, 1], [1, 3, 1]]})
        >>> [f.elements for f in check(plan, [pipe_through_equipment]).findings]
        [('L-1', 'P-1')]
    """
    if pipe.status == "exception":
        return SKIP
    findings = {}
    for contact in context.once(solid_contacts).get(pipe.id, ()):
        clear = contact.distance - pipe.radius
        if below(clear, gap) and contact.other not in findings:
            findings[contact.other] = found(
                f"{pipe.id} runs through {contact.other}.",
                pipe.id,
                contact.other,
                where=contact.at,
                measured=clear,
                limit=gap,
                remedy="Route the line around it.",
            )
    return findings.values()
