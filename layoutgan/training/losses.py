"""Losses of training: pure functions of scores, samples and codes."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def relativistic_loss(better: Tensor, worse: Tensor) -> Tensor:
    """Mean softplus of `worse - better` over pairs of scores [B] for one and the same brief.

    The discriminator wants real above fake, the generator fake above real: one function serves both.

    Source: Jolicoeur-Martineau 2018, "The relativistic discriminator"; Huang et al. 2024 (R3GAN).
    """
    return functional.softplus(worse - better).mean()


def gradient_penalty(scores: Tensor, samples: Tensor) -> Tensor:
    """Mean squared slope of the scores [B] at the samples [B, ...]: R1 on real, R2 on fake.

    Source: Mescheder et al. 2018, "Which training methods for GANs do actually converge?"
    """
    (slope,) = torch.autograd.grad(scores.sum(), samples, create_graph=True)
    return slope.square().flatten(1).sum(1).mean()


def box_error(found: Tensor, wanted: Tensor, wanted_gates: Tensor, present: Tensor) -> Tensor:
    """Mean distance of box sides over the rectangles in use, in unit squares.

    Args:
        found: boxes [B, N, K, 4].
        wanted: boxes [B, N, K, 4].
        wanted_gates: [B, N, K] in 0..1.
        present: [B, N] bool.
    """
    weight = (wanted_gates * present[..., None])[..., None]
    return ((_sides(found) - _sides(wanted)).abs() * weight).sum() / (4 * weight.sum()).clamp_min(1)


def gate_error(found: Tensor, wanted: Tensor, present: Tensor) -> Tensor:
    """Cross-entropy of the gates [B, N, K] after the first, over real elements."""
    if found.shape[-1] < 2:
        return found.new_zeros(())
    chance = found[..., 1:].clamp(1e-4, 1 - 1e-4)
    target = wanted[..., 1:]
    entropy = -(target * chance.log() + (1 - target) * (1 - chance).log()).sum(-1)
    return (entropy * present).sum() / present.sum().clamp_min(1)


def turn_error(found: Tensor, wanted: Tensor, present: Tensor) -> Tensor:
    """Mean squared difference of quarter turns [B, N, 4], over real elements."""
    return ((found - wanted).square().sum(-1) * present).sum() / present.sum().clamp_min(1)


def divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Kullback-Leibler divergence from the standard normal [...] of codes [..., Z], in nats."""
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(-1)


def sameness(first: Tensor, second: Tensor, present: Tensor, least: float) -> Tensor:
    """How far two answers to each brief are from lying `least` apart, meaned over briefs, in unit squares.

    Args:
        first: boxes [B, N, K, 4].
        second: boxes [B, N, K, 4] for the same briefs and other noise.
        present: [B, N] bool.
        least: mean distance of centres that is different enough.

    Source: Mao et al. 2019, "Mode seeking generative adversarial networks" (as a hinge, so that it ends).
    """
    apart = torch.sqrt((first - second)[:, :, 0, :2].square().sum(-1) + 1e-8) * present
    return (least - apart.sum(1) / present.sum(1).clamp_min(1)).relu().mean()


def maximum_mean_discrepancy(first: Tensor, second: Tensor) -> Tensor:
    """Squared distance of two sets of codes [M, Z], cut to the smaller, under inverse multiquadric kernels.

    Source: Tolstikhin et al. 2018, "Wasserstein auto-encoders".
    """
    width = 2.0 * first.shape[1]

    def kernel(a: Tensor, b: Tensor) -> Tensor:
        far = torch.cdist(a, b).square() if a is not b else _square_distances(a)
        return torch.stack([width * s / (width * s + far) for s in (0.2, 1.0, 5.0)]).sum(0)

    size = min(len(first), len(second))
    first, second = first[:size], second[:size]
    own_first, own_second = kernel(first, first), kernel(second, second)
    pairs = max(size * (size - 1), 1)
    own = (
        own_first.sum() - own_first.diagonal().sum() + own_second.sum() - own_second.diagonal().sum()
    ) / pairs
    return own - 2 * kernel(first, second).mean()


def code_error(found: Tensor, wanted: Tensor, present: Tensor) -> Tensor:
    """Mean squared difference of noise [B, N, Z] used and noise read back, over real elements."""
    return ((found - wanted).square().mean(-1) * present).sum() / present.sum().clamp_min(1)


def _square_distances(a: Tensor) -> Tensor:
    """Squared distances [M, M] within a set; cdist has no slope at zero distance."""
    length = a.square().sum(1)
    return (length[:, None] + length[None] - 2 * a @ a.T).clamp_min(0)


def _sides(boxes: Tensor) -> Tensor:
    half = boxes[..., 2:] / 2
    return torch.cat([boxes[..., :2] - half, boxes[..., :2] + half], -1)
