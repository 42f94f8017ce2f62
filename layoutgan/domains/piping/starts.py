"""Starts that know the placement problem of a brief: rows filled greedily, and descents on smooth costs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layoutgan.domains.domain import Proposal
from layoutgan.domains.piping.arrange import placement_problem
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.placement.problem import PlacementProblem, Start
from layoutgan.domains.piping.racks import racks_for
from layoutgan.domains.piping.terminals import placed_terminals

__all__ = ["analytic", "greedy", "problem_of", "proposal_of"]


def problem_of(brief: PipingBrief, *, seed: int = 0, factor: float = 1.0) -> PlacementProblem:
    """The placement problem of a brief before anything stands.

    Args:
        brief: what is asked; a rack that is to be placed runs where the seed says.
        seed: chooses the rack's place.
        factor: multiple of unverified class spacings [-].
    """
    plant = brief.plant()
    racks = racks_for(brief, plant, {}, seed, free=True)
    return placement_problem(brief, plant, racks, placed_terminals(brief, plant, racks, {}), factor=factor)


def proposal_of(brief: PipingBrief, problem: PlacementProblem, start: Start) -> Proposal:
    """A start of the brief's placement problem as boxes of all the brief's nodes [m]."""
    places = {tag: i for i, tag in enumerate(problem.tags)}
    nodes = brief.programme().nodes
    boxes = np.zeros((len(nodes), 1, 4))
    turns = np.zeros(len(nodes), dtype=np.int64)
    for row, node in enumerate(nodes):
        i = places.get(node.id)
        if i is None:
            assert node.fixed is not None  # battery-limit points have their places
            boxes[row, 0] = node.fixed.bounds
            continue
        turns[row] = start.turns[i]
        half = (problem.sizes[i] if turns[row] % 2 == 0 else problem.sizes[i, ::-1]) / 2
        boxes[row, 0] = (*(start.centres[i] - half), *(start.centres[i] + half))
    ids = tuple(node.id for node in nodes)
    gates = np.ones((len(nodes), 1), dtype=np.bool_)
    return Proposal(ids, boxes, gates, turns, source=start.source, trust=0.5)


def greedy(brief: PipingBrief, count: int, seed: int) -> list[Proposal]:
    """Rows beside the rack, filled in the order of connections; the first item differs.

    Args:
        brief: what is asked.
        count: proposals wanted.
        seed: of first items, and of the rack's place where the brief leaves it open.
    """
    from layoutgan.domains.piping.placement.greedy import greedy_start

    problem = problem_of(brief, seed=seed)
    return _proposals(brief, problem, [greedy_start(problem, seed=seed * 1_003 + i) for i in range(count)])


def analytic(brief: PipingBrief, count: int, seed: int) -> list[Proposal]:
    """Gradient descents on smooth wires, spacing and density, the cheapest first; needs torch.

    Args:
        brief: what is asked.
        count: proposals wanted.
        seed: of where descents begin, and of the rack's place where the brief leaves it open.
    """
    from layoutgan.domains.piping.placement.analytic import analytic_starts

    problem = problem_of(brief, seed=seed)
    starts = analytic_starts(problem, seed=seed, count=count, batch=max(count, 4))
    return _proposals(brief, problem, starts)


def _proposals(brief: PipingBrief, problem: PlacementProblem, starts: Sequence[Start]) -> list[Proposal]:
    return [proposal_of(brief, problem, start) for start in starts]
