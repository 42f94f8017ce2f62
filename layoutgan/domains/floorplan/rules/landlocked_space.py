"""Spaces that should have a façade and do not."""

from __future__ import annotations

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.brief import Space
from layoutgan.domains.floorplan.derived import Facade, facades, rooms
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["landlocked_space"]


@rule("FP019", each=Space)
def landlocked_space(space: Space, context: Context, *, min_facade: Metres = 1.0) -> Judgement:
    """Space that must touch the façade, without contact to it.

    Measured is the longest straight piece of the outline that the room has. Party walls touch a neighbour
    and do not count; courtyards do. Judged are the spaces for which the brief says ``exterior: true``.

    Args:
        min_facade: straight façade that a window needs [m].

    Example:
        >>> plan = drawn('''
        ... bbbb
        ... baab
        ... bbbb
        ... ''', scale=2.0, a="bedroom", b="living_room", brief={"spaces": [
        ...     {"id": "a", "kind": "bedroom", "exterior": True}, {"id": "b", "kind": "living_room"}]})
        >>> [(f.elements, f.measured) for f in check(plan, [landlocked_space]).findings]
        [(('a',), 0.0)]
    """
    if space.exterior is not True or space.id not in rooms(context):
        return SKIP
    length = facades(context).get(space.id, Facade(0.0, 0.0)).outline
    if length >= min_facade - 1e-6:
        return None
    return found(
        f"{space.id} has {length:.2f} m of façade.",
        space.id,
        where=rooms(context)[space.id].shape,
        measured=length,
        limit=min_facade,
        remedy=f"Bring it to the façade along at least {min_facade:.2f} m.",
    )
