"""Places are legal, cheap, the same for the same seed, and judged by other code than the search's."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from layoutgan.domains.piping.placement.begin import first_state
from layoutgan.domains.piping.placement.board import board_of
from layoutgan.domains.piping.placement.bound import lower_bound
from layoutgan.domains.piping.placement.evaluate import evaluate
from layoutgan.domains.piping.placement.exact import prove
from layoutgan.domains.piping.placement.place import place
from layoutgan.domains.piping.placement.problem import (
    Drift,
    Nearness,
    Obstacles,
    PlacementProblem,
    Row,
    Start,
    Wires,
)
from layoutgan.domains.piping.placement.straighten import straighten
from layoutgan.domains.piping.placement.tables import beyond, tables_of, turned_boxes
from layoutgan.errors import InputError

sys.path.insert(0, str(Path(__file__).parent))
from placement_problems import chain, crowded, scattered, square


def test_a_chain_costs_what_it_must():
    problem = chain(4)
    placement = place(problem, scattered(problem), seed=1, effort=0.2)
    assert placement.feasible
    assert placement.cost == pytest.approx(12.0, abs=1e-6)
    assert placement.bound == pytest.approx(12.0)
    assert placement.gap == pytest.approx(0.0, abs=1e-6)


def test_everything_at_once_is_legal_and_repeats():
    problem = replace(crowded(), grid=0.001)
    first = place(problem, scattered(problem), seed=3, effort=0.3)
    again = place(problem, scattered(problem), seed=3, effort=0.3)
    assert first.violations == ()
    assert np.array_equal(first.centres, again.centres)
    assert np.array_equal(first.turns, again.turns)
    assert tuple(first.centres[0]) == (6.0, 15.0)
    assert min(np.ptp(first.centres[1:4], axis=0)) == 0.0
    assert np.allclose(first.centres[1:] * 1000, np.round(first.centres[1:] * 1000), atol=1e-6)
    assert first.bound <= first.cost
    costs = [cost for _, _, cost in first.trace]
    assert costs == sorted(costs, reverse=True)


def test_a_good_start_is_kept():
    problem = crowded()
    best = place(problem, scattered(problem), seed=5, effort=0.5)
    near = place(problem, Start(best.centres, best.turns, "repair"), seed=6, effort=0.02)
    assert near.feasible
    assert near.cost <= best.cost * 1.02


@pytest.mark.parametrize("seed", range(3))
def test_search_and_judge_agree(seed: int):
    """The compiled judge finds the cost of the independent one, and a shortfall where that finds one."""
    from layoutgan.domains.piping.placement.compiled import measure

    rng = np.random.default_rng(seed)
    problem = replace(
        crowded(),
        rows=(),
        fixed=None,
        nearness=Nearness(
            np.asarray([1, 2]), np.asarray([(10.0, 8.0, 30.0, 12.0)] * 2), np.ones(2), np.ones(2)
        ),
        drift=Drift(np.asarray([(6, 0), (7, 0)]), (1.0, 0.0), cost=1.5),
    ).filled()
    board = board_of(tables_of(problem))
    for _ in range(20):
        start = Start(rng.uniform(0, 30, (problem.count, 2)), rng.integers(0, 4, problem.count))
        state = first_state(problem, start)
        lack, cost = measure(board, state)
        verdict = evaluate(problem, state.at, state.turns)
        assert cost == pytest.approx(verdict.cost, rel=1e-9)
        assert (lack > 1e-6) == bool(verdict.violations)


def _one(**more: object) -> PlacementProblem:
    settings: dict[str, object] = {"sizes": np.asarray([(4.0, 2.0)]), "outline": square(20.0)}
    return PlacementProblem(**(settings | more)).filled()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("problem", "centre", "kind"),
    [
        (_one(), (1.0, 10.0), "outline"),
        (_one(turns=np.asarray([[0, 1, 0, 0]])), (10.0, 10.0), "turn"),
        (_one(fixed=np.asarray([1]), positions=np.asarray([[5.0, 5.0]])), (10.0, 10.0), "fixed"),
        (
            _one(
                obstacles=Obstacles(np.asarray([(0, 0, 7.5, 20.0)]), np.asarray([[1.0]]), np.asarray([False]))
            ),
            (10.0, 10.0),
            "obstacle",
        ),
    ],
)
def test_what_is_broken_is_named(problem: PlacementProblem, centre: tuple[float, float], kind: str):
    found = evaluate(problem, np.asarray([centre]), np.zeros(1, dtype=np.int64))
    assert [violation.kind for violation in found.violations] == [kind]
    assert not found.feasible


def test_distances_at_their_limit_hold():
    problem = chain(2, gap=5.0).filled()
    for centres, broken in (
        ([(2, 2), (9, 2)], 0),
        ([(2, 2), (8.9, 2)], 1),
        ([(2, 2), (7, 8)], 0),
        ([(2, 2), (7, 7.9)], 1),
    ):
        found = evaluate(problem, np.asarray(centres, dtype=np.float64), np.zeros(2, dtype=np.int64))
        assert len(found.violations) == broken, centres


def test_straightening_keeps_order_and_never_costs_more():
    from layoutgan.domains.piping.placement.compiled import measure

    problem = chain(5).filled()
    tables = tables_of(problem)
    at = np.asarray([(5.0, 5.0), (12.0, 7.0), (20.0, 4.0), (28.0, 9.0), (36.0, 5.0)])
    state = first_state(problem, Start(at, np.zeros(5, dtype=np.int64)))
    better = straighten(tables, state, 4)
    assert (np.diff(better.at[:, 0]) > 0).all()
    lack, cost = measure(board_of(tables), better)
    assert lack == 0.0
    assert 16.0 - 1e-6 <= cost < 0.6 * measure(board_of(tables), state)[1]


def test_a_bound_is_a_bound_and_a_proof_closes_it():
    problem = replace(chain(4, gap=0.0), turns=np.asarray([[1, 0, 0, 0]] * 4))
    ring = Wires(np.asarray([(0, 1), (1, 2), (2, 3), (3, 0)]), np.zeros((4, 2, 2)), np.ones(4))
    problem = replace(problem, wires=ring).filled()
    placed = place(problem, scattered(problem), seed=2, effort=0.1)
    proof = prove(problem, placed.cost)
    assert lower_bound(problem) <= proof.bound + 1e-6
    assert proof.bound == pytest.approx(placed.cost, rel=1e-6)
    with pytest.raises(InputError, match="do not turn"):
        prove(replace(crowded(), fixed=None), 1e4)


def test_a_row_keeps_to_its_axis():
    problem = chain(4, rows=(Row((0, 2, 3), axis=1),))
    placement = place(problem, scattered(problem), seed=0, effort=0.1)
    assert placement.feasible
    assert np.ptp(placement.centres[[0, 2, 3], 0]) == 0.0


def test_turned_boxes_and_ground_beyond():
    assert turned_boxes(np.asarray([(1.0, -1.0, 4.0, 2.0)]))[0, 1].tolist() == [-2.0, 1.0, 1.0, 4.0]
    boxes = beyond(crowded().outline)
    area = ((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])).sum()
    assert area == pytest.approx(16 * 14)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sizes": np.zeros((4, 2))}, "positive"),
        ({"spacing": np.zeros((3, 3))}, "has shape"),
        ({"turns": np.zeros((4, 4))}, "no turn"),
        ({"sizes": np.full((4, 2), np.nan)}, "finite"),
    ],
)
def test_contradictions_are_refused(change: dict[str, object], words: str):
    problem = chain(4, **change)
    with pytest.raises(InputError, match=words):
        place(problem, Start(np.zeros((4, 2)), np.zeros(4, dtype=np.int64)), seed=0, effort=0.1)
