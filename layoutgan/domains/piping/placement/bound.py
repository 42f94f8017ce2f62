"""Costs that no legal placement can go below."""

from __future__ import annotations

from layoutgan.domains.piping.placement.problem import PlacementProblem

__all__ = ["lower_bound"]


def lower_bound(problem: PlacementProblem) -> float:
    """A cost below which no legal placement exists."""
    del problem
    return 0.0
