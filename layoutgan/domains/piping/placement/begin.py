"""The first state of a search: a start made to keep turns, fixed places, rows and the plot."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from layoutgan.domains.piping.placement.problem import Floats, Ints, PlacementProblem, Start

__all__ = ["State", "first_state", "scattered"]


class State(NamedTuple):
    """Where items stand and how rows run."""

    at: Floats
    """Centres [N, 2] [m]."""
    turns: Ints
    """[N]."""
    axis: Ints
    """Axis of each row [R]."""

    def copy(self) -> State:
        """The same in arrays of its own."""
        return State(self.at.copy(), self.turns.copy(), self.axis.copy())


def scattered(problem: PlacementProblem, key: int | list[int]) -> Start:
    """A random start: centres uniformly in the plot's bounding box [N, 2] [m], any turn [N].

    Args:
        problem: what is asked.
        key: of numpy's generator; the same key, the same start.
    """
    rng = np.random.default_rng(key)
    low, high = problem.outline.min(axis=0), problem.outline.max(axis=0)
    n = problem.count
    return Start(rng.uniform(low, high, (n, 2)), rng.integers(0, 4, n), source="random")


def first_state(problem: PlacementProblem, start: Start) -> State:
    """The start with its items on the plot, in allowed turns, fixed ones in place, rows on a line each."""
    assert problem.turns is not None
    assert problem.fixed is not None
    assert problem.positions is not None
    assert problem.held is not None
    turns = np.asarray(start.turns, dtype=np.int64) % 4
    for item in range(problem.count):
        if not problem.turns[item, turns[item]]:
            turns[item] = int(np.flatnonzero(problem.turns[item])[0])
    turns = np.where(problem.fixed, problem.held % 4, turns)
    low, high = problem.outline.min(axis=0), problem.outline.max(axis=0)
    half = np.where((turns % 2 == 0)[:, None], problem.sizes, problem.sizes[:, ::-1]) / 2
    middle = (low + high) / 2
    at = np.where(np.isfinite(start.centres), start.centres, middle)
    at = np.clip(at, np.minimum(low + half, middle), np.maximum(high - half, middle))
    at = np.where(problem.fixed[:, None], problem.positions, at)
    axis = np.zeros(len(problem.rows), dtype=np.int64)
    for number, row in enumerate(problem.rows):
        members = list(row.items)
        spread = np.ptp(at[members], axis=0)
        axis[number] = row.axis if row.axis >= 0 else int(spread[1] > spread[0])
        across = 1 - int(axis[number])
        held = [i for i in members if problem.fixed[i]]
        line = at[held[0], across] if held else float(np.mean(at[members, across]))
        loose = [i for i in members if not problem.fixed[i]]
        at[loose, across] = line
    return State(np.ascontiguousarray(at, dtype=np.float64), turns.astype(np.int64), axis)
