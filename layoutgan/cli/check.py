"""``layoutgan check``."""

from __future__ import annotations

__all__ = ["check"]


def check() -> int:
    """Not here yet."""
    from layoutgan.errors import InputError

    raise InputError("not here yet")
