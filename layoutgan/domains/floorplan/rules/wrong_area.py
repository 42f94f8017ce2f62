"""Rooms smaller or larger than the brief asks for."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.brief import Space
from layoutgan.domains.floorplan.derived import clear_area, clears, rooms
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["wrong_area"]


@rule("FP013", each=Space)
def wrong_area(space: Space, context: Context, *, tolerance: SquareMetres = 0.005) -> Judgement:
    """Room smaller or larger than the brief asks for.

    Measured is the clear floor between the walls. The least and most area stand in the brief; one number
    there means ten per cent either way.

    Args:
        tolerance: how far beyond the range an area may be, for rounding [m²].

    Example:
        >>> plan = drawn("aab", scale=2.0, a="bedroom", b="bathroom", brief={"spaces": [
        ...     {"id": "a", "kind": "bedroom", "area": [9, 12]}, {"id": "b", "kind": "bathroom", "area": 4}]})
        >>> [(f.elements, f.measured, f.limit) for f in check(plan, [wrong_area]).findings]
        [(('a',), 8.0, 9.0)]
    """
    if space.area is None or space.id not in rooms(context):
        return SKIP
    area = clear_area(context, space.id)
    least, most = space.area
    if least - tolerance <= area <= most + tolerance:
        return None
    limit = least if area < least else most
    short = f"{'Enlarge' if area < least else 'Reduce'} it by {abs(limit - area):.2f} m²"
    return found(
        f"{space.id} has {area:.2f} m², the brief asks for {least:g} to {most:g} m².",
        space.id,
        where=clears(context)[space.id],
        measured=area,
        limit=limit,
        remedy=f"{short} to {limit:.2f} m².",
    )
