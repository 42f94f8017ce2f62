"""Proposals for a brief: from the network, or from one of the baselines."""

from __future__ import annotations

from collections.abc import Callable

from layoutgan.core.brief import Brief
from layoutgan.domains.domain import Proposal, domain_of
from layoutgan.errors import UnknownName
from layoutgan.generation.baselines import graph_drawing, random_boxes

__all__ = ["STARTS", "sample", "usual_start"]


def _network(brief: Brief, count: int, seed: int, weights: str | None) -> list[Proposal]:
    from layoutgan.generation.network import propose

    return propose(brief, count, seed, weights=weights)


def _random(brief: Brief, count: int, seed: int, weights: str | None) -> list[Proposal]:
    programme, boxes = brief.programme(), domain_of(brief.domain).boxes
    return [random_boxes(programme, seed * 1_000_003 + i, boxes=boxes) for i in range(count)]


def _graph(brief: Brief, count: int, seed: int, weights: str | None) -> list[Proposal]:
    programme, boxes = brief.programme(), domain_of(brief.domain).boxes
    return [graph_drawing(programme, seed * 1_003 + i, boxes=boxes) for i in range(count)]


STARTS: dict[str, Callable[[Brief, int, int, str | None], list[Proposal]]] = {
    "network": _network,
    "random": _random,
    "graph": _graph,
}
"""Where proposals can come from in every domain."""


def usual_start(domain: str) -> str:
    """Where proposals come from when nobody says: the network if weights are shipped, else random boxes."""
    from layoutgan.training.files import shipped

    return "network" if any(name.split("-")[0] == domain for name in shipped()) else "random"


def sample(
    brief: Brief, count: int, seed: int = 0, *, start: str = "network", weights: str | None = None
) -> list[Proposal]:
    """Proposals for a brief, the same for the same seed.

    Args:
        brief: what is asked.
        count: how many (K).
        seed: of the noise.
        start: one of STARTS, or of the domain's own.
        weights: name or file of a generator; by default the domain's shipped one.

    Raises:
        UnknownName: there is no such start or no such weights.
    """
    own = domain_of(brief.domain).starts
    if start in own:
        return own[start](brief, count, seed)
    if start not in STARTS:
        raise UnknownName("start", start, (*STARTS, *own))
    return STARTS[start](brief, count, seed, weights)
