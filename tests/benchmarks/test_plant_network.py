"""The arithmetic of the plant network's test, on cases worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.placement.problem import Placement
from layoutgan.domains.piping.settle import settle
from layoutgan.domains.piping.sketches import unit_brief
from layoutgan.domains.piping.starts import problem_of


@pytest.fixture(scope="module")
def brief() -> PipingBrief:
    version = settle(unit_brief(), 1, 0)[0].brief
    assert isinstance(version, PipingBrief)
    return version


def _placement(centres: np.ndarray, cost: float) -> Placement:
    turns = np.zeros(len(centres), dtype=np.int64)
    return Placement(centres, turns, cost=cost, wire=cost, land=0.0, wishes=0.0)


def _case(brief: PipingBrief, cost: float):
    from plant_starts import Case

    problem = problem_of(brief)
    middle = (problem.outline.min(axis=0) + problem.outline.max(axis=0)) / 2
    best = _placement(middle + np.arange(2 * problem.count).reshape(-1, 2), cost)
    return Case("case", brief, brief.plant(), problem, best)


def test_mirrored_placements_lie_nowhere_apart(brief: PipingBrief) -> None:
    from plant_starts import aligned_distance

    case = _case(brief, 100.0)
    middle = (case.problem.outline.min(axis=0) + case.problem.outline.max(axis=0)) / 2
    away = case.best.centres - middle
    for other in (away * (-1, 1), away * (1, -1), away[:, ::-1], -away[:, ::-1]):
        assert aligned_distance(case.problem, other + middle, case.best.centres) == pytest.approx(0.0)
    moved = case.best.centres + np.array([3.0, 4.0])
    assert 0 < aligned_distance(case.problem, moved, case.best.centres) <= 5.0


def test_time_to_quality_is_that_of_the_first_cheap_rung(brief: PipingBrief) -> None:
    from plant_network import _reached, _speed_ups

    case = _case(brief, 100.0)
    slow = [(0.1, np.inf), (0.2, 120.0), (0.4, 104.0), (0.8, 101.0)]
    fast = [(0.1, 104.0), (0.2, 101.0)]
    assert _reached(case, slow, 0.05) == (0.4, True)
    assert _reached(case, slow, 0.005) == (1.6, False)
    case.times = {"random": [slow], "network 1": [fast]}
    figures = _speed_ups([case], ["random", "network 1"], 0.05)
    assert figures["speed-up of network 1"] == {"random": pytest.approx(4.0)}
    assert figures["reached"] == {"random": 1.0, "network 1": 1.0}


def test_costs_at_a_moment_count_only_what_was_done_by_then(brief: PipingBrief) -> None:
    from plant_network import _costs

    case = _case(brief, 100.0)
    case.times = {"random": [[(0.05, 150.0), (0.5, 110.0)]], "network 1": [[(0.05, 120.0), (0.5, 100.0)]]}
    assert _costs([case], list(case.times), 0.1)["cost_over_best"] == {"random": 1.5, "network 1": 1.2}
    assert _costs([case], list(case.times), 0.01)["cost_over_best"] == {"random": 3.0, "network 1": 3.0}


def test_only_good_and_different_placements_count(brief: PipingBrief) -> None:
    from plant_network import _different

    case = _case(brief, 100.0)
    here = case.best.centres
    rng = np.random.default_rng(0)
    far = here + rng.normal(0, 0.2 * case.diagonal, here.shape)
    answers = [_placement(here, 100.0), _placement(here + 0.1, 101.0), _placement(far, 102.0),
               _placement(far * 0.5, 110.0)]  # fmt: skip
    assert _different(case, answers) == 2


def test_retrieval_finds_the_plant_itself(brief: PipingBrief) -> None:
    from layoutgan_datasets.piping.placed import placed
    from plant_starts import Retrieval, aligned_distance

    layout = placed(brief, 3, effort=0.05, factor=0.5)
    assert layout is not None
    case = _case(brief, 1.0)
    start = Retrieval([layout]).start(case, 0)
    shapes = {e.id: e.shape.centroid for e in layout.elements}
    true = np.array([(shapes[t].x, shapes[t].y) for t in case.problem.tags])
    assert aligned_distance(case.problem, start.centres, true) < 0.25 * case.diagonal
    assert start.source == "nearest"
