"""The small frozen network whose inner numbers stand for a plan in the realism distance.

A stack of strided convolutions reads the plan as a raster; what it answers is averaged over the eight
symmetries of the square, so that a mirrored or turned plan is the same plan.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

__all__ = ["FEATURES", "FeatureNetwork", "symmetries"]

FEATURES = 16
"""Numbers that stand for a plan. Few, because a Fréchet distance wants ten plans and more for each."""
_WIDTHS = (24, 48, 64, 64)


def symmetries(planes: Tensor) -> Tensor:
    """The eight turns and mirrors [8, B, C, H, W] of square rasters [B, C, H, W]."""
    turned = [torch.rot90(planes, k, (-2, -1)) for k in range(4)]
    return torch.stack([*turned, *(t.flip(-1) for t in turned)])


class FeatureNetwork(nn.Module):
    """Features of plans drawn as rasters.

    Args:
        planes: of the raster, C.
    """

    def __init__(self, planes: int) -> None:
        super().__init__()
        widths = (planes, *_WIDTHS)
        self.stages = nn.ModuleList(
            nn.Conv2d(a, b, 3, stride=2 if i < 3 else 1, padding=1)
            for i, (a, b) in enumerate(pairwise(widths))
        )
        self.norms = nn.ModuleList(nn.GroupNorm(8, width) for width in _WIDTHS)
        self.hidden = nn.Linear(2 * _WIDTHS[-1], 64)
        self.out = nn.Linear(64, FEATURES)

    def pooled(self, planes: Tensor) -> Tensor:
        """Mean and greatest value of each channel [B, 2·64] of rasters [B, C, H, W]."""
        for convolve, normalise in zip(self.stages, self.norms, strict=True):
            planes = functional.silu(normalise(convolve(planes)))
        return torch.cat((planes.mean((-2, -1)), planes.amax((-2, -1))), 1)

    def forward(self, planes: Tensor) -> Tensor:
        """Features [B, FEATURES] of rasters [B, C, H, W]; those of its mirror image may differ."""
        answer: Tensor = self.out(functional.silu(self.hidden(self.pooled(planes))))
        return answer

    def invariant(self, planes: Tensor) -> Tensor:
        """Features [B, FEATURES], the same for all eight symmetries of a raster."""
        return torch.stack([self(turned) for turned in symmetries(planes)]).mean(0)
