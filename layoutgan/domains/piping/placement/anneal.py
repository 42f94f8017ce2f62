"""Simulated annealing over places and turns, with shortfalls paid for at a growing price.

Work is counted in steps. Source: Kirkpatrick, Gelatt and Vecchi 1983 for the method; the mix of moves is
our own, about what was measured for such units.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from layoutgan.domains.piping.placement.board import FIXED, Board
from layoutgan.domains.piping.placement.judge import land_of, move_judged
from layoutgan.domains.piping.placement.moves import propose
from layoutgan.domains.piping.routing.compiled import Array, entry, kernel

__all__ = ["entries"]

LEGAL = 1e-6
"""Sum of shortfalls of a placement that counts as legal [m]."""
LOOK, PICK = 512, 0.25
"""Moves between looks at which items lack something, and the share of moves that begin with one of them."""


@kernel
def faulty_of(
    b: Board, at: Array, turn: Array, active: Array, moved: Array, mark: Array, faulty: Array
) -> int:
    """Lists the active items that lack something; how many there are."""
    out, count = np.zeros(2), 0
    for k in range(active.shape[0]):
        i = active[k]
        if b.items[i, FIXED] == 0:
            moved[0], mark[i] = i, 1
            move_judged(b, at, turn, moved, 1, mark, out)
            mark[i] = 0
            if out[1] > LEGAL:
                faulty[count] = i
                count += 1
    return count


def entries(stamp: int) -> Callable[..., float]:
    """The compiled annealer; the stamp of all sources is part of its cache key."""

    @entry
    def anneal(
        b: Board,
        at: Array,
        turn: Array,
        axis: Array,
        active: Array,
        seed: int,
        steps: int,
        schedule: Array,
        trace: Array,
        verdict: Array,
    ) -> float:
        """Improves a state in place; the cost of the best legal state, or infinity.

        Args:
            b: the problem.
            at: centres [N, 2], replaced by the best found [m].
            turn: turns [N].
            axis: axis of each row [R].
            active: the items that moves begin with.
            seed: of the random numbers.
            steps: moves to try; 0 only judges.
            schedule: first and last temperature, first and last price of a metre of shortfall, first and
                last length of shifts [m] [6].
            trace: best legal cost after each equal share of the steps [S].
            verdict: cost with land and shortfall of the first state, then, where there is room, the
                shortfall that each item has part in [2] or [2 + N] [-, m].
        """
        n = at.shape[0]
        np.random.seed(seed + 0 * stamp)
        moved = np.arange(8 * n + 8)
        mark = np.ones(n, dtype=np.int64)
        faulty, faults = np.zeros(n, dtype=np.int64), 0
        before, after = np.zeros(2), np.zeros(2)
        old_at, old_turn, old_axis = at.copy(), turn.copy(), axis.copy()
        best_at, best_turn, best_axis = at.copy(), turn.copy(), axis.copy()
        best, least = np.inf, np.inf
        cost, lack, land = 0.0, 0.0, 0.0
        cool = (schedule[1] / schedule[0]) ** (1.0 / max(1, steps))
        dear = (schedule[3] / schedule[2]) ** (1.0 / max(1, steps))
        short = (schedule[5] / schedule[4]) ** (1.0 / max(1, steps))
        heat, price, sigma = schedule[0], schedule[2], schedule[4]
        share = max(1, steps // max(1, trace.size))
        for step in range(steps + 1):
            renew = step % 4096 == 0  # sums drift, so they are made anew
            if renew:
                count = n
                for k in range(n):
                    moved[k] = k
            else:
                heat, price, sigma = heat * cool, price * dear, sigma * short
                if step % LOOK == 0:
                    faults = faulty_of(b, at, turn, active, moved, mark, faulty) if lack > LEGAL else 0
                if faults > 0 and np.random.random() < PICK:
                    first = faulty[np.random.randint(faults)]
                else:
                    first = active[np.random.randint(active.shape[0])]
                count = propose(b, at, turn, axis, moved, active, first, sigma)
                kept = 0
                for k in range(count):  # each once
                    if mark[moved[k]] == 0:
                        mark[moved[k]] = 1
                        moved[kept] = moved[k]
                        kept += 1
                count = kept
            if count == 0:
                continue
            if renew:
                mark[:] = 1
            # The move has been made on the state itself: judge it, then judge what was there before.
            move_judged(b, at, turn, moved, count, mark, after)
            new_land = land_of(b, at, turn)
            if renew:
                cost, lack, land = after[0] + new_land, after[1], new_land
                if step == 0:
                    verdict[0], verdict[1] = cost, lack
                    best, least = (cost if lack <= LEGAL else np.inf), lack
                mark[:] = 0
                if step == 0 and verdict.size > 2:
                    for i in range(n):
                        moved[0], mark[i] = i, 1
                        move_judged(b, at, turn, moved, 1, mark, before)
                        verdict[2 + i], mark[i] = before[1], 0
                continue
            for k in range(count):
                i = moved[k]
                x, y, z = at[i, 0], at[i, 1], turn[i]
                at[i, 0], at[i, 1], turn[i] = old_at[i, 0], old_at[i, 1], old_turn[i]
                old_at[i, 0], old_at[i, 1], old_turn[i] = x, y, z
            move_judged(b, at, turn, moved, count, mark, before)
            gain = after[0] - before[0] + new_land - land + price * (after[1] - before[1])
            taken = gain <= 0.0 or np.random.random() < math.exp(-gain / heat)
            for k in range(count):
                i = moved[k]
                mark[i] = 0
                if taken:
                    at[i, 0], at[i, 1], turn[i] = old_at[i, 0], old_at[i, 1], old_turn[i]
                else:
                    old_at[i, 0], old_at[i, 1], old_turn[i] = at[i, 0], at[i, 1], turn[i]
            if taken:
                old_axis[:] = axis
                cost += after[0] - before[0] + new_land - land
                lack += after[1] - before[1]
                land = new_land
                legal = lack < LEGAL and cost < best - 1e-9
                if legal or (best == np.inf and lack < least):
                    least = lack
                    best = cost if legal else best
                    best_at[:] = at
                    best_turn[:] = turn
                    best_axis[:] = axis
            else:
                axis[:] = old_axis
            if step % share == 0 and step // share <= trace.size:
                trace[step // share - 1] = best
        at[:] = best_at
        turn[:] = best_turn
        axis[:] = best_axis
        return best

    return anneal
