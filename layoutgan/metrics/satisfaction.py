"""Whether a plan gives what its brief asks, measured on the polygons, whatever made them.

Hard demands are those of ``brief.*`` in the reference: count and kinds, required and forbidden neighbours,
areas and clear widths in range, façade contact that was asked for, the entrance in its space, fixed spaces,
and an exact tiling.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from layoutgan.core.geometry import rectilinear, shared_length
from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.brief import FloorplanBrief, is_column
from layoutgan.domains.floorplan.elements import Door, Room

__all__ = ["Satisfaction", "clear_floor", "inscribed_square", "satisfaction"]

Tally = Callable[[str, bool], None]
"""Counts one demand of a sort as met or not."""

LENGTH = 1e-4
"""Tolerance of lengths [m]."""
AREA = 1e-3
"""Tolerance of areas [m²]."""
DOOR = 0.6
"""Least straight wall that two rooms must share for a door between them [m]."""


@dataclass(frozen=True)
class Satisfaction:
    """How much of a brief a plan meets."""

    counts: dict[str, tuple[int, int]]
    """Demands met and asked, by sort."""
    connections_f1: float
    """F1 of the door and opening connections that the plan has against those asked [-].

    Rooms keep their ids, so a door between the wrong two bedrooms counts as wrong. A door that completion
    adds to a room that the brief connects to nothing counts as one too many.
    """
    area_error: float
    """Mean relative distance of clear areas from the middle of their range (MAPE) [-]."""
    said_f1: float = 1.0
    """The same, doors to rooms that the brief connects to nothing left out: about them it says nothing."""

    @property
    def all_met(self) -> bool:
        """Every hard demand holds."""
        return all(met == asked for met, asked in self.counts.values())

    @property
    def share(self) -> float:
        """Share of hard demands that hold [-]."""
        asked = sum(a for _, a in self.counts.values())
        return sum(m for m, _ in self.counts.values()) / asked if asked else 1.0


def clear_floor(rooms: dict[str, Polygon], thickness: float) -> dict[str, BaseGeometry]:
    """Each room less half a wall along the borders that it shares with other rooms [m].

    Measured with shapely's buffers of shared borders, not with the arithmetic of the exact step.
    """
    ids = list(rooms)
    shapes = np.asarray([rooms[i] for i in ids], dtype=object)
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    borders: list[list[BaseGeometry]] = [[] for _ in ids]
    for i, j in zip(left, right, strict=True):
        if i < j:
            common = shapes[i].boundary.intersection(shapes[j].boundary)
            if common.length > 0:
                borders[i].append(common)
                borders[j].append(common)
    clear = {}
    for i, name in enumerate(ids):
        walls = shapely.union_all(
            [
                shapely.buffer(shapely.line_merge(b), thickness / 2, cap_style="square", join_style="mitre")
                for b in borders[i]
            ]
        )
        clear[name] = rooms[name].difference(walls)
    return clear


def inscribed_square(shape: BaseGeometry) -> float:
    """Side of the largest axis-parallel square inside a shape [m]; if slanted, the largest circle's width."""
    polygons = [p for p in shapely.get_parts(shape) if isinstance(p, Polygon)]
    if not polygons:
        return 0.0
    best = max(polygons, key=lambda p: p.area)
    if not rectilinear(best):
        return float(2 * shapely.maximum_inscribed_circle(best, tolerance=0.005).length)
    points = shapely.get_coordinates(best)
    xs, ys = np.unique(np.round(points[:, 0], 6)), np.unique(np.round(points[:, 1], 6))
    gx, gy = np.meshgrid((xs[:-1] + xs[1:]) / 2, (ys[:-1] + ys[1:]) / 2)
    free = shapely.contains_xy(best, gx, gy)
    side = 0.0
    for bottom in range(len(ys) - 1):
        open_row = np.ones(len(xs) - 1, dtype=bool)
        for top in range(bottom, len(ys) - 1):
            open_row &= free[top]
            padded = np.flatnonzero(np.diff(np.concatenate(([0], open_row.astype(np.int8), [0]))))
            widest = max((xs[b] - xs[a] for a, b in zip(padded[::2], padded[1::2], strict=True)), default=0.0)
            side = max(side, min(float(widest), float(ys[top + 1] - ys[bottom])))
    return side


