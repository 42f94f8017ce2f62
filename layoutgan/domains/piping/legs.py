"""Straight legs of pipes, and how far they are from each other and from boxes; independent of the router.

Letters: M legs or pairs, S boxes. A leg is the piece of a centre-line between two points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layoutgan.domains.piping.elements import Pipe

__all__ = ["Legs", "box_distance", "legs_of", "near_boxes", "near_legs", "segment_distance"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_STEPS = 60
"""Steps of the search along a leg: halves the interval to below a nanometre."""


@dataclass(frozen=True)
class Legs:
    """All legs of some pipes."""

    pipes: tuple[Pipe, ...]
    pipe: Ints
    """Which pipe each leg belongs to [M]."""
    number: Ints
    """Which leg of its pipe it is, from 0 [M]."""
    last: NDArray[np.bool_]
    """Whether it is the last leg of its pipe [M]."""
    start: Floats
    """[M, 3] [m]."""
    end: Floats
    """[M, 3] [m]."""
    radius: Floats
    """Outside radius with insulation [M] [m]."""

    @property
    def length(self) -> Floats:
        """Lengths [M] [m]."""
        return np.asarray(np.linalg.norm(self.end - self.start, axis=1))

    @property
    def direction(self) -> Floats:
        """Unit vectors [M, 3]; zero for a leg without length."""
        length = self.length[:, None]
        return np.asarray((self.end - self.start) / np.where(length > 0, length, 1.0))

    @property
    def boxes(self) -> Floats:
        """Boxes around the pipes' outsides [M, 6] as x0, y0, z0, x1, y1, z1 [m]."""
        low = np.minimum(self.start, self.end) - self.radius[:, None]
        high = np.maximum(self.start, self.end) + self.radius[:, None]
        return np.concatenate((low, high), axis=1)


def legs_of(pipes: Sequence[Pipe]) -> Legs:
    """The legs of pipes, in order."""
    starts: list[Floats] = []
    ends: list[Floats] = []
    owners: list[int] = []
    numbers: list[int] = []
    last: list[bool] = []
    for owner, pipe in enumerate(pipes):
        points = pipe.points
        count = len(points) - 1
        starts.append(points[:-1])
        ends.append(points[1:])
        owners += [owner] * count
        numbers += range(count)
        last += [False] * (count - 1) + [True]
    empty = np.zeros((0, 3))
    owner_of = np.asarray(owners, dtype=np.int64)
    radii = np.asarray([p.radius for p in pipes], dtype=np.float64)
    return Legs(
        tuple(pipes),
        owner_of,
        np.asarray(numbers, dtype=np.int64),
        np.asarray(last, dtype=np.bool_),
        np.concatenate(starts) if starts else empty,
        np.concatenate(ends) if ends else empty,
        radii[owner_of] if owners else np.zeros(0),
    )


def near_legs(legs: Legs, gap: float) -> tuple[Ints, Ints]:
    """Pairs of legs of different pipes whose boxes come within a gap [m] of each other, each pair once."""
    return _near(legs.boxes, legs.boxes, gap, lambda i, j: legs.pipe[i] < legs.pipe[j])


def near_boxes(legs: Legs, boxes: Floats, gap: float) -> tuple[Ints, Ints]:
    """Pairs (leg, box) that come within a gap [m]; boxes are [S, 6]."""
    return _near(legs.boxes, boxes, gap, None)


def _near(first: Floats, second: Floats, gap: float, wanted: object) -> tuple[Ints, Ints]:
    nothing = np.zeros(0, dtype=np.int64)
    if not len(first) or not len(second):
        return nothing, nothing
    plans = shapely.box(first[:, 0] - gap, first[:, 1] - gap, first[:, 3] + gap, first[:, 4] + gap)
    tree = shapely.STRtree(shapely.box(second[:, 0], second[:, 1], second[:, 3], second[:, 4]))
    i, j = tree.query(plans, predicate="intersects")
    apart = np.maximum(first[i, 2] - second[j, 5], second[j, 2] - first[i, 5])
    keep = apart <= gap
    if callable(wanted):
        keep &= wanted(i, j)
    return i[keep], j[keep]


def segment_distance(a0: Floats, a1: Floats, b0: Floats, b1: Floats) -> Floats:
    """Distances [M] between segments a0–a1 and b0–b1, each [M, 3] [m]."""
    u, v, w = a1 - a0, b1 - b0, a0 - b0
    uu, uv, vv = (u * u).sum(1), (u * v).sum(1), (v * v).sum(1)
    uw, vw = (u * w).sum(1), (v * w).sum(1)
    det = uu * vv - uv * uv
    parallel = det <= 1e-12 * np.maximum(uu * vv, 1e-30)
    with np.errstate(divide="ignore", invalid="ignore"):
        s = np.where(parallel, 0.0, np.clip((uv * vw - vv * uw) / np.where(parallel, 1.0, det), 0.0, 1.0))
    # The best point of b for that point of a, then of a for that point of b; twice is exact for clamped ends.
    for _ in range(2):
        t = np.clip((uv * s + vw) / np.where(vv > 0, vv, 1.0), 0.0, 1.0)
        s = np.clip((uv * t - uw) / np.where(uu > 0, uu, 1.0), 0.0, 1.0)
    best = np.linalg.norm(w + s[:, None] * u - t[:, None] * v, axis=1)
    # Ends against segments closes the cases in which both clamps moved.
    for p, q0, q in ((a0, b0, v), (a1, b0, v), (b0, a0, u), (b1, a0, u)):
        qq = (q * q).sum(1)
        r = np.clip(((p - q0) * q).sum(1) / np.where(qq > 0, qq, 1.0), 0.0, 1.0)
        best = np.minimum(best, np.linalg.norm(p - q0 - r[:, None] * q, axis=1))
    return np.asarray(best)


def box_distance(start: Floats, end: Floats, boxes: Floats) -> Floats:
    """Distances [M] of segments [M, 3] to solid boxes [M, 6] [m]; 0 inside.

    The distance along a segment is convex, so a narrowing interval finds its least value.
    """

    def at(t: Floats) -> Floats:
        p = start + t[:, None] * (end - start)
        gap = np.maximum(np.maximum(boxes[:, :3] - p, p - boxes[:, 3:]), 0.0)
        return np.asarray(np.linalg.norm(gap, axis=1))

    low, high = np.zeros(len(start)), np.ones(len(start))
    for _ in range(_STEPS):
        one, two = low + (high - low) * 0.382, low + (high - low) * 0.618
        left = at(one) <= at(two)
        low, high = np.where(left, low, one), np.where(left, two, high)
    return np.minimum(at((low + high) / 2), np.minimum(at(np.zeros_like(low)), at(np.ones_like(low))))
