"""How different several answers to one brief are: by where the types lie, and by topology."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from layoutgan.metrics.fpeval import type_iou
from layoutgan.metrics.graphs import contact_graph, topology
from layoutgan.metrics.plan import Plan

__all__ = ["SAMPLES", "Diversity", "diversity"]

SAMPLES = 16
"""Answers to one brief that are compared; more are left out, so that figures can be compared."""


@dataclass(frozen=True)
class Diversity:
    """Figures of the answers to one brief."""

    samples: int
    score: float
    """Mean over pairs of 1 less the type IoU [-]: 0 for copies, 1 when no type keeps its place."""
    topologies: int
    """Different Weisfeiler-Lehman hashes of the typed graph of touching rooms."""

    @property
    def topology_share(self) -> float:
        """Different topologies over samples [-]."""
        return self.topologies / self.samples


def diversity(plans: Sequence[Plan], most: int = SAMPLES) -> Diversity:
    """Diversity of the first so many plans; they must answer the same brief.

    Raises:
        ValueError: there are fewer than two plans.
    """
    taken = plans[:most]
    if len(taken) < 2:
        raise ValueError("diversity needs at least two plans of one brief")
    apart = [1 - type_iou(a, b) for a, b in combinations(taken, 2)]
    hashes = {topology(contact_graph(plan)) for plan in taken}
    return Diversity(len(taken), float(np.mean(apart)), len(hashes))