def satisfaction(layout: Layout, brief: FloorplanBrief) -> Satisfaction:
    """How much of the brief the layout meets."""
    rooms = {room.id: room for room in layout.of(Room)}
    shapes = {name: room.shape for name, room in rooms.items()}
    counts: dict[str, list[int]] = {}

    def count(sort: str, met: bool) -> None:
        tally = counts.setdefault(sort, [0, 0])
        tally[0] += met
        tally[1] += 1

    for space in brief.spaces:
        count("present", space.id in rooms and rooms[space.id].kind == space.kind)
    count("no_extra", set(rooms) <= {s.id for s in brief.spaces})
    inside, whole = brief.inside, shapely.union_all(list(shapes.values()))
    columns = [o.shape for o in brief.obstacles if is_column(o)]
    free = inside.difference(shapely.union_all(columns)) if columns else inside
    count("no_overlap", sum(s.area for s in shapes.values()) - whole.area < AREA)
    count("covered", free.difference(whole).area < max(AREA, 1e-4 * inside.area))
    count("inside", whole.difference(inside).area < max(AREA, 1e-4 * inside.area))
    _rooms(brief, shapes, count)
    _neighbours(brief, layout, shapes, count)
    _entrances(brief, layout, shapes, count)
    clear = clear_floor(shapes, brief.walls.interior)
    targets = {n.id: n.area for n in brief.programme().nodes}
    asked = {frozenset(a.between) for a in brief.adjacencies if a.kind in {"door", "open"}}
    have = {frozenset(d.between) for d in layout.of(Door) if "outside" not in d.between}
    errors = [abs(clear[i].area - targets[i][1]) / targets[i][1] for i in shapes if i in targets]
    return Satisfaction(
        {k: (m, a) for k, (m, a) in counts.items()},
        _connections_f1(asked, have),
        float(np.mean(errors)) if errors else 0.0,
        _connections_f1(asked, {pair for pair in have if pair <= frozenset().union(*asked)}),
    )


def _rooms(brief: FloorplanBrief, shapes: dict[str, Polygon], tally: Tally) -> None:
    """Areas, widths, façade and fixed places."""
    clear = clear_floor(shapes, brief.walls.interior)
    facade: BaseGeometry = brief.inside.boundary
    if brief.party:
        facade = facade.difference(shapely.union_all(list(brief.party)).buffer(0.02))
    for space in brief.spaces:
        shape = shapes.get(space.id)
        if shape is None:
            continue
        tally("one_piece", shape.geom_type == "Polygon" and shape.is_valid)
        if space.area is not None:
            area = clear[space.id].area
            tally("area", space.area[0] - AREA <= area <= space.area[1] + AREA)
        if space.min_width is not None:
            tally("width", inscribed_square(clear[space.id]) >= space.min_width - LENGTH)
        if space.exterior:
            contact = shape.boundary.intersection(facade.buffer(1e-4)).length
            tally("exterior", contact >= DOOR)
        if space.shape is not None:
            moved = shape.symmetric_difference(space.shape).area
            tally("fixed", moved < max(AREA, 0.01 * space.shape.area))


def _neighbours(brief: FloorplanBrief, layout: Layout, shapes: dict[str, Polygon], tally: Tally) -> None:
    doors = {frozenset(d.between) for d in layout.of(Door)}
    for adjacency in brief.adjacencies:
        a, b = (shapes.get(end) for end in adjacency.between)
        if a is None or b is None:
            tally("neighbour", False)
            continue
        length, _ = shared_length(a, b)
        if adjacency.kind == "never":
            tally("never", length < LENGTH)
        elif adjacency.kind == "adjacent":
            tally("neighbour", length >= 0.3 - LENGTH)
        else:
            met = length >= DOOR - LENGTH and frozenset(adjacency.between) in doors
            tally("neighbour", met)


def _entrances(brief: FloorplanBrief, layout: Layout, shapes: dict[str, Polygon], tally: Tally) -> None:
    fronts = [d for d in layout.of(Door) if d.kind == "entrance"]
    for entrance in brief.entrances:
        near = [d for d in fronts if isinstance(d.shape, LineString) and d.shape.distance(entrance.at) < 1.0]
        spaces = {end for d in near for end in d.between if end != "outside"}
        wanted = entrance.space
        tally("entrance", bool(spaces) and (wanted is None or wanted in spaces))


def _connections_f1(asked: set[frozenset[str]], have: set[frozenset[str]]) -> float:
    """F1 of two sets of pairs of rooms; 1 when both are empty."""
    if not asked and not have:
        return 1.0
    return 2 * len(asked & have) / (len(asked) + len(have))
