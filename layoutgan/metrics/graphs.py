"""Floor plans and briefs as graphs of rooms: what touches, what doors join, what was asked."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layoutgan.domains.floorplan.brief import FloorplanBrief
from layoutgan.metrics.plan import CANONICAL, GAP, OUTSIDE, Plan

__all__ = ["CONTACT", "RoomGraph", "asked_graph", "contact_graph", "door_graph", "topology"]

CONTACT = 0.5
"""Common wall from which two rooms are neighbours [m]."""


@dataclass(frozen=True)
class RoomGraph:
    """Rooms by kind and which of them belong together."""

    kinds: tuple[str, ...]
    """Canonical type of each room [N]."""
    edges: frozenset[tuple[int, int]]
    """Pairs of positions, the smaller first."""

    @classmethod
    def of(cls, kinds: Iterable[str], pairs: Iterable[tuple[int, int]]) -> RoomGraph:
        """The graph of pairs in any order; a room with itself is no pair."""
        return cls(tuple(kinds), frozenset((min(p), max(p)) for p in pairs if p[0] != p[1]))

    def matrix(self) -> NDArray[np.bool_]:
        """Which rooms belong together [N, N]."""
        table = np.zeros((len(self.kinds), len(self.kinds)), dtype=bool)
        for i, j in self.edges:
            table[i, j] = table[j, i] = True
        return table


def contact_graph(plan: Plan) -> RoomGraph:
    """Rooms that share at least CONTACT of wall, corners not counted."""
    first, second = np.nonzero(np.triu(plan.strict_contacts >= CONTACT - 1e-9, 1))
    return RoomGraph.of(plan.kinds, zip(first.tolist(), second.tolist(), strict=True))


def door_graph(plan: Plan) -> RoomGraph:
    """Rooms that an interior door or opening joins.

    Where the file does not say which, the door is grown by GAP and joins the two rooms that it then overlaps
    most, as in the independent benchmark.
    """
    place = {name: i for i, name in enumerate(plan.ids)}
    pairs = []
    for door in plan.doors:
        if door.front or OUTSIDE in door.between:
            continue
        if len(door.between) == 2:
            ends = [place[name] for name in door.between if name in place]
        else:
            shared = shapely.area(shapely.intersection(plan.shapes, door.shape.buffer(GAP)))
            ends = [int(i) for i in np.argsort(-shared, kind="stable")[:2] if shared[i] > 0]
        if len(ends) == 2:
            pairs.append((ends[0], ends[1]))
    return RoomGraph.of(plan.kinds, pairs)


def asked_graph(brief: FloorplanBrief) -> RoomGraph:
    """The spaces of a brief and the doors and openings that it asks for."""
    place = {space.id: i for i, space in enumerate(brief.spaces)}
    kinds = (CANONICAL.get(space.kind, space.kind) for space in brief.spaces)
    wanted = (a.between for a in brief.adjacencies if a.kind in {"door", "open"})
    return RoomGraph.of(kinds, ((place[a], place[b]) for a, b in wanted))


def topology(graph: RoomGraph, rounds: int = 3) -> str:
    """Weisfeiler-Lehman hash of the graph: the same for plans that differ by order, mirror or size only.

    Source: Shervashidze and others 2011.
    """
    neighbours: list[list[int]] = [[] for _ in graph.kinds]
    for i, j in sorted(graph.edges):
        neighbours[i].append(j)
        neighbours[j].append(i)
    colours = list(graph.kinds)
    for _ in range(rounds):
        colours = [
            hashlib.sha256(f"{c}|{','.join(sorted(colours[j] for j in n))}".encode()).hexdigest()[:12]
            for c, n in zip(colours, neighbours, strict=True)
        ]
    return hashlib.sha256(repr(sorted(Counter(colours).items())).encode()).hexdigest()[:16]
