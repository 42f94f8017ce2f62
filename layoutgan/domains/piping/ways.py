"""How lines go up and down, and how they reach pumps."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Point

from layoutgan.domains.piping.derived import equipment
from layoutgan.domains.piping.elements import Equipment, Pipe
from layoutgan.validation.rule import Context

__all__ = ["Suction", "corners", "pockets", "suction_of", "suctions"]

_LEVEL = 1e-4
"""Change of elevation that is no change [m]; a sloped line falls a hundred times that over a metre."""
_STRAIGHT = 1e-6


def pockets(points: NDArray[np.float64]) -> tuple[int, int]:
    """High pockets (up, later down) and low pockets (down, later up) on a way through points [V, 3]."""
    moves = np.diff(points[:, 2])
    ups = [bool(m > 0) for m in moves if abs(m) > _LEVEL]
    high = sum(a and not b for a, b in itertools.pairwise(ups))
    low = sum(b and not a for a, b in itertools.pairwise(ups))
    return high, low


def corners(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which points [V, 3] are elbows: the direction changes there; ends are none."""
    steps = np.diff(points, axis=0)
    length = np.linalg.norm(steps, axis=1, keepdims=True)
    unit = steps / np.where(length > 0, length, 1.0)
    turn = np.linalg.norm(np.diff(unit, axis=0), axis=1) > _STRAIGHT
    return np.concatenate(([False], turn, [False]))


@dataclass(frozen=True)
class Suction:
    """A pipe that leads to the suction nozzle of a pump."""

    pump: Equipment
    nozzle: str
    pipe: Pipe
    points: NDArray[np.float64]
    """The whole way from the line's source to the pump, through the header it branches from [V, 3] [m]."""


def suctions(context: Context) -> tuple[Suction, ...]:
    """All ways to suction nozzles of pumps."""
    pumps = {item.id: item for item in context.once(equipment) if item.kind == "pump"}
    found = []
    for pipe in context.layout.of(Pipe):
        for text, points in ((pipe.end, pipe.points), (pipe.start, pipe.points[::-1])):
            tag, _, name = text.rpartition(".")
            nozzle = pumps[tag].nozzle(name) if tag in pumps else None
            if nozzle is not None and nozzle.role == "suction":
                way = _whole(pipe, points, context, at_end=text == pipe.end)
                found.append(Suction(pumps[tag], name, pipe, way))
    return tuple(found)


def suction_of(pipe: Pipe, context: Context) -> list[Suction]:
    """Ways to suction nozzles that end in a pipe."""
    return [s for s in context.once(suctions) if s.pipe is pipe]


def _whole(pipe: Pipe, points: NDArray[np.float64], context: Context, *, at_end: bool) -> NDArray[np.float64]:
    """The way from where the header starts: points of the header up to the tee, then those of the branch."""
    others = {p.id: p for p in context.layout.of(Pipe)}
    seen = {pipe.id}
    source = pipe.start if at_end else pipe.end
    while source in others and source not in seen:
        seen.add(source)
        header = others[source]
        points = np.concatenate((_up_to(header.points, points[0]), points))
        source = header.start
    return points


def _up_to(points: NDArray[np.float64], tee: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of a way from its start to the place nearest to a point."""
    best, cut = np.inf, 1
    for k in range(len(points) - 1):
        leg = points[k + 1] - points[k]
        square = float(leg @ leg)
        part = min(max(float((tee - points[k]) @ leg) / square, 0.0), 1.0) if square > 0 else 0.0
        away = float(np.linalg.norm(points[k] + part * leg - tee))
        if away < best - 1e-9:
            best, cut = away, k + 1
    return points[:cut]


def plan_point(point: NDArray[np.float64]) -> Point:
    """A point [3] in plan, for findings."""
    return Point(float(point[0]), float(point[1]))
