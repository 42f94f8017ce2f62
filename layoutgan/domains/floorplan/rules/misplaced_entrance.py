"""Front doors that are not where the brief wants them."""

from __future__ import annotations

from collections.abc import Sequence

from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.brief import Entrance, FloorplanBrief
from layoutgan.domains.floorplan.elements import Door
from layoutgan.domains.floorplan.seams import OUTSIDE
from layoutgan.validation.rule import SKIP, Context, Finding, Judgement, found, rule

__all__ = ["misplaced_entrance"]


@rule("FP022", each=FloorplanBrief)
def misplaced_entrance(brief: FloorplanBrief, context: Context, *, max_distance: Metres = 1.0) -> Judgement:
    """Front door away from the place that the brief gives, or into another space.

    Stairs, paths and neighbours meet the plan at its entrance, so it cannot move far. Measured is the
    distance from the given point to the middle of the nearest front door into the space that was asked.

    Args:
        max_distance: how far the door may be from its point [m].

    Example:
        >>> plan = drawn("ab", scale=3.0, a="corridor", b="bedroom", doors=[
        ...     {"between": ["b", "outside"], "at": [4.5, 0]}],
        ...     brief={"entrance": [{"at": [1.5, 0], "space": "a"}]})
        >>> [f.message for f in check(plan, [misplaced_entrance]).findings]
        ['No front door opens into a; the one nearest to [1.5, 0] opens into b.']
    """
    doors = [d for d in context.of(Door) if OUTSIDE in d.between]
    if not doors or not brief.entrances:
        return SKIP
    return [f for entrance in brief.entrances if (f := _misplaced(entrance, doors, max_distance)) is not None]


def _misplaced(entrance: Entrance, doors: Sequence[Door], max_distance: float) -> Finding | None:
    """What is wrong with the front door for one entrance of the brief."""
    right = [d for d in doors if entrance.space is None or entrance.space in d.between]
    nearest = min(right or doors, key=lambda d: (d.shape.centroid.distance(entrance.at), d.id))
    room = next((end for end in nearest.between if end != OUTSIDE), OUTSIDE)
    at = f"[{entrance.at.x:g}, {entrance.at.y:g}]"
    if not right:
        return found(
            f"No front door opens into {entrance.space}; the one nearest to {at} opens into {room}.",
            nearest.id,
            room,
            where=nearest.shape,
            remedy=f"Let the front door at {at} open into {entrance.space}.",
        )
    # Measured along the outline's face: the door itself stands in the middle of a thick wall.
    away = max(nearest.shape.centroid.distance(entrance.at) - nearest.thickness / 2, 0.0)
    if away <= max_distance + 1e-6:
        return None
    return found(
        f"The front door is {away:.2f} m away from {at}.",
        nearest.id,
        where=nearest.shape,
        measured=away,
        limit=max_distance,
        remedy=f"Move it by {away:.2f} m to {at}.",
    )
