"""Flanges without room for spanners."""

from __future__ import annotations

import numpy as np

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    equipment,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.domains.piping.rules.sources import (
    RED_BAG,
)
from layoutgan.domains.piping.shapes import coordinates
from layoutgan.domains.piping.ways import plan_point
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["blocked_flange"]


@rule("PI313", each=Equipment, source=RED_BAG)
def blocked_flange(item: Equipment, context: Context, *, clear: Metres = 0.45) -> Judgement:
    """Nozzle flange with other equipment so near that nobody can turn its bolts.

    Args:
        clear: least distance of the flange's face to other equipment [m].

    Example:
        >>> nozzle = {"id": "N1", "at": [2, 0.5, 1], "direction": "+x", "nps": 4}
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1], "nozzles": [nozzle]},
        ...     {"vessel": "V-1", "box": [2.3, 0, 4, 2]})
        >>> [round(f.measured, 2) for f in check(plan, [blocked_flange]).findings]
        [0.3]
    """
    used = [n for n in item.nozzles if n.line]
    nozzles = used or list(item.nozzles)
    others = [o for o in context.once(equipment) if o.id != item.id]
    if not nozzles or not others:
        return SKIP
    boxes = np.asarray([o.box for o in others])
    findings = []
    for nozzle in nozzles:
        point = coordinates(nozzle.at)
        apart = np.linalg.norm(
            np.maximum(np.maximum(boxes[:, :3] - point, point - boxes[:, 3:]), 0.0), axis=1
        )
        near = float(apart.min())
        if below(near, clear):
            other = others[int(apart.argmin())]
            findings.append(
                found(
                    f"{other.id} is {near:.2f} m from the flange of {item.id}.{nozzle.id}.",
                    item.id,
                    other.id,
                    where=plan_point(point),
                    measured=near,
                    limit=clear,
                    remedy="Move them apart, or turn the nozzle.",
                )
            )
    return findings
