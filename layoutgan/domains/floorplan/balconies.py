"""Balconies and terraces outside the heated outline: where each hangs on the façade.

The exact step tiles one outline, so a brief with spaces ``outside: true`` is answered in two steps: a place
on the façade is proposed for each of them, and the outline grows by it. From then on such a space is a room
that keeps its place. Several proposals put it in several places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from layoutgan.errors import InputError

__all__ = ["Hanging", "hang"]

DEPTH = 1.5
"""Usual clear depth: a table and chairs fit; source: London Plan D6 [m]."""
SHALLOWEST = 1.2
"""Clear depth that still is a balcony [m]."""
DEEPEST = 4.0
"""Clear depth of a terrace [m]."""
DOORWAY = 1.2
"""Least contact with the façade: a door and its frame [m]."""
CORNER = 0.4
"""Wall left between a balcony and a corner of the façade [m]."""
FREE = 0.9
"""Distance that a balcony keeps from front doors [m]."""


Segment = tuple[LineString, NDArray[np.float64]]
"""A straight piece of façade and the direction that leads outside from it."""


class Hanging(NamedTuple):
    """What a space outside the outline asks for."""

    name: str
    """Its id."""
    area: float
    """Wanted clear area [m²]."""
    least_width: float
    """Least clear depth [m]."""


def hang(outline: Polygon, wanted: Sequence[Hanging], number: int, seed: int, *, wall: float,
         blind: Iterable[BaseGeometry] = (), keep: Iterable[BaseGeometry] = (),
         north: float = 90.0) -> dict[str, Polygon]:
    """A rectangle [m] on the façade for each space, the same for the same number and seed.

    Args:
        outline: of the heated part [m].
        wanted: spaces, each gets its own place.
        number: of the proposal.
        seed: of the draw.
        wall: thickness of the outer walls, which stand on the balconies' side [m].
        blind: pieces of the outline that touch a neighbour [m].
        keep: what balconies keep away from: front doors, and fixed spaces outside [m].
        north: direction of north [°]; the sunny side is preferred.

    Raises:
        InputError: no straight wall along x or y is long enough and free.
    """
    rng = np.random.default_rng([seed, number, 17])
    taken = [shape.buffer(FREE) for shape in keep] + [line.buffer(0.05) for line in blind]
    placed: dict[str, Polygon] = {}
    for one in wanted:
        options: list[tuple[float, int, Polygon]] = []
        for segment, outward in _segments(outline, taken):
            shape = _on(segment, outward, one, wall, rng)
            if shape is None or shape.intersection(outline).area > 1e-6:
                continue
            if any(shape.intersects(other) for other in taken if other.geom_type == "Polygon"
                   and shape.intersection(other).area > 1e-6):
                continue
            sun = -float(outward @ (np.cos(np.radians(north)), np.sin(np.radians(north))))
            options.append((sun + float(rng.uniform(0, 1.5)), len(options), shape))
        if not options:
            raise InputError(
                f"no straight free wall of the outline along x or y holds the balcony '{one.name}' of "
                f"{one.area:.1f} m²; make it smaller, or give it a shape", place="spaces")
        placed[one.name] = max(options)[2]
        taken.append(placed[one.name].buffer(0.3, join_style="mitre"))
    return placed


def _segments(outline: Polygon, taken: Sequence[BaseGeometry]) -> list[Segment]:
    """Free straight pieces of the façade along x or y with their outward direction."""
    found: list[Segment] = []
    sign = 1.0 if outline.exterior.is_ccw else -1.0
    blocked = shapely.union_all(list(taken)) if taken else Polygon()
    for p, q in pairwise(np.asarray(outline.exterior.coords)):
        edge = q - p
        length = float(np.linalg.norm(edge))
        if length < DOORWAY or min(abs(edge)) > 1e-6:
            continue
        outward = sign * np.array([edge[1], -edge[0]]) / length
        # A little away from corners, where the outer walls of both sides meet.
        ends = CORNER * edge / length if length > DOORWAY + 2 * CORNER else 0.0 * edge
        for piece in shapely.get_parts(LineString([p + ends, q - ends]).difference(blocked)):
            if piece.geom_type == "LineString" and piece.length >= DOORWAY:
                found.append((piece, np.round(outward)))  # noqa: PERF401  # a condition and two values
    return found


def _on(segment: LineString, outward: NDArray[np.float64], one: Hanging, wall: float,
        rng: np.random.Generator) -> Polygon | None:
    """A rectangle of the wanted clear area on a piece of façade, or None where it would be too deep."""
    depth = max(SHALLOWEST, one.least_width, min(DEPTH, np.sqrt(one.area)))
    # A balcony along the whole façade would leave the rooms behind it without windows of their own.
    longest = max(0.6 * segment.length, min(segment.length, np.sqrt(one.area)))
    length = min(one.area / depth, longest)
    depth = one.area / length
    if depth > max(DEEPEST, 1.05 * length) or length < DOORWAY or length > segment.length + 1e-9:
        return None
    free = segment.length - length
    start = float(rng.choice([0.0, 0.5, 1.0, float(rng.uniform())])) * free
    p, q = (np.asarray(segment.interpolate(at).coords[0]) for at in (start, start + length))
    out = outward * (depth + wall)
    return Polygon(np.round([p, q, q + out, p + out], 3))
