"""Routed pipes taken apart into the parts that are bought and welded.

Along each piece of pipe stand nodes: its ends, corners, places where branches join, and inline items. Each
node takes some length on either side, and straight pipe fills what is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from layoutgan.core.layout import Layout
from layoutgan.domains.piping.deliverables import fittings as fit
from layoutgan.domains.piping.deliverables.parts import Part, Point
from layoutgan.domains.piping.derived import size_of
from layoutgan.domains.piping.elements import Component, Equipment, Pipe, PlacedNozzle
from layoutgan.domains.piping.fitting_data import olet_height, tee_height
from layoutgan.domains.piping.pipe_data import elbow, flange_thickness, mass
from layoutgan.domains.piping.shapes import coordinates

__all__ = ["Line", "lines_of"]

_TOUCH = 4e-4
"""Gaps smaller than this are rounding, not pipe [m]."""
_SAME = 1e-3
"""Stations nearer than this are one place [m]."""


@dataclass
class Line:
    """One line with all its parts, in order from its start."""

    number: str
    pipes: list[Pipe]
    parts: list[Part] = field(default_factory=list)
    open_ends: list[Point] = field(default_factory=list)
    """Battery-limit points, and ends on other lines [m]."""
    nozzles: dict[str, Point] = field(default_factory=dict)
    """Equipment connections by reference [m]."""
    problems: list[str] = field(default_factory=list)
    """Places where fittings overlap."""

    @property
    def length(self) -> float:
        """Centre-line length [m]."""
        return sum(pipe.length for pipe in self.pipes)


@dataclass
class _Node:
    """Something on a piece of pipe that takes length on either side."""

    station: float
    before: float
    """Length that it takes towards the start [m]."""
    behind: float
    parts: list[Part]


def lines_of(layout: Layout) -> list[Line]:
    """All routed lines with their parts, sorted as the layout lists them."""
    pipes = [p for p in layout.of(Pipe) if p.status == "routed"]
    items = {item.id: item for item in layout.of(Equipment)}
    inline: dict[str, list[Component]] = {}
    for part in layout.of(Component):
        inline.setdefault(part.pipe, []).append(part)
    joints = _joints(pipes)
    lines: dict[str, Line] = {}
    for pipe in pipes:
        line = lines.setdefault(pipe.line, Line(pipe.line, []))
        line.pipes.append(pipe)
        _take_off(line, pipe, items, inline.get(pipe.id, []), joints)
    return list(lines.values())


@dataclass(frozen=True)
class _Joint:
    """A branch that joins a pipe."""

    point: Point
    way: Point
    """Unit vector along the branch, away from the joint [3]."""
    branch: Pipe
    header: Pipe


def _joints(pipes: Sequence[Pipe]) -> dict[str, list[_Joint]]:
    """Branches by the id of the pipe they join."""
    known = {p.id: p for p in pipes}
    found: dict[str, list[_Joint]] = {}
    for pipe in pipes:
        for text, point, next_point in (
            (pipe.start, pipe.points[0], pipe.points[1]),
            (pipe.end, pipe.points[-1], pipe.points[-2]),
        ):
            if text in known:
                way = (next_point - point) / np.linalg.norm(next_point - point)
                found.setdefault(text, []).append(_Joint(point, way, pipe, known[text]))
    return found


def _take_off(
    line: Line,
    pipe: Pipe,
    items: Mapping[str, Equipment],
    inline: Sequence[Component],
    joints: Mapping[str, list[_Joint]],
) -> None:
    points = pipe.points
    stations = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))))
    nodes = [
        _end_node(line, pipe, 0.0, points[0], pipe.start, items, joints),
        _end_node(line, pipe, float(stations[-1]), points[-1], pipe.end, items, joints),
    ]
    branches = list(joints.get(pipe.id, []))
    # The fitting belongs to this line; where another line goes on from it, this one ends.
    line.open_ends += [j.point + j.way * _branch_length(j) for j in branches if j.branch.line != pipe.line]
    for k in range(1, len(points) - 1):
        here = [j for j in branches if np.linalg.norm(j.point - points[k]) < _SAME]
        nodes.append(_corner(pipe, points, k, float(stations[k]), here))
        branches = [j for j in branches if not any(j is other for other in here)]
    for joint in branches:
        nodes.append(_tee(pipe, joint, _station(points, stations, joint.point), nodes))
    nodes += [_inline_node(pipe, part, points, stations) for part in inline]
    nodes.sort(key=lambda n: n.station)
    _fill(line, pipe, points, stations, nodes)


def _station(points: Point, stations: Point, point: Point) -> float:
    """Distance along a polyline of the place nearest to a point [m]."""
    a, way = points[:-1], np.diff(points, axis=0)
    square = (way * way).sum(1)
    part = np.clip(((point - a) * way).sum(1) / np.where(square > 0, square, 1.0), 0.0, 1.0)
    k = int(np.linalg.norm(a + part[:, None] * way - point, axis=1).argmin())
    return float(stations[k] + part[k] * (stations[k + 1] - stations[k]))


def _at(points: Point, stations: Point, station: float) -> Point:
    """The point of a polyline at a distance along it [m]."""
    k = min(max(int(np.searchsorted(stations, station, side="right")) - 1, 0), len(points) - 2)
    run = stations[k + 1] - stations[k]
    return np.asarray(points[k] + (points[k + 1] - points[k]) * ((station - stations[k]) / run))


def _end_node(
    line: Line,
    pipe: Pipe,
    station: float,
    point: Point,
    text: str,
    items: Mapping[str, Equipment],
    joints: Mapping[str, list[_Joint]],
) -> _Node:
    """A flange at a nozzle, the end of another line's branch fitting, or an open end."""
    at_start = station == 0.0
    nozzle = _nozzle(text, items)
    towards = pipe.points[1] if at_start else pipe.points[-2]
    way = (towards - point) / np.linalg.norm(towards - point)
    if nozzle is not None:
        line.nozzles[text] = point
        length = flange_thickness(size_of(nozzle.nps), nozzle.rating)
        part = fit.flange(point, point + way * length, size_of(nozzle.nps), nozzle.rating)
        return _Node(station, 0.0 if at_start else length, length if at_start else 0.0, [part])
    joint = next((j for j in joints.get(text, []) if j.branch is pipe and np.allclose(j.point, point)), None)
    if joint is None:
        line.open_ends.append(point)
        return _Node(station, 0.0, 0.0, [])
    taken = _branch_length(joint)
    if joint.header.line != pipe.line:  # the fitting belongs to the other line
        line.open_ends.append(point + way * taken)
    return _Node(station, 0.0 if at_start else taken, taken if at_start else 0.0, [])


