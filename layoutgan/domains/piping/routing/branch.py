"""Branches: from a terminal to a tee on what is already laid of its line."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.piping.routing.bends import ANY
from layoutgan.domains.piping.routing.refine import Ends
from layoutgan.domains.piping.routing.single import Depth, Obstruction, solve
from layoutgan.domains.piping.routing.space import Space, legs
from layoutgan.domains.piping.routing.takeoffs import FALLING, RISING, eased, layer_of

__all__ = ["grow"]

Floats = NDArray[np.float64]
_SAME = 1e-6
_OWN = 20.0
"""Price of running a metre inside the own line [m]: a branch must leave its tee, but not cross the run."""


def grow(
    space: Space, line: int, terminal: int, paths: list[Floats], others: Obstruction, depth: Depth
) -> tuple[Floats | None, bool]:
    """The cheapest branch from the paths laid so far, given from the terminal to its tee.

    Also whether it keeps the line's climb, along the flow that passes the tee.

    Args:
        space: what stands fixed.
        line: the line.
        terminal: the end to join, 2 or more.
        paths: the run, and branches laid so far.
        others: other lines with their prices.
        depth: work at most.
    """
    prepared = space.lines[line]
    feeds = space.problem.lines[line].terminals[terminal].feeds
    arriving, goal = int(prepared.leaving[terminal]), prepared.takeoffs[terminal]
    asked = _against(prepared.climb) if feeds else prepared.climb
    own = _own(space, line, paths)
    obstruction = Obstruction(
        np.concatenate([others.boxes, own]), np.concatenate([others.prices, np.full(len(own), _OWN)])
    )
    for climb in eased(asked):
        # What was taken up or down before a tee is known on the run only.
        tees = _tees(space, line, paths[:1] if climb > RISING else paths, goal, climb, from_end=feeds)
        if not len(tees.points):
            continue
        ends = Ends(
            starts=tees.points,
            directions=tees.directions,
            jumps=True,
            goal=goal,
            arrival=ANY if arriving == ANY else arriving ^ 1,
            leg=max(prepared.leg, prepared.tee),
            climb=climb,
            begun=tees.begun,
            bend=space.problem.bend_cost,
        )
        found = solve(space, line, ends, obstruction, depth=depth)
        if len(found.path):
            return found.path[::-1].copy(), climb == asked
    return None, False


def _against(climb: int) -> int:
    """The climb as it looks from downstream; pockets look alike from both sides."""
    return {FALLING: RISING, RISING: FALLING}.get(climb, climb)


def _own(space: Space, line: int, paths: list[Floats]) -> Floats:
    """The legs laid so far, as boxes that a branch should keep out of [G, 6] [m]."""
    away = 2.0 * space.problem.lines[line].radius
    grown = np.concatenate([legs(path) for path in paths])
    return grown + np.repeat([-away, away], 3)


class _Tees:
    """Points where a branch may leave, with directions across the run."""

    def __init__(self) -> None:
        self.rows: list[tuple[Floats, int, int]] = []

    @property
    def points(self) -> Floats:
        """[N, 3] [m]."""
        return np.array([row[0] for row in self.rows]).reshape(-1, 3)

    @property
    def directions(self) -> NDArray[np.int64]:
        """[N]."""
        return np.array([row[1] for row in self.rows], dtype=np.int64)

    @property
    def begun(self) -> NDArray[np.int64]:
        """Pocket layer of the flow at each point [N]."""
        return np.array([row[2] for row in self.rows], dtype=np.int64)


def _tees(space: Space, line: int, paths: list[Floats], goal: Floats, climb: int, *, from_end: bool) -> _Tees:
    """Tees of the laid paths.

    Tees keep away from elbows by what both take; candidates are where the goal's coordinates meet a
    leg, both ends of each leg's usable part, and its middle.
    """
    keep = space.lines[line].tee
    found = _Tees()
    for path in paths:
        walk = path[::-1] if from_end else path
        begun = layer_of(climb, int(space.lines[line].leaving[int(from_end)]))
        for a, b in itertools.pairwise(walk):
            axis = int(np.abs(b - a).argmax())
            begun = max(begun, layer_of(climb, 2 * axis + int(b[axis] < a[axis])))
            low, high = min(a[axis], b[axis]) + keep, max(a[axis], b[axis]) - keep
            if high < low - _SAME:
                continue
            for value in sorted({low, high, min(max(float(goal[axis]), low), high), 0.5 * (low + high)}):
                point = a.copy()
                point[axis] = value
                found.rows += [(point, way, begun) for way in range(6) if way // 2 != axis]
    return found
