"""Differentiable renderers: boxes to rasters [B, C, H, W] that the raster discriminator reads.

Rooms are drawn as a soft partition of the inside, equipment as soft boxes with a field of wire length. Real
and generated layouts go through the same renderer, so that softness gives nothing away.
"""

from __future__ import annotations

from enum import StrEnum

import torch
from torch import Tensor
from torch.nn import functional

from layoutgan.encoding.batch import Batch, Relation, SiteChannel

SHARPNESS = 40.0
"""Default sharpness of room edges, per unit square; at 32 pixels an edge is then about one pixel wide."""

_ABSENT = -1e4  # score of padding: minus infinity would make NaN gradients
_SITE_PLANES = 4
_NORTH = slice(SiteChannel.NORTH_COSINE, SiteChannel.NORTH_SINE + 1)


class Renderer(StrEnum):
    """How a domain's elements are drawn."""

    PARTITION = "partition"
    """rooms that share the inside among them."""
    WIRES = "wires"
    """separate items and the connections between them."""


def raster_channels(renderer: Renderer, kinds: int) -> int:
    """Planes that `render` gives for a domain with that many kinds."""
    return kinds + 1 + _SITE_PLANES + 2 + (1 if renderer is Renderer.WIRES else 0)


def pixel_centres(size: int, like: Tensor) -> Tensor:
    """Coordinates [size] of pixel centres along one axis of the unit square."""
    return (torch.arange(size, device=like.device, dtype=like.dtype) + 0.5) / size


def depths(boxes: Tensor, height: int, width: int, factor: float = 1.0, bias: Tensor | None = None) -> Tensor:
    """Signed distances [B, N, K, H, W] of pixel centres to the nearest side of each box, positive within.

    Args:
        boxes: [B, N, K, 4].
        height: pixels.
        width: pixels.
        factor: multiplies the distances [-].
        bias: [B, N, K], added afterwards.
    """
    half = boxes[..., 2:] / 2
    x, y = pixel_centres(width, boxes), pixel_centres(height, boxes)
    along = half[..., 0:1] - (x - boxes[..., 0:1]).abs()
    across = half[..., 1:2] - (y - boxes[..., 1:2]).abs()
    if (
        bias is not None
    ):  # on one row and one column of pixels: on all of them it would cost most of the drawing
        along, across = factor * along + bias[..., None], factor * across + bias[..., None]
    along, across = along[..., None, :], across[..., :, None]
    # Not torch.minimum: its slope shares ties, which costs twice the time of a choice.
    return torch.where(along < across, along, across)


def partition(
    boxes: Tensor, gates: Tensor, present: Tensor, inside: Tensor, sharpness: float = SHARPNESS
) -> Tensor:
    """Share of each element in each pixel [B, N, H, W]; over the elements they sum to the inside mask.

    Args:
        boxes: [B, N, K, 4] in the unit square.
        gates: [B, N, K] in 0..1; a rectangle with gate 0 has no say.
        present: [B, N] bool.
        inside: [B, H, W] in 0..1.
        sharpness: steepness of edges, per unit square.
    """
    openness = (4 * torch.log(gates.clamp_min(1e-6))).masked_fill(~present[..., None], _ABSENT)
    scores = depths(boxes, inside.shape[-2], inside.shape[-1], sharpness, openness)
    joined = scores[:, :, 0]
    for other in scores.unbind(2)[1:]:
        joined = torch.logaddexp(joined, other)
    return joined.softmax(1) * inside[:, None]


def soft_boxes(
    boxes: Tensor, present: Tensor, height: int, width: int, sharpness: float = SHARPNESS
) -> Tensor:
    """How much of each pixel the first rectangle of each element covers [B, N, H, W], in 0..1."""
    first = boxes[:, :, 0]
    x, y = pixel_centres(width, boxes), pixel_centres(height, boxes)
    along = torch.sigmoid(2 * sharpness * (first[..., 2:3] / 2 - (x - first[..., 0:1]).abs()))
    across = torch.sigmoid(2 * sharpness * (first[..., 3:4] / 2 - (y - first[..., 1:2]).abs()))
    return (along * present[..., None])[..., None, :] * across[..., :, None]


def wire_field(batch: Batch, boxes: Tensor, height: int, width: int, sharpness: float = SHARPNESS) -> Tensor:
    """Expected cost of connections per pixel [B, H, W].

    Each connection spreads its weight times its half-perimeter evenly over the rectangle between its two
    ends.
    """
    centre = boxes[:, :, 0, :2]
    low = torch.minimum(centre[:, :, None], centre[:, None]) - 0.5 / width
    high = torch.maximum(centre[:, :, None], centre[:, None]) + 0.5 / width
    size = high - low
    wire = (batch.relations == Relation.PIPE).to(boxes.dtype) * batch.weights
    density = 0.5 * wire * size.sum(-1) / size.prod(-1)
    x, y = pixel_centres(width, boxes), pixel_centres(height, boxes)
    along = _between(x, low[..., 0:1], high[..., 0:1], sharpness)
    across = _between(y, low[..., 1:2], high[..., 1:2], sharpness)
    flat = (density[..., None] * across).flatten(1, 2).transpose(1, 2)
    return flat @ along.flatten(1, 2)


def _between(x: Tensor, low: Tensor, high: Tensor, sharpness: float) -> Tensor:
    return torch.sigmoid(2 * sharpness * (x - low)) * torch.sigmoid(2 * sharpness * (high - x))


def walls(shares: Tensor) -> Tensor:
    """Half the L1 difference of the shares [B, N, H, W] between neighbouring pixels [B, 1, H, W]."""
    along = (shares[..., 1:] - shares[..., :-1]).abs().sum(1, keepdim=True) / 2
    across = (shares[..., 1:, :] - shares[..., :-1, :]).abs().sum(1, keepdim=True) / 2
    return functional.pad(along, (0, 1)) + functional.pad(across, (0, 0, 0, 1))


def render(
    renderer: Renderer, batch: Batch, boxes: Tensor, gates: Tensor, kinds: int, sharpness: float = SHARPNESS
) -> Tensor:
    """The layouts as a raster [B, C, H, W]: a plane per kind, walls, (wires,) site planes, north."""
    height, width = batch.site.shape[-2:]
    one_hot = functional.one_hot(batch.kinds, kinds).to(boxes.dtype)
    if renderer is Renderer.PARTITION:
        shares = partition(boxes, gates, batch.present, batch.inside, sharpness)
    else:
        shares = soft_boxes(boxes, batch.present, height, width, sharpness)
    by_kind = one_hot.transpose(1, 2) @ shares.flatten(2)
    planes = [by_kind.reshape(len(batch), kinds, height, width), walls(shares)]
    if renderer is Renderer.WIRES:
        planes.append(wire_field(batch, boxes, height, width, sharpness)[:, None])
    return torch.cat([*planes, batch.site[:, :_SITE_PLANES], batch.site[:, _NORTH]], 1)
