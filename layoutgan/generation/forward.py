"""The forward pass of generator and graph discriminator in numpy: proposals without loading torch.

The same arithmetic as ``models.generator`` and ``models.graph_discriminator``, which say what it means, for K
answers to one brief: what depends on the brief alone is computed once. A test compares the two.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from layoutgan.encoding.record import Attribute, Record
from layoutgan.models.config import Config, Head

__all__ = ["Answer", "fits", "generated", "scores"]

Floats = NDArray[np.float32]
Tensors = Mapping[str, Floats]

_FREQUENCIES = np.array([1.0, 2.0, 4.0, 8.0], np.float32) * np.float32(2 * math.pi)
_TOKENS = 4
_UNASKED_SIDE = 0.2
_LARGEST_STRETCH = 1.6


class Answer(NamedTuple):
    """Where the elements go, K times."""

    boxes: Floats
    """[K, N, R, 4] centre x, y, width, height in the unit square."""
    gates: Floats
    """[K, N, R]."""
    turns: Floats
    """[K, N, 4] quarter turn, one-hot."""


class _Edges(NamedTuple):
    """What attention knows of the brief, and the site's keys and values."""

    one_hot: Floats
    """[N, N, relations]."""
    weights: Floats
    """[N, N]."""
    keys: Floats
    """[heads, T, width / heads]."""
    values: Floats


def fits(tensors: Tensors, config: Config) -> bool:
    """Whether this pass knows every tensor of the file; networks of another build need torch."""
    trunks = (("generator", config.generator_layers), ("graph_discriminator", config.discriminator_layers))
    known = {f"{part}.trunk.{name}" for part, _ in trunks for name in _TRUNK}
    known |= {f"{part}.trunk.blocks.{i}.{name}" for part, count in trunks for i in range(count)
              for name in _BLOCK}
    known |= {f"generator.{name}" for name in _GENERATOR} | {f"graph_discriminator.{n}" for n in _CRITIC}
    return known == {name for name in tensors if name.split(".")[0] in {"generator", "graph_discriminator"}}


def _affine(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}.{part}" for name in names for part in ("weight", "bias"))


_BLOCK = (*_affine("norms.0", "norms.1", "norms.2", "project", "out", "site_query", "site_out", "feed.0",
                   "feed.2"), "relation_bias", "relation_message", "weight_bias")
_TRUNK = (*_affine("site.layers.0", "site.layers.2", "site.norm", "site_project", "norm"), "site.place")
_NODES = ("nodes.kinds.weight", *_affine("nodes.attributes", "pairs.layers.0", "pairs.layers.2"))
_NOISE = _affine("node_noise", "graph_noise")
_GENERATOR = (*_NODES, *_NOISE, *_affine("draft_norm", "draft", "feedback.linear", "answer"))
_CRITIC = (*_NODES, *_affine("boxes.linear", "element_score", "hidden.0", "score"), "projection.weight")


def generated(
    tensors: Tensors, config: Config, record: Record, node_noise: Floats, graph_noise: Floats
) -> Answer:
    """The generator's answers to one brief.

    Args:
        tensors: of the file, 32-bit.
        config: sizes.
        record: the brief.
        node_noise: [K, N, Zn].
        graph_noise: [K, Zg].
    """
    net = _Net(tensors, "generator.", config)
    edges = net.look(record)
    nodes = net.nodes(record) + net.linear("node_noise", node_noise)
    nodes = nodes + net.linear("graph_noise", graph_noise)[:, None]
    half = config.generator_layers // 2
    for i in range(half):
        nodes = net.block(i, nodes, edges, None)
    raw = net.linear("draft", net.norm("draft_norm", nodes))
    draft = _placed(raw, config, record)
    nodes = nodes + net.embedded("feedback.linear", draft)
    bias = net.pairs(draft.boxes)
    for i in range(half, config.generator_layers):
        nodes = net.block(i, nodes, edges, bias)
    return _placed(raw + net.linear("answer", net.norm("trunk.norm", nodes)), config, record)


def scores(tensors: Tensors, config: Config, record: Record, answer: Answer) -> Floats:
    """The graph discriminator's opinion of each answer [K]; higher is better."""
    net = _Net(tensors, "graph_discriminator.", config)
    edges = net.look(record)
    whole_gates = (answer.gates > 0.5).astype(np.float32)
    nodes = net.nodes(record) + net.embedded("boxes.linear", answer._replace(gates=whole_gates))
    bias = net.pairs(answer.boxes)
    for i in range(config.discriminator_layers):
        nodes = net.block(i, nodes, edges, bias)
    nodes = net.norm("trunk.norm", nodes)
    elements = net.linear("element_score", nodes)[..., 0]
    features = net.linear("hidden.0", nodes.mean(axis=1))
    features = np.where(features > 0, features, np.float32(0.2) * features)
    kinds = net["projection.weight"][record.kinds].mean(axis=0)
    whole: Floats = net.linear("score", features)[:, 0] + features @ kinds + elements.mean(axis=1)
    return whole


