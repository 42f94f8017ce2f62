"""Floor inside the outline that belongs to no room."""

from __future__ import annotations

import shapely

from layoutgan.core.geometry import parts
from layoutgan.core.layout import Layout
from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.derived import brief_of, obstacles, seams
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["uncovered_floor"]


@rule("FP002", each=Layout)
def uncovered_floor(layout: Layout, context: Context, *, max_gap: SquareMetres = 0.01) -> Judgement:
    """Floor inside the outline that belongs to no room.

    A plan uses all of its outline: what no room covers is a dead cavity that somebody would build, heat and
    pay for. Obstacles such as shafts are left out; each piece of uncovered floor is a finding.

    Args:
        max_gap: largest uncovered piece that passes [m²].

    Example:
        >>> plan = drawn('''
        ... aab
        ... acb
        ... aab
        ... ''', a="living_room", b="bedroom", c="closet")
        >>> holed = plan.replaced(elements=plan.elements[:2])
        >>> [round(f.measured, 2) for f in check(holed, [uncovered_floor]).findings]
        [1.0]
    """
    if layout.boundary is None:
        return SKIP
    if seams(context).exact:
        return None
    brief = brief_of(context)
    inside = brief.inside if brief else layout.boundary
    covered = [e.shape for e in (*context.of(Room), *obstacles(context))]
    # Opened by a tenth of a millimetre, so that rounding in files leaves no threads along the walls.
    rest = inside.difference(shapely.union_all(covered)).buffer(-1e-4, join_style="mitre")
    return [
        found(
            f"{piece.area:.2f} m² of floor belong to no room.",
            where=piece,
            measured=piece.area,
            limit=max_gap,
            remedy=f"Give the {piece.area:.2f} m² to a room that adjoins them.",
        )
        for piece in parts(rest)
        if piece.area > max_gap
    ]
