"""A line's way from its terminals: a run between the first two, and branches that grow from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.piping.routing.bends import ANY
from layoutgan.domains.piping.routing.refine import Ends
from layoutgan.domains.piping.routing.single import ROOM, Found, Obstruction, solve
from layoutgan.domains.piping.routing.space import Space, least_factors, legs

__all__ = ["Way", "alone", "connect"]

Floats = NDArray[np.float64]
_QUICK = 12
_ROOM = 20_000
"""Refinements while lines negotiate; the way is then valid, and nearly always the best."""
_SAME = 1e-6


@dataclass(frozen=True)
class Way:
    """A line's paths between its take-offs."""

    paths: tuple[Floats, ...]
    """The run from terminal 0 to 1, then one per further terminal from its take-off to its tee."""
    cost: float
    """Objective without prices of other lines [m]."""
    pocket: bool = False
    """Whether a pocket had to be allowed."""


def run_ends(space: Space, line: int, first: int = 0, second: int = 1, leg: float | None = None) -> Ends:
    """What it takes to join two terminals."""
    prepared = space.lines[line]
    leaving = int(prepared.leaving[first])
    directions = np.arange(6) if leaving == ANY else np.array([leaving])
    arriving = int(prepared.leaving[second])
    main = (first, second) == (0, 1)  # branches may pocket; only the run must not
    return Ends(
        starts=np.repeat(prepared.takeoffs[first : first + 1], len(directions), axis=0),
        directions=directions,
        jumps=False,
        goal=prepared.takeoffs[second],
        arrival=ANY if arriving == ANY else arriving ^ 1,
        leg=prepared.leg if leg is None else leg,
        climb=prepared.climb if main else 0,
        layer=prepared.layer if main else 0,
        bend=space.problem.bend_cost,
    )


def alone(space: Space, line: int) -> tuple[Way | None, float, str]:
    """A line's best way if it were alone, a bound on its cost, and the reason why there is no way."""
    prepared = space.lines[line]
    if prepared.buried:
        return None, 0.0, prepared.buried
    nobody = Obstruction()
    way = connect(space, line, nobody, rounds=60, room=ROOM)
    if way is None:
        return None, 0.0, "unreachable"
    return way, bound_of(space, line, way), ""


def bound_of(space: Space, line: int, way: Way) -> float:
    """A cost that no way of the line can beat.

    Least legs between elbows are left out, which only lowers it.
    """
    count = len(space.lines[line].takeoffs)
    if count == 2:
        found = solve(space, line, run_ends(space, line, leg=0.0), Obstruction())
        return min(found.bound, way.cost)
    reach = space.lines[line].takeoffs.max(axis=0) - space.lines[line].takeoffs.min(axis=0)
    best = float(reach @ least_factors(space.zones[line]))
    for first in range(count):
        for second in range(first + 1, count):
            found = solve(space, line, run_ends(space, line, first, second, leg=0.0), Obstruction())
            if np.isfinite(found.bound):
                best = max(best, found.bound - 2 * space.problem.bend_cost)
    return min(best, way.cost)


def connect(
    space: Space, line: int, others: Obstruction, cap: float = np.inf, rounds: int = _QUICK, room: int = _ROOM
) -> Way | None:
    """A line's way among other lines; None if there is none.

    Args:
        space: what stands fixed.
        line: the line.
        others: other lines with their prices.
        cap: cost above which a way is of no interest.
        rounds: refinements of the grid.
        room: nodes of a grid that refining may reach.
    """
    ends = run_ends(space, line)
    found = solve(space, line, ends, others, rounds=rounds, cap=cap, room=room)
    pocket = False
    if not len(found.path) and ends.climb:
        ends, pocket = ends._replace(climb=0, layer=0), True
        found = solve(space, line, ends, others, rounds=rounds, cap=cap, room=room)
    if not len(found.path):
        return None
    paths = [found.path]
    for terminal in range(2, len(space.lines[line].takeoffs)):
        branch = _branch(space, line, terminal, paths, others, rounds, room)
        if branch is None:
            return None
        paths.append(branch)
    way = tuple(paths)
    return Way(way, space.cost(line, way), pocket)


def _branch(
    space: Space, line: int, terminal: int, paths: list[Floats], others: Obstruction, rounds: int, room: int
) -> Floats | None:
    """The cheapest way from the paths laid so far to a further terminal.

    Given from the terminal to its tee.
    """
    prepared = space.lines[line]
    arriving = int(prepared.leaving[terminal])
    goal = prepared.takeoffs[terminal]
    tees = _tees(space, line, paths, goal)
    best: Found | None = None
    if len(tees[0]):
        ends = Ends(
            starts=tees[0],
            directions=tees[1],
            jumps=True,
            goal=goal,
            arrival=ANY if arriving == ANY else arriving ^ 1,
            leg=prepared.leg,
            climb=0,
            layer=0,
            bend=space.problem.bend_cost,
        )
        best = solve(space, line, ends, others, rounds=rounds, room=room)
    if best is None or not len(best.path):
        return None
    return best.path[::-1].copy()


def _tees(space: Space, line: int, paths: list[Floats], goal: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Points of the laid paths where a branch may leave, with directions across the run.

    Tees keep away from elbows by the elbow's own length; candidates are where the goal's coordinates meet a
    leg, both ends of each leg's usable part, and its middle.
    """
    keep = 0.5 * space.lines[line].leg
    points, directions = [], []
    for path in paths:
        for leg in legs(path):
            axis = int((leg[3:] - leg[:3]).argmax())
            low, high = leg[axis] + keep, leg[axis + 3] - keep
            if high < low - _SAME:
                continue
            for value in sorted({low, high, min(max(float(goal[axis]), low), high), 0.5 * (low + high)}):
                for direction in range(6):
                    if direction // 2 != axis:
                        point = leg[:3].copy()
                        point[axis] = value
                        points.append(point)
                        directions.append(direction)
    return np.array(points).reshape(-1, 3), np.array(directions, dtype=np.int64)