class _Net:
    """One network's tensors, and its layers as functions of numpy arrays."""

    def __init__(self, tensors: Tensors, prefix: str, config: Config) -> None:
        self._tensors, self._prefix, self._config = tensors, prefix, config
        self._heads = config.heads

    def __getitem__(self, name: str) -> Floats:
        return self._tensors[self._prefix + name]

    def linear(self, name: str, x: Floats) -> Floats:
        # One product of two matrices: numpy would make a small one for each answer.
        flat = x.reshape(-1, x.shape[-1]) @ self[f"{name}.weight"].T + self[f"{name}.bias"]
        out: Floats = flat.reshape(*x.shape[:-1], -1)
        return out

    def norm(self, name: str, x: Floats) -> Floats:
        away = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((away**2).mean(axis=-1, keepdims=True) + np.float32(1e-5))
        out: Floats = away / spread * self[f"{name}.weight"] + self[f"{name}.bias"]
        return out

    def nodes(self, record: Record) -> Floats:
        kinds = self["nodes.kinds.weight"][record.kinds]
        return kinds + self.linear("nodes.attributes", record.attributes)

    def look(self, record: Record) -> _Edges:
        """The site's tokens as keys and values, and the typed edges."""
        planes, size = record.site.shape[0], self._config.pixels // _TOKENS
        rows = record.site.reshape(planes, _TOKENS, size, _TOKENS, size)
        patches = rows.transpose(1, 3, 0, 2, 4).reshape(_TOKENS**2, -1)
        tokens = self.linear("trunk.site.layers.2", _gelu(self.linear("trunk.site.layers.0", patches)))
        tokens = self.norm("trunk.site.norm", tokens + self["trunk.site.place"])
        keys, values = np.split(self.linear("trunk.site_project", tokens), 2, axis=-1)
        one_hot = np.eye(self._config.relations, dtype=np.float32)[record.relations]
        return _Edges(one_hot, record.weights, self._split(keys), self._split(values))

    def _split(self, x: Floats) -> Floats:
        """[..., N, width] as [..., heads, N, width / heads]."""
        return x.reshape(*x.shape[:-1], self._heads, -1).swapaxes(-2, -3)

    def block(self, i: int, nodes: Floats, edges: _Edges, bias: Floats | None) -> Floats:
        """Nodes [K, N, width] after one round of attention over edges, a look at the site, and feeding."""
        name = f"trunk.blocks.{i}."
        nodes = nodes + self._attend(name, self.norm(f"{name}norms.0", nodes), edges, bias)
        query = self._split(self.linear(f"{name}site_query", self.norm(f"{name}norms.1", nodes)))
        seen = _softmax(query @ edges.keys.swapaxes(-1, -2) / _root(query)) @ edges.values
        nodes = nodes + self.linear(f"{name}site_out", _joined(seen))
        fed = _gelu(self.linear(f"{name}feed.0", self.norm(f"{name}norms.2", nodes)))
        return nodes + self.linear(f"{name}feed.2", fed)

    def _attend(self, name: str, nodes: Floats, edges: _Edges, bias: Floats | None) -> Floats:
        projected = np.split(self.linear(f"{name}project", nodes), 3, axis=-1)
        query, key, value = (self._split(x) for x in projected)
        known = (edges.one_hot @ self[f"{name}relation_bias"]).transpose(2, 0, 1)
        known = known + edges.weights * self[f"{name}weight_bias"]
        scores = query @ key.swapaxes(-1, -2) / _root(query) + known
        share = _softmax(scores if bias is None else scores + bias)
        by_relation = (share.swapaxes(1, 2) @ edges.one_hot).swapaxes(1, 2)
        message = share @ value + by_relation @ self[f"{name}relation_message"]
        return self.linear(f"{name}out", _joined(message.astype(np.float32, copy=False)))

    def embedded(self, name: str, answer: Answer) -> Floats:
        """Rectangles and turns of each element as one vector [K, N, width]."""
        boxes, gates = answer.boxes, answer.gates[..., None]
        shown = gates * boxes + (1 - gates) * boxes[..., :1, :]
        half = shown[..., 2:] / 2
        values = np.concatenate([shown, shown[..., :2] - half, shown[..., :2] + half], axis=-1)
        angles = (values[..., None] * _FREQUENCIES).reshape(*values.shape[:-1], -1)
        whole = np.concatenate([values, np.sin(angles), np.cos(angles)], axis=-1)
        flat = whole.reshape(*whole.shape[:2], -1)
        return self.linear(name, np.concatenate([flat, answer.turns], axis=-1))

    def pairs(self, boxes: Floats) -> Floats:
        """What attention should know about how first rectangles lie to each other [K, heads, N, N]."""
        first = boxes[:, :, 0]
        low, high = first[..., :2] - first[..., 2:] / 2, first[..., :2] + first[..., 2:] / 2
        gap = np.maximum(low[:, :, None], low[:, None]) - np.minimum(high[:, :, None], high[:, None])
        offset = first[:, :, None, :2] - first[:, None, :, :2]
        parts = [offset, gap, low[:, :, None] - low[:, None], high[:, :, None] - high[:, None]]
        hidden = _gelu(self.linear("pairs.layers.0", np.tanh(4 * np.concatenate(parts, axis=-1))))
        return self.linear("pairs.layers.2", hidden).transpose(0, 3, 1, 2)


