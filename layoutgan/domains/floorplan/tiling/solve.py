"""The exact step's verbs: tile a problem, measure labels that somebody else drew."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.floorplan.tiling import columns as c
from layoutgan.domains.floorplan.tiling.pack import KINDS, Answer, run
from layoutgan.domains.floorplan.tiling.problem import Budget, Problem, Tiling
from layoutgan.domains.floorplan.tiling.violations import of_pairs, of_rooms

WEIGHTS = np.array([1.0] + [3.0] * (c.KINDS - 1))
SHAPE_WEIGHT = 2.0


def tile(problem: Problem, *, budget: Budget | None = None) -> Tiling:
    """The rooms of a problem laid so that they fill its site exactly; the same problem and budget give the same bytes.

    Args:
        problem: what to tile.
        budget: how long to search; `Budget.fast()` if left out.

    Returns:
        The best tiling found. When it is not feasible it says which constraints it breaks, and its labels are empty if not
        even a first state could be made (more rooms than cells between locked ones).
    """
    answer = run(problem, budget or Budget.fast())
    return _failed(problem) if answer is None else _tiling(problem, answer)


def tile_many(problems: Sequence[Problem], *, budget: Budget | None = None, threads: int = 2) -> list[Tiling]:
    """The tilings of several problems, in order; the compiled part lets threads run side by side."""
    with ThreadPoolExecutor(max_workers=threads) as pool:
        return list(pool.map(lambda problem: tile(problem, budget=budget), problems))


def measure(problem: Problem, x_lines: NDArray[np.float64], y_lines: NDArray[np.float64], labels: NDArray[np.int_]) -> Tiling:
    """The tiling that these lines and labels [Y, X] are, judged by the problem; nothing is moved."""
    fixed = replace(
        problem,
        x_lines=np.asarray(x_lines, np.float64),
        y_lines=np.asarray(y_lines, np.float64),
        site=np.where(labels >= 0, labels + 1, labels).astype(np.int16),
        locked=np.ones(problem.count, np.bool_),
    )
    judged = replace(problem, x_lines=fixed.x_lines, y_lines=fixed.y_lines)
    answer = run(fixed, Budget(tries=0))
    return _failed(problem) if answer is None else _tiling(judged, answer)


def _failed(problem: Problem) -> Tiling:
    n = problem.count
    nothing = np.zeros(n)
    return Tiling(
        x_lines=problem.x_lines,
        y_lines=problem.y_lines,
        labels=np.zeros((0, 0), np.int8),
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
        tries=0,
        steps=0,
    )


def _tiling(problem: Problem, answer: Answer) -> Tiling:
    violations = tuple(of_rooms(problem, answer) + of_pairs(problem, answer))
    columns, rows = (int(count) for count in answer.dims)
    costs = {str(kind): float(answer.totals[i]) for i, kind in enumerate(KINDS)}
    costs |= {
        "soft": float(answer.totals[c.TOTAL_SOFT]),
        "shape": float(answer.totals[c.TOTAL_SHAPE]),
        "wet": float(answer.totals[c.TOTAL_WET]),
    }
    cost = float(WEIGHTS @ answer.totals[: c.KINDS]) + costs["soft"] + costs["wet"] + SHAPE_WEIGHT * costs["shape"]
    return Tiling(
        x_lines=answer.lines[0, : columns + 1].copy(),
        y_lines=answer.lines[1, : rows + 1].copy(),
        labels=answer.labels[:rows, :columns].copy(),
        feasible=not violations,
        violations=violations,
        areas=answer.records[:, c.AREA].copy(),
        clear_areas=answer.records[:, c.CLEAR].copy(),
        widths=answer.records[:, c.WIDTH].copy(),
        corners=answer.records[:, c.CORNERS].astype(np.int64),
        runs=answer.runs,
        facades=answer.facades,
        costs=costs,
        cost=cost,
        tries=int(answer.info[0]),
        steps=int(answer.info[1]),
    )
