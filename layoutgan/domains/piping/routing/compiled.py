"""How compiled functions are compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

__all__ = ["entry", "kernel"]

Compiled = TypeVar("Compiled", bound=Callable[..., Any])


def kernel(function: Compiled) -> Compiled:
    """The function, compiled on first use from another compiled one.

    It has no wrapper for Python, which would only cost compile time. No fast mathematics: same input, same bytes.
    """
    return cast(Compiled, njit(error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)(function))


def entry(function: Compiled) -> Compiled:
    """The function, compiled on its first call from Python and kept on disk.

    Numba's cache watches only the file of the entry, so all kernels of an entry stand in its file.
    """
    return cast(Compiled, njit(error_model="numpy", no_cfunc_wrapper=True, cache=True, nogil=True)(function))
