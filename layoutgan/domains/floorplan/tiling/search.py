"""The search in full: tries from several first states, polish, and the last millimetres."""

from dataclasses import fields

import numpy as np

from layoutgan.domains.floorplan.tiling import columns as c
from layoutgan.domains.floorplan.tiling.initial import Proposal, State, painted, sliced
from layoutgan.domains.floorplan.tiling.pack import Workspace
from layoutgan.domains.floorplan.tiling.problem import Budget, Floats, Problem
from layoutgan.domains.floorplan.tiling.repair import repaired
from layoutgan.domains.floorplan.tiling.violations import of_pairs, of_rooms

WEIGHT, SHAPE_WEIGHT, FORM = 3.0, 4.0, 2.0
"""Weights of broken constraints and of shape; once all are kept, shape counts `FORM` times as much."""
STEPS_SMALL = 10_000
"""Steps of one try up to ten rooms; more rooms get more, by the square of their number."""
HOT, COLD = 0.8, 0.1
COOL = 0.12
"""First temperature of a try that trusts its proposal, and of every polish."""
TRUSTED = 0.5
"""From this trust on the first try starts cool."""
SETTLE_STEPS, SETTLE_HOT, SETTLE_COLD = 2400, 0.4, 0.04
"""After the first state that keeps every constraint, how long and how freely better forms are looked for."""
POLISH_STEPS, POLISH_COLD = 1000, 0.005
MOVES = {
    c.CLIMB: (0.50, 0.12, 0.05, 0.13),
    c.SETTLE: (0.55, 0.14, 0.06, 0.10),
    c.POLISH: (0.71, 0.17, 0.07, 0.05),
}
"""Shares of wall shifts, line shifts, cells stolen and swaps per phase; the rest is carved anew."""
DISTANCES = {
    c.CLIMB: (0.22, 0.18, 0.08, 0.08, 0.0, 0.16),
    c.SETTLE: (0.22, 0.18, 0.08, 0.08, 0.12, 0.12),
    c.POLISH: (0.22, 0.18, 0.08, 0.08, 0.12, 0.12),
}
"""Shares of shifts that repair own area, other's area, own depth, other's depth, end a jog, meet a line."""
PARTS = (0.55, 0.30)
"""Shares of shifts of a whole straight wall and of the part facing one room; the rest are cut anywhere."""
FINE = 0.4
"""Share of shifts whose line may come close to another."""
JITTER = 0.08
"""By how much of the site, per try, later first states depart from the proposal."""
ALIGN = 0.05
"""Walls nearer than this [m] are made one line."""
GRAIN = 0.001
"""Lines are rounded to this [m]."""


