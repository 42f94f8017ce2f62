"""Proposals that no network made: what a learned start has to beat.

Random boxes, positions from drawing the graph, and (in ``benchmarks/``) a retrieved plan, stretched.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from layoutgan.core.brief import Programme, RelationKind
from layoutgan.domains.domain import Proposal

__all__ = ["graph_drawing", "random_boxes"]


def random_boxes(programme: Programme, seed: int, *, boxes: int = 2) -> Proposal:
    """Squares of the wanted area, uniformly in the site; trust 0, because there is nothing to follow."""
    rng = np.random.default_rng([seed, 1])
    x0, y0, x1, y1 = programme.site.inside.bounds
    centres: list[NDArray[np.float64]] = []
    while len(centres) < len(programme.nodes):
        points = rng.uniform((x0, y0), (x1, y1), (64, 2))
        inside = shapely.contains_xy(programme.site.inside, points[:, 0], points[:, 1])
        centres += list(points[inside])
    return _squares(programme, np.asarray(centres[: len(programme.nodes)]), boxes, "random")


def graph_drawing(programme: Programme, seed: int, *, boxes: int = 2) -> Proposal:
    """Squares of the wanted area at the positions of a force-directed drawing of the brief's graph.

    Source: Fruchterman and Reingold 1991, as in networkx.
    """
    import networkx

    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(len(programme.nodes)))
    for relation in programme.relations:
        if relation.kind is not RelationKind.NEVER:
            graph.add_edge(programme.ids[relation.first], programme.ids[relation.second])
    drawn = networkx.spring_layout(graph, seed=seed)
    points = np.asarray([drawn[i] for i in range(len(programme.nodes))], dtype=np.float64).reshape(-1, 2)
    low, high = points.min(axis=0), points.max(axis=0)
    x0, y0, x1, y1 = programme.site.inside.bounds
    span = np.where(high - low > 1e-9, high - low, 1.0)
    # The drawing fills the middle 80 % of the site, because half a room lies beyond the outermost centre.
    centres = np.array([x0, y0]) + (0.1 + 0.8 * (points - low) / span) * np.array([x1 - x0, y1 - y0])
    return _squares(programme, centres, boxes, "graph")


def _squares(programme: Programme, centres: NDArray[np.float64], boxes: int, source: str) -> Proposal:
    half = np.sqrt([max(node.area[1], 0.1) for node in programme.nodes])[:, None] / 2
    rectangles = np.concatenate((centres - half, centres + half), axis=1)
    for i, node in enumerate(programme.nodes):
        if node.fixed is not None:
            rectangles[i] = node.fixed.bounds
    gates = np.zeros((len(programme.nodes), boxes), dtype=bool)
    gates[:, 0] = True
    return Proposal(
        tuple(n.id for n in programme.nodes),
        np.repeat(rectangles[:, None], boxes, axis=1),
        gates,
        source=source,
        trust=0.0,
    )
