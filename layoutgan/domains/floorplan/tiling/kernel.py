"""How compiled functions are compiled, and the random numbers they draw."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

Compiled = TypeVar("Compiled", bound=Callable[..., Any])

_MULTIPLIER = np.uint64(2685821657736338717)
_S11, _S12, _S25, _S27 = np.uint64(11), np.uint64(12), np.uint64(25), np.uint64(27)


def kernel(function: Compiled) -> Compiled:
    """The function, compiled on first use from another compiled one.

    It has no wrapper for Python, which would only cost compile time. No fast mathematics: same seed, same
    bytes.
    """
    return cast(Compiled, njit(error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)(function))


@kernel
def uniform(stream: np.ndarray) -> float:
    """A number in [0, 1) from a xorshift64* stream [1], whose state is never zero."""
    s = stream[0]
    s ^= s >> _S12
    s ^= s << _S25
    s ^= s >> _S27
    stream[0] = s
    return float((s * _MULTIPLIER) >> _S11) * (1.0 / 9007199254740992.0)


@kernel
def pick(stream: np.ndarray, count: int) -> int:
    """A whole number in [0, count)."""
    return min(int(uniform(stream) * count), count - 1)


@kernel
def normal(stream: np.ndarray) -> float:
    """A number from the standard normal distribution."""
    radius = np.sqrt(-2.0 * np.log(1.0 - uniform(stream)))
    return radius * np.cos(2.0 * np.pi * uniform(stream))


@kernel
def exponential(stream: np.ndarray) -> float:
    """A number from the exponential distribution of mean 1."""
    return -np.log(1.0 - uniform(stream))
