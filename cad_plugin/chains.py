"""Dimension chains around a plan: openings, rooms, overall; none collides with the plan or with another.

Looking at the plan from one side, a ray meets first a piece of outer wall and behind it a room. Where the
room behind
changes, the room chain has a point (on the axis of the wall between the two rooms); its ends are the outer
faces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from cad_plugin.primitives import Dimension, Point
from cad_plugin.typeface import text_width

__all__ = ["Plan", "dimension_chains"]

LEAST = 30.0
"""Shorter pieces are left out of a chain [mm]."""


@dataclass(frozen=True)
class Plan:
    """What is dimensioned [mm]."""

    outline: BaseGeometry
    """Everything built: walls and rooms."""
    rooms: tuple[Polygon, ...]
    """Room shapes to the axes of their walls."""
    openings: tuple[LineString, ...]
    """Jamb to jamb of windows and doors in outer walls."""


@dataclass(frozen=True)
class _Side:
    """Looking from one side: axis 0 measures along x; sign -1 looks from low values of the other axis."""

    axis: int
    sign: int

    def point(self, along: float, across: float) -> Point:
        return (along, across) if self.axis == 0 else (across, along)


SIDES = {"south": _Side(0, -1), "north": _Side(0, 1), "west": _Side(1, -1), "east": _Side(1, 1)}


def dimension_chains(plan: Plan, role: str, text: float) -> tuple[Dimension, ...]:
    """All chains around a plan, from the inside outwards on each side.

    Args:
        plan: what is dimensioned.
        role: of the dimensions.
        text: height of the text [mm].
    """
    if plan.outline.is_empty:
        return ()
    x0, y0, x1, y1 = plan.outline.bounds
    lows, highs = (x0, y0), (x1, y1)
    found: list[Dimension] = []
    rooms = {name: _room_stops(plan, side, lows, highs) for name, side in SIDES.items()}
    for name, side in SIDES.items():
        ends = (lows[side.axis], highs[side.axis])
        edge = (lows if side.sign < 0 else highs)[1 - side.axis]
        chains = [_merged([*ends, *_opening_stops(plan, side)]), rooms[name], list(ends)]
        if name in ("north", "east"):  # what the opposite side says already is not repeated
            opposite = rooms["south" if name == "north" else "west"]
            chains = [
                chains[0] if len(chains[0]) > 2 else [],
                [] if _same(chains[1], opposite) else chains[1],
            ]
        line, feet = edge + side.sign * 4.0 * text, None
        for stops in _distinct(chains):
            chain = list(_chain(plan, side, stops, feet, line, role, text))
            found += chain
            # Extension lines of the next chain start beyond the texts of this one instead of running through
            # them.
            feet = line + side.sign * (max(_reach(side, one) for one in chain) - 0.4 * text)
            line += side.sign * 4.4 * text
    return tuple(found)


def _reach(side: _Side, one: Dimension) -> float:
    """How far the text of a dimension reaches outwards from its line [mm]."""
    return max(0.0, side.sign * (one.text_at[1 - side.axis] - one.line) + 0.6 * one.height)


def _same(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and bool(np.allclose(a, b, atol=1.0))


def _distinct(chains: Iterable[list[float]]) -> Iterator[list[float]]:
    """Chains that say something: more than the overall length unless it is the overall one, none twice."""
    said: list[list[float]] = []
    for stops in chains:
        if len(stops) >= 2 and not any(_same(stops, other) for other in said):
            said.append(stops)
    plain = [s for s in said if len(s) == 2]
    yield from [s for s in said if len(s) > 2] + plain[-1:]


def _merged(stops: Iterable[float]) -> list[float]:
    """Sorted stops, each at least LEAST after the one before; the last one stays."""
    ordered = sorted(stops)
    kept = ordered[:1]
    for stop in ordered[1:]:
        if stop - kept[-1] >= LEAST:
            kept.append(stop)
    if len(kept) > 1:
        kept[-1] = max(kept[-1], ordered[-1])
    return kept


def _ray(plan: Plan, side: _Side, along: float) -> LineString:
    """From outside through the whole plan."""
    x0, y0, x1, y1 = plan.outline.bounds
    low, high = ((y0, y1) if side.axis == 0 else (x0, x1))
    start, end = (low - 1000.0, high + 1000.0) if side.sign < 0 else (high + 1000.0, low - 1000.0)
    return LineString([side.point(along, start), side.point(along, end)])


def _room_stops(plan: Plan, side: _Side, lows: Point, highs: Point) -> list[float]:
    corners = {round(c[side.axis], 3) for r in plan.rooms for c in r.exterior.coords}
    cuts = np.array(sorted({*corners, lows[side.axis], highs[side.axis]}))
    if not plan.rooms or len(cuts) < 2:
        return []
    middles = (cuts[:-1] + cuts[1:]) / 2
    rays = np.array([_ray(plan, side, float(m)) for m in middles], dtype=object)
    starts = shapely.get_point(rays, 0)
    # Distance from the start of each ray to each room along the ray; nan where the ray misses the room.
    met = shapely.intersection(rays[:, None], np.array(plan.rooms, dtype=object)[None, :])
    away = np.where(shapely.length(met) > 1.0, shapely.distance(starts[:, None], met), np.inf)
    first = np.where(np.isfinite(away.min(axis=1)), away.argmin(axis=1), -1)
    stops = [
        float(cuts[i + 1])
        for i in range(len(first) - 1)
        if first[i] != first[i + 1] and -1 not in first[i : i + 2]
    ]
    return _merged([lows[side.axis], *stops, highs[side.axis]])


def _opening_stops(plan: Plan, side: _Side) -> list[float]:
    """Jambs of the openings in walls that face this side and have nothing in front of them."""
    stops: list[float] = []
    for opening in plan.openings:
        (a, b) = opening.coords[0], opening.coords[-1]
        if abs(a[1 - side.axis] - b[1 - side.axis]) > 1.0:
            continue
        middle, across = (a[side.axis] + b[side.axis]) / 2, a[1 - side.axis]
        met = _ray(plan, side, middle).intersection(plan.outline)
        edge = _first(met, side)
        if edge is not None and abs(edge - across) < 650.0:  # the face of its own wall
            stops += [a[side.axis], b[side.axis]]
    return stops


def _first(met: BaseGeometry, side: _Side) -> float | None:
    """Where a ray from this side meets a shape first: the coordinate across [mm]."""
    if met.is_empty:
        return None
    low, high = (met.bounds[1], met.bounds[3]) if side.axis == 0 else (met.bounds[0], met.bounds[2])
    return low if side.sign < 0 else high


def _foot(plan: Plan, side: _Side, along: float, default: float) -> float:
    """Where the façade stands at a stop, so that the extension line starts there."""
    met = [_first(_ray(plan, side, along + d).intersection(plan.outline), side) for d in (-1.0, 1.0)]
    edges = [e for e in met if e is not None]
    return default if not edges else (min(edges) if side.sign < 0 else max(edges))


def _chain(plan: Plan, side: _Side, stops: Sequence[float], feet: float | None, line: float, role: str,
           text: float) -> Iterator[Dimension]:
    """The dimensions between stops; extension lines start at ``feet``, or at the façade."""
    bounds = plan.outline.bounds
    edge = (bounds[1 - side.axis] if side.sign < 0 else bounds[3 - side.axis])
    starts = [_foot(plan, side, s, edge) if feet is None else feet for s in stops]
    level = 0
    for (a, b), (p, q) in zip(pairwise(stops), pairwise(starts), strict=True):
        tight = text_width(f"{b - a:.0f}", text) > (b - a) - 0.4 * text
        level = (level % 2) + 1 if tight else 0
        lift = {0: 0.0, 1: 1.5 * text, 2: -2.0 * text}[level]
        yield Dimension(role, side.point(a, p), side.point(b, q), line, text, side.axis == 1, lift)
