"""The inside of an outline as a compact grid of exact lines, and labelled cells back as rooms.

A rectilinear outline is the union of its cells exactly. A slanted edge is followed by a staircase that
crosses it at half steps; when the rooms are drawn, cells beyond the staircase go to the room they touch and
everything is cut with the true outline, so that the rooms still tile it exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon

from layoutgan.core.geometry import largest_part, rectilinear, simplified
from layoutgan.domains.floorplan.brief import FloorplanBrief, is_column
from layoutgan.errors import InputError

__all__ = ["BLOCKED", "FACADE", "FREE", "SLANTED", "SiteGrid", "rooms_from", "site_grid"]

FREE, FACADE, BLOCKED, SLANTED = 0, -1, -2, -3
"""Codes of cells: to be tiled; outside with daylight; outside without; outside beyond a slanted edge."""
STEP = 0.6
"""Largest step of the staircase along a slanted edge [m]."""
MARGIN = 1.0
"""Width of the ring of outside cells around the site [m]."""
MAX_LINES = 44
"""Most grid lines per axis that an outline may need; rooms need the rest of the exact step's 64."""


@dataclass(frozen=True)
class SiteGrid:
    """The site as cells.

    Args:
        x_lines: grid lines [X + 1], ascending [m].
        y_lines: grid lines [Y + 1], ascending [m].
        cells: codes [Y, X].
        inside: what the rooms must tile [m].
        slanted: whether a staircase stands for slanted edges.
    """

    x_lines: NDArray[np.float64]
    y_lines: NDArray[np.float64]
    cells: NDArray[np.int16]
    inside: Polygon
    slanted: bool


def _slanted_edges(shape: Polygon) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    edges = []
    for ring in (shape.exterior, *shape.interiors):
        points = np.asarray(ring.coords)
        for p, q in pairwise(points):
            if min(abs(p[0] - q[0]), abs(p[1] - q[1])) > 1e-6:
                edges.append((p, q))
    return edges


def _lines(inside: Polygon, extra: Sequence[Sequence[float]], step: float) -> tuple[set[float], set[float]]:
    """Coordinates that grid lines must have: corners, extra places, and steps along slanted edges."""
    xs: set[float] = {float(v) for v in extra[0]}
    ys: set[float] = {float(v) for v in extra[1]}
    slanted = _slanted_edges(inside)
    for ring in (inside.exterior, *inside.interiors):
        points = np.asarray(ring.coords)
        for p, q in pairwise(points):
            if abs(p[0] - q[0]) <= 1e-6:
                xs.add(float(p[0]))
            elif abs(p[1] - q[1]) <= 1e-6:
                ys.add(float(p[1]))
    x0, y0, x1, y1 = inside.bounds
    xs |= {x0, x1}
    ys |= {y0, y1}
    for p, q in slanted:
        count = max(1, int(np.ceil(max(abs(q[0] - p[0]), abs(q[1] - p[1])) / step)))
        at = np.linspace(0, 1, count + 1)
        xs |= {float(v) for v in p[0] + at * (q[0] - p[0])}
        ys |= {float(v) for v in p[1] + (at[:-1] + 0.5 / count) * (q[1] - p[1])}
    return xs, ys


def _merged(values: set[float], keep: set[float], gap: float) -> NDArray[np.float64]:
    """Sorted values; those closer than the gap to one before are left out unless they must be kept."""
    result: list[float] = []
    for value in sorted(values):
        if result and value - result[-1] < (1e-6 if value in keep and result[-1] in keep else gap):
            if value in keep:
                result[-1] = value
            continue
        result.append(value)
    return np.asarray(result)


def site_grid(brief: FloorplanBrief, extra: Sequence[Sequence[float]] = ((), ())) -> SiteGrid:
    """The grid of a brief's site.

    Args:
        brief: with outline, obstacles and party walls.
        extra: further x and y coordinates that need lines, such as the ends of an entrance [m].

    Raises:
        InputError: the outline has more corners than the exact step can follow.
    """
    inside = brief.inside
    step = STEP
    exact_x, exact_y = _lines(inside, extra, 1e9)
    while True:
        xs, ys = _lines(inside, extra, step)
        x_lines, y_lines = _merged(xs, exact_x, 0.08), _merged(ys, exact_y, 0.08)
        if max(len(x_lines), len(y_lines)) <= MAX_LINES or step > 20:
            break
        step *= 1.5
    if max(len(x_lines), len(y_lines)) > MAX_LINES:
        raise InputError(
            f"the outline needs {max(len(x_lines), len(y_lines))} grid lines and at most {MAX_LINES} "
            "fit; simplify the outline",
            place="boundary",
        )
    x_lines = np.concatenate(([x_lines[0] - MARGIN], x_lines, [x_lines[-1] + MARGIN]))
    y_lines = np.concatenate(([y_lines[0] - MARGIN], y_lines, [y_lines[-1] + MARGIN]))
    slanted = not rectilinear(inside)
    return SiteGrid(x_lines, y_lines, _codes(brief, inside, x_lines, y_lines), inside, slanted)


