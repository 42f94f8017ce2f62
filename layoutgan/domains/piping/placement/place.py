"""Legal places for equipment near a start, at little cost of pipe and land."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from layoutgan.domains.piping.placement.begin import State, first_state
from layoutgan.domains.piping.placement.board import Board, board_of
from layoutgan.domains.piping.placement.bound import lower_bound
from layoutgan.domains.piping.placement.evaluate import evaluate
from layoutgan.domains.piping.placement.problem import Floats, Placement, PlacementProblem, Start
from layoutgan.domains.piping.placement.straighten import straighten
from layoutgan.domains.piping.placement.tables import Tables, tables_of, widened
from layoutgan.domains.piping.placement.windows import mended

__all__ = ["place", "schedule"]

STEPS = 15_000
"""Moves per item at effort 1."""
LEAST_STEPS = 150_000
RUNS, MANY = 3, 60
"""Searches, the last one from the best place so far; two longer ones above so many items."""
MOST_STEPS = 2_000_000
"""Moves of one search at effort 1, however many items there are."""
FEWEST = 500
"""Moves of the shortest search."""
TASTE = 2_000
"""Moves after which one of several starts is judged."""
LONG = 100_000
"""Moves from which on a search is worth several rounds of straightening."""
DEAR = 100.0
"""Last price of a metre of shortfall, in the most that a metre of any item's wires costs [-]."""
REPAIRS = 2
"""Further searches, shortfalls dear from the first move on, while something is still illegal."""
MARKS = 20
"""Entries of the trace per search."""
ROUGH = {"random", "graph", "network", "greedy", "nearest"}
"""Sources of starts from which a search begins hot: they say roughly where things go, or nothing, and a cool
search would freeze in their mistakes."""
HOT, COOL, COLD = 8.0, 1.5, 0.01
"""Temperature in metres of a typical item's wires, from a rough start, from one to follow, and last [m]."""
FAR, NEAR = 0.15, 0.06
"""First length of shifts as a share of the plot's diagonal, from a rough start and from one to follow [-]."""
LOOSE, FIRM = 0.7, 3.0
"""First price of a metre of shortfall in a typical item's wires, of hot searches and of cool ones [-].

A search that begins cool freezes early, so what it lacks must be dear early."""


@dataclass
class _Search:
    """A problem made ready, and the best state so far."""

    problem: PlacementProblem
    tables: Tables
    board: Board
    seed: int
    best: tuple[float, float] = (np.inf, np.inf)
    kept: State | None = None
    moves: int = 0
    trace: list[tuple[int, float, float]] = field(default_factory=list)
    clock: float = field(default_factory=time.perf_counter)

    def run(self, state: State, steps: int, number: int, heats: Floats) -> None:
        """One search from a state, straightened and, where it ended illegal, mended."""
        from layoutgan.domains.piping.placement.compiled import anneal, measure

        trial, seed = state.copy(), (self.seed * 7919 + number) % 2**31
        everyone = np.arange(self.problem.count)
        anneal(self.board, *trial, everyone, seed, steps, heats, np.full(MARKS, np.inf), np.zeros(2))
        rounds = 4 if steps >= LONG else 1
        trial = self.straightened(trial, rounds)
        if measure(self.board, trial)[0] > 0:
            trial = mended(self.tables, self.board, trial, heats, seed, steps)
            trial = self.straightened(trial, rounds)
        self.moves += steps
        self.keep(trial)

    def keep(self, trial: State) -> None:
        """Takes a state where it is the best, and notes the time."""
        from layoutgan.domains.piping.placement.compiled import measure

        found = measure(self.board, trial)
        if self.kept is None or found < self.best:
            self.best, self.kept = found, trial
        legal = self.best[1] if self.best[0] <= 0 else np.inf
        self.trace.append((self.moves, time.perf_counter() - self.clock, legal))

    def straightened(self, state: State, rounds: int) -> State:
        """The state after linear programmes on its order, where that made it better."""
        from layoutgan.domains.piping.placement.compiled import measure

        better = straighten(self.tables, state, rounds)
        return better if measure(self.board, better) <= measure(self.board, state) else state


