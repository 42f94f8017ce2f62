"""From a finished layout back to the noise that makes it."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from layoutgan.models.config import Config
from layoutgan.models.graph_transformer import (
    BoxEmbedding,
    Condition,
    GraphTransformer,
    NodeEmbedding,
    PairBias,
    Proposal,
    pool,
)


class Code(NamedTuple):
    """A normal distribution over the noise."""

    nodes: Tensor
    """[B, N, Zn] means."""
    nodes_log_variance: Tensor
    """[B, N, Zn]."""
    graph: Tensor
    """[B, Zg] means."""
    graph_log_variance: Tensor
    """[B, Zg]."""

    def sample(self, node_noise: Tensor, graph_noise: Tensor) -> tuple[Tensor, Tensor]:
        """A draw from the distribution, for standard normal [B, N, Zn] and [B, Zg]."""
        nodes = self.nodes + torch.exp(self.nodes_log_variance / 2) * node_noise
        return nodes, self.graph + torch.exp(self.graph_log_variance / 2) * graph_noise


class Encoder(nn.Module):
    """A graph transformer that reads a layout and answers with a distribution over its noise.

    Source: Makhzani et al. 2015, "Adversarial autoencoders"; Zhu et al. 2017, "Toward multimodal image-to-
    image translation" (the noise of a sample must be recoverable).
    """

    def __init__(self, config: Config) -> None:
        """Builds the network with random weights of torch's global generator."""
        super().__init__()
        self.nodes = NodeEmbedding(config)
        self.boxes = BoxEmbedding(config)
        self.pairs = PairBias(config)
        self.trunk = GraphTransformer(config, config.encoder_layers)
        self.node_code = nn.Linear(config.width, 2 * config.node_noise)
        self.graph_code = nn.Linear(config.width, 2 * config.graph_noise)
        for layer in (self.node_code, self.graph_code):
            nn.init.normal_(layer.weight, std=0.02)

    def forward(self, condition: Condition, proposal: Proposal) -> Code:
        """Distribution over the noise of the layout."""
        nodes = self.nodes(condition) + self.boxes(proposal)
        nodes = self.trunk(nodes, condition, self.pairs(proposal.boxes))
        present = condition.present[..., None]
        mean, spread = (self.node_code(nodes) * present).chunk(2, -1)
        graph_mean, graph_spread = self.graph_code(pool(nodes, condition.present)).chunk(2, -1)
        return Code(mean, spread.clamp(-8, 4), graph_mean, graph_spread.clamp(-8, 4))
