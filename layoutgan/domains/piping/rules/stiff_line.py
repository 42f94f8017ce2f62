"""Hot lines without flexibility."""

from __future__ import annotations

import math

import numpy as np

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    TOLERANCE,
    above,
    equipment,
)
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.domains.piping.rules.sources import (
    UNREAD,
)
from layoutgan.domains.piping.rules.units import Celsius
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["stiff_line"]


@rule("PI442", each=Pipe, source=UNREAD, severity=Severity.WARNING, unit="-")
def stiff_line(
    pipe: Pipe,
    context: Context,
    *,
    stiffness: Ratio = 208.0,
    ambient: Celsius = 20.0,
    expansion: Ratio = 0.012,
) -> Judgement:
    """Hot line between two anchors, too straight to take its own expansion by the screening D·y/(L−U)².

    Args:
        stiffness: greatest value of D·y/(L−U)² [mm²/m²].
        ambient: temperature at which it is built [°C].
        expansion: of the pipe [mm per m and °C].

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [-2, 0, 0, 1]}, {"vessel": "V-1", "box": [20, 0, 22, 2]},
        ...     {"pipe": "L-1", "at": [[0, 0.5, 1], [10, 0.5, 1], [10, 1.5, 1], [20, 1.5, 1]], "nps": 6,
        ...      "temperature": 220.0, "start": "P-1.N1", "end": "V-1.N1"})
        >>> [round(f.measured) for f in check(plan, [stiff_line]).findings]
        [8508]
    """
    tags = {i.id for i in context.once(equipment)}
    anchored = all(end.rpartition(".")[0] in tags for end in (pipe.start, pipe.end))
    if pipe.temperature is None or not anchored or pipe.status == "exception":
        return SKIP
    straight = float(np.linalg.norm(pipe.points[-1] - pipe.points[0]))
    spare = pipe.length - straight
    grows = expansion * abs(pipe.temperature - ambient) * straight
    measured = math.inf if spare < TOLERANCE else 1000 * pipe.od * grows / spare**2
    if grows <= TOLERANCE or not above(measured, stiffness):
        return None
    return found(
        f"{pipe.id} grows by {grows:.0f} mm and has {spare:.2f} m of legs across to take it.",
        pipe.id,
        where=pipe.shape,
        measured=min(measured, 1e9),
        limit=stiffness,
        remedy="Add an expansion loop or a longer way around, and have it analysed.",
    )
