"""Layouts too far from the origin for exact geometry."""

from __future__ import annotations

import shapely

from layoutgan.core.layout import Layout
from layoutgan.core.schema import Metres
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
    shapes = [e.shape for e in layout.elements if isinstance(e.shape, shapely.Geometry)]
    if not shapes:
        return SKIP
    reach = max(abs(v) for v in shapely.total_bounds(shapes))
    if not reach > max_distance:
        return None
    return found(
        f"A coordinate is {reach:,.0f} m away from the origin.",
        measured=float(reach),
        limit=max_distance,
        remedy=f"Move the layout by {reach:,.0f} m and note the shift.",
    )
