"""Plans that nobody can enter."""

from __future__ import annotations

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.derived import brief_of
from layoutgan.domains.floorplan.elements import Door, Room, Wall
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.domains.floorplan.seams import OUTSIDE
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["missing_entrance"]


@rule("FP020", each=Layout)
def missing_entrance(layout: Layout, context: Context) -> Judgement:
    """Plan with fewer front doors than the brief asks for, or with none.

    A front door leads from outside into a room that is not a balcony or garden. A plan of bare rooms,
    without any wall or door, is not judged.

    Example:
        >>> plan = drawn("ab", scale=2.0, a="living_room", b="bedroom", doors=[{"between": "ab"}])
        >>> [f.message for f in check(plan, [missing_entrance]).findings]
        ['The plan has 0 front doors and needs 1.']
    """
    if not context.of(Door) and not context.of(Wall):
        return SKIP
    brief = brief_of(context)
    needed = max(1, len(brief.entrances) if brief else 1)
    outdoor = {r.id for r in context.of(Room) if kind(r.kind).outdoor}
    doors = [d for d in context.of(Door) if OUTSIDE in d.between and not outdoor & set(d.between)]
    if len(doors) >= needed:
        return None
    where = brief.entrances[-1].at if brief and brief.entrances else None
    return found(
        f"The plan has {len(doors)} front doors and needs {needed}.",
        where=where,
        measured=len(doors),
        limit=needed,
        remedy=f"Add {needed - len(doors)} on the outline, into a hall or the living room.",
    )
