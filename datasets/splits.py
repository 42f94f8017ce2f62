"""Which plans train and which judge: by plan id, before any augmentation, near-duplicates together.

A plan's place depends on the SHA-256 of an id and on nothing else, so it never moves between runs or
machines. Plans that are the same up to mirroring, turning and small shifts form a group, and the group's
smallest id decides for all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layoutgan.core.layout import Layout

__all__ = ["SPLITS", "Signature", "groups", "signature", "split_of"]

SPLITS = ("train", "val", "test")
SHARES = (0.8, 0.1, 0.1)
"""Shares of train, val and test [-]."""
SAME = 0.04
"""Largest relative difference of areas and wall lengths between near-duplicates [-]."""


@dataclass(frozen=True)
class Signature:
    """What a plan looks like, unchanged by turning and mirroring."""

    topology: str
    """Digest of room kinds and of which kinds touch; near-duplicates agree exactly."""
    sizes: NDArray[np.float64]
    """Outline area and length, then room areas by kind and size [m, m²]; near-duplicates agree roughly."""


def split_of(key: str) -> str:
    """train, val or test for an id."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") / 2.0**64
    return SPLITS[int(np.searchsorted(np.cumsum(SHARES)[:-1], number, side="right"))]


def signature(layout: Layout) -> Signature:
    """The signature of a layout, computed from its areal elements."""
    rooms = [(e.kind, e.shape) for e in layout.elements if e.tag == "room"]
    kinds = {e.id: e.kind for e in layout.elements}
    links = sorted(
        "-".join([*sorted(kinds.get(end, end) for end in c.between), c.kind])
        for c in layout.connections
        if c.kind != "adjacent"
    )
    text = "|".join([*sorted(kind for kind, _ in rooms), *links])
    whole = layout.boundary if layout.boundary is not None else shapely.union_all([s for _, s in rooms])
    areas = [area for _, area in sorted((kind, shape.area) for kind, shape in rooms)]
    sizes = np.array([whole.area, whole.length, *areas])
    return Signature(hashlib.sha256(text.encode()).hexdigest()[:24], sizes)


def groups(signatures: Mapping[str, Signature]) -> dict[str, str]:
    """For each id the smallest id of its group of near-duplicates."""
    leader = {key: key for key in signatures}

    def find(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for members in _by_topology(signatures):
        for place, first in enumerate(members):
            for second in members[place + 1 :]:
                if _same(signatures[first].sizes, signatures[second].sizes):
                    a, b = sorted((find(first), find(second)))
                    leader[b] = a
    return {key: find(key) for key in signatures}


def _by_topology(signatures: Mapping[str, Signature]) -> Iterable[list[str]]:
    found: dict[str, list[str]] = {}
    for key in sorted(signatures):
        found.setdefault(signatures[key].topology, []).append(key)
    return found.values()


def _same(first: NDArray[np.float64], second: NDArray[np.float64]) -> bool:
    """Whether sizes agree, up to one common scale: copies of a plan are often scanned at another size."""
    if first.shape != second.shape:
        return False
    scale = first[1] / second[1]
    return bool(
        np.all(
            np.abs(first - second * scale ** np.array([2, 1, *[2] * (first.size - 2)]))
            <= SAME * np.abs(first) + 0.1
        )
    )
