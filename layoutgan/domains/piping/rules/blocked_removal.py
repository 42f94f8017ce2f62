"""Pistons and rotors that cannot be taken out."""

from __future__ import annotations

from layoutgan.domains.piping.ahead import inside_envelope
from layoutgan.domains.piping.elements import (
    Envelope,
)
from layoutgan.domains.piping.rules.sources import (
    LAYOUT_TABLE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["blocked_removal"]


@rule("PI314", each=Envelope, source=LAYOUT_TABLE, unit="-")
def blocked_removal(envelope: Envelope, context: Context) -> Judgement:
    """Removal area of a compressor's piston or rotor in which something stands.

    Example:
        >>> plan = drawn({"envelope": "K-1 removal", "kind": "removal", "box": [0, 0, 3, 4], "of": "K-1"},
        ...     {"pump": "P-1", "box": [1, 0, 3, 1]})
        >>> [f.elements for f in check(plan, [blocked_removal]).findings]
        [('K-1 removal', 'P-1')]
    """
    if envelope.kind != "removal":
        return SKIP
    known = set(context.layout.ids())
    return [
        found(
            f"{name} stands where {envelope.of} has to be taken apart.",
            envelope.id,
            *([name] if name in known else []),
            where=envelope.shape,
            remedy=f"Turn {envelope.of}, or move what stands there.",
        )
        for name in inside_envelope(envelope, context)
    ]
