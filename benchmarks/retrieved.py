"""A start that a network has to beat: the nearest training plan, stretched onto the brief's site."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from layoutgan.core.layout import Layout
from layoutgan.domains.domain import Proposal
from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.domains.floorplan.elements import Room

_MISMATCH = 10.0
"""Cost of giving a room the place of a room of another kind [-]."""


def _signature(kinds: Sequence[str], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([float(kinds.count(name)) for name in names])


class Retrieval:
    """Training plans, ready to be looked up."""

    def __init__(self, plans: Sequence[Layout]) -> None:
        self.plans = [p for p in plans if p.boundary is not None]
        self.names = sorted({r.kind for p in self.plans for r in p.of(Room)})
        self.counts = np.array([_signature([r.kind for r in p.of(Room)], self.names) for p in self.plans])
        boxes = np.array([p.boundary.bounds for p in self.plans if p.boundary is not None])
        self.aspects = np.log((boxes[:, 2] - boxes[:, 0]) / (boxes[:, 3] - boxes[:, 1]))

    def propose(self, brief: FloorplanBrief, seed: int, trust: float = 1.0) -> Proposal:
        """The plan whose kinds and proportions are nearest (one of the three nearest, by seed), stretched."""
        x0, y0, x1, y1 = brief.boundary.bounds
        wanted = _signature([s.kind for s in brief.spaces], self.names)
        away = np.abs(self.counts - wanted).sum(1) + 2 * np.abs(self.aspects - np.log((x1 - x0) / (y1 - y0)))
        plan = self.plans[int(np.argsort(away, kind="stable")[seed % 3])]
        rooms = plan.of(Room)
        assert plan.boundary is not None  # kept in __init__
        u0, v0, u1, v1 = plan.boundary.bounds
        scale = np.array([(x1 - x0) / (u1 - u0), (y1 - y0) / (v1 - v0)] * 2)
        boxes = (np.array([r.shape.bounds for r in rooms]) - [u0, v0, u0, v0]) * scale + [x0, y0, x0, y0]
        nodes = brief.programme().nodes
        areas = np.maximum((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), 0.1)
        cost = np.array(
            [
                [
                    _MISMATCH * (n.kind != r.kind) + abs(np.log(n.area[1] / a))
                    for r, a in zip(rooms, areas, strict=True)
                ]
                for n in nodes
            ]
        )
        result = np.zeros((len(nodes), 1, 4))
        centre = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
        for i, node in enumerate(nodes):  # rooms without a counterpart start in the middle
            half = np.sqrt(node.area[1]) / 2
            result[i, 0] = [*(centre - half), *(centre + half)]
        for i, j in zip(*linear_sum_assignment(cost), strict=True):
            result[i, 0] = boxes[j]
        return Proposal(
            tuple(n.id for n in nodes),
            result,
            np.ones((len(nodes), 1), dtype=bool),
            source="retrieved",
            trust=trust,
        )
