"""A critic that reads the rendered raster.

Source: Huang et al. 2024, "The GAN is dead; long live the GAN! A modern GAN baseline" (no normalisation,
residual blocks whose last convolution starts at zero).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from layoutgan.models.config import Config
from layoutgan.models.graph_transformer import Condition


class ResidualBlock(nn.Module):
    """1 x 1, grouped 3 x 3, 1 x 1, added to the input."""

    def __init__(self, width: int, gain: float, groups: int = 4) -> None:
        """The last convolution starts at zero, the others scaled by `gain` [-]."""
        super().__init__()
        self.enter = nn.Conv2d(width, width, 1)
        self.mix = nn.Conv2d(width, width, 3, padding=1, groups=groups)
        self.leave = nn.Conv2d(width, width, 1, bias=False)
        for layer in (self.enter, self.mix):
            nn.init.kaiming_normal_(layer.weight, a=0.2)
            with torch.no_grad():
                layer.weight *= gain
        nn.init.zeros_(self.leave.weight)

    def forward(self, x: Tensor) -> Tensor:
        """Features [B, C, H, W] of the same shape."""
        hidden = functional.leaky_relu(self.enter(x), 0.2)
        hidden = functional.leaky_relu(self.mix(hidden), 0.2)
        out: Tensor = x + self.leave(hidden)
        return out


class Discriminator(nn.Module):
    """Scores a raster [B, C, H, W] given how many elements of each kind were asked for.

    The first layer reads patches of 4 x 4 pixels: layers at full size would cost more than all others
    together.
    """

    def __init__(self, config: Config) -> None:
        """Builds the network with random weights of torch's global generator."""
        super().__init__()
        gain = (2 * len(config.channels)) ** -0.25
        layers: list[nn.Module] = []
        before = config.raster_channels
        for index, width in enumerate(config.channels):
            size = 4 if index == 0 else 2
            layers.append(nn.Conv2d(before, width, size, stride=size))
            if index == 0:
                layers.append(nn.LeakyReLU(0.2))
            layers += [ResidualBlock(width, gain), ResidualBlock(width, gain)]
            before = width
        side = config.pixels // 2 ** (len(config.channels) + 1)
        self.layers = nn.Sequential(*layers)
        self.features = nn.Linear(before * side * side, before)
        self.score = nn.Linear(before, 1)
        self.projection = nn.Linear(config.kinds, before, bias=False)
        self.kinds = config.kinds

    def forward(self, condition: Condition, raster: Tensor) -> Tensor:
        """Score [B] of the raster; differentiable twice with respect to it."""
        features = functional.leaky_relu(self.features(self.layers(raster).flatten(1)), 0.2)
        counts = (
            functional.one_hot(condition.kinds, self.kinds).to(raster.dtype) * condition.present[..., None]
        )
        counts = counts.sum(1) / 4
        out: Tensor = self.score(features)[:, 0] + (features * self.projection(counts)).sum(-1)
        return out