def _placed(raw: Floats, config: Config, record: Record) -> Answer:
    place = _rectangles if config.head is Head.RECTANGLES else _oriented
    boxes, gates, turns = place(raw, config, record)
    fixed = record.attributes[:, Attribute.FIXED] > 0.5
    given = record.attributes[:, Attribute.FIXED_X : Attribute.FIXED_HEIGHT + 1]
    boxes = np.where(fixed[:, None, None], given[:, None], boxes)
    later = np.arange(boxes.shape[2]) > 0
    return Answer(boxes, np.where(fixed[:, None] & later, np.float32(0), gates), turns)


def _rectangles(raw: Floats, config: Config, record: Record) -> tuple[Floats, Floats, Floats]:
    parts = raw.reshape(*raw.shape[:2], config.rectangles, 5)
    side = record.attributes[:, Attribute.TARGET_SIDE]
    side = np.where(side > 0, side, np.float32(_UNASKED_SIDE))[:, None, None]
    largest = np.float32(_LARGEST_STRETCH)
    sizes = side * np.exp(largest * np.tanh(parts[..., 2:4] / largest))
    gates = _sigmoid(parts[..., 4])
    gates[..., 0] = 1
    boxes = np.concatenate([_sigmoid(2 * parts[..., :2]), sizes], axis=-1)
    return boxes, gates, np.zeros((*raw.shape[:2], 4), np.float32)


def _oriented(raw: Floats, config: Config, record: Record) -> tuple[Floats, Floats, Floats]:
    turns = np.eye(4, dtype=np.float32)[raw[..., 2:].argmax(axis=-1)]
    sizes = record.attributes[:, Attribute.LENGTH : Attribute.WIDTH + 1]
    along = turns[..., 0::2].sum(axis=-1, keepdims=True)
    size = along * sizes + (1 - along) * sizes[:, ::-1]
    box = np.concatenate([_sigmoid(2 * raw[..., :2]), size], axis=-1)[:, :, None]
    boxes = np.repeat(box, config.rectangles, axis=2)
    gates = np.zeros((*raw.shape[:2], config.rectangles), np.float32)
    gates[..., 0] = 1
    return boxes, gates, turns


def _root(query: Floats) -> np.float32:
    return np.float32(math.sqrt(query.shape[-1]))


def _joined(x: Floats) -> Floats:
    """[K, heads, N, width / heads] as [K, N, width]."""
    return x.swapaxes(1, 2).reshape(x.shape[0], x.shape[2], -1)


def _softmax(x: Floats) -> Floats:
    grown = np.exp(x - x.max(axis=-1, keepdims=True))
    out: Floats = grown / grown.sum(axis=-1, keepdims=True)
    return out


def _sigmoid(x: Floats) -> Floats:
    out: Floats = np.float32(0.5) * (1 + np.tanh(np.float32(0.5) * x))
    return out


def _gelu(x: Floats) -> Floats:
    """Exact x Φ(x), with the error function as a polynomial, good to 1.5e-7.

    Source: Abramowitz and Stegun 1964, 7.1.26.
    """
    z = np.abs(x) * np.float32(math.sqrt(0.5))
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.copysign(1 - poly.astype(np.float32) * np.exp(-z * z), x)
    out: Floats = np.float32(0.5) * x * (1 + erf)
    return out
