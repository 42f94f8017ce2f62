"""Shapes that cannot be built."""

from __future__ import annotations

import shapely

from layoutgan.core.geometry import MAX_COORDINATE
from layoutgan.core.layout import Element
from layoutgan.domains.universal.shapes import boxes, invalid
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["impossible_shape"]


@rule("LG002", each=Element)
def impossible_shape(element: Element, context: Context) -> Judgement:
    """Shape that is empty, crosses itself, or has coordinates that are no numbers.

    Example:
        >>> crossed = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
        >>> room = Room.model_construct(id="a", kind="bedroom", shape=crossed)
        >>> plan = Layout.model_construct(domain="floorplan", name="p", elements=(room,), brief=None)
        >>> [f.message for f in check(plan, [impossible_shape]).findings]
        ['The shape of a crosses itself: Self-intersection[1 1].']
    """
    box = boxes(context).get(element.id)
    if box is None:
        return SKIP
    if all(abs(v) <= MAX_COORDINATE for v in box):  # an empty shape has no numbers for bounds
        if element.id not in invalid(context):
            return None
        reason = shapely.is_valid_reason(element.shape)
        return found(
            f"The shape of {element.id} crosses itself: {reason}.",
            element.id,
            where=element.shape,
            remedy="Untangle its corners so that its edges only meet at their ends.",
        )
    if element.shape.is_empty:
        return found(
            f"The shape of {element.id} is empty.", element.id, remedy=f"Draw {element.id}, or leave it out."
        )
    return found(
        f"The shape of {element.id} has coordinates that are no numbers within ±1,000 km.",
        element.id,
        remedy=f"Give {element.id} coordinates in metres.",
    )
