"""Proposals of a trained generator, scored by its graph discriminator."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import torch

from layoutgan.core.brief import Brief
from layoutgan.domains.domain import Proposal, domain_of
from layoutgan.encoding.batch import collate
from layoutgan.encoding.records import encode_brief
from layoutgan.errors import InputError, UnknownName
from layoutgan.training.weights import Trained, load_trained, shipped

__all__ = ["default_weights", "propose", "trained"]

GATE = 0.5
"""A rectangle counts when its gate is above this [-]."""
BATCH = 64
"""Proposals per forward pass [-]."""


def default_weights(domain: str) -> str:
    """Name of the weights that the package ships for a domain.

    Raises:
        UnknownName: there are none.
    """
    names = [name for name in shipped() if name.split("-")[0] == domain]
    if not names:
        raise UnknownName("shipped weights for domain", domain, {n.split("-")[0] for n in shipped()})
    return names[0]


@lru_cache(maxsize=4)
def trained(name: str) -> Trained:
    """The networks of that name or file, kept for the next brief."""
    return load_trained(name)


def propose(brief: Brief, count: int, seed: int, *, weights: str | None = None) -> list[Proposal]:
    """Proposals of the network for a brief, the same for the same seed.

    Args:
        brief: what is asked.
        count: how many (K).
        seed: of the noise.
        weights: name or ``.safetensors`` file; by default the domain's shipped ones.

    Raises:
        UnknownName: no such weights.
        InputError: the weights belong to another domain.
    """
    name = weights or default_weights(brief.domain)
    nets = trained(name)
    domain = domain_of(brief.domain)
    if nets.domain != domain.name:
        raise InputError(f"weights '{name}' were trained for {nets.domain}, and the brief is a {domain.name}")
    record = encode_brief(brief, domain, nets.config.pixels)
    noise = torch.Generator().manual_seed(seed)
    proposals: list[Proposal] = []
    with torch.inference_mode():
        while len(proposals) < count:
            size = min(BATCH, count - len(proposals))
            batch = collate([record]).repeat(size)
            nodes = torch.randn(size, batch.kinds.shape[1], nets.config.node_noise, generator=noise)
            graph = torch.randn(size, nets.config.graph_noise, generator=noise)
            answer = nets.generator(batch, nodes, graph)
            verdict = nets.graph_discriminator(batch, answer).whole
            corners = batch.metres(answer.boxes).numpy().astype(np.float64)
            gates = (answer.gates > GATE).numpy()
            turns = answer.turns.argmax(-1).numpy()
            rooms = len(record.kinds)
            ids = tuple(node.id for node in brief.programme().nodes)
            proposals += [
                Proposal(
                    ids,
                    corners[i, :rooms],
                    gates[i, :rooms],
                    turns[i, :rooms],
                    "network",
                    1.0,
                    float(verdict[i]),
                )
                for i in range(size)
            ]
    return proposals
