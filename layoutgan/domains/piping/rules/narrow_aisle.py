"""Aisles for maintenance that are too narrow."""

from __future__ import annotations

from layoutgan.core.geometry import clear_width
from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Envelope,
)
from layoutgan.domains.piping.rules.sources import (
    LAYOUT_TABLE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["narrow_aisle"]


@rule("PI303", each=Envelope, source=LAYOUT_TABLE)
def narrow_aisle(envelope: Envelope, context: Context, *, width: Metres = 1.2) -> Judgement:
    """Aisle for maintenance at grade that is too narrow to work in.

    Args:
        width: least width [m].

    Example:
        >>> plan = drawn({"envelope": "X-1 aisle", "kind": "aisle", "box": [0, 0, 5, 1], "of": "X-1"})
        >>> [f.measured for f in check(plan, [narrow_aisle]).findings]
        [1.0]
    """
    if envelope.kind != "aisle":
        return SKIP
    clear = clear_width(envelope.shape)
    if not below(clear, width):
        return None
    return found(
        f"The aisle of {envelope.of} is {clear:.2f} m wide.",
        envelope.id,
        where=envelope.shape,
        measured=clear,
        limit=width,
        remedy="Widen it.",
    )
