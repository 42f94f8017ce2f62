"""``layoutgan train``."""

from __future__ import annotations

__all__ = ["train"]


def train() -> int:
    """Not here yet."""
    from layoutgan.errors import InputError

    raise InputError("not here yet")
