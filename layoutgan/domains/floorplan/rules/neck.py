"""Rooms that narrow to less than a person needs."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layoutgan.core.geometry import parts
from layoutgan.core.schema import Metres
from layoutgan.domains.floorplan.derived import clears, floor_rectangles
from layoutgan.domains.floorplan.elements import Room
from layoutgan.validation.rule import SKIP, Context, Judgement, found, rule

__all__ = ["neck"]


@rule("FP006", each=Room)
def neck(room: Room, context: Context, *, min_passage: Metres = 0.60) -> Judgement:
    """Room that narrows to less than a person needs to walk through.

    A room may bend, but both arms must be reachable: a square as wide as the passage is moved about the
    clear floor, and every place where it fits must be reachable from every other. Dead-end niches pass.

    Args:
        min_passage: narrowest way through [m].

    Example:
        >>> plan = drawn('''
        ... aaaa....
        ... aaaaaaaa
        ... ....aaaa
        ... ....aaaa
        ... ''', scale=0.5, a="living_room")
        >>> [(f.elements, f.limit) for f in check(plan, [neck]).findings]
        [(('a',), 0.6)]
    """
    shape = clears(context)[room.id]
    if shape.is_empty:
        return SKIP
    floor = floor_rectangles(context, room.id)
    places: Sequence[BaseGeometry]
    if floor is None:
        places = parts(shape.buffer(-(min_passage / 2 - 1e-6), join_style="mitre"))
    else:
        places = [floor.shape(group) for group in floor.groups(min_passage)] if len(floor.boxes) > 1 else []
    if len(places) < 2:
        return None
    widest = _passage(shape, min_passage)
    arms = shapely.union_all(places)
    if floor is None:
        arms = arms.buffer(min_passage / 2, join_style="mitre")
    return found(
        f"{room.id} narrows to {widest:.2f} m between two of its parts.",
        room.id,
        where=shape.difference(arms) if floor is None else _narrow(places, shape),
        measured=widest,
        limit=min_passage,
        remedy=f"Widen the passage by {min_passage - widest:.2f} m, or make two rooms of it.",
    )


def _narrow(places: Sequence[BaseGeometry], floor: Polygon) -> BaseGeometry:
    """The floor about the shortest way between the first two parts [m]."""
    way = shapely.shortest_line(places[0], places[1])
    return way.buffer(0.3).intersection(floor)


def _passage(floor: Polygon, wanted: float) -> float:
    """Width of the narrowest passage [m], by halving."""
    low, high = 0.0, wanted
    for _ in range(8):
        middle = (low + high) / 2
        pieces = len(parts(floor.buffer(-middle / 2, join_style="mitre")))
        low, high = (low, middle) if pieces > 1 else (middle, high)
    return round(low, 2)
