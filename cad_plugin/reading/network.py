"""Bodies of walls from the lines that somebody drew: two lines, one line, outlines or hatches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

__all__ = [
    "GRID",
    "THICKEST",
    "Ends",
    "Walls",
    "as_lines",
    "as_points",
    "ends_of",
    "faces_of",
    "noded",
    "segments",
    "walls_from",
]

GRID = 1e-5
"""Corners nearer than this are one [m]."""
THICKEST = 0.55
"""A closed face that is nowhere wider is a wall; what is wider is a room [m]."""
THINNEST = 0.03
"""Two lines nearer than this are no wall [m]."""

Points = NDArray[np.float64]


@dataclass
class Walls:
    """What the wall lines of a drawing mean."""

    bodies: BaseGeometry = field(default_factory=Polygon)
    """Bodies of walls, doors and windows mostly cut out [m]."""
    singles: BaseGeometry = field(default_factory=LineString)
    """Lines that are a whole wall each [m]."""
    healed: tuple[Point, ...] = ()
    """Where gaps were closed [m]."""
    loose: tuple[Point, ...] = ()
    """Ends of wall lines that lead nowhere [m]."""


@dataclass(frozen=True)
class Ends:
    """Ends of lines at which nothing else ends [N]."""

    at: Points
    """[N, 2]"""
    out: Points
    """Where the line would go on, of length 1 [N, 2]."""
    length: NDArray[np.float64]
    """Of the last straight piece [m]."""
    piece: NDArray[np.int64]
    """Number of that piece; a piece that touches nothing has two ends [N]."""

    def kept(self, which: NDArray[np.bool_]) -> Ends:
        """Some of the ends."""
        return Ends(self.at[which], self.out[which], self.length[which], self.piece[which])

    def meant(self, gap: float) -> Ends:
        """Ends without those of short pieces that somebody drew too far."""
        _, inverse, counts = np.unique(self.piece, return_inverse=True, return_counts=True)
        return self.kept((self.length > gap) | (counts[inverse] == 2))


def as_points(at: Points) -> NDArray[np.object_]:
    """Points from coordinates [N, 2]."""
    return np.asarray(shapely.points(at), dtype=object).reshape(-1)


def as_lines(pieces: Points) -> NDArray[np.object_]:
    """Straight lines from coordinates [N, 2, 2]."""
    return np.asarray(shapely.linestrings(pieces), dtype=object).reshape(-1)


def noded(lines: Sequence[BaseGeometry] | NDArray[np.object_]) -> BaseGeometry:
    """All lines cut where they meet."""
    return shapely.union_all(lines, grid_size=GRID)


def segments(lines: BaseGeometry) -> Points:
    """Straight pieces of lines [S, 2, 2]."""
    parts = shapely.get_parts(lines)
    coordinates, index = shapely.get_coordinates(parts, return_index=True)
    same = index[1:] == index[:-1]
    return np.stack([coordinates[:-1][same], coordinates[1:][same]], axis=1)


def ends_of(lines: BaseGeometry) -> Ends:
    """The loose ends of noded lines."""
    pieces = segments(lines)
    if not len(pieces):
        return Ends(np.empty((0, 2)), np.empty((0, 2)), np.empty(0), np.empty(0, dtype=np.int64))
    places = np.round(pieces.reshape(-1, 2) / GRID).astype(np.int64)
    _, inverse, counts = np.unique(places, axis=0, return_inverse=True, return_counts=True)
    alone = (counts[inverse.reshape(-1)] == 1).reshape(-1, 2)
    piece, which = np.nonzero(alone)
    at, other = pieces[piece, which], pieces[piece, 1 - which]
    length = np.linalg.norm(at - other, axis=1)
    keep = length > 0
    return Ends(at[keep], ((at - other)[keep] / length[keep, None]), length[keep], piece[keep])


def faces_of(lines: BaseGeometry) -> NDArray[np.object_]:
    """Areas that noded lines enclose."""
    return shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))


def walls_from(lines: Sequence[LineString], fills: Sequence[Polygon], gap: float) -> Walls:
    """Bodies and single lines of walls.

    Args:
        lines: on layers for walls [m].
        fills: hatches of walls [m].
        gap: lines whose ends are this near are meant to meet [m].
    """
    net = noded(lines) if lines else shapely.MultiLineString()
    healed: list[LineString] = []
    if lines:
        healed = list(_healing(net, gap))
        net = _pruned(noded([net, *healed]) if healed else net, gap)
        caps = list(_caps(ends_of(net)))
        net = noded([net, *caps]) if caps else net
    faces = faces_of(net)
    solid = shapely.union_all(fills, grid_size=GRID) if fills else Polygon()
    thin = faces[shapely.is_empty(shapely.buffer(faces, -THICKEST / 2, quad_segs=1))]
    bodies = shapely.union_all([*thin, solid], grid_size=GRID)
    bodies = shapely.union_all([p for p in shapely.get_parts(bodies) if p.geom_type == "Polygon"])
    singles = net if bodies.is_empty else shapely.difference(net, bodies.buffer(2e-3, quad_segs=2))
    ends = ends_of(net).meant(gap)
    return Walls(
        bodies,
        singles,
        tuple(Point(line.coords[0]) for line in healed),
        tuple(Point(p) for p, size in zip(ends.at, ends.length, strict=True) if size > gap),
    )


def _pruned(net: BaseGeometry, gap: float) -> BaseGeometry:
    """The lines without the short pieces by which they were drawn too far."""
    pieces = segments(net)
    places = np.round(pieces.reshape(-1, 2) / GRID).astype(np.int64)
    _, inverse, counts = np.unique(places, axis=0, return_inverse=True, return_counts=True)
    alone = (counts[inverse.reshape(-1)] == 1).reshape(-1, 2)
    short = np.linalg.norm(pieces[:, 1] - pieces[:, 0], axis=1) <= gap
    keep = ~(short & (alone.sum(axis=1) == 1))
    return shapely.MultiLineString(list(as_lines(pieces[keep])))


def _healing(net: BaseGeometry, gap: float) -> Iterator[LineString]:
    """Short lines that close gaps: between two loose ends, else from one to the next line."""
    ends = ends_of(net).meant(gap)
    at, out = ends.at, ends.out
    if not len(at):
        return
    tree = shapely.STRtree(as_points(at))
    used = np.zeros(len(at), dtype=bool)
    pairs = tree.query(as_points(at), predicate="dwithin", distance=1.5 * gap)
    order = sorted((float(np.linalg.norm(at[i] - at[j])), int(i), int(j)) for i, j in pairs.T
                   if i < j and ends.piece[i] != ends.piece[j])
    for size, i, j in order:
        if used[i] or used[j]:
            continue
        meeting = _meeting(at[i], out[i], at[j], out[j], 1.5 * gap)
        if meeting is not None:
            yield from (LineString([at[k], meeting]) for k in (i, j) if np.abs(at[k] - meeting).max() > GRID)
        elif size <= gap and out[i] @ out[j] < 0:
            yield LineString([at[i], at[j]])
        else:
            continue
        used[i] = used[j] = True
    yield from _to_lines(net, at[~used], out[~used], gap)


def _meeting(a: Points, u: Points, b: Points, v: Points, reach: float) -> Points | None:
    """Where two lines would meet when both went on or back by at most ``reach``."""
    across = u[0] * v[1] - u[1] * v[0]
    if abs(across) < 0.1:
        return None
    d = b - a
    s, t = (d[0] * v[1] - d[1] * v[0]) / across, (d[0] * u[1] - d[1] * u[0]) / across
    return a + s * u if max(abs(s), abs(t)) <= reach else None


def _to_lines(net: BaseGeometry, at: Points, out: Points, gap: float) -> Iterator[LineString]:
    """From each loose end straight on to the next line, when that is near."""
    pieces = segments(net)
    tree = shapely.STRtree(as_lines(pieces))
    ahead = as_lines(np.stack([at + 1e-4 * out, at + gap * out], axis=1))
    found: dict[int, float] = {}
    for i, k in tree.query(ahead, predicate="intersects").T:
        hit = shapely.intersection(ahead[i], shapely.LineString(pieces[k]))
        away = float(shapely.distance(hit, shapely.Point(at[i])))
        found[int(i)] = min(found.get(int(i), gap), away)
    for i, away in sorted(found.items()):
        yield LineString([at[i], at[i] + (away + 1e-6) * out[i]])


def _caps(ends: Ends) -> Iterator[LineString]:
    """Lines across the open ends of walls that are drawn as two lines."""
    if not len(ends.at):
        return
    tree = shapely.STRtree(as_points(ends.at))
    found: list[tuple[float, int, int]] = []
    for i, j in tree.query(as_points(ends.at), predicate="dwithin", distance=THICKEST).T:
        across = ends.at[j] - ends.at[i]
        size = float(np.linalg.norm(across))
        if i >= j or size < THINNEST or ends.out[i] @ ends.out[j] < 0.98:
            continue
        if abs(across @ ends.out[i]) < 0.35 * size:
            found.append((size, int(i), int(j)))
    used: set[int] = set()
    for _, i, j in sorted(found):
        if i not in used and j not in used:
            used |= {i, j}
            yield LineString([ends.at[i], ends.at[j]])
