"""Suction reducers that trap gas."""

from __future__ import annotations

from layoutgan.domains.piping.elements import (
    Component,
)
from layoutgan.domains.piping.rules.sources import (
    SH3012,
)
from layoutgan.domains.piping.ways import suctions
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["gas_trap_reducer"]


@rule("PI506", each=Component, source=SH3012, unit="-")
def gas_trap_reducer(part: Component, context: Context) -> Judgement:
    """Reducer in a level suction line whose flat side is not up, so that gas collects.

    Judged except in slurry, which another rule judges; a concentric reducer there is a finding too.

    Example:
        >>> nozzle = {"id": "N1", "at": [8, 0, 0.5], "direction": "-x", "nps": 4, "role": "suction"}
        >>> plan = drawn({"pump": "P-1", "box": [8, -0.5, 10, 0.5], "nozzles": [nozzle]},
        ...     {"pipe": "L-1", "at": [[0, 0, 0.5], [8, 0, 0.5]], "nps": 6, "end": "P-1.N1"},
        ...     {"component": "R-1", "kind": "reducer", "at": [7, 0, 0.5], "pipe": "L-1", "nps": 6,
        ...     "nps_out": 5})
        >>> [f.elements for f in check(plan, [gas_trap_reducer]).findings]
        [('R-1',)]
    """
    lines = {way.pipe.id: way.pipe for way in context.once(suctions)}
    pipe = lines.get(part.pipe)
    if part.kind not in {"reducer", "eccentric_reducer"} or pipe is None or pipe.kind == "slurry":
        return SKIP
    if part.direction.endswith("z"):
        return SKIP
    if part.kind == "eccentric_reducer" and part.stem == "+z":
        return None
    return found(
        f"The reducer {part.id} in a level suction line has no flat side up.",
        part.id,
        where=part.shape,
        remedy="Use an eccentric reducer with its flat side up.",
    )
