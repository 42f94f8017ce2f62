"""The optimised half of the corpus: distinct layouts per brief, placed, routed, free of errors."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Polygon

from layoutgan.core.layout import Layout, Provenance
from layoutgan.domains.domain import Effort
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.domain import PIPING
from layoutgan.domains.piping.placement.begin import scattered
from layoutgan.domains.piping.placement.greedy import greedy_start
from layoutgan.domains.piping.placement.place import place
from layoutgan.domains.piping.placement.problem import Placement, PlacementProblem, Start
from layoutgan.domains.piping.realise import realise
from layoutgan.domains.piping.settle import settle
from layoutgan.domains.piping.starts import problem_of, proposal_of
from layoutgan.validation.check import check, rules_of
from layoutgan.validation.rule import Severity

__all__ = ["SOURCE", "distinct", "solutions"]

SOURCE = "layoutgan synthetic plants, optimised half"
"""What provenance says, so that these are told from cheap ones."""
WITHIN = 1.15
"""Placements dearer than this multiple of the brief's best are not routed [-]."""
APART = 0.08
"""Least root mean square distance of two solutions' centres, in diagonals of the plot [-]."""
SPARE = 2
"""Placements beyond those wanted: some are alike, dear, or cannot be routed."""
_AGAIN = Effort(scale=0.02)
"""Effort with which a placement is taken up again before it is routed."""


@dataclass(frozen=True)
class _Candidate:
    """A placement that may become a solution."""

    brief: PipingBrief
    problem: PlacementProblem
    placement: Placement
    seed: int


def solutions(brief: PipingBrief, seed: int, count: int, effort: float = 0.3) -> list[Layout]:
    """Distinct layouts without hard findings, the cheapest placement first.

    Args:
        brief: what is asked; a rack that is to be placed takes one of its good places in each layout.
        seed: of starts and searches.
        count: layouts wanted; there may be fewer, or none.
        effort: of each placement, as multiple of the usual one [-].
    """
    candidates = sorted(_candidates(brief, seed, count + SPARE, effort), key=lambda c: c.placement.cost)
    kept: list[Layout] = []
    centres: list[NDArray[np.float64]] = []
    for one in candidates:
        if len(kept) == count or one.placement.cost > WITHIN * candidates[0].placement.cost:
            break
        if not all(distinct(one.placement.centres, c, brief.site.outline) for c in centres):
            continue
        layout = _routed(one)
        if layout is not None:
            kept.append(layout)
            centres.append(one.placement.centres)
    return kept


def distinct(one: NDArray[np.float64], two: NDArray[np.float64], outline: Polygon) -> bool:
    """Whether two arrangements differ by more than a symmetry of the plot's bounding box and a little.

    Args:
        one: centres [N, 2] [m].
        two: centres of the same items [N, 2] [m].
        outline: the battery limit [m].
    """
    x0, y0, x1, y1 = outline.bounds
    size = np.asarray((x1 - x0, y1 - y0))
    first, second = (points - ((x0 + x1) / 2, (y0 + y1) / 2) for points in (one, two))
    turned = [second * (a, b) for a in (1, -1) for b in (1, -1)]
    if math.isclose(size[0], size[1], rel_tol=0.02):
        turned += [points[:, ::-1] for points in turned]
    least = min(float(np.sqrt(((first - points) ** 2).sum(axis=1).mean())) for points in turned)
    return least > APART * float(np.hypot(*size))


def _candidates(brief: PipingBrief, seed: int, count: int, effort: float) -> Iterator[_Candidate]:
    """Legal placements from random starts and from rows filled greedily, in all good places of the rack."""
    versions = [s.brief for s in settle(brief, count, seed)]
    for number in range(count):
        version = versions[number % len(versions)]
        assert isinstance(version, PipingBrief)
        problem = problem_of(version)
        own = seed * 1_003 + number
        start = greedy_start(problem, seed=own) if number % 3 == 2 else scattered(problem, [own, 29])
        placement = place(problem, start, seed=own, effort=effort)
        if placement.feasible:
            yield _Candidate(version, problem, placement, own)


def _routed(candidate: _Candidate) -> Layout | None:
    """The layout with its lines; None where a demand is broken or a rule finds an error."""
    start = Start(candidate.placement.centres, candidate.placement.turns, "repair")
    proposal = proposal_of(candidate.brief, candidate.problem, start)
    realised = realise(candidate.brief, proposal, candidate.seed, _AGAIN)
    if not realised.feasible:
        return None
    report = check(realised.layout, rules_of(PIPING.packs), packs=PIPING.packs)
    errors = [f for f in report.findings if f.severity is Severity.ERROR]
    if errors:
        return None
    scores = {name: round(value, 4) for name, value in _costs(realised.figures).items()}
    scores["warnings"] = float(len(report.findings))
    made = Provenance(source=SOURCE, seed=candidate.seed, rules=" ".join(PIPING.packs), licence="Apache-2.0")
    return realised.layout.model_copy(update={"scores": scores, "provenance": made})


def _costs(figures: Sequence[float] | object) -> dict[str, float]:
    """The cost vector: what is stored of a layout's figures."""
    assert isinstance(figures, dict)
    return {name: float(figures[name]) for name in COSTS if name in figures}


COSTS = (
    "placement_cost", "placement_bound", "distance", "pipe_length", "bends", "routing_ratio", "plot_used",
)  # fmt: skip
"""Figures that are stored with a layout: cost of placement and its bound, pipe [m], bends, land [m²]."""