def _nozzle(text: str, items: Mapping[str, Equipment]) -> PlacedNozzle | None:
    tag, _, name = text.rpartition(".")
    return items[tag].nozzle(name) if tag in items else None


def _branch_length(joint: _Joint) -> float:
    """How far a branch fitting reaches along the branch [m]."""
    header, branch = size_of(joint.header.nps), size_of(joint.branch.nps)
    return tee_height(header) if fit.uses_tee(header, branch) else olet_height(header, branch)


def _corner(pipe: Pipe, points: Point, k: int, station: float, joints: Sequence[_Joint]) -> _Node:
    """An elbow, or where a branch joins at a corner: a tee whose run goes on straight into the branch."""
    nps = size_of(pipe.nps)
    into = (points[k] - points[k - 1]) / np.linalg.norm(points[k] - points[k - 1])
    out = (points[k + 1] - points[k]) / np.linalg.norm(points[k + 1] - points[k])
    if not joints:
        take = elbow(nps)
        turn = float(np.degrees(np.arccos(np.clip(into @ out, -1.0, 1.0))))
        if abs(turn - 90.0) > 0.01:  # a sloped line's corner: tangents of another length
            take = float(take * np.tan(np.radians(turn) / 2))
        part = fit.elbow_part(points[k] - into * take, points[k] + out * take, points[k], nps, take)
        return _Node(station, take, take, [part])
    joint = joints[0]
    branch = size_of(joint.branch.nps)
    part = fit.corner_branch(
        points[k], [(-into, nps), (out, nps), (joint.way, branch)], _branch_length(joint)
    )
    take = tee_height(nps)
    return _Node(station, take, take, [part])


def _tee(pipe: Pipe, joint: _Joint, station: float, nodes: Sequence[_Node]) -> _Node:
    """A tee where there is room for one, else a welded branch fitting on the pipe."""
    header, branch = size_of(pipe.nps), size_of(joint.branch.nps)
    point = joint.point
    height = _branch_length(joint)
    end = (point + joint.way * height, branch)
    take = tee_height(header)
    crowded = any(abs(n.station - station) < take + max(n.before, n.behind) - _TOUCH for n in nodes)
    if fit.uses_tee(header, branch) and not crowded:
        way = _way_at(pipe, point)
        return _Node(station, take, take, [fit.tee(point, way, header, end, take)])
    return _Node(station, 0.0, 0.0, [fit.olet(point, header, end)])


def _way_at(pipe: Pipe, point: Point) -> Point:
    """Unit vector of the leg that a point lies on [3]."""
    a, way = pipe.points[:-1], np.diff(pipe.points, axis=0)
    square = (way * way).sum(1)
    part = np.clip(((point - a) * way).sum(1) / np.where(square > 0, square, 1.0), 0.0, 1.0)
    k = int(np.linalg.norm(a + part[:, None] * way - point, axis=1).argmin())
    return np.asarray(way[k] / np.linalg.norm(way[k]))


def _inline_node(pipe: Pipe, part: Component, points: Point, stations: Point) -> _Node:
    """A flanged valve with its two flanges, a reducer, or something that takes no length."""
    here = coordinates(part.shape)
    station = _station(points, stations, here)
    way = _way_at(pipe, here)
    half = part.length / 2
    if part.kind in {"reducer", "eccentric_reducer"}:
        return _Node(station, half, half, [fit.reducer(here, way, part)])
    if part.kind == "support":
        return _Node(station, 0.0, 0.0, [fit.support(here, size_of(pipe.nps), part.id)])
    nps = size_of(part.nps)
    flange = flange_thickness(nps, part.rating)
    parts = [
        fit.flange(here - way * half, here - way * (half + flange), nps, part.rating, first=False),
        fit.valve(here - way * half, here + way * half, part),
        fit.flange(here + way * half, here + way * (half + flange), nps, part.rating),
    ]
    return _Node(station, half + flange, half + flange, parts)


def _fill(line: Line, pipe: Pipe, points: Point, stations: Point, nodes: Sequence[_Node]) -> None:
    """Straight pipe between the nodes, and everything in order."""
    nps = size_of(pipe.nps)
    reach = nodes[0].station
    for node in nodes:
        begin = node.station - node.before
        if begin - reach > _TOUCH:
            a, b = _at(points, stations, reach), _at(points, stations, begin)
            line.parts.append(fit.pipe(a, b, nps, mass(nps)))
        elif reach - begin > _TOUCH:
            line.problems.append(
                f"{pipe.id}: fittings overlap by {1000 * (reach - begin):.0f} mm, {begin:.2f} m along"
            )
        line.parts += node.parts
        reach = max(reach, node.station + node.behind)
