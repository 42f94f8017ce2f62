"""``layoutgan evaluate``."""

from __future__ import annotations

__all__ = ["evaluate"]


def evaluate() -> int:
    """Not here yet."""
    from layoutgan.errors import InputError

    raise InputError("not here yet")
