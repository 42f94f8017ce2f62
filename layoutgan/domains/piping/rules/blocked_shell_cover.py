"""Exchangers without room at the shell cover."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.ahead import clear_ahead, strip_beside
from layoutgan.domains.piping.derived import (
    below,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.domains.piping.rules.sources import (
    RED_BAG,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["blocked_shell_cover"]


@rule("PI308", each=Equipment, source=RED_BAG)
def blocked_shell_cover(item: Equipment, context: Context, *, clear: Metres = 1.8) -> Judgement:
    """Exchanger without an aisle at its shell cover, the end away from the channel.

    Args:
        clear: least clear distance [m]; other sources say 1.20 m and 1.30 m.

    Example:
        >>> plan = drawn({"exchanger": "E-1", "box": [0, 0, 6, 1]}, {"vessel": "V-1", "box": [7, 0, 9, 2]})
        >>> [f.measured for f in check(plan, [blocked_shell_cover]).findings]
        [1.0]
    """
    if item.kind != "exchanger":
        return SKIP
    near, what = clear_ahead(item, item.front, clear + 1.0, context)
    if not below(near, clear):
        return None
    return found(
        f"{what} stands {near:.2f} m before the shell cover of {item.id}.",
        item.id,
        *([what] if what in set(context.layout.ids()) else []),
        where=strip_beside(item.shape, item.front, near or 0.1),
        measured=near,
        limit=clear,
        remedy="Move one of them.",
    )
