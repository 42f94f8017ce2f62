"""Legal places for equipment near a start, at little cost of pipe and land."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from layoutgan.domains.piping.placement.begin import State, first_state
from layoutgan.domains.piping.placement.bound import lower_bound
from layoutgan.domains.piping.placement.evaluate import evaluate
from layoutgan.domains.piping.placement.problem import Floats, Placement, PlacementProblem, Start
from layoutgan.domains.piping.placement.straighten import straighten
from layoutgan.domains.piping.placement.tables import Tables, tables_of

__all__ = ["place"]

STEPS = 1_500
"""Moves per item at effort 1."""
LEAST_STEPS = 20_000
RUNS = 3
"""Searches from one start; the best one is straightened."""
MARKS = 20
"""Entries of the trace per search."""
HOT, COOL, COLD = 8.0, 1.5, 0.01
"""Temperature in metres of a typical item's wires, from a blind start, from one to follow, and last [m]."""


def place(problem: PlacementProblem, start: Start, *, seed: int, effort: float) -> Placement:
    """Legal places for a problem's items, near a start as far as that is cheap.

    Args:
        problem: what is asked.
        start: where to begin; a random one is not followed.
        seed: of the search.
        effort: multiple of the usual number of moves [-].

    Raises:
        InputError: the problem's arrays disagree.
    """
    from layoutgan.domains.piping.placement.compiled import anneal, measure

    clock = time.perf_counter()
    problem = problem.filled()
    tables = tables_of(problem)
    state = first_state(problem, start)
    blind = start.source in {"random", "graph"}
    steps = max(2_000, int(effort * max(LEAST_STEPS, STEPS * problem.count)))
    best: tuple[float, float] = (np.inf, np.inf)
    kept, trace = state, []
    for run in range(RUNS):
        trial = state.copy()
        marks = np.full(MARKS, np.inf)
        hot = blind or run == RUNS - 1
        anneal(tables, *trial, (seed * 7919 + run) % 2**31, steps, _schedule(problem, tables, hot), marks)
        trial = _straightened(tables, trial)
        cost, lack, _ = measure(tables, trial.at, trial.turns)
        if (round(lack, 5), cost) < best:
            best, kept = (round(lack, 5), cost), trial
        trace.append((steps * (run + 1), time.perf_counter() - clock, best[1] if best[0] <= 0 else np.inf))
    return replace(evaluate(problem, kept.at, kept.turns, bound=lower_bound(problem)), trace=tuple(trace))


def _schedule(problem: PlacementProblem, tables: Tables, hot: bool) -> Floats:
    """Temperatures, prices of shortfall and lengths of shifts, from the scale of the problem."""
    per_item = np.asarray([tables.costs[tables.wires[a:b]].sum() for a, b in _spans(tables)])
    typical = float(np.median(per_item[per_item > 0])) if (per_item > 0).any() else 1.0
    span = float(np.hypot(*np.ptp(problem.outline, axis=0)))
    # Land pulls all items at once: a metre of the hull costs about the plot's depth.
    steep = max(float(per_item.max(initial=0.0)), tables.land * span / 4, typical)
    first = HOT if hot else COOL
    sigma = 0.15 * span if hot else 0.04 * span
    return np.asarray((typical * first, typical * COLD, 0.7 * typical, 6.0 * steep, sigma, 0.05))


def _spans(tables: Tables) -> list[tuple[int, int]]:
    return list(zip(tables.wires_of[:-1].tolist(), tables.wires_of[1:].tolist(), strict=True))


def _straightened(tables: Tables, state: State) -> State:
    """The state after linear programmes on its order, where that made it better."""
    from layoutgan.domains.piping.placement.compiled import measure

    better = straighten(tables, state, 4)
    was, now = measure(tables, state.at, state.turns), measure(tables, better.at, better.turns)
    return better if (round(now[1], 6), now[0]) <= (round(was[1], 6), was[0]) else state
