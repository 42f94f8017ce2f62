"""A tree of straight edges as a run and its branches."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

__all__ = ["decompose"]

Floats = NDArray[np.float64]
Node = tuple[int, int, int]
_GRAIN = 1e6
"""Nodes nearer than a micrometre are one."""


def _node(point: Floats) -> Node:
    return round(point[0] * _GRAIN), round(point[1] * _GRAIN), round(point[2] * _GRAIN)


def decompose(edges: Floats, tips: Floats) -> tuple[Floats, ...] | None:
    """The path from the first to the second tip, then one per further tip to where it meets those before it.

    Args:
        edges: straight edges that form a tree [E, 6] [m].
        tips: terminals [T, 3] [m].

    Returns:
        Corner points of each path; None if the edges do not join the tips.
    """
    points: dict[Node, Floats] = {}
    beside: dict[Node, list[Node]] = {}
    for point in tips:
        points.setdefault(_node(point), point)
    for edge in _split(edges, tips):
        a, b = _node(edge[:3]), _node(edge[3:])
        points.setdefault(a, edge[:3])
        points.setdefault(b, edge[3:])
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    paths: list[Floats] = []
    laid: set[Node] = {_node(tips[1])}
    for tip in (0, *range(2, len(tips))):
        way = _walk(_node(tips[tip]), laid, beside)
        if way is None:
            return None
        laid.update(way)
        paths.append(_corners(np.array([points[node] for node in way])))
    return tuple(paths)


def _split(edges: Floats, tips: Floats) -> list[Floats]:
    """Edges cut where another edge or a tip touches their inside."""
    stops = np.concatenate([edges[:, :3], edges[:, 3:], tips])
    pieces = []
    for edge in edges:
        axis = int(np.abs(edge[3:] - edge[:3]).argmax())
        low, high = min(edge[axis], edge[axis + 3]), max(edge[axis], edge[axis + 3])
        on = (np.delete(np.abs(stops - edge[:3]), axis, axis=1) < 1.0 / _GRAIN).all(axis=1)
        inside = stops[
            on & (stops[:, axis] > low + 1.0 / _GRAIN) & (stops[:, axis] < high - 1.0 / _GRAIN), axis
        ]
        marks = np.unique(np.round(np.concatenate([[low, high], inside]), 9))
        for a, b in itertools.pairwise(marks):
            piece = np.concatenate([edge[:3], edge[:3]])
            piece[axis], piece[axis + 3] = a, b
            pieces.append(piece)
    return pieces


def _walk(start: Node, goals: set[Node], beside: dict[Node, list[Node]]) -> list[Node] | None:
    """Nodes from the start to the first goal met, breadth first."""
    before: dict[Node, Node | None] = {start: None}
    queue = [start]
    for node in queue:
        if node in goals:
            way: list[Node] = []
            at: Node | None = node
            while at is not None:
                way.append(at)
                at = before[at]
            return way[::-1]
        for other in beside.get(node, []):
            if other not in before:
                before[other] = node
                queue.append(other)
    return None


def _corners(points: Floats) -> Floats:
    keep = [0]
    for row in range(1, len(points) - 1):
        before, after = points[row] - points[row - 1], points[row + 1] - points[row]
        if np.abs(before).argmax() != np.abs(after).argmax():
            keep.append(row)
    if len(points) > 1:
        keep.append(len(points) - 1)
    return points[keep]
