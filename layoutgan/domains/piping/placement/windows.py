"""Large neighbourhoods: a few items near each other are searched anew while all others stand still.

Source of the idea: Shaw 1998, large neighbourhood search; what searches a window here is the annealer.
"""

from __future__ import annotations

import numpy as np

from layoutgan.domains.piping.placement.begin import State
from layoutgan.domains.piping.placement.board import Board
from layoutgan.domains.piping.placement.problem import Floats, Ints
from layoutgan.domains.piping.placement.tables import Tables

__all__ = ["mended", "refined"]

LEAST, MOST = 4, 16
"""Items in a window."""
PER_ITEM = 800
"""Moves per item of a window."""
WINDOWS = 60
"""Windows at most about what is broken."""
DEAR = 4.0
"""Last price of a shortfall, in that of the search: what is left is what that price did not move [-]."""
HEAT, PRICE = 150.0, 400.0
"""First temperature [-] and price of a metre of shortfall [1/m], in last temperatures of the search."""


def mended(tables: Tables, board: Board, state: State, schedule: Floats, seed: int, moves: int) -> State:
    """The state after windows about its shortfalls, larger ones where small ones did not help.

    Args:
        tables: the problem.
        board: the same for compiled code.
        state: not legal yet.
        schedule: of the search that led here.
        seed: of the search.
        moves: to spend at most.
    """
    from layoutgan.domains.piping.placement.compiled import lacking, measure

    found = measure(board, state)
    rng = np.random.default_rng(seed)
    trial = 0
    while found[0] > 0 and trial < WINDOWS and moves > 0:
        lack = np.where(tables.fixed, 0.0, lacking(board, state))
        faulty = np.flatnonzero(lack > 0)
        if not len(faulty):
            break
        centre = int(rng.choice(faulty, p=lack[faulty] / lack[faulty].sum()))
        size = LEAST + (MOST - LEAST) * trial // WINDOWS + int(rng.integers(LEAST))
        trial, moves = trial + 1, moves - PER_ITEM * size
        state, found = _searched(tables, board, state, found, schedule, centre, size, rng)
    return state


def refined(tables: Tables, board: Board, state: State, schedule: Floats, seed: int, windows: int) -> State:
    """The state after windows anywhere, each kept where it made the whole better."""
    from layoutgan.domains.piping.placement.compiled import measure

    found = measure(board, state)
    loose = np.flatnonzero(~tables.fixed)
    rng = np.random.default_rng(seed)
    for _ in range(windows if len(loose) else 0):
        size = int(rng.integers(LEAST, MOST + 1))
        state, found = _searched(tables, board, state, found, schedule, int(rng.choice(loose)), size, rng)
    return state


def _searched(
    tables: Tables,
    board: Board,
    state: State,
    found: tuple[float, float],
    schedule: Floats,
    centre: int,
    size: int,
    rng: np.random.Generator,
) -> tuple[State, tuple[float, float]]:
    """The better of a state and what a window about an item makes of it, and how good that is."""
    from layoutgan.domains.piping.placement.compiled import anneal, measure

    window = _window(tables, state, centre, size, rng)
    reach = float(np.abs(state.at[window] - state.at[centre]).max(initial=1.0))
    cold, dear = float(schedule[1]), DEAR * float(schedule[3])
    cooling = np.asarray((HEAT * cold, cold, PRICE * cold, dear, reach, 0.05))
    trial = state.copy()
    steps = PER_ITEM * len(window)
    anneal(board, *trial, window, int(rng.integers(2**31)), steps, cooling, np.zeros(1), np.zeros(2))
    now = measure(board, trial)
    return (trial, now) if now < found else (state, found)


def _window(tables: Tables, state: State, centre: int, size: int, rng: np.random.Generator) -> Ints:
    """Loose items near one, those connected to it counted nearer."""
    away = np.abs(state.at - state.at[centre]).max(axis=1)
    away *= rng.uniform(0.5, 1.5, len(away))
    for wire in tables.wires[tables.wires_of[centre] : tables.wires_of[centre + 1]]:
        for item in tables.ends[wire]:
            if item >= 0:
                away[item] *= 0.5
    away[centre] = -1.0
    away[tables.fixed] = np.inf
    order = np.argsort(away, kind="stable")[: min(size, int((~tables.fixed).sum()))]
    return np.ascontiguousarray(order, dtype=np.int64)
