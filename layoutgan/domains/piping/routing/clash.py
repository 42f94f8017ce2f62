"""Whether pipes touch anything.

Exact distances between swept cylinders and boxes, with none of the router's code.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.piping.routing.problem import Routing, RoutingProblem, Status

__all__ = ["Clash", "clashes", "segment_box_distance", "segment_distance"]

Floats = NDArray[np.float64]
_TOLERANCE = 1e-5


@dataclass(frozen=True)
class Clash:
    """Two things nearer than they may be."""

    kind: str
    """pipe (two lines), stub (two lines at their nozzles, where no router can help), solid or forbidden."""
    line: str
    other: str
    """The other line's name, or the index of the solid or forbidden box."""
    distance: float
    """Clear distance between surfaces [m]; negative: they overlap."""
    required: float
    """Least clear distance [m]."""
    place: tuple[float, float, float]
    """Middle of the line's leg at fault [m]."""

    @property
    def hard(self) -> bool:
        """Whether the solids themselves overlap."""
        return self.distance < -_TOLERANCE


@dataclass(frozen=True)
class _Legs:
    """All legs of all lines."""

    a: Floats
    b: Floats
    line: NDArray[np.int64]
    stub: NDArray[np.int64]
    """Terminal whose stub the leg is; -1 for none."""
    own: NDArray[np.int64]
    """Terminal from whose face the leg runs straight on, stub or beyond; -1 for none."""
    radius: Floats


def _collect(problem: RoutingProblem, routing: Routing, exceptions: bool) -> _Legs:
    """Legs of routed lines, the first and last cut where the asked stub ends."""
    rows: list[tuple[Floats, Floats, int, int, int]] = []
    for index, (asked, route) in enumerate(zip(problem.lines, routing.routes, strict=True)):
        if route.status is Status.EXCEPTION and not exceptions:
            continue
        for which, path in enumerate(route.paths):
            points = np.asarray(path, dtype=np.float64)
            head = 0 if which == 0 else which + 1
            tail = 1 if which == 0 else -1
            pieces = [(points[row], points[row + 1], -1, -1) for row in range(len(points) - 1)]
            if tail == 1:
                pieces = pieces[:-1] + _cut(*pieces[-1][:2], asked.terminals[1].stub, 1, at_end=True)
            pieces = (
                _cut(*pieces[0][:2], asked.terminals[head].stub, head, at_end=False, tail=pieces[0][2:])
                + pieces[1:]
            )
            rows += [(a, b, index, stub, own) for a, b, stub, own in pieces]
    radius = np.array([asked.radius for asked in problem.lines])
    line = np.array([row[2] for row in rows], dtype=np.int64)
    return _Legs(
        a=np.array([row[0] for row in rows]).reshape(-1, 3),
        b=np.array([row[1] for row in rows]).reshape(-1, 3),
        line=line,
        stub=np.array([row[3] for row in rows], dtype=np.int64),
        own=np.array([row[4] for row in rows], dtype=np.int64),
        radius=radius[line],
    )


def _cut(
    a: Floats, b: Floats, stub: float, terminal: int, *, at_end: bool, tail: tuple[int, int] = (-1, -1)
) -> list[tuple[Floats, Floats, int, int]]:
    """A leg at a nozzle face as its stub and the rest; `tail` is what the rest already is."""
    full = float(np.linalg.norm(b - a))
    if stub <= 0 or full <= stub + 1e-9:
        return [(a, b, terminal if stub > 0 else tail[0], terminal)]
    tip = b + (a - b) * (stub / full) if at_end else a + (b - a) * (stub / full)
    if at_end:
        return [(a, tip, -1, terminal), (tip, b, terminal, terminal)]
    return [(a, tip, terminal, terminal), (tip, b, tail[0], terminal)]


