"""``layoutgan export``."""

from __future__ import annotations

__all__ = ["export"]


def export() -> int:
    """Not here yet."""
    from layoutgan.errors import InputError

    raise InputError("not here yet")
