"""Small placement problems with known answers."""

from __future__ import annotations

import numpy as np

from layoutgan.domains.piping.placement.problem import (
    Envelopes,
    Obstacles,
    PlacementProblem,
    Row,
    Start,
    Wires,
)


def square(side: float) -> np.ndarray:
    return np.asarray([[0, 0], [side, 0], [side, side], [0, side]], dtype=np.float64)


def chain(count: int = 4, *, side: float = 40.0, gap: float = 2.0, **more: object) -> PlacementProblem:
    """Squares of 2 m, each connected to the next; the cheapest wire is (count - 1)·(2 + gap)."""
    ends = np.stack((np.arange(count - 1), np.arange(1, count)), axis=1)
    settings: dict[str, object] = {
        "sizes": np.full((count, 2), 2.0),
        "outline": square(side),
        "wires": Wires(ends, np.zeros((count - 1, 2, 2)), np.ones(count - 1)),
        "spacing": np.full((count, count), gap),
    }
    return PlacementProblem(**(settings | more))  # type: ignore[arg-type]


def scattered(problem: PlacementProblem, seed: int = 0) -> Start:
    rng = np.random.default_rng(seed)
    low, high = problem.outline.min(axis=0), problem.outline.max(axis=0)
    return Start(
        rng.uniform(low, high, (problem.count, 2)), rng.integers(0, 4, problem.count), source="random"
    )


def crowded() -> PlacementProblem:
    """An L-shaped plot with a road, a column, pull areas, a row of pumps and a fixed tank."""
    sizes = np.asarray([(6, 6), (2, 1), (2, 1), (2, 1), (6, 1.2), (6, 1.2), (3, 3), (3, 3)], dtype=np.float64)
    n = len(sizes)
    rng = np.random.default_rng(4)
    ends = np.asarray([(0, 1), (1, 4), (2, 4), (3, 5), (4, 6), (5, 7), (6, 7), (-1, 0), (7, -1)])
    pins = rng.uniform(-0.5, 0.5, (len(ends), 2, 2))
    pins[7, 0], pins[8, 1] = (0.0, 15.0), (40.0, 8.0)
    spacing = np.full((n, n), 2.0)
    spacing[6, :], spacing[:, 6] = 4.0, 4.0
    return PlacementProblem(
        sizes=sizes,
        outline=np.asarray([(0, 0), (40, 0), (40, 16), (24, 16), (24, 30), (0, 30)], dtype=np.float64),
        wires=Wires(ends, pins, rng.uniform(0.5, 2.0, len(ends))),
        spacing=spacing,
        fixed=np.arange(n) == 0,
        positions=np.asarray([(6.0, 15.0)] + [(0.0, 0.0)] * (n - 1)),
        obstacles=Obstacles(
            np.asarray([(0, 0, 40, 4), (20, 10, 21, 11)], dtype=np.float64),
            np.stack((np.full(n, 1.0), np.full(n, 0.5))),
            np.asarray([False, True]),
        ),
        envelopes=Envelopes(
            np.asarray([4, 5]), np.asarray([(-9.0, -0.8, -3.0, 0.8)] * 2), np.asarray([True, True])
        ),
        rows=(Row((1, 2, 3)),),
        land_cost=0.05,
    )
