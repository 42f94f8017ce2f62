"""The compiled entries of placement; every other compiled function is reached through them."""

from __future__ import annotations

import zlib
from pathlib import Path

from layoutgan.domains.piping.placement.anneal import entries

__all__ = ["anneal", "measure"]


def _stamp() -> int:
    """Checksum of this folder's sources: numba's cache by itself only watches the file of an entry."""
    total = 0
    for path in sorted(Path(__file__).parent.glob("*.py")):
        total = zlib.crc32(path.read_bytes(), total)
    return total


anneal, measure = entries(_stamp())
