"""Whether furniture and fixtures fit a room, with the floor that their users need.

A piece is a rectangle with its back to a wall and a free strip before it. Pieces may not overlap each other,
the strips of others or what doors sweep; strips may overlap. Places along the walls are tried in steps, so a
room in which pieces fit only with less play than a step may be called too small, never the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layoutgan.domains.floorplan.brief import is_column
from layoutgan.domains.floorplan.derived import floors, swings
from layoutgan.domains.floorplan.elements import Door, Obstacle

if TYPE_CHECKING:
    from layoutgan.validation.rule import Context

__all__ = ["Piece", "Place", "furnished", "usable_floor"]

STEP = 0.1
"""Between two places that are tried along a wall [m]."""
MOST_PLACES = 400
"""Places of one piece that are tried; a large room has room anyway [-]."""
MOST_TRIES = 20_000
"""Combinations after which the search gives up [-]."""
BEFORE_DOOR = 0.6
"""Floor on both sides of a door that no body may stand on [m]."""
SLACK = 1e-6


@dataclass(frozen=True)
class Piece:
    """A piece of furniture or a fixture."""

    name: str
    width: float
    """Along the wall [m]."""
    depth: float
    """From the wall into the room [m]."""
    before: float
    """Free floor in front of it [m]."""


@dataclass(frozen=True)
class Place:
    """Where a piece stands."""

    piece: Piece
    body: Polygon
    """[m]"""
    front: Polygon
    """The floor before it [m]."""


def usable_floor(context: Context, room: str) -> BaseGeometry:
    """Clear floor of a room without columns and without the floor that its doors need [m]."""
    floor = floors(context).get(room)
    if floor is None:
        return Polygon()
    taken: list[BaseGeometry] = [o.shape for o in context.of(Obstacle) if is_column(o)]
    sweeps = swings(context)
    for door in context.of(Door):
        if room in door.between:
            taken.append(door.shape.buffer(door.thickness / 2 + BEFORE_DOOR, cap_style="flat"))
            if door.opens_into == room and door.id in sweeps:
                taken.append(sweeps[door.id])
    return floor.difference(shapely.union_all(taken)) if taken else floor


def furnished(context: Context, room: str, pieces: Sequence[Piece]) -> tuple[Place, ...] | None:
    """Where the pieces can stand in a room, in their order; None if no way was found.

    Args:
        context: of the plan.
        room: id of the room.
        pieces: all of them have to fit; the largest are placed first.
    """
    floor = floors(context).get(room)
    if floor is None or floor.is_empty:
        return None
    free = usable_floor(context, room)
    order = sorted(range(len(pieces)), key=lambda i: (-pieces[i].width * pieces[i].depth, i))
    choices = []
    for i in order:
        places = _places(floor, free, pieces[i])
        if not places:
            return None
        choices.append(places)
    chosen = _chosen(choices)
    if chosen is None:
        return None
    back = dict(zip(order, chosen, strict=True))
    return tuple(back[i] for i in range(len(pieces)))


def _places(floor: BaseGeometry, free: BaseGeometry, piece: Piece) -> list[Place]:
    """Places of one piece along the walls: its body on free floor, the strip before it on any floor."""
    corners = np.asarray([c for edge in _edges(floor) for c in _along(edge, piece)], dtype=float)
    if not len(corners):
        return []
    bodies = np.asarray(shapely.polygons(corners[:, 0]), dtype=object)
    fronts = np.asarray(shapely.polygons(corners[:, 1]), dtype=object)
    roomy, walked = free.buffer(SLACK, join_style="mitre"), floor.buffer(SLACK, join_style="mitre")
    shapely.prepare(roomy)
    shapely.prepare(walked)
    fits = np.flatnonzero(shapely.covers(roomy, bodies) & shapely.covers(walked, fronts))
    keep = fits[:: max(1, -(-len(fits) // MOST_PLACES))]
    return [Place(piece, body, front) for body, front in zip(bodies[keep], fronts[keep], strict=True)]


def _edges(floor: BaseGeometry) -> Iterator[tuple[np.ndarray, np.ndarray, float]]:
    """Walls around a floor: start, direction and length [m]; the floor lies on their left."""
    for part in shapely.get_parts(floor):
        turned = shapely.geometry.polygon.orient(part)
        for ring in (turned.exterior, *turned.interiors):
            for a, b in pairwise(shapely.get_coordinates(ring)):
                length = float(np.hypot(*(b - a)))
                if length > SLACK:
                    yield a, (b - a) / length, length


def _along(
    edge: tuple[np.ndarray, np.ndarray, float], piece: Piece
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Corners of body and front at each place along a wall, from both of its ends."""
    start, along, length = edge
    play = length - piece.width
    if play < -SLACK:
        return
    inward = np.array([-along[1], along[0]])
    steps = np.arange(0.0, max(play, 0.0) + SLACK, STEP)
    for offset in np.unique(np.round(np.concatenate([steps, max(play, 0.0) - steps]), 6)):
        a = start + along * offset
        b = a + along * piece.width
        depth, strip = inward * piece.depth, inward * (piece.depth + piece.before)
        yield np.array([a, b, b + depth, a + depth]), np.array([a + depth, b + depth, b + strip, a + strip])


def _chosen(choices: Sequence[Sequence[Place]]) -> list[Place] | None:
    """One place for each piece such that none is in another's way, by search in depth."""
    tries = 0
    chosen: list[Place] = []

    def further(number: int) -> bool:
        nonlocal tries
        if number == len(choices):
            return True
        for place in choices[number]:
            tries += 1
            if tries > MOST_TRIES:
                return False
            if all(_apart(place, other) for other in chosen):
                chosen.append(place)
                if further(number + 1):
                    return True
                chosen.pop()
        return False

    return chosen if further(0) else None


def _apart(one: Place, two: Place) -> bool:
    return (not _overlap(one.body, two.body) and not _overlap(one.body, two.front)
            and not _overlap(one.front, two.body))


def _overlap(one: Polygon, two: Polygon) -> bool:
    """They share more than an edge; compared by their boxes, then exactly."""
    a, b = one.bounds, two.bounds
    if min(a[2], b[2]) - max(a[0], b[0]) <= SLACK or min(a[3], b[3]) - max(a[1], b[1]) <= SLACK:
        return False
    return bool(one.intersection(two).area > SLACK)
