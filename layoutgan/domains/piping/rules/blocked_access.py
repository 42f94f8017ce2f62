"""Access areas in which something stands."""

from __future__ import annotations

from layoutgan.domains.piping.ahead import inside_envelope
from layoutgan.domains.piping.elements import (
    Envelope,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["blocked_access"]


@rule("PI315", each=Envelope, unit="-")
def blocked_access(envelope: Envelope, context: Context) -> Judgement:
    """Area that the brief keeps free for access in which something stands.

    Judged for trucks, drivers of pumps, aisles, shell covers and withdrawal.

    Example:
        >>> plan = drawn({"envelope": "P-1 truck", "kind": "truck", "box": [0, 0, 3, 4], "of": "P-1"},
        ...     {"pump": "P-2", "box": [1, 0, 3, 1]})
        >>> [f.elements for f in check(plan, [blocked_access]).findings]
        [('P-1 truck', 'P-2')]
    """
    if envelope.kind in {"pull", "removal"}:
        return SKIP
    known = set(context.layout.ids())
    return [
        found(
            f"{name} stands in the {envelope.kind} area of {envelope.of}.",
            envelope.id,
            *([name] if name in known else []),
            where=envelope.shape,
            remedy=f"Turn {envelope.of}, or move what stands there.",
        )
        for name in inside_envelope(envelope, context)
    ]
