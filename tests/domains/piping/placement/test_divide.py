"""Plots divided among blocks: legal, cheap, as good as what can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layoutgan.domains.piping.placement.blocks import BlockProblem, flow_cost
from layoutgan.domains.piping.placement.divide import divide
from layoutgan.domains.piping.placement.reshape import relations_of, reshape
from layoutgan.errors import InputError


def _blocks(areas: list[float], plot: tuple[float, float], ratio: float, flows: dict[tuple[int, int], float]):
    area = np.asarray(areas)
    low = np.sqrt(np.stack((area, area), axis=1) / ratio)
    return BlockProblem(
        area, plot, low, np.sqrt(np.stack((area, area), axis=1) * ratio),
        np.asarray(list(flows)), np.asarray(list(flows.values())),
    )  # fmt: skip


def _judged(problem: BlockProblem, boxes: np.ndarray) -> float:
    """The cost, after checking everything without the search's code."""
    size = boxes[:, 2:] - boxes[:, :2]
    assert (size.prod(axis=1) >= problem.areas * (1 - 1e-5)).all()
    assert (size >= problem.low - 1e-5).all()
    assert (size <= problem.high + 1e-5).all()
    assert boxes.min() >= -1e-5
    assert (boxes[:, 2:] <= np.asarray(problem.plot) + 1e-5).all()
    for i in range(len(boxes)):
        for j in range(i):
            along = min(boxes[i, 2], boxes[j, 2]) - max(boxes[i, 0], boxes[j, 0])
            up = min(boxes[i, 3], boxes[j, 3]) - max(boxes[i, 1], boxes[j, 1])
            assert min(along, up) < 1e-5
    return sum(
        cost * np.abs((boxes[a, :2] + boxes[a, 2:] - boxes[b, :2] - boxes[b, 2:]) / 2).sum()
        for (a, b), cost in zip(problem.ends, problem.costs, strict=True)
    )


def test_a_full_plot_of_four_squares():
    problem = _blocks([4.0] * 4, (4.0, 4.0), 1.0, {(0, 1): 3.0, (1, 2): 3.0, (2, 3): 3.0, (0, 3): 1.0})
    answer = divide(problem, seed=0, effort=0.2)
    assert _judged(problem, answer.boxes) == pytest.approx(20.0)
    assert answer.cost == pytest.approx(20.0)


@pytest.mark.parametrize("seed", range(2))
def test_answers_are_legal_and_repeat(seed: int):
    rng = np.random.default_rng(seed)
    areas = rng.uniform(4, 20, 6)
    flows = {(i, j): float(rng.uniform(0.5, 4)) for i in range(6) for j in range(i) if rng.random() < 0.6}
    problem = _blocks(areas.tolist(), (float(areas.sum() / 8) * 1.1, 8.0), 4.0, flows)
    answer, again = divide(problem, seed=seed, effort=0.2), divide(problem, seed=seed, effort=0.2)
    assert _judged(problem, answer.boxes) == pytest.approx(answer.cost, rel=1e-9)
    assert np.array_equal(answer.boxes, again.boxes)


def test_shapes_are_the_best_of_their_order():
    """Two blocks side by side in an ample plot: tall ones, as near as their limits let them."""
    problem = _blocks([16.0, 16.0], (20.0, 20.0), 4.0, {(0, 1): 1.0})
    boxes = reshape(problem, relations_of(np.asarray([(0.0, 0.0, 4.0, 4.0), (8.0, 0.0, 12.0, 4.0)])))
    assert boxes is not None
    assert flow_cost(problem, boxes) == pytest.approx(2.0, rel=1e-5)


def test_impossible_blocks_are_refused():
    problem = _blocks([16.0, 16.0], (5.0, 5.0), 4.0, {(0, 1): 1.0})
    with pytest.raises(InputError, match="more area"):
        divide(problem, seed=0)
    with pytest.raises(InputError, match="admit its area"):
        divide(replace(problem, plot=(20.0, 20.0), high=problem.low), seed=0)
