"""Falling elevations for sloped lines."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

__all__ = ["falling", "falling_tree"]

Floats = NDArray[np.float64]
_SAME = 1e-7


def falling(path: Floats, slope: float, down: bool = True, shift: float = 0.0) -> Floats | None:
    """The path [P, 3] with its level legs tilted, its ends where they were.

    None if no upright leg can give way.

    Legs before the longest upright leg keep to the first end and those after it to the last end; that leg is
    shortened by the fall on both sides of it.

    Args:
        path: corner points from one end to the other [m].
        slope: fall per horizontal metre [-].
        down: whether the line falls from first to last; otherwise it rises.
        shift: how much higher the last end lies than the path says [m]: a tee on a line that falls too.
    """
    steps = np.diff(path, axis=0)
    level = np.abs(steps[:, :2]).sum(axis=1)
    sign = -1.0 if down else 1.0
    run = np.concatenate([[0.0], np.cumsum(level)])
    upright = np.where(level <= _SAME, sign * steps[:, 2], -np.inf)
    leg = int(upright.argmax())
    left = float(upright[leg]) - slope * float(run[-1]) + sign * shift
    if not np.isfinite(left):  # all level: only a tee at just the right height fits
        return _tilted(path, sign * slope * run) if abs(sign * slope * run[-1] - shift) <= _SAME else None
    if left < _SAME:
        return path if run[-1] <= _SAME and abs(shift) <= _SAME else None
    rise = sign * slope * run
    rise[leg + 1 :] += shift - sign * slope * run[-1]
    return _tilted(path, rise)


def _tilted(path: Floats, rise: Floats) -> Floats:
    tilted = path.copy()
    tilted[:, 2] += rise
    return tilted


def falling_tree(
    paths: tuple[Floats, ...], slope: float, down: bool, feeds: tuple[bool, ...]
) -> tuple[Floats, ...] | None:
    """A run and its branches, tilted along the flow; None if a piece has no upright leg to give way.

    Args:
        paths: the run from end to end, then branches from terminal to tee [m].
        slope: fall per horizontal metre [-].
        down: whether the line falls along the flow.
        feeds: for each branch, whether flow comes in by it.
    """
    first = falling(paths[0], slope, down)
    if first is None:
        return None
    laid = [first]
    for branch, into in zip(paths[1:], feeds, strict=True):
        tee = _moved(branch[-1], paths[: len(laid)], laid)
        tilted = falling(branch, slope, down == into, float(tee[2] - branch[-1, 2]))
        if tilted is None:
            return None
        laid.append(tilted)
    return tuple(laid)


def _moved(tee: Floats, before: tuple[Floats, ...], after: list[Floats]) -> Floats:
    """Where a tee on level paths lies once they fall; on an upright leg it stays if the leg still has it."""
    for old, new in zip(before, after, strict=True):
        for (a, b), (c, d) in zip(itertools.pairwise(old), itertools.pairwise(new), strict=True):
            span = float(np.abs(b - a).sum())
            part = float(np.abs(tee - a).sum()) / span if span > 0 else 0.0
            if part <= 1.0 and np.abs(a + part * (b - a) - tee).max() <= _SAME:
                if abs(b[2] - a[2]) <= _SAME:
                    return np.asarray(c + part * (d - c))
                return np.array([tee[0], tee[1], np.clip(tee[2], min(c[2], d[2]), max(c[2], d[2]))])
    return tee
