"""A plot divided among blocks of given area and free shape."""

from __future__ import annotations

import numpy as np

from layoutgan.domains.piping.placement.blocks import BlockProblem, Blocks, flow_cost
from layoutgan.domains.piping.placement.place import place
from layoutgan.domains.piping.placement.problem import Floats, PlacementProblem, Start, Wires
from layoutgan.domains.piping.placement.reshape import improve
from layoutgan.errors import LayoutError

__all__ = ["divide"]

RUNS, STEPS = 16, 3_000
"""Searches at effort 1, and changes per block and block in each."""
_IMPROVED = 5
"""Best searches whose shapes are improved."""
_EMPTY = 0.004
"""Share of the plot that is worth leaving empty [-]."""
_ROOM = ((1.0, 0), (1.03, 2), (1.08, 3), (1.15, 4))
"""Ground cut up, as a multiple of what the blocks need, and the pieces that the rest of it makes."""
_WIDE = (0.5, 0.0, 1.0)
"""Shape of that ground: 0 as narrow as the plot's depth allows, 1 as wide as the plot [-]."""
_PACKED, _EFFORT, _LOOSE = 8, 1.5, 0.07
"""Searches with blocks of fixed shape, how hard each works, and the share of empty plot that it takes."""
_RATIO = 1.6
"""Most that such a shape's proportion is off the middle of its limits [-]."""
_LEGAL = 1e-5


def divide(problem: BlockProblem, *, seed: int, effort: float = 1.0) -> Blocks:
    """Boxes for the blocks at little cost of flow.

    Args:
        problem: what is asked.
        seed: of the search.
        effort: multiple of the usual number of searches [-].

    Raises:
        InputError: the problem contradicts itself.
        LayoutError: no division within the limits was found.
    """
    from layoutgan.domains.piping.placement.slicing import slice_plot

    problem = problem.checked()
    plot = np.asarray(problem.plot, dtype=np.float64)
    limits = np.concatenate((problem.low, np.minimum(problem.high, plot)), axis=1)
    best: Floats | None = None
    cost = np.inf
    found = []
    for run in range(max(1, round(RUNS * effort))):
        ground, pieces = _ground(problem, run)
        empty = float(ground.prod() - problem.areas.sum())
        areas = np.concatenate((problem.areas, np.full(pieces, max(empty, 1e-6) / max(1, pieces))))
        boxes = slice_plot(
            areas, ground, limits, problem.ends, problem.costs,
            seed=seed * 1009 + run, steps=STEPS * max(8, len(areas)) * len(areas),
        )  # fmt: skip
        found.append((not _legal(problem, boxes, 0.003), flow_cost(problem, boxes), run, boxes))
    found = sorted(found, key=lambda one: one[:3])[: max(_IMPROVED, len(found) // 3)]
    drafts = [boxes for _, _, _, boxes in found]
    if not _full(problem, _LOOSE):
        drafts += [_packed(problem, seed * 1009 + run) for run in range(max(1, round(_PACKED * effort)))]
    for draft in drafts:
        boxes = improve(problem, draft, trials=60)
        value = flow_cost(problem, boxes)
        if value < cost - 1e-9 and _legal(problem, boxes, _LEGAL):
            best, cost = boxes, value
    if best is None:
        raise LayoutError("no division of the plot within the blocks' limits was found; try more effort")
    return Blocks(best, cost)


def _full(problem: BlockProblem, spare: float = _EMPTY) -> bool:
    """Whether the blocks leave no more of the plot empty than a share [-]."""
    plot = problem.plot[0] * problem.plot[1]
    return bool(plot - problem.areas.sum() <= spare * plot)


def _packed(problem: BlockProblem, seed: int) -> Floats:
    """Boxes of fixed shapes within the limits, placed like equipment."""
    rng = np.random.default_rng(seed)
    least = problem.low[:, 0] / np.minimum(problem.high[:, 1], problem.areas / problem.low[:, 0])
    most = np.minimum(problem.high[:, 0], problem.areas / problem.low[:, 1]) / problem.low[:, 1]
    ratio = np.sqrt(least * most) * np.exp(rng.uniform(-1, 1, len(least)) * np.log(_RATIO))
    wide = np.sqrt(problem.areas * np.clip(ratio, least, most)).clip(problem.low[:, 0], problem.high[:, 0])
    sizes = np.stack((wide, problem.areas / wide), axis=1)
    x, y = problem.plot
    fixed = PlacementProblem(
        sizes=sizes,
        outline=np.asarray([(0, 0), (x, 0), (x, y), (0, y)], dtype=np.float64),
        wires=Wires(problem.ends, np.zeros((len(problem.ends), 2, 2)), problem.costs),
        turns=np.repeat([[True, False, False, False]], len(sizes), axis=0),
    )
    start = Start(rng.uniform((0, 0), (x, y), sizes.shape), np.zeros(len(sizes), dtype=np.int64))
    placed = place(fixed, start, seed=seed, effort=_EFFORT)
    return np.concatenate((placed.centres - sizes / 2, placed.centres + sizes / 2), axis=1)


def _ground(problem: BlockProblem, run: int) -> tuple[Floats, int]:
    """The part of the plot that a search cuts up [2] [m], and how many pieces of it stay empty."""
    plot = np.asarray(problem.plot, dtype=np.float64)
    needed = float(problem.areas.sum())
    if _full(problem):
        return plot, 0
    times, pieces = _ROOM[run % len(_ROOM)]
    area = min(float(plot.prod()), times * needed)
    least = area / plot[1]
    width = least * (plot[0] / least) ** _WIDE[run // len(_ROOM) % len(_WIDE)]
    return np.asarray((width, area / width)), pieces


def _legal(problem: BlockProblem, boxes: Floats, slack: float) -> bool:
    """Whether boxes keep areas (relatively), limits, plot and each other, within a slack [m]."""
    size = boxes[:, 2:] - boxes[:, :2]
    i, j = np.triu_indices(len(boxes), 1)
    overlap = np.minimum(boxes[i, 2:], boxes[j, 2:]) - np.maximum(boxes[i, :2], boxes[j, :2])
    return bool(
        (size.prod(axis=1) >= problem.areas * (1 - slack)).all()
        and (size >= problem.low - slack).all()
        and (size <= problem.high + slack).all()
        and (boxes[:, :2] >= -slack).all()
        and (boxes[:, 2:] <= np.asarray(problem.plot) + slack).all()
        and not (overlap > slack).all(axis=1).any()
    )
