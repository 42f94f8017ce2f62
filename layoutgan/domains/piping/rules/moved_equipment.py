"""Fixed equipment in another place."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.derived import (
    above,
)
from layoutgan.domains.piping.elements import (
    Equipment,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["moved_equipment"]


@rule("PI112", each=Equipment)
def moved_equipment(item: Equipment, context: Context, *, distance: Metres = 0.001) -> Judgement:
    """Equipment whose place the brief fixes, and that stands elsewhere.

    Args:
        distance: most that its centre may be off [m].

    Example:
        >>> plan = drawn({"pump": "P-1", "box": [0, 0, 2, 1]},
        ...     brief={"site": {"outline": [[0, 0], [9, 0], [9, 9]]},
        ...     "equipment": [{"tag": "P-1", "class": "pump", "fixed": {"at": [5, 1]}}]})
        >>> [f.elements for f in check(plan, [moved_equipment]).findings]
        [('P-1',)]
    """
    if not isinstance(context.brief, PipingBrief):
        return SKIP
    asked = next((e for e in context.brief.equipment if e.tag == item.id), None)
    if asked is None or asked.fixed is None:
        return SKIP
    away = float(item.shape.centroid.distance(asked.fixed.at))
    if not above(away, distance):
        return None
    return found(
        f"{item.id} stands {away:.2f} m away from the place that the brief fixes.",
        item.id,
        where=item.shape,
        measured=away,
        limit=distance,
        remedy="Move it back, or leave its place open in the brief.",
    )