def segment_distance(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """Distance between segments a–b and c–d [..., 3] [m]; the closest points by clamping."""
    u, v, w = b - a, d - c, a - c
    uu, uv, vv = (u * u).sum(-1), (u * v).sum(-1), (v * v).sum(-1)
    uw, vw = (u * w).sum(-1), (v * w).sum(-1)
    det = uu * vv - uv * uv
    safe = np.where(det > 1e-14, det, 1.0)
    s = np.where(det > 1e-14, np.clip((uv * vw - vv * uw) / safe, 0.0, 1.0), 0.0)
    best = np.full(s.shape, np.inf)
    one = np.ones_like(s)
    for guess in (s, 0.0 * one, one):
        t = np.clip(np.where(vv > 0, (uv * guess + vw) / np.where(vv > 0, vv, 1.0), 0.0), 0.0, 1.0)
        back = np.clip(np.where(uu > 0, (uv * t - uw) / np.where(uu > 0, uu, 1.0), 0.0), 0.0, 1.0)
        gap = w + back[..., None] * u - t[..., None] * v
        best = np.minimum(best, np.sqrt((gap * gap).sum(-1)))
    return best


def segment_box_distance(a: Floats, b: Floats, boxes: Floats) -> Floats:
    """Distance between segments a–b [..., 3] and solid boxes [..., 6] [m].

    By a search on a convex function.
    """
    low, high = np.zeros(a.shape[:-1]), np.ones(a.shape[:-1])

    def reach(t: Floats) -> Floats:
        point = a + t[..., None] * (b - a)
        gap = np.maximum(np.maximum(boxes[..., :3] - point, point - boxes[..., 3:]), 0.0)
        return np.asarray(np.sqrt((gap * gap).sum(-1)))

    for _ in range(60):
        first, second = low + (high - low) / 3, high - (high - low) / 3
        nearer = reach(first) <= reach(second)
        high, low = np.where(nearer, second, high), np.where(nearer, low, first)
    return np.minimum(
        np.minimum(reach(0.5 * (low + high)), reach(np.zeros_like(low))), reach(np.ones_like(low))
    )


def clashes(problem: RoutingProblem, routing: Routing, *, exceptions: bool = False) -> tuple[Clash, ...]:
    """Every pair nearer than it may be, in the order of the lines.

    Args:
        problem: what was asked.
        routing: the answer to judge.
        exceptions: whether exception routes are judged too; they ignore everything.
    """
    legs = _collect(problem, routing, exceptions)
    if not len(legs.a):
        return ()
    found = _pipe_clashes(problem, legs)
    solids = problem.solids
    found += _box_clashes(problem, legs, solids.boxes, solids.gaps, solids.owners, "solid")
    none = np.full(len(problem.forbidden), -1, dtype=np.int64)
    found += _box_clashes(problem, legs, problem.forbidden, np.zeros(len(none)), none, "forbidden")
    return tuple(found)


def _pairs(
    low: Floats, high: Floats, lows: Floats, highs: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of boxes that overlap, in slices that bound the memory."""
    first, second = [], []
    for at in range(0, len(low), 512):
        meets = np.ones((len(low[at : at + 512]), len(lows)), dtype=np.bool_)
        for axis in range(3):
            meets &= (low[at : at + 512, None, axis] <= highs[None, :, axis]) & (
                high[at : at + 512, None, axis] >= lows[None, :, axis]
            )
        rows, columns = np.nonzero(meets)
        first.append(rows + at)
        second.append(columns)
    return np.concatenate(first), np.concatenate(second)


def _pipe_clashes(problem: RoutingProblem, legs: _Legs) -> list[Clash]:
    low, high = np.minimum(legs.a, legs.b), np.maximum(legs.a, legs.b)
    gap = 1.0 if problem.lattice else problem.gap
    grow = legs.radius[:, None] + 0.5 * gap
    i, j = _pairs(low - grow, high + grow, low - grow, high + grow)
    keep = legs.line[i] < legs.line[j]
    i, j = i[keep], j[keep]
    clear = segment_distance(legs.a[i], legs.b[i], legs.a[j], legs.b[j]) - legs.radius[i] - legs.radius[j]
    worst: dict[tuple[int, int, str], Clash] = {}
    for at in np.flatnonzero(clear < gap - _TOLERANCE):
        p, q = int(i[at]), int(j[at])
        kind = "stub" if legs.stub[p] >= 0 and legs.stub[q] >= 0 else "pipe"
        place = tuple(float(value) for value in 0.5 * (legs.a[p] + legs.b[p]))
        names = problem.lines[legs.line[p]].name, problem.lines[legs.line[q]].name
        clash = Clash(kind, *names, float(clear[at]), gap, place)  # type: ignore[arg-type]  # three numbers
        key = (int(legs.line[p]), int(legs.line[q]), kind)
        if key not in worst or clash.distance < worst[key].distance:
            worst[key] = clash
    return [worst[key] for key in sorted(worst)]


def _box_clashes(
    problem: RoutingProblem, legs: _Legs, boxes: Floats, gaps: Floats, owners: NDArray[np.int64], kind: str
) -> list[Clash]:
    if not len(boxes):
        return []
    low, high = np.minimum(legs.a, legs.b), np.maximum(legs.a, legs.b)
    grow = legs.radius[:, None] + 1e-9
    i, j = _pairs(low - grow, high + grow, boxes[:, :3] - gaps[:, None], boxes[:, 3:] + gaps[:, None])
    shrunk = boxes[j] + np.repeat([[1.0, -1.0]], 3, axis=1) * _TOLERANCE
    clear = segment_box_distance(legs.a[i], legs.b[i], shrunk) - legs.radius[i]
    found = []
    faces: dict[int, list[Floats]] = {}
    for at in np.flatnonzero(clear <= np.maximum(gaps[j] - _TOLERANCE, 0.0)):
        p, box = int(i[at]), int(j[at])
        line = problem.lines[legs.line[p]]
        if clear[at] > gaps[box] - _TOLERANCE and legs.radius[p] + gaps[box] > 0:
            continue
        if legs.own[p] >= 0 and owners[box] >= 0 and line.terminals[legs.own[p]].owner == owners[box]:
            continue
        ends = faces.setdefault(int(legs.line[p]), [np.array(end.point) for end in line.terminals])
        if kind == "forbidden" and any(_in_box(end, boxes[box], line.radius) for end in ends):
            continue
        place = tuple(float(value) for value in 0.5 * (legs.a[p] + legs.b[p]))
        found.append(Clash(kind, line.name, str(box), float(clear[at]), float(gaps[box]), place))  # type: ignore[arg-type]
    return found


def _in_box(point: Floats, box: Floats, more: float) -> bool:
    return bool(((point > box[:3] - more) & (point < box[3:] + more)).all())
