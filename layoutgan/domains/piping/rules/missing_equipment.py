"""Equipment that the brief asks for and nobody placed."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.derived import (
    equipment,
)
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["missing_equipment"]


@rule("PI113", each=Layout)
def missing_equipment(layout: Layout, context: Context) -> Judgement:
    """Equipment of the brief that does not stand in the layout.

    Example:
        >>> plan = drawn({"pump": "P-2", "box": [0, 0, 2, 1]},
        ...     brief={"site": {"outline": [[0, 0], [9, 0], [9, 9]]},
        ...     "equipment": [{"tag": "P-1", "class": "pump"}]})
        >>> [f.elements for f in check(plan, [missing_equipment]).findings]
        [('P-1',)]
    """
    if not isinstance(context.brief, PipingBrief):
        return SKIP
    placed = {item.id for item in context.once(equipment)}
    return [
        found(f"{e.tag} is asked for and not placed.", e.tag, remedy="Place it, or take it out of the brief.")
        for e in context.brief.equipment
        if e.tag not in placed
    ]
