"""Equipment near railway tracks."""

from __future__ import annotations

import numpy as np
import shapely

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    below,
    equipment,
)
from layoutgan.domains.piping.elements import (
    KeepOut,
    Road,
)
from layoutgan.domains.piping.rules.sources import (
    SH3012,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["obstructed_rail"]


@rule("PI321", each=Road, source=SH3012)
def obstructed_rail(road: Road, context: Context, *, clear: Metres = 3.0) -> Judgement:
    """Railway with equipment or a building too near to its centre-line.

    Args:
        clear: least distance from the centre-line [m].

    Example:
        >>> plan = drawn({"road": "RW", "kind": "rail", "box": [0, 0, 50, 4]},
        ...     {"pump": "P-1", "box": [0, 4, 2, 5]})
        >>> [f.measured for f in check(plan, [obstructed_rail]).findings]
        [2.0]
    """
    if road.kind != "rail":
        return SKIP
    p = shapely.get_coordinates(road.shape.minimum_rotated_rectangle)
    ends = ((p[0] + p[1]) / 2, (p[2] + p[3]) / 2)
    if np.linalg.norm(p[1] - p[0]) > np.linalg.norm(p[2] - p[1]):
        ends = ((p[1] + p[2]) / 2, (p[3] + p[0]) / 2)
    track = shapely.LineString(ends)
    things = [(i.id, i.shape) for i in context.once(equipment)]
    things += [(k.id, k.shape) for k in context.layout.of(KeepOut) if k.height > 0]
    if not things:
        return SKIP
    return [
        found(
            f"{name} stands {near:.2f} m from the centre-line of the railway {road.id}.",
            name,
            road.id,
            where=shapely.shortest_line(shape, track),
            measured=near,
            limit=clear,
            remedy="Move it away from the track.",
        )
        for name, shape in things
        if below(near := float(shape.distance(track)), clear)
    ]
