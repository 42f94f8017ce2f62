"""Valves and the like on pipes: how high they are for a person, and how straight the pipe is around them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from layoutgan.domains.piping.derived import size_of
from layoutgan.domains.piping.elements import Component, Equipment, Pipe, PlacedNozzle, Platform
from layoutgan.domains.piping.pipe_data import elbow
from layoutgan.domains.piping.shapes import coordinates
from layoutgan.domains.piping.ways import corners
from layoutgan.validation.rule import Context

__all__ = ["HAND_OPERATED", "nozzle_at", "straight_runs", "wheel_height"]

HAND_OPERATED = frozenset({"gate", "globe", "ball", "butterfly"})
"""Kinds of valves that people turn."""
_ARM = 0.6
"""A platform nearer than this in plan serves a valve [m]."""


def wheel_height(part: Component, context: Context) -> float:
    """Height of a valve above the platform or the ground that one stands on [m]."""
    height = float(coordinates(part.shape)[2])
    floors = [
        platform.elevation
        for platform in context.layout.of(Platform)
        if platform.elevation <= height and platform.shape.distance(part.shape) <= _ARM
    ]
    return height - max(floors, default=0.0)


def nozzle_at(end: str, items: Mapping[str, Equipment]) -> PlacedNozzle | None:
    """The nozzle that the end of a pipe names, ``TAG.NOZZLE``."""
    tag, _, name = end.rpartition(".")
    return items[tag].nozzle(name) if tag in items else None


def straight_runs(part: Component, context: Context) -> tuple[float, float] | None:
    """Straight pipe before and behind a component, to the tangents of elbows [m]; None without a pipe."""
    pipe = next((p for p in context.layout.of(Pipe) if p.id == part.pipe), None)
    if pipe is None:
        return None
    points, here = pipe.points, coordinates(part.shape)
    steps = np.diff(points, axis=0)
    square = (steps * steps).sum(1)
    along = np.clip(((here - points[:-1]) * steps).sum(1) / np.where(square > 0, square, 1.0), 0.0, 1.0)
    leg = int(np.linalg.norm(points[:-1] + along[:, None] * steps - here, axis=1).argmin())
    turns = corners(points)
    take = elbow(size_of(pipe.nps))
    before = float(np.linalg.norm(here - points[leg]))
    behind = float(np.linalg.norm(points[leg + 1] - here))
    for k in range(leg, 0, -1):  # points that lie on a straight line do not end it
        if turns[k]:
            before -= take
            break
        before += float(np.linalg.norm(points[k] - points[k - 1]))
    for k in range(leg + 1, len(points) - 1):
        if turns[k]:
            behind -= take
            break
        behind += float(np.linalg.norm(points[k + 1] - points[k]))
    return before - part.length / 2, behind - part.length / 2
