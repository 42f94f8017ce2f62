"""Sources of ignition where the wind carries leaks to."""

from __future__ import annotations

import math

import numpy as np
import shapely

from layoutgan.core.schema import Degrees, Metres
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.derived import (
    below,
    equipment,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.domains.piping.rules.sources import (
    UNREAD,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["ignition_down_wind"]


@rule("PI210", each=Equipment, source=UNREAD, severity=Severity.WARNING)
def ignition_down_wind(
    item: Equipment, context: Context, *, reach: Metres = 20.0, half_angle: Degrees = 45.0
) -> Judgement:
    """Source of ignition down-wind of and near to equipment that may leak something flammable.

    Judged where the brief names the prevailing wind: the sector opens from the leak to where the wind blows.

    Args:
        reach: depth of the sector [m].
        half_angle: half its opening [°].

    Example:
        >>> plan = drawn({"heater": "H-1", "box": [20, 0, 26, 6]}, {"pump": "P-1", "box": [4, 2, 6, 3]},
        ...     brief={"site": {"outline": [[0, 0], [40, 0], [40, 40]], "wind": 180.0},
        ...            "equipment": [{"tag": "P-1", "class": "pump"}]})
        >>> [f.elements for f in check(plan, [ignition_down_wind]).findings]
        [('H-1', 'P-1')]
    """
    sources = [o for o in context.once(equipment) if o.hazardous and o.id != item.id and not o.ignition]
    if not item.ignition or not isinstance(context.brief, PipingBrief) or not sources:
        return SKIP
    towards = math.radians(context.brief.site.wind + 180.0)
    blows = np.asarray((math.cos(towards), math.sin(towards)))
    findings = []
    for other in sources:
        near = float(item.shape.distance(other.shape))
        way = np.subtract(item.shape.centroid.coords[0], other.shape.centroid.coords[0])
        run = float(np.linalg.norm(way))
        angle = math.degrees(math.acos(max(-1.0, min(1.0, float(way @ blows) / run)))) if run > 0 else 0.0
        if below(near, reach) and below(angle, half_angle):
            findings.append(
                found(
                    f"{item.id} can light what leaks from {other.id}, {near:.2f} m up-wind of it.",
                    item.id,
                    other.id,
                    where=shapely.LineString([item.shape.centroid, other.shape.centroid]),
                    measured=near,
                    limit=reach,
                    remedy=f"Move {item.id} up-wind of {other.id}.",
                )
            )
    return findings