def place(
    problem: PlacementProblem,
    start: Start,
    *,
    seed: int,
    effort: float,
    runs: int | None = None,
    starts: Sequence[Start] = (),
) -> Placement:
    """Legal places for a problem's items, near a start as far as that is cheap.

    Args:
        problem: what is asked.
        start: where to begin; one of a rough source is followed loosely.
        seed: of the search.
        effort: multiple of the usual number of moves [-].
        runs: searches; 1 is a single one from the start, for comparisons of starts; None: as many as pay.
        starts: further starts; each is tasted by a short search, and the best are searched in earnest.

    Raises:
        InputError: the problem's arrays disagree.
    """
    problem = problem.filled()
    tables = tables_of(problem)
    if problem.grid > 0.0:
        tables = widened(tables, problem.grid)
    search = _Search(problem, tables, board_of(tables), seed)
    begun = _tasted(search, [start, *starts])
    usual = RUNS if problem.count <= MANY else 2
    moves = max(LEAST_STEPS, STEPS * problem.count * RUNS // usual)
    steps = max(FEWEST, int(effort * min(moves, MOST_STEPS)))
    count = usual if runs is None else max(1, runs)
    for run in range(count + REPAIRS):
        if run >= count and search.best[0] <= 0:
            break
        state, rough = begun[run % len(begun)]
        follow = not rough and run < len(begun)
        if run > 0 and run >= count - 1:
            assert search.kept is not None
            state, follow = search.kept, True
        heats = schedule(problem, tables, hot=not follow)
        if run >= count:
            heats[2], heats[4] = heats[3] / 4.0, heats[4] / 2.0
        search.run(state, steps, run, heats)
    assert search.kept is not None
    centres = search.kept.at
    if problem.grid > 0.0:
        rounded = np.round(np.round(centres / problem.grid) * problem.grid, 9)
        centres = np.where(tables.fixed[:, None], centres, rounded)
    answer = evaluate(problem, centres, search.kept.turns, bound=lower_bound(problem))
    return replace(answer, trace=tuple(search.trace))


def _tasted(search: _Search, starts: Sequence[Start]) -> list[tuple[State, bool]]:
    """First states, those first that a short search makes most of, and whether each is rough."""
    from layoutgan.domains.piping.placement.compiled import anneal, measure

    found = [(first_state(search.problem, start), start.source in ROUGH) for start in starts]
    if len(found) == 1:
        return found
    heats = schedule(search.problem, search.tables, hot=False)
    marks: list[float] = []
    everyone = np.arange(search.problem.count)
    for number, (state, _) in enumerate(found):
        trial, seed = state.copy(), (search.seed * 7919 + 101 + number) % 2**31
        anneal(search.board, *trial, everyone, seed, TASTE, heats, np.zeros(1), np.zeros(2))
        lack, cost = measure(search.board, trial)
        marks.append(cost + 4.0 * heats[2] * lack)
        search.moves += TASTE
    return [found[i] for i in np.argsort(marks, kind="stable")]


def schedule(problem: PlacementProblem, tables: Tables, *, hot: bool) -> Floats:
    """Temperatures, prices of shortfall and lengths of shifts, from the scale of the problem."""
    spans = zip(tables.wires_of[:-1].tolist(), tables.wires_of[1:].tolist(), strict=True)
    per_item = np.asarray([tables.costs[tables.wires[a:b]].sum() for a, b in spans])
    typical = float(np.median(per_item[per_item > 0])) if (per_item > 0).any() else 1.0
    span = float(np.hypot(*np.ptp(problem.outline, axis=0)))
    # Land pulls all items at once: a metre of the hull costs about the plot's depth.
    steep = max(float(per_item.max(initial=0.0)), tables.land * span / 4, typical)
    first, sigma = (HOT, FAR) if hot else (COOL, NEAR)
    price = LOOSE if hot else FIRM
    return np.asarray((typical * first, typical * COLD, price * typical, DEAR * steep, sigma * span, 0.05))
