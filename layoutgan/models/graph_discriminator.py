"""A critic that reads the graph with its boxes."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from layoutgan.models.config import Config, Head
from layoutgan.models.graph_transformer import (
    BoxEmbedding,
    Condition,
    GraphTransformer,
    NodeEmbedding,
    PairBias,
    Proposal,
    pool,
)


class Verdict(NamedTuple):
    """How real a layout looks; only differences between answers to one brief mean anything."""

    whole: Tensor
    """[B]."""
    elements: Tensor
    """[B, N] share of each element; zero for padding."""


class Discriminator(nn.Module):
    """Scores a layout as a graph: global score, projection on the kinds, and mean score of the elements.

    Source: Miyato and Koyama 2018, "cGANs with projection discriminator".
    """

    def __init__(self, config: Config) -> None:
        """Builds the network with random weights of torch's global generator."""
        super().__init__()
        self.oriented = config.head is Head.ORIENTED
        self.nodes = NodeEmbedding(config)
        self.boxes = BoxEmbedding(config)
        self.pairs = PairBias(config)
        self.trunk = GraphTransformer(config, config.discriminator_layers)
        self.element_score = nn.Linear(config.width, 1)
        self.hidden = nn.Sequential(nn.Linear(config.width, config.width), nn.LeakyReLU(0.2))
        self.score = nn.Linear(config.width, 1)
        self.projection = nn.Embedding(config.kinds, config.width)
        nn.init.normal_(self.projection.weight, std=0.1 * config.width**-0.5)
        for layer in (self.element_score, self.score):
            nn.init.normal_(layer.weight, std=0.1 * config.width**-0.5)

    def forward(self, condition: Condition, proposal: Proposal) -> Verdict:
        """Verdict on the boxes; differentiable twice with respect to them."""
        nodes = self.nodes(condition) + self.boxes(self._shown(proposal))
        nodes = self.trunk(nodes, condition, self.pairs(proposal.boxes))
        present = condition.present
        elements = self.element_score(nodes)[..., 0] * present
        features = self.hidden(pool(nodes, present))
        kinds = pool(self.projection(condition.kinds), present)
        whole = self.score(features)[:, 0] + (features * kinds).sum(-1)
        return Verdict(whole + elements.sum(1) / present.sum(1).clamp_min(1), elements)

    def _shown(self, proposal: Proposal) -> Proposal:
        """What is looked at: gates open or shut, and turns only where there are any.

        Layouts and proposals write down soft gates, and the turns of rooms, in ways that differ throughout.
        """
        gates = proposal.gates
        gates = gates + ((gates > 0.5).to(gates.dtype) - gates).detach()
        turns = proposal.turns if self.oriented else torch.zeros_like(proposal.turns)
        return Proposal(proposal.boxes, gates, turns)
