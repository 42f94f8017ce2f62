"""The exact step's verbs: tile a problem, measure labels that somebody else drew."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.floorplan.tiling import columns as c
from layoutgan.domains.floorplan.tiling.initial import State
from layoutgan.domains.floorplan.tiling.pack import proposal_of
from layoutgan.domains.floorplan.tiling.problem import Budget, Kind, Problem, Tiling
from layoutgan.domains.floorplan.tiling.search import Search, finished, tries
from layoutgan.domains.floorplan.tiling.violations import of_pairs, of_rooms

KINDS = tuple(Kind)


def tile(problem: Problem, *, budget: Budget | None = None) -> Tiling:
    """The rooms of a problem laid so that they fill its site exactly.

    The same problem and budget give the same bytes.

    Args:
        problem: what to tile.
        budget: how long to search; `Budget.fast()` if left out.

    Returns:
        The best tiling found. When it is not feasible it says which constraints it breaks, and its labels are
        empty if not even a first state could be made (more rooms than cells between locked ones).
    """
    draw = np.random.Generator(np.random.PCG64(problem.seed))
    search = Search(problem, proposal_of(problem, draw))
    best, turns, steps = tries(search, budget or Budget.fast(), draw)
    if best is None:
        return _failed(problem, turns)
    finished(search, best)
    return _tiling(search, problem, turns, steps)


def tile_many(problems: Sequence[Problem], *, budget: Budget | None = None, threads: int = 2) -> list[Tiling]:
    """The tilings of several problems, in order; the compiled part lets threads run side by side."""
    with ThreadPoolExecutor(max_workers=threads) as pool:
        return list(pool.map(lambda problem: tile(problem, budget=budget), problems))


def measure(
    problem: Problem, x_lines: NDArray[np.float64], y_lines: NDArray[np.float64], labels: NDArray[np.int_]
) -> Tiling:
    """The tiling that these lines and labels [Y, X] are, judged by the problem; nothing is moved."""
    xs, ys = np.asarray(x_lines, np.float64), np.asarray(y_lines, np.float64)
    given = np.asarray(labels, np.int16)
    keep = np.append(problem.flags("locked"), False)[np.maximum(given, -1)]
    site = np.where(given < 0, given, np.where(keep, given + 1, 0))
    fixed = replace(problem, x_lines=xs, y_lines=ys, site=site.astype(np.int16))
    search = Search(fixed, proposal_of(fixed, np.random.Generator(np.random.PCG64(0))))
    search.load(State(fixed.x_lines, fixed.y_lines, given))
    if not search.measure():
        return _failed(problem, 0)
    return _tiling(search, problem, 0, 0)


def _failed(problem: Problem, turns: int) -> Tiling:
    n = problem.count
    nothing = np.zeros(n)
    return Tiling(
        x_lines=problem.x_lines,
        y_lines=problem.y_lines,
        labels=np.zeros((0, 0), np.int16),
        feasible=False,
        violations=(),
        areas=nothing,
        clear_areas=nothing,
        widths=nothing,
        corners=np.zeros(n, np.int64),
        runs=np.zeros((n, n)),
        facades=nothing,
        costs={},
        cost=float("inf"),
        tries=turns,
        steps=0,
    )


def _tiling(search: Search, problem: Problem, turns: int, steps: int) -> Tiling:
    tables, w = search.tables, search.current
    violations = tuple(of_rooms(problem, tables, w) + of_pairs(problem, tables, w))
    costs = {str(kind): float(tables.totals[w, i]) for i, kind in enumerate(KINDS)}
    costs["soft"] = float(tables.totals[w, c.TOTAL_SOFT])
    costs["shape"] = float(tables.totals[w, c.TOTAL_SHAPE])
    costs["wet"] = float(tables.totals[w, c.TOTAL_WET])
    state = search.state
    return Tiling(
        x_lines=state.x_lines,
        y_lines=state.y_lines,
        labels=state.labels,
        feasible=not violations,
        violations=violations,
        areas=tables.rec[w, :, c.AREA].copy(),
        clear_areas=tables.rec[w, :, c.CLEAR].copy(),
        widths=tables.rec[w, :, c.WIDTH].copy(),
        corners=tables.rec[w, :, c.CORNERS].astype(np.int64),
        runs=tables.run,
        facades=tables.shares[c.FACADE, :-1].copy(),
        costs=costs,
        cost=search.cost,
        tries=turns,
        steps=steps,
    )
