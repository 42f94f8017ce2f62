"""A binary heap in two arrays."""

from __future__ import annotations

import numpy as np

from layoutgan.domains.piping.routing.compiled import Array, kernel

__all__ = ["grown_heap", "pop_heap", "push_heap"]


@kernel
def push_heap(keys: Array, ids: Array, size: int, key: float, state: int) -> None:
    """Adds a state to a heap of `size` entries."""
    at = size
    while at > 0:
        up = (at - 1) >> 1
        if keys[up] <= key:
            break
        keys[at], ids[at] = keys[up], ids[up]
        at = up
    keys[at], ids[at] = key, state


@kernel
def pop_heap(keys: Array, ids: Array, size: int) -> None:
    """Moves the last of `size` entries to where it belongs after the first is taken."""
    size -= 1
    key, state = keys[size], ids[size]
    at = 0
    while True:
        down = 2 * at + 1
        if down >= size:
            break
        if down + 1 < size and keys[down + 1] < keys[down]:
            down += 1
        if key <= keys[down]:
            break
        keys[at], ids[at] = keys[down], ids[down]
        at = down
    keys[at], ids[at] = key, state


@kernel
def grown_heap(keys: Array, ids: Array) -> tuple[Array, Array]:
    """The heap's arrays at twice their size."""
    more_keys, more_ids = np.empty(2 * keys.shape[0]), np.empty(2 * ids.shape[0], np.int64)
    for at in range(keys.shape[0]):
        more_keys[at], more_ids[at] = keys[at], ids[at]
    return more_keys, more_ids
