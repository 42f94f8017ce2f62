"""The compiled entry of placement; every other compiled function is reached through it."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np

from layoutgan.domains.piping.placement.anneal import entries
from layoutgan.domains.piping.placement.begin import State
from layoutgan.domains.piping.placement.board import Board
from layoutgan.domains.piping.placement.problem import Floats

__all__ = ["anneal", "lacking", "measure"]

_SOURCES = ("anneal", "board", "judge", "moves")


def _stamp() -> int:
    """Checksum of the compiled sources: numba's cache by itself only watches the file of an entry."""
    total = 0
    for name in _SOURCES:
        total = zlib.crc32((Path(__file__).parent / f"{name}.py").read_bytes(), total)
    return total


anneal = entries(_stamp())


def measure(board: Board, state: State) -> tuple[float, float]:
    """Shortfall [m] and cost with land of a state, in the order by which states are compared."""
    verdict = _judged(board, state, 2)
    return round(float(verdict[1]), 6), float(verdict[0])


def lacking(board: Board, state: State) -> Floats:
    """The shortfall that each item has part in [N] [m]."""
    return _judged(board, state, 2 + len(state.at))[2:]


def _judged(board: Board, state: State, size: int) -> Floats:
    verdict = np.zeros(size)
    everyone = np.arange(len(state.at))
    anneal(board, *state.copy(), everyone, 0, 0, np.ones(6), np.zeros(1), verdict)
    return verdict
