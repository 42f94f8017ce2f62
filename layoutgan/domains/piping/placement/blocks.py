"""Blocks whose area is given and whose shape is free: plots divided among departments or units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layoutgan.domains.piping.placement.problem import Floats, Ints
from layoutgan.errors import InputError

__all__ = ["BlockProblem", "Blocks", "flow_cost"]


@dataclass(frozen=True)
class BlockProblem:
    """Rectangles of free shape in a rectangular plot, and what their distances cost."""

    areas: Floats
    """Least area of each block [N] [m²]."""
    plot: tuple[float, float]
    """Extent along x and y [m]."""
    low: Floats
    """Least extents along x and y [N, 2] [m]."""
    high: Floats
    """Greatest extents along x and y [N, 2] [m]."""
    ends: Ints
    """Pairs of blocks [E, 2]."""
    costs: Floats
    """Cost of a metre between their centres, |Δx| + |Δy| [E]."""

    def checked(self) -> BlockProblem:
        """The same problem.

        Raises:
            InputError: shapes disagree, or a block cannot have its area within its limits.
        """
        n = len(self.areas)
        if self.low.shape != (n, 2) or self.high.shape != (n, 2) or len(self.ends) != len(self.costs):
            raise InputError("limits must be [N, 2], and every pair needs a cost", place="blocks")
        most = np.minimum(self.high, np.asarray(self.plot)).prod(axis=1)
        if (self.low > self.high + 1e-9).any() or (most < self.areas * (1 - 1e-4)).any():
            raise InputError("a block's limits do not admit its area", place="blocks")
        if self.areas.sum() > self.plot[0] * self.plot[1] * (1 + 1e-9):
            raise InputError("the blocks need more area than the plot has", place="plot")
        return self


@dataclass(frozen=True)
class Blocks:
    """Where blocks lie."""

    boxes: Floats
    """x0, y0, x1, y1 [N, 4] [m]."""
    cost: float
    bound: float = 0.0
    """No division of the plot costs less."""


def flow_cost(problem: BlockProblem, boxes: Floats) -> float:
    """Σ cost · (|Δx| + |Δy|) between the blocks' centres."""
    centres = (boxes[:, :2] + boxes[:, 2:]) / 2
    a, b = problem.ends[:, 0], problem.ends[:, 1]
    return float(problem.costs @ np.abs(centres[a] - centres[b]).sum(axis=1))
