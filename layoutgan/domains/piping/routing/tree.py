"""A line's way from its terminals: a run between the first two, and branches that end on it in tees."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.piping.routing.bends import ANY
from layoutgan.domains.piping.routing.branch import grow
from layoutgan.domains.piping.routing.decompose import decompose
from layoutgan.domains.piping.routing.refine import Ends
from layoutgan.domains.piping.routing.single import EXACT, Depth, Obstruction, solve, solve_tree
from layoutgan.domains.piping.routing.space import Space, least_factors
from layoutgan.domains.piping.routing.takeoffs import FALLING, RISING, eased, layer_of

__all__ = ["QUICK", "SHALLOW", "Way", "alone", "connect"]

Floats = NDArray[np.float64]
QUICK = Depth(4, 12_000, 240_000)
"""While lines negotiate: the way is valid, and nearly always the best."""
SHALLOW = Depth(4, 12_000, 12_000)
"""Where there is a way already, and a better one is welcome but not needed."""
_TREE_ROOM, _TREE_MOST = 0.25, 60_000
"""Share of the nodes that a tree may use, and the most of them times subsets of its terminals."""
_EXACT = 5
"""Terminals up to which a tree is found whole; further ones are grown onto it."""
_HAIR = 1e-4
"""Room that a bound needs to turn round in [m]; a way that turns on the spot would still have to leave it."""


@dataclass(frozen=True)
class Way:
    """A line's paths between its take-offs."""

    paths: tuple[Floats, ...]
    """The run from terminal 0 to 1, then one per further terminal from its take-off to its tee."""
    cost: float
    """Objective without prices of other lines [m]."""
    pocket: bool = False
    """Whether a pocket had to be allowed."""


def run_ends(space: Space, line: int, leg: float | None = None, pair: tuple[int, int] = (0, 1)) -> Ends:
    """What it takes to join two terminals, the first two unless said otherwise; only these have a climb."""
    prepared, (first, second) = space.lines[line], pair
    leaving, arriving = int(prepared.leaving[first]), int(prepared.leaving[second])
    climb = prepared.climb if pair == (0, 1) else 0
    directions = np.arange(6) if leaving == ANY else np.array([leaving])
    return Ends(
        starts=np.repeat(prepared.takeoffs[first : first + 1], len(directions), axis=0),
        directions=directions,
        jumps=False,
        goal=prepared.takeoffs[second],
        arrival=ANY if arriving == ANY else arriving ^ 1,
        leg=prepared.leg if leg is None else leg,
        climb=climb,
        begun=np.full(len(directions), layer_of(climb, leaving)),
        bend=space.problem.bend_cost,
    )


def alone(space: Space, line: int) -> tuple[Way | None, float, str]:
    """A line's best way if it were alone, a bound on its cost, and the reason why there is no way."""
    prepared = space.lines[line]
    if prepared.buried:
        return None, 0.0, prepared.buried
    way = connect(space, line, Obstruction(), depth=EXACT)
    if way is None:
        return None, 0.0, "unreachable"
    return way, min(bound_of(space, line, way.cost), way.cost), ""


def bound_of(space: Space, line: int, cap: float = np.inf) -> float:
    """A cost that no way of the line can beat; no more than the cap is told.

    Least legs between elbows are left out, which only lowers it.
    """
    tips = space.lines[line].takeoffs
    if len(tips) == 2:
        return solve(space, line, run_ends(space, line, leg=_HAIR), Obstruction(), cap=cap + _HAIR).bound
    best = float((tips.max(axis=0) - tips.min(axis=0)) @ least_factors(space.zones[line]))
    if len(tips) <= _EXACT:
        depth = _tree_depth(len(tips), EXACT)
        found = solve_tree(
            space, line, Obstruction(), leg=_HAIR, loose=True, cap=cap + _HAIR, depth=depth
        )  # cut short where the grid grows too large; then two ends alone may tell more
        best = max(best, found.bound)
    if best >= cap - _HAIR:
        return best
    free = space.problem.bend_cost * (
        len(tips) - 2
    )  # a way between two ends may turn in each tee for nothing
    pairs = itertools.combinations(range(len(tips)), 2)
    ends = (run_ends(space, line, leg=_HAIR, pair=pair)._replace(climb=0) for pair in pairs)
    return max(best, *(solve(space, line, end, Obstruction()).bound - free for end in ends))


def connect(
    space: Space,
    line: int,
    others: Obstruction,
    cap: float = np.inf,
    depth: Depth = QUICK,
) -> Way | None:
    """A line's way among other lines; None if there is none.

    Args:
        space: what stands fixed.
        line: the line.
        others: other lines with their prices.
        cap: cost above which a way is of no interest.
        depth: work at most.
    """
    prepared = space.lines[line]
    if not 2 < len(prepared.takeoffs) <= _EXACT or prepared.climb:
        return _grown(space, line, others, cap, depth)
    # Where nothing is priced, the cost of the grown way bounds the search for the best one.
    capped = bool(np.isinf(others.prices).all())
    met = prepared.active.copy()
    grown = _grown(space, line, others, cap, depth) if capped else None
    prepared.active[:] = met  # what the grown way met makes the grid of the tree no better, only larger
    most = cap if grown is None else min(cap, grown.cost)
    paths = _whole(space, line, others, most, depth)
    if paths is not None:
        return Way(paths, space.cost(line, paths))
    return grown if capped else _grown(space, line, others, cap, depth)


def _whole(
    space: Space, line: int, others: Obstruction, cap: float, depth: Depth
) -> tuple[Floats, ...] | None:
    """The tree found as one."""
    prepared = space.lines[line]
    found = solve_tree(
        space,
        line,
        others,
        leg=prepared.leg,
        loose=space.problem.lattice,
        depth=_tree_depth(len(prepared.takeoffs), depth),
        cap=cap,
    )
    return decompose(found.path, prepared.takeoffs) if len(found.path) else None


def _tree_depth(terminals: int, depth: Depth) -> Depth:
    """Less work for a tree: it has a set of states per subset of its terminals, and can be grown instead."""
    room = min(int(_TREE_ROOM * depth.room), _TREE_MOST >> (terminals - 1))
    return Depth(depth.rounds, room, room)


def _grown(space: Space, line: int, others: Obstruction, cap: float, depth: Depth) -> Way | None:
    """The run first, then each branch from the cheapest point of what is laid.

    Where a climb cannot be kept, it is given up for that piece, and the way says so.
    """
    prepared = space.lines[line]
    ends = run_ends(space, line)
    pocket = prepared.climb in (FALLING, RISING) and prepared.leaving[0] == (
        4 if prepared.climb == FALLING else 5
    )
    for climb in eased(ends.climb):
        begun = np.full(len(ends.starts), layer_of(climb, int(prepared.leaving[0])))
        ends = ends._replace(climb=climb, begun=begun)
        found = solve(space, line, ends, others, depth=depth, cap=cap)
        if len(found.path):
            break
        pocket = True
    else:
        return None
    paths = [found.path]
    for terminal in range(2, len(prepared.takeoffs)):
        branch, kept = grow(space, line, terminal, paths, others, depth)
        if branch is None:
            return None
        pocket = pocket or not kept
        paths.append(branch)
    laid = tuple(paths)
    return Way(laid, space.cost(line, laid), pocket)
