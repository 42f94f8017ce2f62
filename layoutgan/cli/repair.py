"""``layoutgan repair``."""

from __future__ import annotations

__all__ = ["repair"]


def repair() -> int:
    """Not here yet."""
    from layoutgan.errors import InputError

    raise InputError("not here yet")
