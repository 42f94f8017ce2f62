"""Accessways at pumps that are too narrow for vehicles."""

from __future__ import annotations

from layoutgan.core.geometry import clear_width
from layoutgan.core.schema import Metres
from layoutgan.domains.piping.derived import (
    above,
    below,
    equipment,
)
from layoutgan.domains.piping.elements import (
    Road,
)
from layoutgan.domains.piping.rules.sources import (
    RED_BAG,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["narrow_pump_road"]


@rule("PI307", each=Road, source=RED_BAG, severity=Severity.WARNING)
def narrow_pump_road(road: Road, context: Context, *, width: Metres = 3.6, near: Metres = 8.0) -> Judgement:
    """Accessway at pumps that is too narrow for a vehicle.

    Args:
        width: least width [m].
        near: an accessway within this distance of a pump serves it [m].

    Example:
        >>> plan = drawn({"road": "A-1", "kind": "access", "box": [0, 3, 30, 6]},
        ...     {"pump": "P-1", "box": [0, 0, 2, 1]})
        >>> [f.measured for f in check(plan, [narrow_pump_road]).findings]
        [3.0]
    """
    if road.kind != "access":
        return SKIP
    pumps = [i for i in context.once(equipment) if i.kind == "pump"]
    pumps = [i for i in pumps if not above(i.shape.distance(road.shape), near)]
    if not pumps:
        return SKIP
    clear = clear_width(road.shape)
    if not below(clear, width):
        return None
    return found(
        f"The accessway {road.id} at {pumps[0].id} is {clear:.2f} m wide.",
        road.id,
        where=road.shape,
        measured=clear,
        limit=width,
        remedy="Widen it.",
    )
