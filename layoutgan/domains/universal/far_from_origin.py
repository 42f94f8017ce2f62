"""Layouts too far from the origin for exact geometry."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.core.schema import Metres
from layoutgan.domains.universal.shapes import boxes
from layoutgan.validation.rule import SKIP, Context, Judgement, Severity, found, rule

__all__ = ["far_from_origin"]


@rule("LG005", each=Layout, severity=Severity.WARNING)
def far_from_origin(layout: Layout, context: Context, *, max_distance: Metres = 100_000.0) -> Judgement:
    """Layout so far from the origin that CAD programs lose precision.

    Drawings in national grids have coordinates of millions of metres; many programs then draw arcs and
    hatches wrongly.

    Args:
        max_distance: largest coordinate that passes [m].

    Example:
        >>> shape = [[500000, 0], [500003, 0], [500003, 3], [500000, 3]]
        >>> plan = Layout(domain="floorplan", elements=(Room(id="a", kind="bedroom", shape=shape),))
        >>> [f.measured for f in check(plan, [far_from_origin]).findings]
        [500003.0]
    """
    known = boxes(context)
    if not known:
        return SKIP
    reach = max(abs(v) for box in known.values() for v in box)
    if not reach > max_distance:
        return None
    return found(
        f"A coordinate is {reach:,.0f} m away from the origin.",
        measured=float(reach),
        limit=max_distance,
        remedy=f"Move the layout by {reach:,.0f} m and note the shift.",
    )
