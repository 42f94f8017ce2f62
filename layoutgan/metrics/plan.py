"""What the metrics read of a floor plan, and the shapes that several of them share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from layoutgan.core.geometry import parts
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Door, Room

__all__ = ["CANONICAL", "GAP", "OUTSIDE", "Opening", "Plan"]

GAP = 0.3
"""Half of the widest gap between rooms that is closed, h in the benchmark's rules [m]."""
CANONICAL = {"toilet": "bathroom", "stairs": "other"}
"""Our kinds that the benchmark does not know, and what they count as."""
OUTSIDE = "outside"
"""The world beyond the outline, as an end of an opening."""
FRONT_REACH = 0.1
"""How far a front door's depth reaches into its room: rooms of ours end at the wall's inner face [m]."""
PARALLEL = np.cos(np.radians(5.0))
"""Edges within 5° of each other face each other."""


@dataclass(frozen=True)
class Opening:
    """A door or an opening without a leaf, as a shape as deep as its wall."""

    shape: Polygon
    """[m]."""
    front: bool = False
    """A front door."""
    between: tuple[str, ...] = ()
    """Ids of the rooms that it joins, ``outside`` among them, if the file says so."""

    @classmethod
    def of(cls, door: Door) -> Opening:
        """The opening of a door of ours; a front door reaches into its room."""
        front = door.kind == "entrance" or OUTSIDE in door.between
        depth = door.thickness / 2 + (FRONT_REACH if front else 0.0)
        return cls(door.shape.buffer(depth, cap_style="flat"), front, tuple(door.between))


@dataclass(frozen=True)
class Plan:
    """Rooms as polygons with canonical types.

    Args:
        ids: of the rooms [N].
        kinds: canonical type of each [N].
        rooms: their polygons [N] [m].
        boundary: the outline [m], if known.
        invalid: rooms whose polygon had to be repaired.
        doors: doors and openings, front doors included.
        gap: widest wall that is left between rooms [m]; 0 when rooms tile.
    """

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    rooms: tuple[Polygon, ...]
    boundary: Polygon | None = None
    invalid: int = 0
    doors: tuple[Opening, ...] = ()
    gap: float = 0.0

    @classmethod
    def of(cls, layout: Layout) -> Plan:
        """The plan in a layout; rooms without area are left out."""
        ids, kinds, rooms, invalid = [], [], [], 0
        for room in layout.of(Room):
            shape = room.shape
            if not shape.is_valid:
                invalid += 1
                mended = parts(shapely.make_valid(shape))
                shape = mended[0] if mended else Polygon()
            if shape.area > 0:
                ids.append(room.id)
                kinds.append(CANONICAL.get(room.kind, room.kind))
                rooms.append(shape)
        doors = tuple(Opening.of(door) for door in layout.of(Door))
        return cls(tuple(ids), tuple(kinds), tuple(rooms), layout.boundary, invalid, doors)

    @cached_property
    def shapes(self) -> NDArray[np.object_]:
        """The rooms as an array [N]."""
        shapes = np.empty(len(self.rooms), dtype=object)
        shapes[:] = self.rooms
        return shapes

    @cached_property
    def areas(self) -> NDArray[np.float64]:
        """Area of each room [N] [m²]."""
        return np.asarray(shapely.area(self.shapes), dtype=np.float64)

    @cached_property
    def union(self) -> BaseGeometry:
        """All rooms together [m]."""
        return shapely.union_all(self.shapes)

    @cached_property
    def closed(self) -> BaseGeometry:
        """All rooms together, gaps up to 2h closed [m]."""
        grown = self.union.buffer(GAP, join_style="mitre")
        closed: BaseGeometry = grown.buffer(-GAP, join_style="mitre")
        return closed

    @cached_property
    def contacts(self) -> NDArray[np.float64]:
        """Wall that two rooms share by the benchmark's rule [N, N] [m]; a corner counts 0.535 m."""
        grown = shapely.buffer(self.shapes, GAP)
        return _pairwise(grown, lambda a, b: shapely.area(shapely.intersection(a, b)) / (2 * GAP))

    @cached_property
    def outline(self) -> BaseGeometry:
        """The outline if it is known, else what the rooms cover with the walls between them [m]."""
        if self.boundary is not None:
            return self.boundary
        return self.closed if self.gap > 0 else self.union

    @cached_property
    def strict_contacts(self) -> NDArray[np.float64]:
        """Length of common boundary, walls between rooms closed [N, N] [m]; corner contact is 0.

        Rooms that tile share edges. Of rooms that stop at wall faces, edges count that face each other over
        no more than ``gap``, as far as they lie opposite each other.
        """
        if self.gap <= 0 or not self.rooms:
            return _pairwise(self.shapes, lambda a, b: shapely.length(shapely.intersection(a, b)))
        edges = [_edges(room) for room in self.rooms]
        table = np.zeros((len(edges), len(edges)))
        near = shapely.STRtree(self.shapes).query(self.shapes, predicate="dwithin", distance=self.gap + 1e-6)
        for i, j in near.T:
            if i < j:
                table[i, j] = table[j, i] = _facing(edges[i], edges[j], self.gap)
        return table


def _edges(room: Polygon) -> NDArray[np.float64]:
    """Edges [E, 4] as x0, y0, x1, y1, the room on their left [m]."""
    points = np.asarray(orient(room).exterior.coords)
    return np.concatenate((points[:-1], points[1:]), axis=1)


def _facing(first: NDArray[np.float64], second: NDArray[np.float64], gap: float) -> float:
    """Length over which edges of two rooms lie opposite each other across at most the gap [m].

    Rooms that overlap by up to the gap face each other too: generated rooms often do.
    """
    start, step = first[:, :2], first[:, 2:] - first[:, :2]
    length = np.maximum(np.linalg.norm(step, axis=1), 1e-12)
    along = step / length[:, None]
    outward = np.stack((along[:, 1], -along[:, 0]), axis=1)
    other = second[:, 2:] - second[:, :2]
    other = other / np.maximum(np.linalg.norm(other, axis=1, keepdims=True), 1e-12)
    opposed = along @ other.T < -PARALLEL
    middle = (second[:, :2] + second[:, 2:]) / 2
    away = ((middle[None] - start[:, None]) * outward[:, None]).sum(-1)
    ends = [((second[None, :, k : k + 2] - start[:, None]) * along[:, None]).sum(-1) for k in (0, 2)]
    low, high = np.maximum(np.minimum(*ends), 0.0), np.minimum(np.maximum(*ends), length[:, None])
    return float(np.where(opposed & (np.abs(away) <= gap + 1e-9), np.maximum(high - low, 0.0), 0.0).sum())


def _pairwise(shapes: NDArray[np.object_], measure: object) -> NDArray[np.float64]:
    """A symmetric table of a measure of intersecting pairs [N, N]."""
    table = np.zeros((len(shapes), len(shapes)))
    if len(shapes) > 1:
        left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        keep = left < right
        left, right = left[keep], right[keep]
        values = measure(shapes[left], shapes[right])  # type: ignore[operator]  # a vectorised function of two arrays
        table[left, right] = table[right, left] = values
    return table
