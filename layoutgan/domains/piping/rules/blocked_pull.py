"""Tube bundles that cannot be pulled."""

from __future__ import annotations

from layoutgan.domains.piping.ahead import inside_envelope
from layoutgan.domains.piping.elements import (
    Envelope,
)
from layoutgan.domains.piping.rules.sources import (
    UNREAD,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["blocked_pull"]


@rule("PI311", each=Envelope, source=UNREAD, unit="-")
def blocked_pull(envelope: Envelope, context: Context) -> Judgement:
    """Pull area of a tube bundle in which something permanent stands.

    Spools at the exchanger's own nozzles are taken out first and do not count.

    Example:
        >>> plan = drawn({"envelope": "E-1 pull", "kind": "pull", "box": [0, 0, 6, 2], "of": "E-1"},
        ...     {"pump": "P-1", "box": [1, 0, 3, 1]})
        >>> [f.elements for f in check(plan, [blocked_pull]).findings]
        [('E-1 pull', 'P-1')]
    """
    if envelope.kind != "pull":
        return SKIP
    known = set(context.layout.ids())
    return [
        found(
            f"{name} stands in the pull area of {envelope.of}.",
            envelope.id,
            *([name] if name in known else []),
            where=envelope.shape,
            remedy=f"Turn {envelope.of}, or move what stands there.",
        )
        for name in inside_envelope(envelope, context)
    ]
