"""Proposals of a trained generator, scored by its graph discriminator.

The networks are small, so they are computed in numpy, and generating needs no torch. Weights whose networks
are built otherwise than ``forward`` knows are computed with torch, from the same noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from layoutgan.core.brief import Brief
from layoutgan.domains.domain import Proposal, domain_of
from layoutgan.encoding.record import Record
from layoutgan.encoding.records import encode_programme
from layoutgan.errors import InputError, UnknownName
from layoutgan.generation.forward import Answer, fits, generated, scores
from layoutgan.models.config import Config
from layoutgan.training.files import located, read_card, shipped

if TYPE_CHECKING:
    from layoutgan.training.weights import Trained

__all__ = ["Frozen", "default_weights", "frozen", "propose"]

GATE = 0.5
"""A rectangle counts when its gate is above this [-]."""
BATCH = 64
"""Proposals per forward pass [-]."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Frozen:
    """What proposing needs of a training."""

    domain: str
    config: Config
    tensors: dict[str, Floats]
    """Of generator and graph discriminator, 32-bit."""
    trained: Trained | None = None
    """The same as torch's networks, where the numpy pass does not know them."""

    def answer(self, record: Record, nodes: Floats, graph: Floats) -> tuple[Answer, Floats]:
        """Answers to a brief and their scores [K], for noise [K, N, Zn] and [K, Zg]."""
        if self.trained is not None:
            return _by_torch(self.trained, record, nodes, graph)
        answer = generated(self.tensors, self.config, record, nodes, graph)
        return answer, scores(self.tensors, self.config, record, answer)


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
def frozen(name: str) -> Frozen:
    """The networks of that name or file, kept for the next brief.

    Raises:
        UnknownName: no weights of that name are in the package.
        InputError: a file is missing, damaged, or does not fit its description.
    """
    with located(name) as path:
        card = read_card(path.with_suffix(".json"), name)
        tensors = _tensors(path, name)
        try:
            domain, config = str(card["domain"]), Config.parse(card["config"])
        except (KeyError, TypeError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise InputError(
                f"the weights do not fit their description: {reason}; export them anew", file=name
            ) from error
    if fits(tensors, config):
        return Frozen(domain, config, tensors)
    from layoutgan.training.weights import load_trained

    return Frozen(domain, config, {}, load_trained(name))


def _tensors(path: Path, shown: str) -> dict[str, Floats]:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(path)
    except FileNotFoundError as error:
        raise InputError("no such file; give the .safetensors file of an export", file=shown) from error
    except (SafetensorError, OSError, ValueError, KeyError) as error:
        raise InputError(f"not a readable safetensors file: {error}; export it anew", file=shown) from error
    return {name: tensor.astype(np.float32) for name, tensor in tensors.items()
            if not name.startswith("encoder.")}


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
    nets = frozen(name)
    domain = domain_of(brief.domain)
    if nets.domain != domain.name:
        raise InputError(f"weights '{name}' were trained for {nets.domain}, and the brief is a {domain.name}")
    programme = brief.programme()
    record = encode_programme(programme, domain, nets.config.pixels, brief.name)
    noise = np.random.default_rng([seed, 5])
    ids, rooms = tuple(node.id for node in programme.nodes), len(record.kinds)
    proposals: list[Proposal] = []
    while len(proposals) < count:
        size = min(BATCH, count - len(proposals))
        nodes = noise.standard_normal((size, rooms, nets.config.node_noise), np.float32)
        graph = noise.standard_normal((size, nets.config.graph_noise), np.float32)
        answer, verdict = nets.answer(record, nodes, graph)
        corners = _metres(answer.boxes, record)
        gates, turns = answer.gates > GATE, answer.turns.argmax(axis=-1)
        proposals += [Proposal(ids, corners[i], gates[i], turns[i], "network", 1.0, float(verdict[i]))
                      for i in range(size)]
    return proposals


def _metres(boxes: Floats, record: Record) -> NDArray[np.float64]:
    """Boxes [K, N, R, 4] of the unit square as left, bottom, right, top [m]."""
    centre, half = boxes[..., :2], boxes[..., 2:] / 2
    corners = np.concatenate([centre - half, centre + half], axis=-1).astype(np.float64)
    metres: NDArray[np.float64] = corners * record.scale + np.tile(record.offset, 2)
    return metres


def _by_torch(nets: Trained, record: Record, nodes: Floats, graph: Floats) -> tuple[Answer, Floats]:
    import torch

    from layoutgan.encoding.batch import collate

    count = len(record.kinds)
    with torch.inference_mode():
        batch = collate([record]).repeat(len(nodes))
        padded = np.zeros((len(nodes), batch.kinds.shape[1], nodes.shape[2]), np.float32)
        padded[:, :count] = nodes
        answer = nets.generator(batch, torch.from_numpy(padded), torch.from_numpy(graph))
        verdict = nets.graph_discriminator(batch, answer).whole.numpy()
        boxes, gates, turns = (part.numpy()[:, :count] for part in answer)
    return Answer(boxes, gates, turns), verdict
