"""Pump suctions that collect dirt."""

from __future__ import annotations

from layoutgan.core.schema import Ratio
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Pipe,
)
from layoutgan.domains.piping.rules.sources import (
    SH3012,
)
from layoutgan.domains.piping.ways import pockets, suction_of
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["suction_low_pocket"]


@rule("PI502", each=Pipe, source=SH3012, unit="-")
def suction_low_pocket(pipe: Pipe, context: Context, *, pocket: Ratio = 0.0) -> Judgement:
    """Suction line of a pump with a low pocket, where dirt and water collect.

    Args:
        pocket: most low pockets between the source and the pump [-].

    Example:
        >>> nozzle = {"id": "N1", "at": [8, 0, 0.5], "direction": "-x", "nps": 4, "role": "suction"}
        >>> plan = drawn({"pump": "P-1", "box": [8, -0.5, 10, 0.5], "nozzles": [nozzle]},
        ...     {"pipe": "L-1", "at": [[0, 0, 1], [0, 0, 0.2], [4, 0, 0.2], [4, 0, 0.5], [8, 0, 0.5]],
        ...     "end": "P-1.N1"})
        >>> [f.elements for f in check(plan, [suction_low_pocket]).findings]
        [('L-1', 'P-1')]
    """
    ways = suction_of(pipe, context)
    if not ways or pipe.status == "exception":
        return SKIP
    return [
        found(
            f"The suction of {way.pump.id} has {low} low pocket(s).",
            pipe.id,
            way.pump.id,
            where=pipe.shape,
            measured=float(low),
            limit=pocket,
            remedy="Lead the suction line down to the pump all the way.",
        )
        for way in ways
        if above(low := pockets(way.points)[1], pocket)
    ]
