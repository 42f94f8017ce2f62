"""Walking routes on a floor plan: how far it is from a place to a door, at some distance from the walls.

The floor that can be walked is the clear floor of all rooms, joined through their doors and openings,
without columns, and drawn in by the distance that a person keeps from walls. A shortest way on such a floor
turns only at its inward corners, so a graph of the corners that see each other gives its exact length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from layoutgan.domains.floorplan.brief import is_column
from layoutgan.domains.floorplan.derived import floors
from layoutgan.domains.floorplan.elements import Door, Obstacle
from layoutgan.domains.floorplan.seams import OUTSIDE

if TYPE_CHECKING:
    from layoutgan.validation.rule import Context

__all__ = ["CLEARANCE", "Walk", "exit_distances", "walk_of"]

CLEARANCE = 0.25
"""Between the middle of a walking person and a wall [m]; so a way is at least twice that wide."""
TOUCH = 1e-4
"""How far a sight line may leave the floor by rounding [m]."""


@dataclass(frozen=True)
class Walk:
    """The floor of a plan on which the middle of a person can move [m]."""

    floor: Polygon | MultiPolygon

    @cached_property
    def corners(self) -> np.ndarray:
        """Corners at which a shortest way may turn, [count, 2] [m]."""
        found: list[tuple[float, float]] = []
        for part in shapely.get_parts(self.floor):
            found += _inward(part.exterior, hole=False)
            for ring in part.interiors:
                found += _inward(ring, hole=True)
        return np.asarray(sorted(set(found)), dtype=float).reshape(-1, 2)

    @cached_property
    def _sight(self) -> BaseGeometry:
        area = self.floor.buffer(TOUCH, join_style="mitre")
        shapely.prepare(area)
        return area

    @cached_property
    def _corner_graph(self) -> np.ndarray:
        """Distances of corners that see each other, [count, count] [m]; 0 where they do not."""
        return self._seen(self.corners, self.corners)

    def distances(self, start: Point, ends: Sequence[Point]) -> list[float]:
        """Length of the shortest way from a place to each of others [m]; infinite where none leads.

        A place off the floor, such as the middle of a narrow door, begins at the nearest place on it, and
        the way there counts.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        if self.floor.is_empty or not ends:
            return [float("inf")] * len(ends)
        places = [self._near(p) for p in (start, *ends)]
        extra = [p.distance(q) for p, q in zip((start, *ends), places, strict=True)]
        points = np.array([(p.x, p.y) for p in places])
        first = self._seen(points[:1], np.vstack([self.corners, points[1:]]))
        count = len(self.corners)
        graph = np.zeros((count + 1, count + 1))
        graph[:count, :count] = self._corner_graph
        graph[count, :count] = graph[:count, count] = first[0, :count]
        to_corners = dijkstra(csr_array(graph), indices=count)[:count]
        last = self._seen(points[1:], self.corners)
        last[last == 0.0] = np.inf
        straight = np.where(first[0, count:] > 0.0, first[0, count:], np.inf)
        ways = np.minimum(straight, (last + to_corners).min(axis=1, initial=np.inf))
        return [float(way) + extra[0] + off for way, off in zip(ways, extra[1:], strict=True)]

    def _near(self, place: Point) -> Point:
        if self._sight.covers(place):
            return place
        line = shapely.shortest_line(place, self.floor)
        return Point(shapely.get_coordinates(line)[-1])

    def _seen(self, one: np.ndarray, two: np.ndarray) -> np.ndarray:
        """Distances of points that see each other, [len(one), len(two)] [m]; 0 where they do not."""
        if not len(one) or not len(two):
            return np.zeros((len(one), len(two)))
        ends = np.stack([np.repeat(one, len(two), axis=0), np.tile(two, (len(one), 1))], axis=1)
        lines = np.asarray(shapely.linestrings(ends))
        clear = shapely.covers(self._sight, lines)
        # Two points in one place are joined by a way of no length, which a graph of distances would not keep.
        lengths = np.where(clear, np.maximum(shapely.length(lines), 1e-9), 0.0)
        return lengths.reshape(len(one), len(two))


