"""The space that lines share: fixed boxes, rack tiers, bounds; and what a path in it costs."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.piping.routing.grid import Zones
from layoutgan.domains.piping.routing.problem import Line, RoutingProblem
from layoutgan.domains.piping.routing.takeoffs import Fixed, Prepared, prepare

__all__ = ["TRESPASS", "Space", "inside", "least_factors", "legs", "length"]

Floats = NDArray[np.float64]
_SAME = 1e-7
TRESPASS = 4.0
"""Price of a metre in an area that ought to stay free but holds a nozzle of the line [m]."""


def least_factors(zones: Zones) -> Floats:
    """The smallest factor on length along each axis [3], at most 1 [-]."""
    least = np.ones(3)
    np.minimum.at(least, zones.axes, zones.factors)
    return least


class Space:
    """All that stays the same while lines are routed."""

    def __init__(self, problem: RoutingProblem) -> None:
        self.problem = problem
        self.fixed: Fixed
        self.lines: tuple[Prepared, ...]
        self.fixed, self.lines = prepare(problem)
        self.bounds = np.array(problem.bounds, dtype=np.float64)
        self.levels = np.array(problem.levels, dtype=np.float64)
        self.zones = tuple(_zones(problem, line) for line in problem.lines)

    @property
    def drops(self) -> Floats:
        """How far the fall of each line may move it up or down [L] [m]."""
        return np.array([prepared.drop for prepared in self.lines])

    @property
    def clear(self) -> Floats:
        """Least distance between centre lines [L, L] [m]."""
        return self.fixed.clear

    def levels_of(self, tall: bool) -> Floats:
        """Further elevations that a line tries [m]; where legs begin to hang concerns tall lines only."""
        return self.levels if tall else self.levels[self.levels != self.problem.high]

    def cost(self, line: int, paths: tuple[Floats, ...]) -> float:
        """The objective of a line between its take-offs: factored length + bend_cost · elbows [m].

        With a price on what lies in areas that ought to stay free.
        """
        run = sum(length(path) - _saved(path, self.zones[line]) for path in paths)
        entered = self.lines[line].entered
        trespass = TRESPASS * inside(paths, entered).sum() if len(entered) else 0.0
        return run + float(trespass) + self.problem.bend_cost * self.elbows(line, paths)

    def elbows(self, line: int, paths: tuple[Floats, ...]) -> int:
        """Elbows of a line, those at take-offs included; where a path turns in a tee it has none."""
        ends = np.array([path[end] for path in paths[1:] for end in (0, -1)] or [[np.inf] * 3])
        count = 0
        for path in paths:
            count += self._end_bends(line, paths, path)
            for corner in path[1:-1]:
                count += int(np.abs(ends - corner).max(axis=1).min() > _SAME)
        return count

    def _end_bends(self, line: int, paths: tuple[Floats, ...], path: Floats) -> int:
        """Elbows that sit on the take-offs of a path: first path both ends, a branch its first point only."""
        prepared, count = self.lines[line], 0
        which = next(index for index, other in enumerate(paths) if other is path)
        ends = ((0, 0), (1, -1)) if which == 0 else ((which + 1, 0),)
        for terminal, end in ends:
            leaving = prepared.leaving[terminal]
            if leaving < 6 and len(path) > 1:
                along = path[1] - path[0] if end == 0 else path[-2] - path[-1]
                count += int(np.abs(along).argmax() != leaving // 2)
        return count


def _zones(problem: RoutingProblem, line: Line) -> Zones:
    boxes, axes, factors = [], [], []
    for rack in problem.racks:
        for tier, height in enumerate(rack.tiers):
            welcome = rack.services[tier] if tier < len(rack.services) else frozenset()
            if rack.discount >= 1.0 or (welcome and line.service not in welcome):
                continue
            x0, y0, x1, y1 = rack.box
            boxes.append((x0, y0, height + line.radius, x1, y1, height + rack.depth))
            axes.append(rack.axis)
            factors.append(rack.discount)
    (x0, y0, bottom), (x1, y1, top) = problem.bounds
    for axis in (0, 1):  # sides beyond the bounds give no tracks
        if problem.high < top:
            boxes.append((x0 - 1, y0 - 1, problem.high, x1 + 1, y1 + 1, top + 1))
            axes.append(axis)
            factors.append(problem.high_factor)
        if problem.low > bottom:
            boxes.append((x0 - 1, y0 - 1, bottom - 1, x1 + 1, y1 + 1, problem.low + line.radius))
            axes.append(axis)
            factors.append(problem.low_factor)
    return Zones(
        np.array(boxes).reshape(-1, 6), np.array(axes, dtype=np.int64), np.array(factors, dtype=np.float64)
    )


def legs(path: Floats) -> Floats:
    """The boxes of a path's legs [P - 1, 6] [m]; one degenerate box if it is a point."""
    if len(path) == 1:
        return np.concatenate([path, path], axis=1)
    return np.concatenate([np.minimum(path[:-1], path[1:]), np.maximum(path[:-1], path[1:])], axis=1)


def inside(paths: tuple[Floats, ...], boxes: Floats) -> Floats:
    """Length that paths have in each open box [G] [m]."""
    total = np.zeros(len(boxes))
    for leg in np.concatenate([legs(path) for path in paths]):
        axis = int((leg[3:] - leg[:3]).argmax())
        run = np.minimum(leg[axis + 3], boxes[:, axis + 3]) - np.maximum(leg[axis], boxes[:, axis])
        for other in (o for o in range(3) if o != axis):
            run[(boxes[:, other] >= leg[other] - _SAME) | (boxes[:, other + 3] <= leg[other] + _SAME)] = 0.0
        total += np.maximum(run, 0.0)
    return total


def length(path: Floats) -> float:
    """Length of a path [m]."""
    return float(np.abs(np.diff(path, axis=0)).sum())


def _saved(path: Floats, zones: Zones) -> float:
    """What discounts take off a path's length [m]; overlapping zones multiply."""
    if not len(zones.factors) or len(path) < 2:
        return 0.0
    boxes, saved = legs(path), 0.0
    for leg in boxes:
        axis = int((leg[3:] - leg[:3]).argmax())
        cuts = [leg[axis], leg[axis + 3]]
        for zone, runs in zip(zones.boxes, zones.axes, strict=True):
            if runs == axis:
                cuts += [value for value in (zone[axis], zone[axis + 3]) if leg[axis] < value < leg[axis + 3]]
        cuts = sorted(cuts)
        for low, high in itertools.pairwise(cuts):
            factor, middle = 1.0, 0.5 * (leg[:3] + leg[3:])
            middle[axis] = 0.5 * (low + high)
            for zone, runs, times in zip(zones.boxes, zones.axes, zones.factors, strict=True):
                more = _SAME if times < 1.0 else -_SAME  # what is dearer is so beyond its faces only
                if runs == axis and (middle > zone[:3] - more).all() and (middle < zone[3:] + more).all():
                    factor *= times
            saved += (1.0 - factor) * (high - low)
    return saved
