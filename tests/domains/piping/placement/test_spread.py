"""The bound that knows how items crowd each other is a bound, and says more than the quick one."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from layoutgan.domains.piping.placement.bound import lower_bound
from layoutgan.domains.piping.placement.exact import prove
from layoutgan.domains.piping.placement.place import place
from layoutgan.domains.piping.placement.problem import PlacementProblem, Wires
from layoutgan.domains.piping.placement.spread import spread_bound

sys.path.insert(0, str(Path(__file__).parent))
from placement_problems import crowded, scattered, square


def _web(seed: int, count: int, *, turns: bool = True) -> PlacementProblem:
    """Items of random sizes and distances, each joined to a few others at pins on its edge."""
    rng = np.random.default_rng(seed)
    sizes = rng.uniform(1.0, 5.0, (count, 2))
    gaps = rng.uniform(0.0, 2.0, (count, count))
    ends = [(i, j) for i in range(count) for j in range(i) if rng.random() < 6.0 / count]
    pins = np.asarray([[rng.uniform(-0.5, 0.5, 2) * sizes[i] for i in pair] for pair in ends])
    return PlacementProblem(
        sizes=sizes,
        outline=square(20.0 * np.sqrt(count)),
        wires=Wires(np.asarray(ends), pins.reshape(-1, 2, 2), rng.uniform(0.5, 3.0, len(ends))),
        spacing=(gaps + gaps.T) / 2,
        turns=None if turns else np.repeat([[True, False, False, False]], count, axis=0),
        land_cost=0.02,
    )


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("count", [3, 8, 20])
def test_no_legal_placement_is_below_it(seed: int, count: int):
    problem = _web(seed, count).filled()
    bound = spread_bound(problem)
    assert bound >= lower_bound(problem)
    placed = place(problem, scattered(problem), seed=seed, effort=0.05, runs=1)
    assert placed.feasible
    assert bound <= placed.cost


def test_nor_below_it_with_rows_obstacles_and_fixed_items():
    problem = crowded().filled()
    placed = place(problem, scattered(problem), seed=0, effort=0.1)
    assert placed.feasible
    assert spread_bound(problem) <= placed.cost


@pytest.mark.parametrize("seed", range(2))
def test_it_is_not_above_what_is_proven(seed: int):
    """Equal squares joined to their middle, all pairs: the optimum is proven and the bound bites."""
    count = 5
    ends = [(i, j) for i in range(count) for j in range(i)]
    costs = np.random.default_rng(seed).uniform(0.8, 1.2, len(ends))
    problem = PlacementProblem(
        sizes=np.full((count, 2), 2.0),
        outline=square(60.0),
        wires=Wires(np.asarray(ends), np.zeros((len(ends), 2, 2)), costs),
        turns=np.repeat([[True, False, False, False]], count, axis=0),
    ).filled()
    placed = place(problem, scattered(problem), seed=seed, effort=0.1)
    proof = prove(problem, placed.cost)
    assert spread_bound(problem) <= proof.bound * (1 + 1e-6)


def test_many_items_about_one_cannot_all_stand_beside_it():
    """A star of unit squares: the quick bound has all of them at 1 m, the diamond knows better."""
    count = 120
    hub = np.stack((np.zeros(count, dtype=np.int64), np.arange(1, count + 1)), axis=1)
    problem = PlacementProblem(
        sizes=np.ones((count + 1, 2)),
        outline=square(60.0),
        wires=Wires(hub, np.zeros((count, 2, 2)), np.ones(count)),
    ).filled()
    spots = sorted(abs(x) + abs(y) for x in range(-12, 13) for y in range(-12, 13))[1 : count + 1]
    assert 4.0 * lower_bound(problem) < spread_bound(problem) <= sum(spots)
    assert spread_bound(replace(problem, spacing=np.full((count + 1, count + 1), -1.0))) == 0.0
