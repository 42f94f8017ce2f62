"""How functions are compiled."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

__all__ = ["SOURCES", "Array", "entry", "kernel", "stamp"]

Compiled = TypeVar("Compiled", bound=Callable[..., Any])
Array = np.ndarray
SOURCES = ("compiled", "grid", "heap", "refine", "search", "steiner")
"""Modules with kernels; a test sees to it that none is missing."""


def kernel(function: Compiled) -> Compiled:
    """The function, compiled on first use from another compiled one.

    It has no wrapper for Python, which would only cost compile time. No fast mathematics: same input, same
    bytes.
    """
    return cast(Compiled, njit(error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)(function))


def entry(function: Compiled) -> Compiled:
    """The function, compiled on its first call from Python and kept on disk.

    Numba's cache watches only the file of the entry. An entry with kernels in other files therefore closes
    over `stamp()`, which becomes part of its key.
    """
    return cast(Compiled, njit(error_model="numpy", no_cfunc_wrapper=True, cache=True, nogil=True)(function))


def stamp() -> int:
    """Checksum of the sources that are compiled together."""
    total = 0
    for name in SOURCES:
        total = zlib.crc32(Path(__file__).with_name(f"{name}.py").read_bytes(), total)
    return total
