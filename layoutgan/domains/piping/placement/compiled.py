"""The compiled entry of placement; every other compiled function is reached through it."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np

from layoutgan.domains.piping.placement.anneal import entries
from layoutgan.domains.piping.placement.begin import State
from layoutgan.domains.piping.placement.board import Board

__all__ = ["anneal", "measure"]

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
    verdict = np.zeros(2)
    anneal(board, *state.copy(), 0, 0, np.ones(6), np.zeros(1), verdict)
    return round(float(verdict[1]), 6), float(verdict[0])
