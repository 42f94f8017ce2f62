"""The ways in: route all lines, or only those that a change concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from layoutgan.domains.piping.routing.assemble import assemble, exception, way_of
from layoutgan.domains.piping.routing.negotiate import Negotiation
from layoutgan.domains.piping.routing.problem import (
    Line,
    Rack,
    Route,
    Routing,
    RoutingProblem,
    Solids,
    Terminal,
)
from layoutgan.domains.piping.routing.refine import touch
from layoutgan.domains.piping.routing.space import Space
from layoutgan.domains.piping.routing.tree import Way

__all__ = ["compile_ahead", "reroute", "route"]


def route(problem: RoutingProblem, *, seed: int = 0, rounds: int = 40, passes: int = 1) -> Routing:
    """Routes for all lines, none dropped: what cannot be routed is an exception with a Manhattan path.

    Args:
        problem: space and lines.
        seed: order of lines within a round of negotiation; same seed, same routes.
        rounds: rounds of negotiation at most.
        passes: passes of laying single lines anew after the negotiation.

    Raises:
        InputError: a line has fewer than two terminals.
    """
    space = _space(problem)
    state = Negotiation(space, seed)
    state.begin(range(len(problem.lines)))
    state.settle(rounds)
    state.close()
    state.improve(passes)
    return _answer(problem, space, state, {})


def reroute(
    problem: RoutingProblem, before: Routing, *, seed: int = 0, rounds: int = 40, rounded: float = 0.0
) -> Routing:
    """Routes after a change: lines that still fit keep theirs to the last bit, the others are laid anew.

    Lines that kept their route are obstacles first; only where a line finds no way past them do they move.

    Args:
        problem: the changed space and lines; lines are matched by name.
        before: the routing of the problem before the change.
        seed: order of lines within a round.
        rounds: rounds of negotiation at most.
        rounded: what coordinates of the routing before may be off, if they come from a file [m].
    """
    space = _space(problem)
    problem, asked = space.problem, problem
    state = Negotiation(space, seed)
    known = {kept.name: kept for kept in before.routes}
    stay = _keep(space, state, known, rounded)
    state.begin(line for line in range(len(problem.lines)) if line not in stay)
    fresh = frozenset(state.moved)
    state.settle(rounds, held=frozenset(stay))
    state.close(held=frozenset(stay))
    if any(reason == "congested" for reason in state.reasons):
        state.begin([line for line, reason in enumerate(state.reasons) if reason == "congested"])
        state.settle(rounds)
        state.close()
    state.improve(1, held=frozenset(range(len(problem.lines))) - fresh)
    kept = {line: known[problem.lines[line].name] for line in stay if line not in state.moved}
    return _answer(asked, space, state, kept)


def _space(problem: RoutingProblem) -> Space:
    """The space with lines in the order of their names, so that the order of the list decides nothing."""
    return Space(replace(problem, lines=tuple(sorted(problem.lines, key=lambda line: line.name))))


def _keep(space: Space, state: Negotiation, known: Mapping[str, Route], rounded: float) -> set[int]:
    """Takes over the routes that still lead from nozzle to nozzle and touch nothing; their lines."""
    stay: set[int] = set()
    for line, asked in enumerate(space.problem.lines):
        old = known.get(asked.name)
        way = way_of(space, line, old, rounded) if old is not None else None
        if old is None or way is None or space.lines[line].buried or _blocked(space, line, way, rounded):
            continue
        state.ways[line], state.bounds[line] = way, old.bound
        state.pipes.place(line, way.paths)
        stay.add(line)
    return stay


def _blocked(space: Space, line: int, way: Way, rounded: float) -> bool:
    prepared = space.lines[line]
    out = prepared.away < 0  # what does not concern the line counts as met already
    met = int(out.sum())
    shrunk = prepared.grown + np.repeat([rounded, -rounded], 3)
    for path in way.paths:
        touch(path, shrunk, out)
    return bool(out.sum() > met)


def _answer(asked: RoutingProblem, space: Space, state: Negotiation, kept: Mapping[int, Route]) -> Routing:
    """Routes in the order in which the lines were asked for."""
    routes = {}
    for line, named in enumerate(space.problem.lines):
        way, bound = state.ways[line], float(state.bounds[line])
        if line in kept:
            routes[id(named)] = kept[line]
        elif way is None:
            reason = state.reasons[line] or "unreachable"
            routes[id(named)] = exception(named, space.lines[line].takeoffs, bound, reason)
        else:
            routes[id(named)] = assemble(space, line, way, bound)
    names = tuple(space.problem.lines[line].name for line in sorted(state.moved))
    return Routing(tuple(routes[id(line)] for line in asked.lines), rounds=state.rounds, rerouted=names)


def compile_ahead() -> None:
    """Compiles the router's kernels, or loads them from the cache, by routing two crossing lines."""
    ends = (
        ((0.0, 0.0, 1.0), (4.0, 0.0, 1.0)),
        ((2.0, -2.0, 1.0), (2.0, 2.0, 1.0), (3.0, 3.0, 1.0)),
    )
    lines = tuple(
        Line(str(index), tuple(Terminal(point) for point in points), radius=0.05)
        for index, points in enumerate(ends)
    )
    solids = Solids(np.array([[1.0, -1.0, 0.0, 1.5, 1.0, 2.0]]), np.array([0.1]), np.array([-1]))
    racks = (Rack((0.0, -3.0, 4.0, 3.0), 0, (2.0,)),)
    route(RoutingProblem(((-5.0, -5.0, 0.0), (9.0, 9.0, 9.0)), lines, solids, racks=racks))
