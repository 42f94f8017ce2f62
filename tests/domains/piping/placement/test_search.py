"""Short searches use the starts they are given, and windows mend what a search leaves broken."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from layoutgan.domains.piping.placement.begin import State, first_state
from layoutgan.domains.piping.placement.board import board_of
from layoutgan.domains.piping.placement.place import place
from layoutgan.domains.piping.placement.problem import Placement, PlacementProblem, Start
from layoutgan.domains.piping.placement.tables import tables_of
from layoutgan.domains.piping.placement.windows import mended

sys.path.insert(0, str(Path(__file__).parent))
from placement_problems import crowded, scattered

SHORT = 0.02


@pytest.fixture(scope="module")
def solved() -> tuple[PlacementProblem, Placement]:
    problem = crowded()
    return problem, place(problem, scattered(problem), seed=5, effort=0.5)


def _near(best: Placement, seed: int, sigma: float) -> Start:
    noise = np.random.default_rng(seed).normal(0.0, sigma, best.centres.shape)
    return Start(best.centres + noise, best.turns, "repair")


@pytest.mark.parametrize("seed", range(3))
def test_one_short_search_keeps_to_a_good_start(solved: tuple[PlacementProblem, Placement], seed: int):
    problem, best = solved
    warm = place(problem, _near(best, seed, 0.5), seed=seed, effort=SHORT, runs=1)
    assert warm.feasible
    assert warm.cost <= best.cost * 1.20
    assert len(warm.trace) == 1


def test_the_best_of_many_starts_is_found(solved: tuple[PlacementProblem, Placement]):
    problem, best = solved
    poor = [scattered(problem, seed) for seed in range(6)]
    warm = place(problem, poor[0], seed=1, effort=SHORT, runs=1, starts=(*poor[1:], _near(best, 0, 0.2)))
    again = place(problem, poor[0], seed=1, effort=SHORT, runs=1, starts=(*poor[1:], _near(best, 0, 0.2)))
    assert warm.feasible
    assert warm.cost <= best.cost * 1.20
    assert np.array_equal(warm.centres, again.centres)


def test_windows_mend_an_overlap(solved: tuple[PlacementProblem, Placement]):
    from layoutgan.domains.piping.placement.compiled import lacking, measure

    problem = solved[0].filled()
    tables = tables_of(problem)
    board = board_of(tables)
    state = first_state(problem, Start(solved[1].centres, solved[1].turns, "repair"))
    assert measure(board, state)[0] == 0.0
    assert not lacking(board, state).any()
    spoilt = State(state.at.copy(), state.turns, state.axis)
    loose = np.flatnonzero(~tables.fixed & (tables.row_of < 0))
    spoilt.at[loose[0]] = spoilt.at[loose[1]]
    assert lacking(board, spoilt)[loose[:2]].all()
    schedule = np.asarray((1.5, 0.01, 3.0, 100.0, 2.0, 0.05))
    assert measure(board, mended(tables, board, spoilt, schedule, 0, 100_000))[0] == 0.0
