"""Rooms of another kind than the brief asks for."""

from __future__ import annotations

from layoutgan.domains.floorplan.brief import Space
from layoutgan.domains.floorplan.derived import rooms
from layoutgan.domains.floorplan.kinds import ALIASES
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["wrong_kind"]


@rule("FP012", each=Space)
def wrong_kind(space: Space, context: Context) -> Judgement:
    """Room of another kind than the brief asks for.

    Example:
        >>> plan = drawn("ab", a="bedroom", b="storage", brief={"spaces": [
        ...     {"id": "a", "kind": "bedroom"}, {"id": "b", "kind": "bathroom"}]})
        >>> [f.message for f in check(plan, [wrong_kind]).findings]
        ['b is a storage, the brief asks for a bathroom.']
    """
    room = rooms(context).get(space.id)
    if room is None:
        return SKIP
    if ALIASES.get(room.kind, room.kind) == space.kind:
        return None
    return found(
        f"{space.id} is a {room.kind}, the brief asks for a {space.kind}.",
        space.id,
        where=room.shape,
        remedy=f"Make {space.id} a {space.kind.replace('_', ' ')}.",
    )
