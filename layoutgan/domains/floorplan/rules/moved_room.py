"""Fixed rooms that are not where the brief puts them."""

from __future__ import annotations

from layoutgan.core.schema import SquareMetres
from layoutgan.domains.floorplan.brief import Space
from layoutgan.domains.floorplan.derived import rooms
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["moved_room"]


@rule("FP018", each=Space)
def moved_room(space: Space, context: Context, *, max_difference: SquareMetres = 0.01) -> Judgement:
    """Room that is not where the brief fixes it.

    Args:
        max_difference: floor that only one of the two shapes covers [m²].

    Example:
        >>> plan = drawn("aab", a="bedroom", b="bathroom", brief={"spaces": [
        ...     {"id": "a", "kind": "bedroom"},
        ...     {"id": "b", "kind": "bathroom", "shape": [[1, 0], [3, 0], [3, 1], [1, 1]]}]})
        >>> [(f.elements, f.measured) for f in check(plan, [moved_room]).findings]
        [(('b',), 1.0)]
    """
    room = rooms(context).get(space.id)
    if space.shape is None or room is None:
        return SKIP
    differs = room.shape.symmetric_difference(space.shape)
    if differs.area <= max_difference:
        return None
    return found(
        f"{space.id} differs from its fixed place on {differs.area:.2f} m².",
        space.id,
        where=differs,
        measured=differs.area,
        limit=max_difference,
        remedy=f"Give {space.id} the shape that the brief fixes; {differs.area:.2f} m² change hands.",
    )
