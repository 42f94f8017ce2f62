"""Where a search for places begins: the starts that the pre-registered test of the plant network compares.

Every start comes with the CPU time that it took to make. All searches are `place` with one run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from layoutgan.core.layout import Layout
from layoutgan.domains.piping.arrange import start_of
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.placement.analytic import analytic_starts
from layoutgan.domains.piping.placement.begin import scattered
from layoutgan.domains.piping.placement.evaluate import evaluate
from layoutgan.domains.piping.placement.greedy import greedy_start
from layoutgan.domains.piping.placement.place import place
from layoutgan.domains.piping.placement.problem import Placement, PlacementProblem, Start
from layoutgan.domains.piping.plant import Plant
from layoutgan.domains.piping.starts import problem_of
from layoutgan.generation.network import propose

FACTORS = (1.0, 0.7, 0.45)
"""Unverified spacings are tried at these multiples, as the exact step does."""
ANALYTIC_BATCH = 4
Floats = NDArray[np.float64]


@dataclass
class Case:
    """One brief and what is known of it."""

    name: str
    brief: PipingBrief
    plant: Plant
    problem: PlacementProblem
    best: Placement | None = None
    """The cheapest legal placement that any search has found."""
    times: dict[str, list[list[tuple[float, float]]]] = field(default_factory=dict)
    """For each start, for each seed, CPU seconds and cost by effort."""

    @property
    def diagonal(self) -> float:
        """Of the plot [m]."""
        return float(np.hypot(*np.ptp(self.problem.outline, axis=0)))

    def keep(self, found: Placement) -> None:
        """Remembers a placement that is the best so far."""
        if found.feasible and (self.best is None or found.cost < self.best.cost):
            self.best = found


def case_of(name: str, brief: PipingBrief) -> Case | None:
    """The brief with the largest spacings that a long search can keep; None where it finds nothing legal."""
    for factor in FACTORS:
        problem = problem_of(brief, factor=factor)
        case = Case(name, brief, brief.plant(), problem)
        case.keep(place(problem, random_start(problem, 101), seed=101, effort=2.0))
        if case.best is not None:
            return case
    return None


def random_start(problem: PlacementProblem, seed: int) -> Start:
    """Items anywhere on the plot."""
    return scattered(problem, [seed, 3])


Maker = Callable[[Case, int], list[Start]]


def network(count: int, weights: str | None) -> Maker:
    """Starts of the network, as many as are sampled."""

    def make(case: Case, seed: int) -> list[Start]:
        proposals = propose(case.brief, count, seed, weights=weights)
        return [start_of(proposal, case.plant, case.brief) for proposal in proposals]

    return make


def makers(weights: str | None, retrieval: Retrieval | None) -> dict[str, Maker]:
    """All starts by name."""
    found: dict[str, Maker] = {
        "random": lambda case, seed: [random_start(case.problem, seed)],
        "greedy": lambda case, seed: [greedy_start(case.problem, seed=seed)],
        "analytic": lambda case, seed: analytic_starts(case.problem, seed=seed, batch=ANALYTIC_BATCH),
    }
    if retrieval is not None:
        found["nearest"] = lambda case, seed: [retrieval.start(case, seed)]
    found |= {f"network {count}": network(count, weights) for count in (1, 8, 32)}
    return found


def searched(case: Case, starts: Sequence[Start], seed: int, effort: float) -> Placement:
    """One search from the first start, further ones beside it."""
    return place(case.problem, starts[0], seed=seed, effort=effort, runs=1, starts=tuple(starts[1:]))


def timed_ladder(case: Case, maker: Maker, seed: int, efforts: Sequence[float]) -> list[tuple[float, float]]:
    """CPU seconds, the start's own included, and cost (infinite: nothing legal) at each effort."""
    begun = time.process_time()
    starts = maker(case, seed)
    made = time.process_time() - begun
    rungs = []
    for effort in efforts:
        begun = time.process_time()
        found = searched(case, starts, seed, effort)
        rungs.append((made + time.process_time() - begun, found.cost if found.feasible else np.inf))
        case.keep(found)
    return rungs