def _codes(
    brief: FloorplanBrief, inside: Polygon, x_lines: NDArray[np.float64], y_lines: NDArray[np.float64]
) -> NDArray[np.int16]:
    """The code of each cell [Y, X]."""
    xc, yc = (x_lines[:-1] + x_lines[1:]) / 2, (y_lines[:-1] + y_lines[1:]) / 2
    gx, gy = np.meshgrid(xc, yc)
    free = shapely.contains_xy(inside, gx, gy)
    cells = np.where(free, FREE, FACADE).astype(np.int16)
    solid = [o.shape for o in brief.obstacles if not is_column(o)]
    if solid:
        cells[~free & shapely.contains_xy(shapely.unary_union(solid), gx, gy)] = BLOCKED
    party = shapely.union_all(list(brief.party)).buffer(0.05) if brief.party else Polygon()
    slanted = shapely.MultiLineString([LineString(edge) for edge in _slanted_edges(inside)] or None)
    if party.is_empty and slanted.is_empty:
        return cells
    for row, column in zip(*np.nonzero(cells == FACADE), strict=True):
        borders = _free_borders(cells, x_lines, y_lines, int(row), int(column))
        blind = sum(b.intersection(party).length for b in borders)
        if borders and blind > 0.5 * sum(b.length for b in borders):
            cells[row, column] = BLOCKED
        elif borders and not slanted.is_empty:
            box = shapely.box(x_lines[column], y_lines[row], x_lines[column + 1], y_lines[row + 1])
            if slanted.intersection(box).length > 1e-3:
                cells[row, column] = SLANTED
    return cells


def _free_borders(
    cells: NDArray[np.int16],
    x_lines: NDArray[np.float64],
    y_lines: NDArray[np.float64],
    row: int,
    column: int,
) -> list[LineString]:
    """The sides of a cell that touch free cells."""
    sides = []
    x0, x1, y0, y1 = x_lines[column], x_lines[column + 1], y_lines[row], y_lines[row + 1]
    height, width = cells.shape
    if column > 0 and cells[row, column - 1] >= 0:
        sides.append(LineString([(x0, y0), (x0, y1)]))
    if column + 1 < width and cells[row, column + 1] >= 0:
        sides.append(LineString([(x1, y0), (x1, y1)]))
    if row > 0 and cells[row - 1, column] >= 0:
        sides.append(LineString([(x0, y0), (x1, y0)]))
    if row + 1 < height and cells[row + 1, column] >= 0:
        sides.append(LineString([(x0, y1), (x1, y1)]))
    return sides


def rooms_from(
    x_lines: NDArray[np.float64],
    y_lines: NDArray[np.float64],
    labels: NDArray[np.int16],
    count: int,
    site: SiteGrid,
) -> list[Polygon]:
    """One polygon per room [m]; together they tile the inside exactly.

    Args:
        x_lines: grid lines [X + 1] [m].
        y_lines: grid lines [Y + 1] [m].
        labels: room of each cell [Y, X], negative outside.
        count: number of rooms (N).
        site: the site that was tiled.
    """
    shapes = []
    pieces = _pieces(x_lines.tolist(), y_lines.tolist(), labels.tolist(), count)
    for boxes in pieces:
        if len(boxes) == 1:
            shapes.append(shapely.box(*boxes[0]))
        elif boxes:
            joined = shapely.union_all(shapely.box(*np.asarray(boxes).T))
            shapes.append(simplified(largest_part(joined), 1e-9))
        else:
            shapes.append(Polygon())
    return _cut(shapes, site) if site.slanted else shapes


Box = tuple[float, float, float, float]


def _pieces(x: list[float], y: list[float], labels: list[list[int]], count: int) -> list[list[Box]]:
    """The rooms as few boxes: runs of cells, joined with equal runs of the row below [m]."""
    found: list[list[Box]] = [[] for _ in range(count)]
    open_runs: dict[tuple[int, int, int], int] = {}
    for row, line in enumerate([*labels, []]):
        runs: dict[tuple[int, int, int], int] = {}
        column = 0
        for label, cells in groupby(line):
            stop = column + sum(1 for _ in cells)
            if 0 <= label < count:
                key = (label, column, stop)
                runs[key] = open_runs.get(key, row)
            column = stop
        for key, start in open_runs.items():
            if key not in runs:
                found[key[0]].append((x[key[1]], y[start], x[key[2]], y[row]))
        open_runs = runs
    return found


def _cut(shapes: list[Polygon], site: SiteGrid) -> list[Polygon]:
    """Rooms of a staircase cut with the true outline; what lies beyond goes to the room it touches.

    All edges are noded together first, so that neighbours keep exactly the same corners.
    """
    edges = shapely.union_all(
        [site.inside.boundary, *(s.boundary for s in shapes if not s.is_empty)], grid_size=1e-8
    )
    faces = [
        f
        for f in shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
        if site.inside.contains(f.representative_point())
    ]
    owner = _owners(faces, shapes)
    result = []
    for room in range(len(shapes)):
        mine = [f for f, o in zip(faces, owner, strict=True) if o == room]
        result.append(largest_part(shapely.union_all(mine, grid_size=1e-8)) if mine else Polygon())
    return [simplified(shape, 1e-9) for shape in result]


def _owners(faces: list[Polygon], shapes: list[Polygon]) -> list[int]:
    """The room of each face: the one it lies in, or beyond the stairs the one it touches longest."""
    owner = [
        next((i for i, s in enumerate(shapes) if s.contains(f.representative_point())), -1) for f in faces
    ]
    for _ in range(len(faces)):
        changed = False
        for i, face in enumerate(faces):
            if owner[i] < 0:
                touching = [
                    (shapely.length(face.boundary.intersection(other.boundary)), -owner[j])
                    for j, other in enumerate(faces)
                    if owner[j] >= 0
                ]
                length, room = max(touching, default=(0.0, 0))
                if length > 1e-6:
                    owner[i], changed = -room, True
        if not changed:
            break
    return owner
