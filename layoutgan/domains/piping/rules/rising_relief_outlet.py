"""Relief outlets that collect liquid."""

from __future__ import annotations

import numpy as np

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Component,
    Pipe,
)
from layoutgan.domains.piping.rules.sources import (
    UNREAD,
)
from layoutgan.domains.piping.shapes import coordinates
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["rising_relief_outlet"]


@rule("PI439", each=Component, source=UNREAD, unit="m")
def rising_relief_outlet(part: Component, context: Context, *, rise: Metres = 0.0) -> Judgement:
    """Relief valve whose outlet rises to the header, so that liquid stands behind the valve.

    Args:
        rise: most that the line may rise behind the valve [m].

    Example:
        >>> plan = drawn({"pipe": "L-1", "at": [[0, 0, 5], [4, 0, 5], [4, 0, 7], [8, 0, 7]], "nps": 4},
        ...     {"component": "PSV-1", "kind": "relief", "at": [2, 0, 5], "pipe": "L-1"})
        >>> [f.measured for f in check(plan, [rising_relief_outlet]).findings]
        [2.0]
    """
    pipe = next((p for p in context.layout.of(Pipe) if p.id == part.pipe), None)
    if part.kind != "relief" or pipe is None:
        return SKIP
    here = coordinates(part.shape)
    points = pipe.points
    middle = (points[:-1] + points[1:]) / 2
    leg = int(np.linalg.norm(middle - here, axis=1).argmin())
    measured = max(0.0, float(points[leg + 1 :, 2].max() - here[2]))
    if not above(measured, rise):
        return None
    return found(
        f"The line behind {part.id} rises by {measured:.2f} m.",
        part.id,
        pipe.id,
        where=part.shape,
        measured=measured,
        limit=rise,
        remedy="Set the valve above the header and let its outlet fall.",
    )
