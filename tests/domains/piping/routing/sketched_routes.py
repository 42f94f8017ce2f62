"""What the routing tests share: short ways to write a problem down, and an independent look at the answer."""

from __future__ import annotations

import itertools

import numpy as np

from layoutgan.domains.piping.routing.problem import (
    Line,
    Rack,
    Route,
    RoutingProblem,
    Solids,
    Terminal,
)

AXES = {
    "+x": (1, 0, 0),
    "-x": (-1, 0, 0),
    "+y": (0, 1, 0),
    "-y": (0, -1, 0),
    "+z": (0, 0, 1),
    "-z": (0, 0, -1),
    "any": (0, 0, 0),
}


def end(point, direction="any", stub=0.0, owner=-1, feeds=False) -> Terminal:
    """A terminal, its direction in words."""
    return Terminal(tuple(map(float, point)), AXES[direction], stub, owner, feeds)


def line(name, *ends, radius=0.05, elbow=0.0, **more) -> Line:
    """A pipe between ends."""
    return Line(name, tuple(ends), radius=radius, elbow=elbow, **more)


def boxes(*rows, gap=0.0) -> Solids:
    """Solids, each its own owner."""
    return Solids(
        np.array(rows, dtype=np.float64).reshape(-1, 6), np.full(len(rows), gap), np.arange(len(rows))
    )


def space(*lines, solids=None, size=40.0, racks: tuple[Rack, ...] = (), **more) -> RoutingProblem:
    """A cube of space, its lower corner at the origin."""
    return RoutingProblem(
        ((0.0, 0.0, 0.0), (size, size, size)),
        tuple(lines),
        solids if solids is not None else Solids(),
        racks=racks,
        **more,
    )


def faults(asked: Line, route: Route) -> list[str]:
    """What is wrong with a route by itself: ends, joints, legs, elbows, length."""
    found = []
    faces = [np.array(t.point) for t in asked.terminals]
    first = route.paths[0]
    if np.abs(first[0] - faces[0]).max() > 1e-6 or np.abs(first[-1] - faces[1]).max() > 1e-6:
        found.append("the run does not join its nozzles")
    for path, face in zip(route.paths[1:], faces[2:], strict=True):
        if np.abs(path[0] - face).max() > 1e-6:
            found.append("a branch does not start at its nozzle")
        others = [other for other in route.paths if other is not path]
        if min(_distance(path[-1], other) for other in others) > 1e-6:
            found.append("a branch ends in the air")
    for path in route.paths:
        for step in np.diff(path, axis=0):
            upright = abs(step[2]) > 1e-9 and np.abs(step[:2]).max() < 1e-9
            level = np.count_nonzero(np.abs(step[:2]) > 1e-9) == 1
            fall = abs(step[2]) / np.abs(step[:2]).sum() if level else 0.0
            if not (upright or (level and abs(fall - asked.slope) < 1e-9 + 1e-6 * asked.slope)):
                found.append(f"leg {step} is neither upright nor along an axis with its fall")
    total = sum(np.linalg.norm(np.diff(p, axis=0), axis=1).sum() for p in route.paths)
    if abs(total - route.length) > 1e-6:
        found.append(f"length {route.length} is said, {total} measured")
    return found + _at_nozzles(asked, route)


def _at_nozzles(asked: Line, route: Route) -> list[str]:
    """Whether each nozzle is left straight for its stub."""
    found = []
    ways = [route.paths[0], route.paths[0][::-1], *route.paths[1:]]
    for terminal, path in zip(asked.terminals, ways, strict=True):
        step = path[1] - path[0]
        along = float(step @ np.array(terminal.direction))
        sideways = np.abs(step[:2] * (np.array(terminal.direction[:2]) == 0)).max()
        if any(terminal.direction) and (along < terminal.stub - 1e-6 or sideways > 1e-9):
            found.append(f"nozzle at {terminal.point} is not left straight for {terminal.stub} m")
    return found


def _distance(point, path) -> float:
    """Distance of a point to a polyline."""
    best = np.inf
    for a, b in itertools.pairwise(path):
        part = np.clip((point - a) @ (b - a) / ((b - a) @ (b - a)), 0.0, 1.0)
        best = min(best, float(np.linalg.norm(a + part * (b - a) - point)))
    return best


def small_plant(seed: int, *, items: int = 5, lines: int = 6, branches: float = 0.3) -> RoutingProblem:
    """Boxes on a floor, a low rack, and lines between nozzles on their faces: legal, and crowded."""
    rng = np.random.default_rng(seed)
    spots = rng.permutation(9)[:items]
    solids = []
    for spot in spots:
        x, y = 2.0 + 6.0 * (spot % 3), 2.0 + 6.0 * (spot // 3)
        size = rng.uniform((1.0, 1.0, 1.0), (3.0, 3.0, 4.0))
        solids.append((x, y, 0.0, *np.round((x + size[0], y + size[1], size[2]), 3)))
    made = []
    for index in range(lines):
        count = 3 if rng.random() < branches else 2
        owners = rng.permutation(items)[:count]
        elbow = float(rng.choice([0.076, 0.152]))
        ends = [_nozzle(rng, solids[owner], int(owner), elbow + 0.08) for owner in owners]
        made.append(line(f"L{index}", *ends, radius=elbow / 2, reach=elbow * 0.8, elbow=elbow))
    rack = Rack((0.0, 9.0, 20.0, 11.0), 0, (5.0, 6.0), discount=0.8)
    return space(*made, solids=boxes(*solids, gap=0.05), size=20.0, racks=(rack,), gap=0.025)


def _nozzle(rng: np.random.Generator, box, owner: int, stub: float) -> Terminal:
    word = str(rng.choice(["+x", "-x", "+y", "-y", "+z"]))
    axis, up = "xyz".index(word[1]), word[0] == "+"
    low, high = np.array(box[:3]), np.array(box[3:])
    face = low + (high - low) * rng.uniform(0.2, 0.8, 3)
    face[axis] = high[axis] if up else low[axis]
    return end(np.round(face, 3), word, stub, owner)
