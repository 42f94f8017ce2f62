"""From a brief and noise to boxes."""

from __future__ import annotations

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
)

_UNASKED_SIDE = 0.2  # side of an element whose brief names no area, in unit squares
_LARGEST_STRETCH = 1.6  # log of the most that a side may differ from that of the square of target area


class Generator(nn.Module):
    """A graph transformer that answers, half-way looks at its own answer, and corrects it."""

    def __init__(self, config: Config) -> None:
        """Builds the network with random weights of torch's global generator."""
        super().__init__()
        self.config = config
        answers = 5 * config.rectangles if config.head is Head.RECTANGLES else 6
        self.nodes = NodeEmbedding(config)
        self.node_noise = nn.Linear(config.node_noise, config.width)
        self.graph_noise = nn.Linear(config.graph_noise, config.width)
        self.trunk = GraphTransformer(config, config.generator_layers)
        self.draft_norm = nn.LayerNorm(config.width)
        self.draft = nn.Linear(config.width, answers)
        self.feedback = BoxEmbedding(config)
        self.pairs = PairBias(config)
        self.answer = nn.Linear(config.width, answers)
        nn.init.normal_(self.draft.weight, std=0.02)
        nn.init.normal_(self.answer.weight, std=0.02)

    def forward(self, condition: Condition, node_noise: Tensor, graph_noise: Tensor) -> Proposal:
        """Boxes in the unit square for noise [B, N, Zn] and [B, Zg]."""
        return self.stages(condition, node_noise, graph_noise)[1]

    def stages(
        self, condition: Condition, node_noise: Tensor, graph_noise: Tensor
    ) -> tuple[Proposal, Proposal]:
        """The draft and the answer; training may judge both."""
        nodes = self.nodes(condition) + self.node_noise(node_noise) + self.graph_noise(graph_noise)[:, None]
        edges, keys, values = self.trunk.look(condition)
        half = len(self.trunk.blocks) // 2
        for block in self.trunk.blocks[:half]:
            nodes = block(nodes, edges, keys, values, None)
        raw = self.draft(self.draft_norm(nodes))
        draft = self._place(raw, condition)
        nodes = nodes + self.feedback(draft)
        bias = self.pairs(draft.boxes)
        for block in self.trunk.blocks[half:]:
            nodes = block(nodes, edges, keys, values, bias)
        return draft, self._place(raw + self.answer(self.trunk.norm(nodes)), condition)

    def _place(self, raw: Tensor, condition: Condition) -> Proposal:
        place = self._rectangles if self.config.head is Head.RECTANGLES else self._oriented
        boxes, gates, turns = place(raw, condition)
        fixed = condition.fixed[..., None]
        boxes = torch.where(fixed[..., None], condition.fixed_boxes[:, :, None], boxes)
        later = torch.arange(boxes.shape[2], device=boxes.device) > 0
        gates = torch.where(fixed & later, torch.zeros_like(gates), gates)
        present = condition.present
        return Proposal(boxes * present[..., None, None], gates * present[..., None], turns)

    def _rectangles(self, raw: Tensor, condition: Condition) -> tuple[Tensor, Tensor, Tensor]:
        parts = raw.reshape(*raw.shape[:2], self.config.rectangles, 5)
        side = condition.target_sides
        side = torch.where(side > 0, side, torch.full_like(side, _UNASKED_SIDE))[..., None, None]
        stretch = _LARGEST_STRETCH * torch.tanh(parts[..., 2:4] / _LARGEST_STRETCH)
        boxes = torch.cat([torch.sigmoid(2 * parts[..., :2]), side * torch.exp(stretch)], -1)
        first = torch.ones_like(parts[..., :1, 4])
        gates = torch.cat([first, torch.sigmoid(parts[..., 1:, 4])], -1)
        return boxes, gates, raw.new_zeros((*raw.shape[:2], 4))

    def _oriented(self, raw: Tensor, condition: Condition) -> tuple[Tensor, Tensor, Tensor]:
        chance = raw[..., 2:].softmax(-1)
        chosen = nn.functional.one_hot(chance.argmax(-1), 4).to(raw.dtype)
        turns = chosen + chance - chance.detach()  # straight-through: critics must not see softness
        along = turns[..., 0::2].sum(-1, keepdim=True)
        size = along * condition.sizes + (1 - along) * condition.sizes.flip(-1)
        box = torch.cat([torch.sigmoid(2 * raw[..., :2]), size], -1)[:, :, None]
        rectangles = self.config.rectangles
        gates = (torch.arange(rectangles, device=raw.device) == 0).to(raw.dtype).expand(*raw.shape[:2], -1)
        return box.expand(-1, -1, rectangles, -1), gates, turns * condition.present[..., None]
