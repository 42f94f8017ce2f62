"""Figures of a generator during training, and the signs of a collapse."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from layoutgan.encoding.batch import Attribute, Batch, Relation
from layoutgan.encoding.costs import COSTS
from layoutgan.encoding.masks import Renderer, partition, soft_boxes
from layoutgan.encoding.scene import Scene
from layoutgan.models.generator import Generator

__all__ = ["Collapse", "diversity", "look"]

_TOLERANCE = 0.02  # contact missing up to this share of the unit square counts as contact
_FALL = 0.3
_PATIENCE = 3


@torch.no_grad()
def look(
    generator: Generator, batch: Batch, renderer: Renderer, samples: int = 8, seed: int = 0
) -> dict[str, float]:
    """Figures of the generator alone on the briefs of a batch.

    Args:
        generator: usually the averaged one.
        batch: briefs, with the layouts that answer them.
        renderer: of the domain.
        samples: answers per brief.
        seed: of the noise.

    Returns:
        `diversity` and `distinct` [-]; `contacts`, the share of required contacts kept to 2 % of the site;
        `nearest`, mean centre distance to the true layout of the best answer, and `centre` of all answers
        [unit squares]; `cost_...`, mean structural costs.
    """
    random = torch.Generator().manual_seed(seed)
    many = batch.repeat(samples)
    config = generator.config
    nodes = torch.randn(*many.kinds.shape, config.node_noise, generator=random).to(many.boxes.device)
    graph = torch.randn(len(many), config.graph_noise, generator=random).to(many.boxes.device)
    proposal = generator(many, nodes, graph)
    scene = Scene(many, proposal.boxes, proposal.gates)
    figures = {f"cost_{name}": float(cost(scene).mean()) for name, cost in COSTS.items()}
    required = (many.relations >= Relation.DOOR) & (many.relations <= Relation.ADJACENT)
    kept = scene.missing_contact <= _TOLERANCE
    figures["contacts"] = float((kept & required).sum() / required.sum().clamp_min(1))
    far = (proposal.boxes[:, :, 0, :2] - many.boxes[:, :, 0, :2]).norm(dim=-1) * many.present
    centre = (far.sum(1) / many.present.sum(1).clamp_min(1)).view(-1, samples)
    figures["centre"] = float(centre.mean())
    figures["nearest"] = float(centre.amin(1).mean())
    figures["area"] = float(_area_error(many, proposal.boxes, proposal.gates, renderer))
    figures["diversity"] = diversity(many, proposal.boxes, proposal.gates, renderer, samples)
    figures["distinct"] = _distinct(scene, samples)
    return figures


def diversity(batch: Batch, boxes: Tensor, gates: Tensor, renderer: Renderer, samples: int) -> float:
    """Mean over briefs of the mean pairwise 1 - mean IoU of elements, among the samples of one brief [-].

    Args:
        batch: each brief `samples` times in a row [B * samples].
        boxes: [B * samples, N, K, 4].
        gates: [B * samples, N, K].
        renderer: of the domain.
        samples: answers per brief, two at least.
    """
    shares = _shares(batch, boxes, gates, renderer)
    owner = torch.nn.functional.one_hot(shares.argmax(1), shares.shape[1]).permute(0, 3, 1, 2)
    held = (owner * (shares.sum(1, keepdim=True) > 0.5)).flatten(2).float()
    held = held.reshape(-1, samples, *held.shape[1:])
    first, second = torch.triu_indices(samples, samples, 1)
    both = torch.minimum(held[:, first], held[:, second]).sum(-1)
    either = torch.maximum(held[:, first], held[:, second]).sum(-1)
    met = either > 0
    overlap = (both / either.clamp_min(1) * met).sum(-1) / met.sum(-1).clamp_min(1)
    return float((1 - overlap).mean())


def _shares(batch: Batch, boxes: Tensor, gates: Tensor, renderer: Renderer) -> Tensor:
    if renderer is Renderer.PARTITION:
        return partition(boxes, gates, batch.present, batch.inside)
    return soft_boxes(boxes, batch.present, *batch.site.shape[-2:])


def _area_error(batch: Batch, boxes: Tensor, gates: Tensor, renderer: Renderer) -> Tensor:
    """Mean relative error of the areas that elements get, where one is asked for."""
    target = batch.target_sides.square()
    found = _shares(batch, boxes, gates, renderer).mean((2, 3))
    asked = (target > 0) & batch.present & (batch.attributes[..., Attribute.FIXED] < 0.5)
    return ((found - target).abs() / target.clamp_min(1e-6) * asked).sum() / asked.sum().clamp_min(1)


def _distinct(scene: Scene, samples: int) -> float:
    """Different contact graphs among the samples of a brief, over their number, meaned over briefs [-]."""
    touching = (scene.gaps < _TOLERANCE) & scene.different
    rows = touching.reshape(-1, samples, touching[0].numel())
    return sum(len(row.unique(dim=0)) for row in rows) / (samples * len(rows))


@dataclass
class Collapse:
    """Watches for a generator that forgets its noise or a discriminator that has won.

    Source: figures of section "monitoring" in ARCHITECTURE.md; both signs must last several looks.
    """

    best: float = 0.0
    """Highest diversity so far in the stage."""
    last: float = 0.0
    """Diversity at the last look."""
    fallen: int = 0
    """Looks in a row with a diversity 30 % below it."""
    won: int = 0
    """Looks in a row in which both discriminators were right in 95 % of pairs."""
    stage: str = ""
    """Part of the training that the figures are of."""
    reasons: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Whether the last look showed no sign at all: a state worth coming back to."""
        return self.fallen == 0 and self.won == 0

    def saw(self, figures: dict[str, float], losses: dict[str, float], stage: str = "") -> str | None:
        """The reason to go back to an earlier state, if there is one now.

        Args:
            figures: of the averaged generator; nothing is learnt from an empty one.
            losses: of the step.
            stage: its name; diversity is compared within a stage, for nonsense is diverse too.
        """
        if not figures:
            return None
        found = figures.get("diversity", 0.0)
        if stage != self.stage:
            self.stage, self.best, self.fallen, self.won = stage, self.last, 0, 0
        self.last = found
        self.best = max(self.best, found)
        self.fallen = self.fallen + 1 if found < (1 - _FALL) * self.best else 0
        accuracies = [losses[name] for name in ("graph_accuracy", "raster_accuracy") if name in losses]
        self.won = self.won + 1 if accuracies and min(accuracies) > 0.95 else 0
        if self.fallen >= _PATIENCE:
            self.reasons.append(f"diversity fell to {found:.3f}, its best was {self.best:.3f}")
            return self.reasons[-1]
        if self.won >= _PATIENCE:
            self.reasons.append("both discriminators tell nearly all pairs apart")
            return self.reasons[-1]
        return None
