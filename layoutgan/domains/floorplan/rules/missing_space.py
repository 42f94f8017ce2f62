"""Spaces of the brief without a room."""

from __future__ import annotations

from layoutgan.domains.floorplan.brief import Space
from layoutgan.domains.floorplan.derived import rooms
from layoutgan.validation.rule import Context, Judgement, found, rule

__all__ = ["missing_space"]


@rule("FP010", each=Space)
def missing_space(space: Space, context: Context) -> Judgement:
    """Space of the brief that has no room.

    Every space that the brief lists is one room of the plan, with the same id.

    Example:
        >>> asked = [{"id": i, "kind": k} for i, k in zip("abc", ("bedroom", "bathroom", "kitchen"))]
        >>> plan = drawn("ab", a="bedroom", b="bathroom", brief={"spaces": asked})
        >>> [f.elements for f in check(plan, [missing_space]).findings]
        [('c',)]
    """
    if space.id in rooms(context):
        return None
    return found(
        f"The plan has no room {space.id} ({space.kind}).",
        space.id,
        remedy=f"Add a {space.kind.replace('_', ' ')} called {space.id}.",
    )
