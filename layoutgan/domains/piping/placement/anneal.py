"""Simulated annealing over places and turns, with shortfalls paid for at a growing price.

Work is counted in steps. Source: Kirkpatrick, Gelatt and Vecchi 1983 for the method; the mix of moves is
our own, about what was measured for such units.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from layoutgan.domains.piping.placement.judge import judge, land_of, move_judged
from layoutgan.domains.piping.placement.moves import propose
from layoutgan.domains.piping.placement.tables import Tables
from layoutgan.domains.piping.routing.compiled import Array, entry, kernel

__all__ = ["entries"]

LEGAL = 1e-6
"""Sum of shortfalls of a placement that counts as legal [m]."""


@kernel
def keep(at: Array, turn: Array, axis: Array, to_at: Array, to_turn: Array, to_axis: Array) -> None:
    """Copies a state."""
    to_at[:] = at
    to_turn[:] = turn
    to_axis[:] = axis


@kernel
def distinct(moved: Array, count: int, mark: Array) -> int:
    """Each listed item once, marked."""
    kept = 0
    for k in range(count):
        i = moved[k]
        if mark[i] == 0:
            mark[i] = 1
            moved[kept] = i
            kept += 1
    return kept


def entries(stamp: int) -> tuple[Callable[..., float], Callable[..., Array]]:
    """The compiled annealer and judge; the stamp of all sources is part of their cache key."""

    @entry
    def anneal(
        t: Tables, at: Array, turn: Array, axis: Array, seed: int, steps: int, schedule: Array, trace: Array
    ) -> float:
        """Improves a state in place; the cost of the best legal state, or infinity.

        Args:
            t: the problem.
            at: centres [N, 2], replaced by the best found [m].
            turn: turns [N].
            axis: axis of each row [R].
            seed: of the random numbers.
            steps: moves to try.
            schedule: first and last temperature, first and last price of a metre of shortfall, first and
                last length of shifts [m] [6].
            trace: best legal cost after each equal share of the steps [S].
        """
        if stamp < 0:
            return 0.0
        np.random.seed(seed)
        n = at.shape[0]
        moved = np.zeros(8 * n + 8, dtype=np.int64)
        mark = np.zeros(n, dtype=np.int64)
        before, after = np.zeros(2), np.zeros(2)
        old_at, old_turn, old_axis = at.copy(), turn.copy(), axis.copy()
        best_at, best_turn, best_axis = at.copy(), turn.copy(), axis.copy()
        judge(t, at, turn, moved, mark, before)
        land = land_of(t, at, turn)
        cost, lack = before[0], before[1]
        best = cost if lack <= LEGAL else np.inf
        least = lack
        place = np.zeros(2)
        cool = (schedule[1] / schedule[0]) ** (1.0 / max(1, steps))
        dear = (schedule[3] / schedule[2]) ** (1.0 / max(1, steps))
        short = (schedule[5] / schedule[4]) ** (1.0 / max(1, steps))
        heat, price, sigma = schedule[0], schedule[2], schedule[4]
        for step in range(steps):
            heat, price, sigma = heat * cool, price * dear, sigma * short
            count = distinct(moved, propose(t, at, turn, axis, moved, mark, sigma, place), mark)
            if count > 0:
                # The move has been made on the state itself: judge it, then judge what was there before.
                move_judged(t, at, turn, moved, count, mark, after)
                new_land = land_of(t, at, turn)
                for k in range(count):
                    i = moved[k]
                    place[0], place[1] = at[i, 0], at[i, 1]
                    at[i, 0], at[i, 1] = old_at[i, 0], old_at[i, 1]
                    old_at[i, 0], old_at[i, 1] = place[0], place[1]
                    turn[i], old_turn[i] = old_turn[i], turn[i]
                move_judged(t, at, turn, moved, count, mark, before)
                gain = after[0] - before[0] + new_land - land + price * (after[1] - before[1])
                taken = gain <= 0.0 or np.random.random() < math.exp(-gain / heat)
                for k in range(count):
                    i = moved[k]
                    mark[i] = 0
                    if taken:
                        at[i, 0], at[i, 1] = old_at[i, 0], old_at[i, 1]
                        turn[i] = old_turn[i]
                    else:
                        old_at[i, 0], old_at[i, 1] = at[i, 0], at[i, 1]
                        old_turn[i] = turn[i]
                if taken:
                    old_axis[:] = axis
                    cost += after[0] - before[0] + new_land - land
                    lack += after[1] - before[1]
                    land = new_land
                    if lack < LEGAL and cost < best - 1e-9:
                        best, least = cost, lack
                        keep(at, turn, axis, best_at, best_turn, best_axis)
                    elif best == np.inf and lack < least:
                        least = lack
                        keep(at, turn, axis, best_at, best_turn, best_axis)
                else:
                    axis[:] = old_axis
            if step % 4096 == 0:  # sums drift
                judge(t, at, turn, moved, mark, before)
                cost, lack = before[0], before[1]
            if trace.size and (step + 1) * trace.size % steps < trace.size:
                trace[min(trace.size - 1, (step + 1) * trace.size // steps - 1)] = best
        keep(best_at, best_turn, best_axis, at, turn, axis)
        return best

    @entry
    def measure(t: Tables, at: Array, turn: Array) -> Array:
        """Cost with land, shortfall [m] and land of a placement [3]."""
        n = at.shape[0] + stamp * 0
        out = np.zeros(3)
        judge(t, at, turn, np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64), out)
        out[2] = land_of(t, at, turn)
        return out

    return anneal, measure
