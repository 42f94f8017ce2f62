"""Pull areas shorter than the bundle."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    equipment,
)
from layoutgan.domains.piping.elements import (
    Envelope,
)
from layoutgan.domains.piping.rules.sources import (
    UNREAD,
)
from layoutgan.domains.piping.shapes import DIRECTIONS
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["short_pull"]


@rule("PI312", each=Envelope, source=UNREAD)
def short_pull(
    envelope: Envelope, context: Context, *, extra: Metres = 1.5, margin: Metres = 0.5
) -> Judgement:
    """Pull area too short for the bundle with room to work, or too narrow for the shell with room beside it.

    Args:
        extra: least length beyond the tubes [m].
        margin: least width beyond the shell on either side [m].

    Example:
        >>> plan = drawn({"exchanger": "E-1", "box": [0, 0, 6, 1], "tube_length": 5.0},
        ...     {"envelope": "E-1 pull", "kind": "pull", "box": [-5, -0.5, 0, 1.5], "of": "E-1"})
        >>> [(f.measured, f.limit) for f in check(plan, [short_pull]).findings]
        [(5.0, 6.5)]
    """
    item = next((i for i in context.once(equipment) if i.id == envelope.of), None)
    if envelope.kind != "pull" or item is None or item.tube_length is None:
        return SKIP
    x0, y0, x1, y1 = envelope.shape.bounds
    along = (x1 - x0, y1 - y0) if DIRECTIONS[item.front][0] else (y1 - y0, x1 - x0)
    needed = (item.tube_length + extra, min(item.size) + 2 * margin)
    for measured, limit, word in zip(along, needed, ("long", "wide"), strict=True):
        if below(measured, limit):
            return found(
                f"The pull area of {item.id} is {measured:.2f} m {word}; its bundle asks for {limit:.2f} m.",
                envelope.id,
                item.id,
                where=envelope.shape,
                measured=measured,
                limit=limit,
                remedy="Make the pull area larger.",
            )
    return None
