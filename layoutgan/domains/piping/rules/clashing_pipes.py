"""Pipes that run through each other."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    leg_contacts,
)
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["clashing_pipes"]


@rule("PI105", each=Pipe)
def clashing_pipes(pipe: Pipe, context: Context, *, gap: Metres = 0.0) -> Judgement:
    """Pipe, with its insulation, that runs through a pipe of a line it is not joined to.

    Args:
        gap: least clear distance between the outsides of insulation [m].

    Example:
        >>> plan = drawn({"pipe": "L-1", "at": [[0, 0, 1], [4, 0, 1]]},
        ...     {"pipe": "L-2", "at": [[2, -2, 1], [2, 2, 1]]})
        >>> [f.elements for f in check(plan, [clashing_pipes]).findings]
        [('L-1', 'L-2')]
    """
    if pipe.status == "exception":
        return SKIP
    findings = {}
    for contact in context.once(leg_contacts).get(pipe.id, ()):
        clear = contact.distance - pipe.radius - contact.radius
        if below(clear, gap) and contact.other not in findings:
            findings[contact.other] = found(
                f"{pipe.id} and {contact.other} run through each other.",
                pipe.id,
                contact.other,
                where=contact.at,
                measured=clear,
                limit=gap,
                remedy="Route one of them on another level or lane.",
            )
    return findings.values()
