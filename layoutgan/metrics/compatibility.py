"""How far the doors of a plan are from those that were asked for, as House-GAN++ and HouseDiffusion count it.

Their papers call it graph edit distance, but rooms keep their number in the brief and nothing is matched: it
is the number of asked connections that the plan lacks, plus those that it has and nobody asked for. The world
outside is a node of its own, which front doors lead to. A plan reads as connected where a door overlaps two
rooms a little (intersection over union above 0 and below 0.2), the two that it overlaps most.

A door that completion adds to a room about which the brief says nothing counts as one too many. That is the
definition; ``unasked_doors`` says how many of them there are.

Source: the evaluation code of House-GAN++ (Nauata and others 2021) and HouseDiffusion (Shabani and others
2023); definition in our words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Polygon

from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.metrics.plan import OUTSIDE, Plan

__all__ = ["Asked", "compatibility", "estimated_connections", "unasked_doors"]

MOST_OVERLAP = 0.2
"""Intersection over union of a door and a room from which on they are not read as connected [-]."""

Pair = frozenset[str]
"""Ids of two rooms, or of a room and ``outside``."""


@dataclass(frozen=True)
class Asked:
    """Connections that somebody asked for, by the ids of rooms."""

    connections: frozenset[Pair]
    """Pairs of rooms with a door or opening, and of a room and ``outside`` with a front door."""
    anywhere: int = 0
    """Front doors that may open into any room: the first so many that the plan has are right."""

    @classmethod
    def by(cls, brief: FloorplanBrief) -> Asked:
        """What a brief asks for."""
        doors = {frozenset(a.between) for a in brief.adjacencies if a.kind in {"door", "open"}}
        fronts = {frozenset((OUTSIDE, e.space)) for e in brief.entrances if e.space is not None}
        anywhere = sum(e.space is None for e in brief.entrances)
        return cls(frozenset(doors | fronts), anywhere)

    @classmethod
    def shown_by(cls, plan: Plan) -> Asked:
        """What a finished plan answers: its own connections."""
        told = [frozenset(d.between) for d in plan.doors if len(d.between) == 2]
        if len(told) < len(plan.doors):
            return cls(estimated_connections(plan))
        return cls(frozenset(p for p in told if len(p) == 2))


def estimated_connections(plan: Plan) -> frozenset[Pair]:
    """Connections as they are read off the shapes of rooms and doors."""
    found: set[Pair] = set()
    for door in plan.doors:
        near = _candidates(door.shape, plan)
        if door.front and near:
            found.add(frozenset((OUTSIDE, near[0])))
        elif not door.front and len(near) >= 2:
            found.add(frozenset(near[:2]))
    return frozenset(found)


def _candidates(door: Polygon, plan: Plan) -> list[str]:
    """Ids of the rooms that a door overlaps a little, most first."""
    common = shapely.area(shapely.intersection(plan.shapes, door))
    shares = common / np.maximum(plan.areas + door.area - common, 1e-12)
    order = [int(i) for i in np.argsort(-shares, kind="stable") if 0 < shares[i] < MOST_OVERLAP]
    return [plan.ids[i] for i in order]


def compatibility(plan: Plan, asked: Asked) -> int:
    """Connections missing plus connections too many; 0 is best."""
    have = set(estimated_connections(plan))
    missing, extra = asked.connections - have, have - asked.connections
    fronts = sum(OUTSIDE in pair for pair in extra)
    matched = min(fronts, asked.anywhere)
    return len(missing) + len(extra) + asked.anywhere - 2 * matched


def unasked_doors(plan: Plan, asked: Asked) -> Mapping[str, int]:
    """Interior connections that nobody asked for: to rooms that the brief connects to nothing, and others.

    A room must be reached somehow, so completion gives a door to rooms that the brief says nothing about
    (``needed``); every other one (``spare``) contradicts what the brief says about both of its rooms.
    """
    mentioned = {end for pair in asked.connections for end in pair if OUTSIDE not in pair}
    extra = [p for p in estimated_connections(plan) - asked.connections if OUTSIDE not in p]
    needed = sum(not pair <= mentioned for pair in extra)
    return {"needed": needed, "spare": len(extra) - needed}
