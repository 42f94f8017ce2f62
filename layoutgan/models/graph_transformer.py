"""The blocks that generator, encoder and graph discriminator share: attention over typed edges.

Attention is matrix product and softmax, not torch's fused kernel, because gradient penalties differentiate
twice and the fused kernel has no second derivative.

Source: Shaw et al. 2018, "Self-attention with relative position representations" (relation-valued messages).
"""

from __future__ import annotations

import math
from typing import NamedTuple, Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional

from layoutgan.models.config import Config

_MASKED = -1e4  # not -inf: a row without any element must stay finite
_FREQUENCIES = (1.0, 2.0, 4.0, 8.0)
_TOKENS = 4  # per side of the site; with eight, the site took most of the time
_COORDINATES = 8 * (1 + 2 * len(_FREQUENCIES))


class Condition(Protocol):
    """What a network reads about a brief; `encoding.Batch` is one."""

    @property
    def kinds(self) -> Tensor:
        """Element kinds [B, N] int64."""

    @property
    def present(self) -> Tensor:
        """Real elements [B, N] bool."""

    @property
    def attributes(self) -> Tensor:
        """Numbers asked for [B, N, A]."""

    @property
    def relations(self) -> Tensor:
        """Typed edges [B, N, N] int64."""

    @property
    def weights(self) -> Tensor:
        """Edge costs [B, N, N]."""

    @property
    def site(self) -> Tensor:
        """Site planes [B, C, H, W]."""

    @property
    def target_sides(self) -> Tensor:
        """Square roots of target areas [B, N]."""

    @property
    def fixed(self) -> Tensor:
        """Elements with a given box [B, N] bool."""

    @property
    def fixed_boxes(self) -> Tensor:
        """Given boxes [B, N, 4]."""

    @property
    def sizes(self) -> Tensor:
        """Given length and width [B, N, 2]."""


class Proposal(NamedTuple):
    """Where the elements go."""

    boxes: Tensor
    """[B, N, K, 4] centre x, y, width, height in the unit square."""
    gates: Tensor
    """[B, N, K] probability that the rectangle is in use; the first is 1."""
    turns: Tensor
    """[B, N, 4] quarter turn, one-hot in value, soft in gradient."""


class Edges(NamedTuple):
    """Typed edges, prepared once for all blocks."""

    one_hot: Tensor
    """[B, N, N, R]."""
    weights: Tensor
    """[B, 1, N, N]."""
    masked: Tensor
    """[B, 1, 1, N] bool, true where there is no element to look at."""


def edges_of(condition: Condition, relations: int) -> Edges:
    """The condition's edges in the form the blocks read."""
    one_hot = functional.one_hot(condition.relations, relations).to(condition.site.dtype)
    return Edges(one_hot, condition.weights[:, None], ~condition.present[:, None, None])


def coordinates(boxes: Tensor) -> Tensor:
    """Boxes [..., 4] as centre, size and sides with their sines and cosines [..., 72]."""
    half = boxes[..., 2:] / 2
    values = torch.cat([boxes, boxes[..., :2] - half, boxes[..., :2] + half], -1)
    frequencies = torch.tensor(_FREQUENCIES, device=boxes.device, dtype=boxes.dtype) * (2 * math.pi)
    angles = (values[..., None] * frequencies).flatten(-2)
    return torch.cat([values, torch.sin(angles), torch.cos(angles)], -1)


class BoxEmbedding(nn.Module):
    """Rectangles and turns of each element as one vector [B, N, width]."""

    def __init__(self, config: Config) -> None:
        """A linear map of the coordinates of K rectangles and of the turn."""
        super().__init__()
        self.linear = nn.Linear(config.rectangles * _COORDINATES + 4, config.width)

    def forward(self, proposal: Proposal) -> Tensor:
        """Embedding [B, N, width]; a rectangle whose gate closes moves onto the first."""
        boxes, gates = proposal.boxes, proposal.gates[..., None]
        shown = gates * boxes + (1 - gates) * boxes[..., :1, :]
        out: Tensor = self.linear(torch.cat([coordinates(shown).flatten(2), proposal.turns], -1))
        return out


class PairBias(nn.Module):
    """What attention should know about how two boxes lie to each other, [B, heads, N, N]."""

    def __init__(self, config: Config) -> None:
        """A small network on the gaps between the first rectangles."""
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(8, 16), nn.GELU(), nn.Linear(16, config.heads))

    def forward(self, boxes: Tensor) -> Tensor:
        """Bias from the first rectangles of boxes [B, N, K, 4]."""
        first = boxes[:, :, 0]
        low, high = first[..., :2] - first[..., 2:] / 2, first[..., :2] + first[..., 2:] / 2
        gap = torch.maximum(low[:, :, None], low[:, None]) - torch.minimum(high[:, :, None], high[:, None])
        offset = first[:, :, None, :2] - first[:, None, :, :2]
        features = torch.cat(
            [offset, gap, low[:, :, None] - low[:, None], high[:, :, None] - high[:, None]], -1
        )
        out: Tensor = self.layers(torch.tanh(4 * features)).permute(0, 3, 1, 2)
        return out


class NodeEmbedding(nn.Module):
    """Kind and attributes of each element as one vector [B, N, width]."""

    def __init__(self, config: Config) -> None:
        """An embedding of the kind plus a linear map of the attributes."""
        super().__init__()
        self.kinds = nn.Embedding(config.kinds, config.width)
        self.attributes = nn.Linear(config.attributes, config.width)

    def forward(self, condition: Condition) -> Tensor:
        """Embedding [B, N, width]."""
        out: Tensor = self.kinds(condition.kinds) + self.attributes(condition.attributes)
        return out