def raw_figures(case: Case, starts: Sequence[Start]) -> tuple[list[int], list[float]]:
    """Of starts as they are: hard demands broken, and RMS distance to the best placement [m]."""
    assert case.best is not None
    broken = [len(evaluate(case.problem, s.centres, s.turns, bound=0.0).violations) for s in starts]
    return broken, [aligned_distance(case.problem, s.centres, case.best.centres) for s in starts]


def aligned_distance(problem: PlacementProblem, one: Floats, two: Floats) -> float:
    """RMS distance of centres after the best of the eight symmetries about the plot's middle [m]."""
    middle = (problem.outline.min(axis=0) + problem.outline.max(axis=0)) / 2
    away = one - middle
    turned = [
        spots * np.asarray(signs)
        for spots in (away, away[:, ::-1])
        for signs in ((1, 1), (1, -1), (-1, 1), (-1, -1))
    ]
    return float(min(np.sqrt(((spots + middle - two) ** 2).sum(axis=1).mean()) for spots in turned))


class Retrieval:
    """Training layouts, ready to be looked up: the trivial learned baseline."""

    def __init__(self, layouts: Sequence[Layout]) -> None:
        self.items = [[e for e in layout.elements if e.tag == "equipment"] for layout in layouts]
        self.boxes = np.array([layout.boundary.bounds for layout in layouts if layout.boundary is not None])
        self.names = sorted({e.kind for items in self.items for e in items})
        self.counts = np.array([self._count([e.kind for e in items]) for items in self.items])
        self.degrees = [_degrees(layout) for layout in layouts]

    def _count(self, kinds: Sequence[str]) -> Floats:
        return np.array([float(kinds.count(name)) for name in self.names])

    def start(self, case: Case, seed: int) -> Start:
        """The layout with the nearest counts of classes and proportions, stretched onto the plot.

        Items take the places of items of their class with as many connections; the rest stand in the middle.
        """
        items = list(case.plant.items.values())
        low, high = case.problem.outline.min(axis=0), case.problem.outline.max(axis=0)
        spans = self.boxes[:, 2:] - self.boxes[:, :2]
        shape = np.abs(np.log(spans[:, 0] / spans[:, 1]) - np.log(np.divide(*(high - low))))
        away = np.abs(self.counts - self._count([i.kind for i in items])).sum(axis=1) + 2 * shape
        chosen = int(np.argsort(away, kind="stable")[seed % 3])
        found, box = self.items[chosen], self.boxes[chosen]
        degrees = _wire_counts(case.problem)
        cost = np.array([
            [10.0 * (a.kind != b.kind) + abs(degrees[i] - self.degrees[chosen].get(b.id, 0))
             for b in found] for i, a in enumerate(items)
        ])  # fmt: skip
        centres = np.tile((low + high) / 2, (len(items), 1))
        turns = np.zeros(len(items), dtype=np.int64)
        for i, j in zip(*linear_sum_assignment(cost), strict=True):
            x0, y0, x1, y1 = found[j].shape.bounds
            part = (np.array([(x0 + x1) / 2, (y0 + y1) / 2]) - box[:2]) / (box[2:] - box[:2])
            centres[i], turns[i] = low + part * (high - low), getattr(found[j], "turn", 0) % 4
        return Start(centres, turns, "nearest")


def _degrees(layout: Layout) -> dict[str, int]:
    counts: dict[str, int] = {}
    if layout.brief is not None:
        for relation in layout.brief.programme().relations:
            for end in (relation.first, relation.second):
                counts[end] = counts.get(end, 0) + 1
    return counts


def _wire_counts(problem: PlacementProblem) -> NDArray[np.int64]:
    ends = problem.wires.ends.ravel()
    return np.bincount(ends[ends >= 0], minlength=problem.count)
