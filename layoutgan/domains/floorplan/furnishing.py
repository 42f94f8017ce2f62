"""Whether furniture and fixtures fit a room, with the floor that their users need.

A piece is a rectangle with its back to a wall and a free strip before it. Pieces may not overlap each other,
the strips of others or what doors sweep; strips may overlap. Places along the walls are tried in steps, so a
room in which pieces fit only with less play than a step may be called too small, never the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
MOST_PLACES = 160
"""Places of one piece that are tried; a large room has room anyway [-]."""
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
    if sum(piece.width * piece.depth for piece in pieces) > free.area:
        return None
    order = sorted(range(len(pieces)), key=lambda i: (-pieces[i].width * pieces[i].depth, i))
    choices = []
    for i in order:
        choice = _places(floor, free, pieces[i])
        if choice is None:
            return None
        choices.append(choice)
    chosen = _chosen(choices)
    if chosen is None:
        return None
    back = {i: Place(pieces[i], choice.bodies[at], choice.fronts[at])
            for i, choice, at in zip(order, choices, chosen, strict=True)}
    return tuple(back[i] for i in range(len(pieces)))


@dataclass(frozen=True)
class _Choice:
    """Where one piece could stand: bodies and fronts [m], and the boxes around them, [count, 4]."""

    piece: Piece
    bodies: np.ndarray
    fronts: np.ndarray
    body_boxes: np.ndarray
    front_boxes: np.ndarray
    square: np.ndarray
    """The piece is parallel to the axes, so that its boxes say everything, [count]."""


def _places(floor: BaseGeometry, free: BaseGeometry, piece: Piece) -> _Choice | None:
    """Places of one piece along the walls: its body on free floor, the strip before it on any floor."""
    corners = np.asarray([c for edge in _edges(floor) for c in _along(edge, piece)], dtype=float)
    if not len(corners):
        return None
    bodies = np.asarray(shapely.polygons(corners[:, 0]), dtype=object)
    fronts = np.asarray(shapely.polygons(corners[:, 1]), dtype=object)
    roomy, walked = free.buffer(SLACK, join_style="mitre"), floor.buffer(SLACK, join_style="mitre")
    shapely.prepare(roomy)
    shapely.prepare(walked)
    fits = np.flatnonzero(shapely.covers(roomy, bodies) & shapely.covers(walked, fronts))
    keep = fits[:: max(1, -(-len(fits) // MOST_PLACES))]
    if not len(keep):
        return None
    side = np.abs(corners[keep, 0, 1] - corners[keep, 0, 0])
    return _Choice(piece, bodies[keep], fronts[keep], shapely.bounds(bodies[keep]),
                   shapely.bounds(fronts[keep]), side.min(axis=1) < SLACK)


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


def _chosen(choices: Sequence[_Choice]) -> list[int] | None:
    """One place for each piece such that none is in another's way; the first found in order."""
    apart = {(i, j): _apart(choices[i], choices[j])
             for i in range(len(choices)) for j in range(i + 1, len(choices))}
    open_places = [np.ones(len(choice.bodies), dtype=bool) for choice in choices]

    def further(number: int, free: list[np.ndarray]) -> list[int] | None:
        if number == len(choices):
            return []
        for place in np.flatnonzero(free[number]):
            left = [f & apart[number, number + 1 + k][place] for k, f in enumerate(free[number + 1:])]
            if all(f.any() for f in left) and _pairs_left(apart, number + 1, left):
                rest = further(number + 1, [*free[: number + 1], *left])
                if rest is not None:
                    return [int(place), *rest]
        return None

    return further(0, open_places)


def _pairs_left(apart: Mapping[tuple[int, int], np.ndarray], first: int, left: Sequence[np.ndarray]) -> bool:
    """Each two of the pieces that are left still have places that are apart."""
    return all(
        apart[first + i, first + j][np.ix_(left[i], left[j])].any()
        for i in range(len(left)) for j in range(i + 1, len(left))
    )


def _apart(one: _Choice, two: _Choice) -> np.ndarray:
    """Which places of two pieces are not in each other's way, [places of one, places of two]."""
    meet = np.zeros((len(one.bodies), len(two.bodies)), dtype=bool)
    exact = one.square[:, None] & two.square[None, :]
    for boxes, shapes, others, other_shapes in (
        (one.body_boxes, one.bodies, two.body_boxes, two.bodies),
        (one.body_boxes, one.bodies, two.front_boxes, two.fronts),
        (one.front_boxes, one.fronts, two.body_boxes, two.bodies),
    ):
        low = np.maximum(boxes[:, None, :2], others[None, :, :2])
        high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
        touching = ((high - low) > SLACK).all(axis=2)
        rows, columns = np.nonzero(touching & ~exact & ~meet)
        if len(rows):
            shared = shapely.area(shapely.intersection(shapes[rows], other_shapes[columns]))
            touching[rows, columns] = shared > SLACK
        meet |= touching
    return ~meet
