"""``layoutgan generate``."""

from __future__ import annotations

__all__ = ["generate"]


def generate() -> int:
    """Not here yet."""
    from layoutgan.errors import InputError

    raise InputError("not here yet")
