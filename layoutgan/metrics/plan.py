"""What the metrics read of a floor plan, and the shapes that several of them share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layoutgan.core.geometry import parts
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.elements import Room

__all__ = ["CANONICAL", "GAP", "Plan"]

GAP = 0.3
"""Half of the widest gap between rooms that is closed, h in the benchmark's rules [m]."""
CANONICAL = {"toilet": "bathroom", "stairs": "other"}
"""Our kinds that the benchmark does not know, and what they count as."""


@dataclass(frozen=True)
class Plan:
    """Rooms as polygons with canonical types.

    Args:
        ids: of the rooms [N].
        kinds: canonical type of each [N].
        rooms: their polygons [N] [m].
        boundary: the outline [m], if known.
        invalid: rooms whose polygon had to be repaired.
    """

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    rooms: tuple[Polygon, ...]
    boundary: Polygon | None = None
    invalid: int = 0

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
        return cls(tuple(ids), tuple(kinds), tuple(rooms), layout.boundary, invalid)

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
    def strict_contacts(self) -> NDArray[np.float64]:
        """Length of common boundary of tiles that touch exactly [N, N] [m]; corner contact is 0."""
        return _pairwise(self.shapes, lambda a, b: shapely.length(shapely.intersection(a, b)))


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