class SiteTokens(nn.Module):
    """A site raster [B, C, H, W] as 16 tokens [B, 16, width], four rows of four.

    Patches go through a small network of their own. Convolutions would let patches see each other, but took
    half of a training step on a CPU, and the raster holds distances to what is far away.
    """

    def __init__(self, config: Config) -> None:
        """Each token is a patch of `pixels / 4` pixels per side and its place."""
        super().__init__()
        self.patch = config.pixels // _TOKENS
        entries = config.site_channels * self.patch**2
        self.layers = nn.Sequential(
            nn.Linear(entries, config.width), nn.GELU(), nn.Linear(config.width, config.width)
        )
        self.place = nn.Parameter(0.1 * torch.randn(_TOKENS**2, config.width))
        self.norm = nn.LayerNorm(config.width)

    def forward(self, site: Tensor) -> Tensor:
        """Tokens [B, 16, width]."""
        size, planes = site.shape[:2]
        rows = site.reshape(size, planes, _TOKENS, self.patch, _TOKENS, self.patch)
        patches = rows.permute(0, 2, 4, 1, 3, 5).flatten(3).flatten(1, 2)
        out: Tensor = self.norm(self.layers(patches) + self.place)
        return out


class Block(nn.Module):
    """Attention over typed edges, a look at the site, and a feed-forward layer, each added to its input."""

    def __init__(self, config: Config) -> None:
        """Every (relation, head) has a learned bias and a learned message."""
        super().__init__()
        width, heads = config.width, config.heads
        self.heads = heads
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(3))
        self.project = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.relation_bias = nn.Parameter(torch.zeros(config.relations, heads))
        self.relation_message = nn.Parameter(0.02 * torch.randn(heads, config.relations, width // heads))
        self.weight_bias = nn.Parameter(torch.zeros(heads, 1, 1))
        self.site_query = nn.Linear(width, width)
        self.site_out = nn.Linear(width, width)
        self.feed = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def _split(self, x: Tensor) -> Tensor:
        """[B, N, width] as [B, heads, N, width / heads]."""
        return x.reshape(*x.shape[:2], self.heads, -1).transpose(1, 2)

    def _attend(self, nodes: Tensor, edges: Edges, bias: Tensor | None) -> Tensor:
        query, key, value = (self._split(part) for part in self.project(nodes).chunk(3, -1))
        scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
        scores = scores + (edges.one_hot @ self.relation_bias).permute(0, 3, 1, 2)
        scores = scores + edges.weights * self.weight_bias
        if bias is not None:
            scores = scores + bias
        share = scores.masked_fill(edges.masked, _MASKED).softmax(-1)
        by_relation = (share.transpose(1, 2) @ edges.one_hot).transpose(1, 2)
        message = share @ value + by_relation @ self.relation_message
        out: Tensor = self.out(message.transpose(1, 2).flatten(2))
        return out

    def _look(self, nodes: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        query = self._split(self.site_query(nodes))
        share = (query @ keys.transpose(-1, -2) / math.sqrt(query.shape[-1])).softmax(-1)
        out: Tensor = self.site_out((share @ values).transpose(1, 2).flatten(2))
        return out

    def forward(
        self, nodes: Tensor, edges: Edges, keys: Tensor, values: Tensor, bias: Tensor | None
    ) -> Tensor:
        """Nodes [B, N, width] after one round, given the site's keys and values [B, heads, T, width / H]."""
        nodes = nodes + self._attend(self.norms[0](nodes), edges, bias)
        nodes = nodes + self._look(self.norms[1](nodes), keys, values)
        out: Tensor = nodes + self.feed(self.norms[2](nodes))
        return out


class GraphTransformer(nn.Module):
    """A stack of blocks over one condition."""

    def __init__(self, config: Config, layers: int) -> None:
        """All blocks share the site's keys and values: making them anew would cost most."""
        super().__init__()
        self.relations = config.relations
        self.heads = config.heads
        self.site = SiteTokens(config)
        self.site_project = nn.Linear(config.width, 2 * config.width)
        self.blocks = nn.ModuleList(Block(config) for _ in range(layers))
        self.norm = nn.LayerNorm(config.width)

    def look(self, condition: Condition) -> tuple[Edges, Tensor, Tensor]:
        """Edges, and the site's keys and values [B, heads, T, width / heads]."""
        parts = self.site_project(self.site(condition.site)).chunk(2, -1)
        keys, values = (part.reshape(*part.shape[:2], self.heads, -1).transpose(1, 2) for part in parts)
        return edges_of(condition, self.relations), keys, values

    def forward(self, nodes: Tensor, condition: Condition, bias: Tensor | None) -> Tensor:
        """Nodes [B, N, width] after all blocks, normalised."""
        edges, keys, values = self.look(condition)
        for block in self.blocks:
            nodes = block(nodes, edges, keys, values, bias)
        out: Tensor = self.norm(nodes)
        return out


def pool(nodes: Tensor, present: Tensor) -> Tensor:
    """Mean over the real elements [B, width] of nodes [B, N, width]."""
    weight = present.to(nodes.dtype)[..., None]
    return (nodes * weight).sum(1) / weight.sum(1).clamp_min(1)
