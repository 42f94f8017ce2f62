"""Elements that stand in the same place twice."""

from __future__ import annotations

import math
from collections import defaultdict

from layoutgan.core.layout import Element, Layout
from layoutgan.core.schema import Metres
from layoutgan.domains.universal.shapes import boxes
from layoutgan.validation.rule import Context, Judgement, found, rule

__all__ = ["repeated_element"]


@rule("LG003", each=Layout)
def repeated_element(layout: Layout, context: Context, *, tolerance: Metres = 0.001) -> Judgement:
    """Element that stands where another one of its type and kind stands already.

    Twice the same thing in one place counts twice in areas and bills of quantities.

    Args:
        tolerance: shapes closer than this are the same [m].

    Example:
        >>> shape = [[0, 0], [3, 0], [3, 3], [0, 3]]
        >>> both = (Room(id="a", kind="bedroom", shape=shape), Room(id="b", kind="bedroom", shape=shape))
        >>> plan = Layout(domain="floorplan", elements=both)
        >>> [f.elements for f in check(plan, [repeated_element]).findings]
        [('b', 'a')]
    """
    known = boxes(context)
    groups: dict[tuple[str, str, tuple[int, ...]], list[Element]] = defaultdict(list)
    for element in layout.elements:
        box = known.get(element.id, ())
        if box and all(math.isfinite(v) for v in box):
            place = tuple(round(v / (10 * tolerance)) for v in box)
            groups[element.tag, element.kind, place].append(element)
    return [
        found(
            f"{two.id} stands where {one.id} stands.",
            two.id,
            one.id,
            where=two.shape,
            remedy=f"Remove {two.id} or move it.",
        )
        for same in groups.values()
        for i, two in enumerate(same)
        for one in same[:i]
        if one.shape.equals_exact(two.shape, tolerance, normalize=True)
    ]