def _inward(ring: LineString, *, hole: bool) -> list[tuple[float, float]]:
    """Corners of a ring that stick into the floor."""
    points = shapely.get_coordinates(ring)[:-1]
    before, after = points - np.roll(points, 1, axis=0), np.roll(points, -1, axis=0) - points
    turn = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    counter = ring.is_ccw  # type: ignore[attr-defined]  # rings have it
    # On the left of a counter-clockwise outline lies the floor; a hole has it on the other side.
    outward = turn < -1e-9 if counter != hole else turn > 1e-9
    return [(float(x), float(y)) for x, y in points[outward]]


def walk_of(context: Context, clearance: float = CLEARANCE) -> Walk:
    """The floor of a plan on which one can walk, keeping that far from walls and columns [m]."""
    known = context.once(_walks)
    if clearance not in known:
        known[clearance] = _walk(context, clearance)
    return known[clearance]


def _walks(_: Context) -> dict[float, Walk]:
    return {}


def _walk(context: Context, clearance: float) -> Walk:
    # Each room is drawn in by itself: in a plan without walls two rooms meet, and only doors join them.
    pieces = [_inside(floor, clearance) for floor in floors(context).values()]
    pieces += [way for door in context.of(Door) if (way := _doorway(door, clearance)) is not None]
    whole = shapely.union_all(pieces)
    columns = [o.shape.buffer(clearance, join_style="mitre") for o in context.of(Obstacle) if is_column(o)]
    if columns:
        whole = whole.difference(shapely.union_all(columns))
    kept = [part for part in shapely.get_parts(whole) if isinstance(part, Polygon) and not part.is_empty]
    return Walk(MultiPolygon(kept))


def _inside(floor: BaseGeometry, clearance: float) -> BaseGeometry:
    return floor.buffer(-clearance, join_style="mitre") if clearance > 0 else floor


def _doorway(door: Door, clearance: float) -> BaseGeometry | None:
    """The floor in a doorway that joins the floors on both sides [m]; None if nobody fits through."""
    width = door.shape.length - 2 * clearance
    if width <= TOUCH:
        return None
    ends = [door.shape.interpolate(at) for at in (clearance, clearance + width)]
    reach = door.thickness / 2 + clearance + 1e-3  # a little over, so that the pieces overlap
    return LineString(ends).buffer(reach, cap_style="flat")


def exit_distances(context: Context, clearance: float = CLEARANCE) -> dict[str, float]:
    """From the farthest corner of each room to the nearest front door [m], by id; infinite without a way.

    Measured to the middle of the door. Balconies count as rooms; doors to them are no exits.
    """
    known = context.once(_exits)
    if clearance not in known:
        known[clearance] = _distances(context, clearance)
    return known[clearance]


def _exits(_: Context) -> dict[float, dict[str, float]]:
    return {}


def _distances(context: Context, clearance: float) -> dict[str, float]:
    walk = walk_of(context, clearance)
    doors = [door.shape.centroid for door in context.of(Door) if OUTSIDE in door.between]
    places: list[Point] = []
    owners: list[str] = []
    for room, floor in floors(context).items():
        inside = _inside(floor, clearance)
        corners = shapely.get_coordinates(floor if inside.is_empty else inside)
        places += [Point(xy) for xy in np.unique(corners, axis=0)]
        owners += [room] * (len(places) - len(owners))
    nearest = np.full(len(places), np.inf)
    for door in doors:
        nearest = np.minimum(nearest, walk.distances(door, places))
    found: dict[str, float] = {}
    for owner, distance in zip(owners, nearest.tolist(), strict=True):
        found[owner] = max(found.get(owner, 0.0), distance)
    return found
