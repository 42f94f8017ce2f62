"""Doors narrower than the brief asks for."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.brief import Adjacency
from layoutgan.domains.floorplan.elements import Door
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["narrow_asked_door"]


@rule("FP036", each=Adjacency)
def narrow_asked_door(adjacency: Adjacency, context: Context, *, tolerance: Metres = 0.005) -> Judgement:
    """Door or opening narrower than the brief asks for.

    Args:
        tolerance: how much narrower it may be [m].

    Example:
        >>> plan = drawn("ab", scale=3.0, a="bedroom", b="corridor", doors=[{"between": "ab", "width": 0.8}],
        ...     brief={"adjacencies": [{"between": ["a", "b"], "width": 0.9}]})
        >>> [(f.elements, round(f.measured, 3), f.limit) for f in check(plan, [narrow_asked_door]).findings]
        [(('door-a-b',), 0.8, 0.9)]
    """
    if adjacency.width is None or adjacency.kind not in ("door", "open"):
        return SKIP
    doors = [d for d in context.of(Door) if set(d.between) == set(adjacency.between)]
    if not doors:
        return SKIP
    widest = max(doors, key=lambda d: d.shape.length)
    width = float(widest.shape.length)
    if width >= adjacency.width - tolerance:
        return None
    return found(
        f"{widest.id} is {width:.2f} m wide, the brief asks for {adjacency.width:.2f} m.",
        widest.id,
        where=widest.shape,
        measured=width,
        limit=adjacency.width,
        remedy=f"Widen it by {adjacency.width - width:.2f} m.",
    )
