"""One optimisation step of each stage."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from layoutgan.encoding.batch import Batch
from layoutgan.encoding.costs import COSTS
from layoutgan.encoding.masks import render
from layoutgan.encoding.scene import Scene
from layoutgan.models.config import Config
from layoutgan.models.encoder import Code
from layoutgan.models.graph_transformer import Proposal
from layoutgan.models.networks import Networks
from layoutgan.training.config import Experiment
from layoutgan.training.losses import (
    box_error,
    code_error,
    divergence,
    gate_error,
    gradient_penalty,
    maximum_mean_discrepancy,
    relativistic_loss,
    sameness,
    turn_error,
)

_TURNS = 0.2
_ANSWERED_TURNS = 0.01
"""Weight of a wrong turn beside misplacement in unit squares: low, because cost seldom hangs on it."""
_DRAFT = 0.5


@dataclass(frozen=True)
class Noise:
    """Standard normal noise for one step."""

    nodes: Tensor
    """[B, N, Zn]."""
    graph: Tensor
    """[B, Zg]."""


Backward = Callable[[Tensor], None]
Losses = dict[str, float]


def draw_noise(batch: Batch, config: Config, generator: torch.Generator) -> Noise:
    """Noise for the batch; drawn on the CPU, so that it is the same on every device."""
    size, most = batch.kinds.shape
    nodes = torch.randn(size, most, config.node_noise, generator=generator)
    graph = torch.randn(size, config.graph_noise, generator=generator)
    return Noise(nodes.to(batch.boxes.device), graph.to(batch.boxes.device))


def finished(batch: Batch) -> Proposal:
    """The layouts of the batch in the form of a proposal."""
    return Proposal(batch.boxes, batch.gates, batch.one_hot_turns() * batch.present[..., None])


def structural(batch: Batch, proposal: Proposal, weights: Mapping[str, float]) -> tuple[Tensor, Losses]:
    """Weighted sum of the costs, meaned over the batch, and each of them unweighted."""
    scene = Scene(batch, proposal.boxes, proposal.gates)
    total = proposal.boxes.new_zeros(())
    each: Losses = {}
    for name, weight in weights.items():
        if weight:
            cost = COSTS[name](scene).mean()
            total = total + weight * cost
            each[name] = float(cost.detach())
    return total, each


def rebuilt(
    networks: Networks, batch: Batch, noise: Noise, experiment: Experiment
) -> tuple[Tensor, Code, Losses]:
    """Loss of encoding the layouts and making them again, and their codes."""
    real = finished(batch)
    code = networks.encoder(batch, real)
    draft, answer = networks.generator.stages(batch, *code.sample(noise.nodes, noise.graph))
    boxes = box_error(answer.boxes, batch.boxes, batch.gates, batch.present)
    drafted = box_error(draft.boxes, batch.boxes, batch.gates, batch.present)
    gates = gate_error(answer.gates, batch.gates, batch.present)
    turns = turn_error(answer.turns, real.turns, batch.present)
    weights = experiment.weights
    loss = weights.reconstruction * (boxes + _DRAFT * drafted) + weights.gates * gates + _TURNS * turns
    return loss, code, {"reconstruction": float(boxes.detach()), "gates": float(gates.detach())}


def pretrain(
    networks: Networks,
    batch: Batch,
    noise: tuple[Noise, Noise, torch.Generator],
    experiment: Experiment,
    progress: float,
    backward: Backward,
) -> Losses:
    """First stage: rebuild layouts from codes that look like noise, and keep the rules from noise alone.

    The caller has cleared the gradients and steps the optimiser afterwards.

    Args:
        networks: what is trained.
        batch: layouts and their briefs.
        noise: the first blurs the codes, the second is sampled from; in it every brief of the first half of
            the batch comes twice, so that its two answers can be compared. The generator makes more, of which
            for each layout the noise whose answer is nearest to it counts.
        experiment: weights.
        progress: of the stage, in 0..1.
        backward: of the caller's precision and processes.
    """
    weights = experiment.weights
    loss, code, losses = rebuilt(networks, batch, noise[0], experiment)
    present = batch.present
    nats = (divergence(code.nodes, code.nodes_log_variance) * present).sum(1)
    nats = nats + divergence(code.graph, code.graph_log_variance)
    spread = (nats / present.sum(1).clamp_min(1)).mean()
    sampled, drawn = code.sample(noise[0].nodes, noise[0].graph)
    twice = paired(batch)
    close = nearest(networks, batch, noise[2], weights.attempts)
    apart = maximum_mean_discrepancy(drawn, noise[1].graph)
    apart = apart + maximum_mean_discrepancy(_some(sampled[present]), _some(noise[1].nodes[twice.present]))
    start, end = weights.divergence
    strength = start + (end - start) * min(1.0, 2 * progress)
    backward(loss + strength * spread + weights.discrepancy * apart)

    best = networks.generator.stages(batch, close.nodes, close.graph)
    missed = answered(best, batch)
    backward(weights.nearest * missed + weights.structural * structural(batch, best[1], experiment.costs)[0])

    fake = networks.generator(twice, noise[1].nodes, noise[1].graph)
    cost, each = structural(twice, fake, experiment.costs)
    recovery = _recovery(networks, twice, fake, noise[1], weights.recovery)
    same = sameness(fake.boxes[0::2], fake.boxes[1::2], twice.present[0::2], weights.least_difference)
    backward(weights.structural * cost + weights.recovery * recovery + weights.sameness * same)
    return (
        losses
        | each
        | {
            "nearest": float(missed.detach()),
            "nats": float(nats.detach().mean()),
            "discrepancy": float(apart.detach()),
            "recovery": float(recovery.detach()),
            "sameness": float(same.detach()),
            "structural": float(cost.detach()),
        }
    )


def nearest(networks: Networks, batch: Batch, random: torch.Generator, attempts: int) -> Noise:
    """For each layout, of several draws of noise the one whose answer is nearest to it.

    Trained on these alone, answers from noise cannot all fall on one layout, nor on the mean of several.

    Source: Li and Malik 2018, "Implicit maximum likelihood estimation".
    """
    best = draw_noise(batch, networks.config, random)
    least = torch.full((len(batch),), math.inf, device=batch.boxes.device)
    with torch.no_grad():
        for _ in range(attempts):
            noise = draw_noise(batch, networks.config, random)
            answer = networks.generator(batch, noise.nodes, noise.graph)
            away = (answer.boxes[:, :, 0] - batch.boxes[:, :, 0]).abs().sum(-1) * batch.present
            mean = away.sum(1) / batch.present.sum(1).clamp_min(1)
            closer = mean < least
            least = torch.where(closer, mean, least)
            best = Noise(
                torch.where(closer[:, None, None], noise.nodes, best.nodes),
                torch.where(closer[:, None], noise.graph, best.graph),
            )
    return best


def answered(stages: tuple[Proposal, Proposal], batch: Batch) -> Tensor:
    """How far a draft and its answer are from the layouts."""
    draft, answer = stages
    boxes = box_error(answer.boxes, batch.boxes, batch.gates, batch.present)
    drafted = box_error(draft.boxes, batch.boxes, batch.gates, batch.present)
    # Rooms do not turn; only what has a length and a width does.
    turning = batch.present & (batch.sizes.sum(-1) > 0)
    turns = turn_error(answer.turns, batch.one_hot_turns(), turning)
    gates = gate_error(answer.gates, batch.gates, batch.present)
    return boxes + _DRAFT * drafted + 0.01 * gates + _ANSWERED_TURNS * turns


def paired(batch: Batch) -> Batch:
    """The first half of a batch, every brief twice in a row."""
    half = max(1, len(batch) // 2)
    return batch.taken(slice(half)).repeat(2)


def recovered(networks: Networks, batch: Batch, fake: Proposal, noise: Noise) -> Tensor:
    """How badly the encoder reads the noise back from what the generator made of it [-]; 2 is a guess."""
    code = networks.encoder(batch, fake)
    whole: Tensor = (code.graph - noise.graph).square().mean()
    return code_error(code.nodes, noise.nodes, batch.present) + whole


def _recovery(networks: Networks, batch: Batch, fake: Proposal, noise: Noise, weight: float) -> Tensor:
    """As `recovered`; zero where nothing depends on it, because reading costs a sixth of a step."""
    return recovered(networks, batch, fake, noise) if weight else fake.boxes.new_zeros(())


def blurred(proposal: Proposal, blur: float, random: torch.Generator) -> Proposal:
    """A proposal as discriminators may see it: gates open or shut, and noise on the boxes.

    Real layouts have whole gates and edges in line to the last digit; a discriminator that sees that looks at
    nothing else.

    Source: Sønderby et al. 2017, "Amortised MAP inference for image super-resolution" (instance noise).
    """
    gates = proposal.gates
    gates = gates + ((gates > 0.5).to(gates.dtype) - gates).detach()
    noise = blur * torch.randn(proposal.boxes.shape, generator=random).to(proposal.boxes.device)
    return Proposal(proposal.boxes + noise, gates, proposal.turns)


def discriminate(
    networks: Networks,
    batch: Batch,
    fake: Proposal,
    random: torch.Generator,
    experiment: Experiment,
    penalty: tuple[float, float],
    backward: Backward,
) -> Losses:
    """Second stage, discriminators: real above fake for the same brief.

    Args:
        networks: what is trained.
        batch: real layouts and their briefs.
        fake: answers to the same briefs, without gradient.
        random: for the noise on boxes.
        experiment: says how layouts are drawn.
        penalty: weights of the slopes at graph and raster; zero in steps without penalty.
        backward: of the caller's precision and processes.
    """
    kinds = networks.config.kinds
    losses: Losses = {}
    real = finished(batch)
    penalised = penalty[0] > 0 or penalty[1] > 0
    seen = [blurred(p, experiment.weights.blur, random) for p in (real, fake)]
    leaves = [
        Proposal(p.boxes.detach().requires_grad_(penalised), p.gates.detach(), p.turns.detach())
        for p in seen
    ]
    scores = [networks.graph_discriminator(batch, leaf).whole for leaf in leaves]
    loss = relativistic_loss(scores[0], scores[1])
    losses |= _opinion("graph", scores, loss)
    if penalised:
        slopes = [gradient_penalty(s, leaf.boxes) for s, leaf in zip(scores, leaves, strict=True)]
        loss = loss + penalty[0] / 2 * (slopes[0] + slopes[1])
        losses |= {"graph_r1": float(slopes[0].detach()), "graph_r2": float(slopes[1].detach())}
    backward(loss)

    with torch.no_grad():
        drawn = [render(experiment.renderer, batch, p.boxes, p.gates, kinds) for p in leaves]
    rasters = [raster.requires_grad_(penalised) for raster in drawn]
    scores = [networks.raster_discriminator(batch, raster) for raster in rasters]
    loss = relativistic_loss(scores[0], scores[1])
    losses |= _opinion("raster", scores, loss)
    if penalised:
        slopes = [gradient_penalty(s, raster) for s, raster in zip(scores, rasters, strict=True)]
        loss = loss + penalty[1] / 2 * (slopes[0] + slopes[1])
        losses |= {"raster_r1": float(slopes[0].detach()), "raster_r2": float(slopes[1].detach())}
    backward(loss)
    return losses


def convince(
    networks: Networks,
    batch: Batch,
    fake: Proposal,
    noise: tuple[Noise, Noise, Noise, torch.Generator],
    experiment: Experiment,
    backward: Backward,
) -> Losses:
    """Second stage, generator: fake above real, rules kept, noise recoverable, layouts still rebuilt.

    The slopes at the boxes of the adversarial loss and of the costs are taken apart, so that neither drowns
    the other, however steep the discriminators are; the generator itself is then differentiated once.
    """
    kinds = networks.config.kinds
    weights = experiment.weights
    real = blurred(finished(batch), weights.blur, noise[3])
    with torch.no_grad():
        better = networks.graph_discriminator(batch, real).whole
        drawn = render(experiment.renderer, batch, real.boxes, real.gates, kinds)
        better_raster = networks.raster_discriminator(batch, drawn)
    leaf = Proposal(*(part.detach().requires_grad_() for part in fake))
    seen = blurred(leaf, weights.blur, noise[3])
    adversarial = relativistic_loss(networks.graph_discriminator(batch, seen).whole, better)
    drawn = render(experiment.renderer, batch, seen.boxes, seen.gates, kinds)
    adversarial = adversarial + relativistic_loss(networks.raster_discriminator(batch, drawn), better_raster)
    pull = _slopes(adversarial, leaf)
    cost, each = structural(batch, leaf, experiment.costs)
    rule = _slopes(cost, leaf) if cost.requires_grad else [torch.zeros_like(part) for part in leaf]
    wanted = weights.structural * float(rule[0].norm()) / weights.structural_share
    factor = min(wanted / max(float(pull[0].norm()), 1e-12), weights.greatest_boost)
    recovery = _recovery(networks, batch, fake, noise[1], weights.recovery)
    some = batch.taken(slice(max(1, len(batch) // 2)))
    count = len(some)
    other = networks.generator(some, noise[2].nodes[:count], noise[2].graph[:count])
    same = sameness(fake.boxes[:count], other.boxes, some.present, weights.least_difference)
    code_loss, _, losses = rebuilt(networks, some, _first(noise[0], count), experiment)
    close = nearest(networks, some, noise[3], weights.attempts)
    missed = answered(networks.generator.stages(some, close.nodes, close.graph), some)
    code_loss = code_loss + weights.nearest * missed
    loss = weights.recovery * recovery + weights.sameness * same
    loss = loss + weights.adversarial_reconstruction / weights.reconstruction * code_loss
    # The sum below has the wanted slope at the proposal, so that one pass through the generator serves all.
    for part, a, b in zip(fake, pull, rule, strict=True):
        loss = loss + (part * (factor * a + weights.structural * b)).sum()
    backward(loss)
    return (
        losses
        | each
        | {
            "adversarial": float(adversarial.detach()),
            "recovery": float(recovery.detach()),
            "sameness": float(same.detach()),
            "structural": float(cost.detach()),
            "boost": factor,
        }
    )


def _first(noise: Noise, count: int) -> Noise:
    return Noise(noise.nodes[:count], noise.graph[:count])


def cosine(start: float, end: float, progress: float) -> float:
    """From `start` to `end` on half a cosine, for progress in 0..1."""
    return end + (start - end) * 0.5 * (1 + math.cos(math.pi * min(max(progress, 0.0), 1.0)))


def _slopes(loss: Tensor, leaf: Proposal) -> list[Tensor]:
    found = torch.autograd.grad(loss, leaf, allow_unused=True)
    return [torch.zeros_like(p) if slope is None else slope for p, slope in zip(leaf, found, strict=True)]


def _opinion(name: str, scores: list[Tensor], loss: Tensor) -> Losses:
    gap = (scores[0] - scores[1]).detach()
    return {
        f"{name}_loss": float(loss.detach()),
        f"{name}_gap": float(gap.mean()),
        f"{name}_accuracy": float((gap > 0).float().mean()),
    }


def _some(codes: Tensor, most: int = 256) -> Tensor:
    """At most that many of the codes [M, Z], evenly spread over the batch."""
    return codes[:: max(1, len(codes) // most)][:most]
