"""Falling elevations for sloped lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["falling"]

Floats = NDArray[np.float64]
_SAME = 1e-7


def falling(path: Floats, slope: float, down: bool = True) -> Floats | None:
    """The path [P, 3] with its level legs tilted, both ends where they were.

    None if no upright leg can give way.

    Legs before the longest upright leg keep to the first end and those after it to the last end; that leg is
    shortened by the fall on both sides of it.

    Args:
        path: corner points from the first to the second terminal [m].
        slope: fall per horizontal metre [-].
        down: whether the line falls from first to last; otherwise it rises.
    """
    steps = np.diff(path, axis=0)
    level = np.abs(steps[:, :2]).sum(axis=1)
    upright = np.where(level <= _SAME, np.abs(steps[:, 2]), 0.0)
    if level.sum() <= _SAME:
        return path
    leg = int(upright.argmax())
    sign = -1.0 if down else 1.0
    give = slope * float(level.sum())
    if upright[leg] < give + _SAME or np.sign(steps[leg, 2]) != sign:
        return None
    run = np.concatenate([[0.0], np.cumsum(level)])
    tilted = path.copy()
    tilted[: leg + 1, 2] += sign * slope * run[: leg + 1]
    tilted[leg + 1 :, 2] -= sign * slope * (run[-1] - run[leg + 1 :])
    # A nozzle's own leg stays level: an elbow on the stub would have to be mitred.
    return tilted