class Search:
    """One problem's tables and the state being worked on.

    Args:
        problem: what is asked.
        proposal: where the rooms are wanted.
    """

    def __init__(self, problem: Problem, proposal: Proposal) -> None:
        from layoutgan.domains.floorplan.tiling.anneal import (
            anneal,
        )  # numba loads only when something is tiled

        self.problem = problem
        self.proposal = proposal
        self.tables = Workspace.of(problem, proposal)
        self._arguments = [getattr(self.tables, field.name) for field in fields(Workspace)]
        self._anneal = anneal
        self.current = 0

    def load(self, state: State) -> None:
        """Makes a state the current one."""
        tables = self.tables
        self.current = 0
        tables.dims[0] = len(state.x_lines) - 1, len(state.y_lines) - 1
        tables.lines[0, 0, : len(state.x_lines)] = state.x_lines
        tables.lines[0, 1, : len(state.y_lines)] = state.y_lines
        tables.lab[0, : len(state.y_lines) - 1, : len(state.x_lines) - 1] = state.labels

    @property
    def state(self) -> State:
        """A copy of the current state."""
        tables, w = self.tables, self.current
        columns, rows = tables.dims[w]
        return State(
            tables.lines[w, 0, : columns + 1].copy(),
            tables.lines[w, 1, : rows + 1].copy(),
            tables.lab[w, :rows, :columns].astype(np.int16),
        )

    def run(self, phase: int, steps: int, hot: float, cold: float) -> int:
        """Anneals the current state: steps used, or -1 if it is not legal; no steps only measure it."""
        tables, settings = self.tables, self.tables.settings
        if self.current == 1:
            tables.dims[0], tables.lines[0], tables.lab[0] = tables.dims[1], tables.lines[1], tables.lab[1]
        settings[[c.STEPS, c.HOT, c.COLD, c.PHASE]] = steps, hot, min(cold, hot), phase
        settings[c.UP_TO_SHIFT_WALL : c.UP_TO_SWAP + 1] = np.cumsum(MOVES[phase])
        settings[c.UP_TO_OWN_AREA : c.UP_TO_LINE + 1] = np.cumsum(DISTANCES[phase])
        settings[c.UP_TO_WHOLE_WALL : c.UP_TO_FACING_WALL + 1] = np.cumsum(PARTS)
        settings[c.FINE_SHARE] = FINE
        settings[c.SHAPE_WEIGHT] = SHAPE_WEIGHT * (1.0 if phase == c.CLIMB else FORM)
        tables.totals[c.WEIGHTS, : c.KINDS] = WEIGHT
        tables.totals[c.WEIGHTS, c.KIND_AREA] = 1.0
        ended = self._anneal(*self._arguments)
        self.current = ended & 1 if ended >= 0 else 0
        return ended >> 1 if ended >= 0 else -1

    def measure(self) -> bool:
        """Measures the current state; False if it is not legal."""
        return self.run(c.CLIMB, 0, 1.0, 1.0) >= 0

    @property
    def broken(self) -> int:
        """How many constraints the current state breaks."""
        return int(self.tables.totals[self.current, c.TOTAL_BROKEN])

    @property
    def cost(self) -> float:
        """Weighted cost of the current state."""
        totals = self.tables.totals[self.current]
        weighted = WEIGHT * float(totals[: c.KINDS].sum()) + (1.0 - WEIGHT) * float(totals[c.KIND_AREA])
        return weighted + float(
            totals[c.TOTAL_SOFT] + totals[c.TOTAL_WET] + SHAPE_WEIGHT * totals[c.TOTAL_SHAPE]
        )


def first_state(search: Search, proposal: Proposal, turn: int) -> bool:
    """Loads a legal state made from a proposal: sliced in even turns, painted in odd.

    False if neither became legal.
    """
    problem = search.problem
    movable = ~problem.flags("locked")
    for kind in (turn, turn + 1):
        raw = sliced(problem, proposal) if kind % 2 == 0 else painted(problem, proposal)
        state = repaired(raw, proposal.targets, proposal.centres, movable)
        if state is not None:
            search.load(state)
            return True
    return False


def improve(search: Search) -> int:
    """Betters the form of a state that keeps every constraint, and returns the steps used."""
    before = search.state
    used = search.run(c.SETTLE, SETTLE_STEPS, SETTLE_HOT, SETTLE_COLD)
    if search.broken > 0:
        search.load(before)
    return used + search.run(c.POLISH, POLISH_STEPS, COOL, POLISH_COLD)


def standing(search: Search) -> int:
    """0 if the state just measured keeps every constraint, 1 if it breaks usual ones only, else 2."""
    if search.broken == 0:
        return 0
    problem, tables = search.problem, search.tables
    found = of_rooms(problem, tables, search.current) + of_pairs(problem, tables, search.current)
    return 1 if all(v.kind in problem.usual for v in found) else 2


def tries(search: Search, budget: Budget, draw: np.random.Generator) -> tuple[State | None, int, int]:
    """The best state of several tries, how many were made and the steps they used."""
    problem = search.problem
    n = problem.count
    most = budget.steps or int(STEPS_SMALL * max(1.0, (n / 10.0) ** 2))
    extent = np.array([np.ptp(problem.x_lines[1:-1]), np.ptp(problem.y_lines[1:-1])])
    best: tuple[int, float] = (2, np.inf)
    kept: State | None = None
    used, turn = 0, 0
    while turn < budget.tries and (used < budget.total or turn == 0):
        far = min(JITTER * max(turn - 1, 0), 0.5)
        proposal = search.proposal.disturbed(far * extent, draw) if far > 0.0 else search.proposal
        turn += 1
        if not first_state(search, proposal, turn - 1):
            continue
        cool = turn == 1 and problem.trust >= TRUSTED
        hot = COOL if cool else HOT * (1.0 if turn <= 2 else 1.5)
        used += search.run(c.CLIMB, min(most, max(budget.total - used, 1)), hot, COLD)
        if search.broken == 0:
            used += improve(search)
        search.measure()  # shared walls are those of the state that was judged last
        rank = (standing(search), search.cost)
        if rank < best:
            best, kept = rank, search.state
        if budget.first and best[0] == 0:
            break
    return kept, turn, used


