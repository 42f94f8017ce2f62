"""Legal places for equipment near a start, at little cost of pipe and land."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from layoutgan.domains.piping.placement.begin import State, first_state
from layoutgan.domains.piping.placement.board import Board, board_of
from layoutgan.domains.piping.placement.bound import lower_bound
from layoutgan.domains.piping.placement.evaluate import evaluate
from layoutgan.domains.piping.placement.problem import Floats, Placement, PlacementProblem, Start
from layoutgan.domains.piping.placement.straighten import straighten
from layoutgan.domains.piping.placement.tables import Tables, tables_of, widened

__all__ = ["place"]

STEPS = 15_000
"""Moves per item at effort 1."""
LEAST_STEPS = 150_000
RUNS, MANY = 3, 60
"""Searches, the last one from the best place so far; two longer ones above so many items."""
MOST_STEPS = 2_000_000
"""Moves of one search at effort 1, however many items there are."""
DEAR = 25.0
"""Last price of a metre of shortfall, in the most that a metre of any item's wires costs [-]."""
REPAIRS = 3
"""Further searches, shortfalls dear from the first move on, while something is still illegal."""
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
    if problem.grid > 0.0:
        tables = widened(tables, problem.grid)
    board = board_of(tables)
    state = first_state(problem, start)
    blind = start.source in {"random", "graph"}
    runs = RUNS if problem.count <= MANY else 2
    usual = max(LEAST_STEPS, STEPS * problem.count * RUNS // runs)
    steps = max(2_000, int(effort * min(usual, MOST_STEPS)))
    best: tuple[float, float] = (np.inf, np.inf)
    kept, trace = state, []
    for run in range(runs + REPAIRS):
        last = run >= runs - 1
        if run >= runs and best[0] <= 0:
            break
        trial = (kept if last else state).copy()
        marks = np.full(MARKS, np.inf)
        schedule = _schedule(problem, tables, hot=not last and (blind or run > 0))
        if run >= runs:
            schedule[2], schedule[4] = schedule[3] / 4.0, schedule[4] / 2.0
        anneal(board, *trial, (seed * 7919 + run) % 2**31, steps, schedule, marks, np.zeros(2))
        trial = _straightened(tables, board, trial)
        found = measure(board, trial)
        if found < best:
            best, kept = found, trial
        trace.append((steps * (run + 1), time.perf_counter() - clock, best[1] if best[0] <= 0 else np.inf))
    centres = kept.at
    if problem.grid > 0.0:
        rounded = np.round(np.round(centres / problem.grid) * problem.grid, 9)
        centres = np.where(tables.fixed[:, None], centres, rounded)
    return replace(evaluate(problem, centres, kept.turns, bound=lower_bound(problem)), trace=tuple(trace))


def _schedule(problem: PlacementProblem, tables: Tables, *, hot: bool) -> Floats:
    """Temperatures, prices of shortfall and lengths of shifts, from the scale of the problem."""
    spans = zip(tables.wires_of[:-1].tolist(), tables.wires_of[1:].tolist(), strict=True)
    per_item = np.asarray([tables.costs[tables.wires[a:b]].sum() for a, b in spans])
    typical = float(np.median(per_item[per_item > 0])) if (per_item > 0).any() else 1.0
    span = float(np.hypot(*np.ptp(problem.outline, axis=0)))
    # Land pulls all items at once: a metre of the hull costs about the plot's depth.
    steep = max(float(per_item.max(initial=0.0)), tables.land * span / 4, typical)
    first = HOT if hot else COOL
    sigma = 0.15 * span if hot else 0.04 * span
    return np.asarray((typical * first, typical * COLD, 0.7 * typical, DEAR * steep, sigma, 0.05))


def _straightened(tables: Tables, board: Board, state: State) -> State:
    """The state after linear programmes on its order, where that made it better."""
    from layoutgan.domains.piping.placement.compiled import measure

    better = straighten(tables, state, 4)
    return better if measure(board, better) <= measure(board, state) else state
