"""Lines that could not be routed."""

from __future__ import annotations

from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.validation.rule import Context, Judgement, found, rule

__all__ = ["unrouted_line"]


@rule("PI454", each=Pipe, unit="-")
def unrouted_line(pipe: Pipe, context: Context) -> Judgement:
    """Line that could not be routed: it is drawn straight through, on the exception layer.

    Example:
        >>> plan = drawn({"pipe": "L-1", "at": [[0, 0, 1], [5, 0, 1]], "status": "exception",
        ...     "reason": "buried"})
        >>> [f.message for f in check(plan, [unrouted_line]).findings]
        ['L-1 could not be routed: buried.']
    """
    if pipe.status == "routed":
        return None
    return found(
        f"{pipe.id} could not be routed: {pipe.reason or 'no reason given'}.",
        pipe.id,
        where=pipe.shape,
        remedy="Make room at its ends, or route it by hand.",
    )