def holds(search: Search, state: State, broken: int, level: int) -> bool:
    """Whether a changed state is legal and breaks no more than before; it becomes the current one."""
    search.load(state)
    return search.measure() and search.broken <= broken and standing(search) <= level


def movable_lines(problem: Problem, state: State, axis: int) -> list[int]:
    """Lines of an axis that bound movable rooms only.

    So that they are no part of the outline or of a locked room.
    """
    labels = state.labels if axis == 0 else state.labels.T
    free = np.zeros(128, np.bool_)
    free[: problem.count] = ~problem.flags("locked")
    low, high = labels[:, :-1], labels[:, 1:]
    fixed = (low != high) & ~((low >= 0) & (high >= 0) & free[np.maximum(low, 0)] & free[np.maximum(high, 0)])
    return [int(i) + 1 for i in np.flatnonzero(~fixed.any(axis=0))]


def without_line(state: State, axis: int, line: int, cell: int) -> State:
    """The state less one line and the strip of cells on one side of it."""
    if axis == 0:
        return State(np.delete(state.x_lines, line), state.y_lines, np.delete(state.labels, cell, axis=1))
    return State(state.x_lines, np.delete(state.y_lines, line), np.delete(state.labels, cell, axis=0))


def aligned(search: Search, state: State, broken: int, level: int) -> State:
    """The state after lines nearer than `ALIGN` are merged, as far as no more is broken."""
    for axis in range(2):
        i = 1
        while True:
            lines = state.x_lines if axis == 0 else state.y_lines
            if i >= len(lines) - 2:
                break
            merged = None
            if lines[i + 1] - lines[i] < ALIGN:
                movable = movable_lines(search.problem, state, axis)
                for line in (i, i + 1):
                    if merged is None and line in movable:
                        trial = without_line(state, axis, line, i)
                        merged = search.state if holds(search, trial, broken, level) else None
            state, i = (merged, 1) if merged is not None else (state, i + 1)
    return state


def moved(state: State, axis: int, lines: Floats) -> State:
    """The state with other coordinates along an axis."""
    return (
        State(lines, state.y_lines, state.labels) if axis == 0 else State(state.x_lines, lines, state.labels)
    )


def rounded(search: Search, state: State, broken: int, level: int) -> State:
    """The state on whole millimetres: all lines at once if that holds, else each up, down or not at all."""
    whole = state
    for axis in range(2):
        lines = (state.x_lines if axis == 0 else state.y_lines).copy()
        movable = movable_lines(search.problem, state, axis)
        lines[movable] = np.rint(lines[movable] / GRAIN) * GRAIN
        whole = moved(whole, axis, np.round(lines, 9))
    if holds(search, whole, broken, level):
        return whole
    for axis in range(2):
        for i in movable_lines(search.problem, state, axis):
            lines = state.x_lines if axis == 0 else state.y_lines
            near = round(float(lines[i]) / GRAIN)
            for step in (near, near + 1, near - 1):
                trial = lines.copy()
                trial[i] = round(step * GRAIN, 9)
                changed = moved(state, axis, trial)
                if abs(trial[i] - lines[i]) < GRAIN and holds(search, changed, broken, level):
                    state = changed
                    break
    return state


def finished(search: Search, state: State) -> None:
    """Leaves the aligned, rounded and freshly measured state as the search's current one."""
    search.load(state)
    search.measure()
    broken, level = search.broken, standing(search)
    state = aligned(search, search.state, broken, level)
    holds(search, rounded(search, state, broken, level), broken, level)
