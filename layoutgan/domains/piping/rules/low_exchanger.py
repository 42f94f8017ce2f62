"""Elevated exchangers without room below."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
    below,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.domains.piping.rules.sources import (
    UHDE,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["low_exchanger"]


@rule("PI331", each=Equipment, source=UHDE, severity=Severity.WARNING)
def low_exchanger(
    item: Equipment, context: Context, *, clear: Metres = 1.5, elevated: Metres = 1.2
) -> Judgement:
    """Elevated exchanger with too little room below for its nozzles and their drains.

    Args:
        clear: least clear height below [m].
        elevated: an exchanger whose underside is higher than this stands on a structure [m].

    Example:
        >>> plan = drawn({"exchanger": "E-1", "box": [0, 0, 6, 1], "bottom": 1.3})
        >>> [f.measured for f in check(plan, [low_exchanger]).findings]
        [1.3]
    """
    if item.kind != "exchanger" or not above(item.bottom, elevated):
        return SKIP
    if not below(item.bottom, clear):
        return None
    return found(
        f"{item.id} has {item.bottom:.2f} m below it.",
        item.id,
        where=item.shape,
        measured=item.bottom,
        limit=clear,
        remedy="Raise it, or set it on saddles near grade.",
    )
