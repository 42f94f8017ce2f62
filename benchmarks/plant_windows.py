"""Large neighbourhoods against more annealing, from the same placement and for the same CPU time."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from plant_placement import random_start, unit_problem

from layoutgan.domains.piping.placement.begin import State, first_state
from layoutgan.domains.piping.placement.board import board_of
from layoutgan.domains.piping.placement.compiled import anneal, measure
from layoutgan.domains.piping.placement.place import schedule
from layoutgan.domains.piping.placement.straighten import straighten
from layoutgan.domains.piping.placement.tables import tables_of, widened
from layoutgan.domains.piping.placement.windows import MOST, PER_ITEM, refined

Record = dict[str, Any]
SHARE = 0.8
"""Moves in windows for one of annealing that take as long, with what each window costs besides [-]."""


def neighbourhoods(items: int, moves: int, *, seeds: int = 3) -> list[Record]:
    """Shortfall, cost and CPU time after one search, then with annealing or with windows on top.

    Args:
        items: of the synthetic units.
        moves: of the search, and of what is added.
        seeds: units.
    """
    return [_compared(items, moves, seed) for seed in range(seeds)]


def _compared(items: int, moves: int, seed: int) -> Record:
    problem = unit_problem(items, seed).filled()
    tables = widened(tables_of(problem), problem.grid)
    board = board_of(tables)
    cool = schedule(problem, tables, hot=False)

    def searched(state: State, heats: Any, number: int) -> State:
        state = state.copy()
        anneal(board, *state, np.arange(items), number, moves, heats, np.zeros(1), np.zeros(2))
        return _better(state, straighten(tables, state, 4))

    def _better(one: State, two: State) -> State:
        return two if measure(board, two) <= measure(board, one) else one

    first = searched(
        first_state(problem, random_start(problem, seed)), schedule(problem, tables, hot=True), seed
    )
    begun = time.process_time()
    annealed = _better(first, searched(first, cool, seed + 1))
    between = time.process_time()
    count = max(1, int(SHARE * moves / (PER_ITEM * MOST / 2)))
    windowed = refined(tables, board, first, cool, seed, count)
    windowed = _better(windowed, straighten(tables, windowed, 4))
    done = time.process_time()
    return {
        "items": items,
        "seed": seed,
        "before": [round(value, 3) for value in measure(board, first)],
        "annealing": [round(value, 3) for value in measure(board, annealed)],
        "windows": [round(value, 3) for value in measure(board, windowed)],
        "annealing_cpu_s": round(between - begun, 2),
        "windows_cpu_s": round(done - between, 2),
    }
