"""From ways between take-offs to routes between nozzle faces, and back; exception routes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.piping.routing.problem import Climb, Line, Route, Status
from layoutgan.domains.piping.routing.slope import falling_tree
from layoutgan.domains.piping.routing.space import Space, length
from layoutgan.domains.piping.routing.tree import Way

__all__ = ["assemble", "exception", "straightened", "way_of"]

Floats = NDArray[np.float64]
_SAME = 1e-7


def straightened(points: Floats) -> Floats:
    """The corner points of a path: no repeats, no points on straight legs."""
    kept: list[Floats] = []
    for point in points:
        if kept and np.abs(point - kept[-1]).max() <= _SAME:
            continue
        if len(kept) > 1:
            before, after = kept[-1] - kept[-2], point - kept[-1]
            if np.linalg.norm(np.cross(before, after)) <= _SAME and before @ after > 0:
                kept.pop()
        kept.append(point)
    return np.array(kept)


def assemble(space: Space, line: int, way: Way, bound: float) -> Route:
    """The route of a way, stubs added, falling where the line asks for a slope."""
    asked, prepared = space.problem.lines[line], space.lines[line]
    faces = np.array([end.point for end in asked.terminals], dtype=np.float64)
    paths = [
        straightened(
            np.concatenate(
                [faces[:1], prepared.takeoffs[:1], way.paths[0], prepared.takeoffs[1:2], faces[1:2]]
            )
        )
    ]
    for index, branch in enumerate(way.paths[1:], start=2):
        paths.append(straightened(np.concatenate([faces[index : index + 1], branch])))
    reason, level = "pocket" if way.pocket else "", tuple(paths)
    tilted = _tilted(space, line, level) if asked.slope > 0 else level
    if tilted is None:
        reason, tilted = reason or "slope", level
    return Route(
        name=asked.name,
        status=Status.ROUTED,
        paths=tilted,
        length=sum(_true_length(path) for path in tilted),
        bends=space.elbows(line, way.paths),
        cost=way.cost,
        bound=bound,
        reason=reason,
        level=level if asked.slope > 0 else (),
    )


def _tilted(space: Space, line: int, level: tuple[Floats, ...]) -> tuple[Floats, ...] | None:
    """The paths with their fall; None if they cannot have it, or need more room for it than was kept."""
    asked = space.problem.lines[line]
    feeds = tuple(end.feeds for end in asked.terminals[2:])
    tilted = falling_tree(level, asked.slope, asked.climb is not Climb.RISING, feeds)
    if tilted is None:
        return None
    moved = max(float(np.abs(new - old).max()) for new, old in zip(tilted, level, strict=True))
    return tilted if moved <= space.lines[line].drop + _SAME else None


def _true_length(path: Floats) -> float:
    return float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())


def exception(line: Line, takeoffs: Floats, bound: float, reason: str) -> Route:
    """A Manhattan route that ignores everything, so that the line is drawn, listed and counted."""
    faces = np.array([end.point for end in line.terminals], dtype=np.float64)
    paths = []
    for index in range(1, len(faces)):
        a, b = takeoffs[0], takeoffs[index]
        level = max(a[2], b[2])
        points = [faces[0], a, (a[0], a[1], level), (b[0], a[1], level), (b[0], b[1], level), b, faces[index]]
        path = straightened(np.array(points, dtype=np.float64))
        paths.append(path if index == 1 else path[::-1].copy())
    return Route(
        name=line.name,
        status=Status.EXCEPTION,
        paths=tuple(paths),
        length=sum(length(path) for path in paths),
        bends=sum(max(len(path) - 2, 0) for path in paths),
        cost=0.0,
        bound=bound,
        reason=reason,
    )


def way_of(space: Space, line: int, route: Route, rounded: float = 0.0) -> Way | None:
    """The way behind a route, if it still leads from this line's nozzles; None if it does not.

    Args:
        space: where the line lies.
        line: its number.
        route: its route in the routing before.
        rounded: what the route's coordinates may be off [m].
    """
    asked, prepared = space.problem.lines[line], space.lines[line]
    level = route.level or route.paths
    sloped = asked.slope > 0 and not route.level
    if route.status is not Status.ROUTED or sloped or len(level) != len(asked.terminals) - 1:
        return None
    paths = []
    for index, path in enumerate(level):
        ends = ((0, 0), (1, -1)) if index == 0 else ((index + 1, 0),)
        inner = path.copy()
        for terminal, at in ends:
            face, tip = np.array(asked.terminals[terminal].point), prepared.takeoffs[terminal]
            beside = inner[1] if at == 0 else inner[-2]
            reach, stub = beside - face, tip - face
            off = rounded + _SAME
            if np.abs(inner[at] - face).max() > off or reach @ stub < stub @ stub - off:
                return None
            if np.abs(np.cross(reach, stub)).max() > off * max(1.0, float(np.abs(reach).max())):
                return None
            inner[at] = tip
        paths.append(straightened(inner))
    way = tuple(paths)
    return Way(way, space.cost(line, way), route.reason == "pocket")
