"""Outlines that stand askew: solved with their walls along x and y, and turned back.

The exact step moves walls along x and y. Where most of an outline runs along two other directions, square to
each other, the whole brief is turned, answered, and the answer turned back onto the outline as it was given.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from layoutgan.core.layout import Layout
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.complete import complete
from layoutgan.domains.floorplan.elements import Room

__all__ = ["askew", "turned", "turned_back"]

SMALLEST = 0.5
"""Turn below which an outline stands straight [°]."""
SQUARE = 1.0
"""How far from square an edge may be and still follow the walls [°]."""
MOST = 0.6
"""Share of the outline that must follow the two directions [-]."""
SNAP = 0.004
"""How far turning moves points, because outlines are whole millimetres [m]."""


def askew(outline: Polygon) -> float:
    """The angle [°], within ±45, by which most of an outline is turned away from x and y, or 0."""
    points = np.asarray(outline.exterior.coords)
    edges = np.diff(points, axis=0)
    lengths = np.hypot(*edges.T)
    angles = np.degrees(np.arctan2(edges[:, 1], edges[:, 0])) % 90.0

    def along(angle: float) -> float:
        away = np.abs((angles - angle + 45.0) % 90.0 - 45.0)
        return float(lengths[away < SQUARE].sum() / lengths.sum())

    longest = [float(angles[i]) for i in np.argsort(-lengths, kind="stable")]
    best = max(longest, key=lambda angle: round(along(angle), 6))
    best = best - 90.0 if best > 45.0 else best
    if abs(best) < SMALLEST or along(best) < MOST or along(0.0) >= along(best) - 1e-6:
        return 0.0
    return best


def turned(brief: FloorplanBrief, angle: float) -> FloorplanBrief:
    """The brief turned clockwise by an angle [°] about the origin, its edges then exactly along x and y."""

    def turn(shape: Any) -> Any:
        return shapely.transform(shape, lambda points: _turn(points, -angle))

    def straight(shape: Polygon) -> Polygon:
        return Polygon(_straight(shape.exterior), [_straight(ring) for ring in shape.interiors])

    said = {name: getattr(brief, name) for name in sorted(brief.model_fields_set)}
    boundary = straight(turn(brief.boundary))

    def onto(point: Any) -> Any:
        return shapely.shortest_line(boundary.boundary, turn(point)).interpolate(0)

    changes: dict[str, Any] = {
        "boundary": boundary,
        "north": (brief.north - angle) % 360.0,
        "party": tuple(shapely.transform(turn(p), lambda q: np.round(q, 3)) for p in brief.party),
        "obstacles": tuple(o.model_copy(update={"shape": straight(turn(o.shape))}) for o in brief.obstacles),
        "spaces": tuple(s if s.shape is None else s.model_copy(update={"shape": straight(turn(s.shape))})
                        for s in brief.spaces),
    }
    if brief.entrances:
        changes["entrance"] = tuple(e.model_copy(update={"at": onto(e.at)}) for e in brief.entrances)
    return FloorplanBrief(**said | changes)


def _turn(points: NDArray[np.float64], angle: float) -> NDArray[np.float64]:
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turn: NDArray[np.float64] = points @ np.array([[c, s], [-s, c]])
    return turn


def _straight(ring: Any) -> NDArray[np.float64]:
    """The corners of a ring, in whole millimetres; edges nearly along x or y are exactly so."""
    points = np.asarray(ring.coords)[:-1].copy()
    count = len(points)
    for _ in range(2):  # the second round carries a moved corner on to the edge behind it
        for i in range(count):
            j = (i + 1) % count
            dx, dy = points[j] - points[i]
            slope = np.tan(np.radians(SQUARE))
            if abs(dx) < SNAP and abs(dx) < slope * abs(dy):
                points[j, 0] = points[i, 0]
            elif abs(dy) < SNAP and abs(dy) < slope * abs(dx):
                points[j, 1] = points[i, 1]
    return np.round(points, 3)


def turned_back(layout: Layout, brief: FloorplanBrief, angle: float) -> Layout:
    """The plan turned back by an angle [°], what stood on the outline exactly on the brief's own again."""
    shapes = (brief.inside, brief.boundary)
    rings = [ring for shape in shapes for ring in (shape.exterior, *shape.interiors)]
    starts = np.concatenate([np.asarray(ring.coords)[:-1] for ring in rings])
    ends = np.concatenate([np.asarray(ring.coords)[1:] for ring in rings])

    def back(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return _snapped(_turn(points, angle), starts, ends)

    # Only rooms are turned: walls and openings follow from them, to the last digit.
    rooms = tuple(room.model_copy(update={"shape": shapely.transform(room.shape, back)})
                  for room in layout.of(Room))
    bare = layout.model_copy(update={"boundary": brief.boundary, "north": brief.north, "elements": rooms,
                                     "connections": (), "notes": (), "brief": brief})
    return complete(bare)


def _snapped(points: NDArray[np.float64], starts: NDArray[np.float64],
             ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points near a corner put onto it, others near an edge onto the edge [m]."""
    result = points.copy()
    edge = ends - starts
    length = (edge**2).sum(axis=1)
    for i, point in enumerate(points):
        away = np.hypot(*(starts - point).T)
        if away.min() < SNAP:
            result[i] = starts[away.argmin()]
            continue
        share = (((point - starts) * edge).sum(axis=1) / length).clip(0, 1)
        foot = starts + share[:, None] * edge
        away = np.hypot(*(foot - point).T)
        if away.min() < SNAP:
            result[i] = foot[away.argmin()]
    return result
