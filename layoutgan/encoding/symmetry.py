"""The eight symmetries of the square, applied to everything in a batch that has a direction.

Symmetry s is: exchange the axes if s & 4, then mirror x if s & 1, then mirror y if s & 2.
"""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from layoutgan.encoding.batch import Attribute, Batch, SiteChannel

SYMMETRIES = 8


def matrices(symmetry: Tensor) -> Tensor:
    """Orthogonal 2 x 2 matrices [..., 2, 2] of the symmetries [...], acting about the square's centre."""
    swap = (symmetry & 4) > 0
    sign_x = 1.0 - 2.0 * (symmetry & 1).float()
    sign_y = 1.0 - 2.0 * ((symmetry & 2) > 0).float()
    zero = torch.zeros_like(sign_x)
    top = torch.stack([torch.where(swap, zero, sign_x), torch.where(swap, sign_x, zero)], -1)
    bottom = torch.stack([torch.where(swap, sign_y, zero), torch.where(swap, zero, sign_y)], -1)
    return torch.stack([top, bottom], -2)


def compose(second: int, first: int) -> int:
    """The symmetry that has the effect of `first`, then `second`."""
    index = torch.arange(SYMMETRIES)
    wanted = matrices(torch.tensor(second)) @ matrices(torch.tensor(first))
    return int((matrices(index) == wanted).all(-1).all(-1).nonzero()[0, 0])


def inverse(symmetry: int) -> int:
    """The symmetry that undoes `symmetry`."""
    return next(other for other in range(SYMMETRIES) if compose(other, symmetry) == 0)


def transform_boxes(boxes: Tensor, symmetry: Tensor) -> Tensor:
    """Boxes [B, ..., 4] of the unit square under one symmetry per layout [B]."""
    shape = (-1,) + (1,) * (boxes.dim() - 2)
    swap = ((symmetry & 4) > 0).view(*shape, 1)
    mirror = torch.stack([(symmetry & 1) > 0, (symmetry & 2) > 0], -1).view(*shape, 2)
    centre = torch.where(swap, boxes[..., [1, 0]], boxes[..., :2])
    size = torch.where(swap, boxes[..., [3, 2]], boxes[..., 2:])
    return torch.cat([torch.where(mirror, 1 - centre, centre), size], -1)


def transform_raster(raster: Tensor, symmetry: Tensor) -> Tensor:
    """Square rasters [B, C, H, H] under one symmetry per layout [B]."""
    shape = (-1, 1, 1, 1)
    raster = torch.where(((symmetry & 4) > 0).view(shape), raster.transpose(2, 3), raster)
    raster = torch.where(((symmetry & 1) > 0).view(shape), raster.flip(3), raster)
    return torch.where(((symmetry & 2) > 0).view(shape), raster.flip(2), raster)


def transform_turns(turns: Tensor, symmetry: Tensor) -> Tensor:
    """Quarter turns [B, N] under one symmetry per layout [B]: where an element's own x axis then points."""
    angle = turns.float() * (torch.pi / 2)
    heading = torch.stack([angle.cos(), angle.sin()], -1) @ matrices(symmetry).transpose(-1, -2)
    return torch.round(torch.atan2(heading[..., 1], heading[..., 0]) / (torch.pi / 2)).long() % 4


def transform(batch: Batch, symmetry: Tensor) -> Batch:
    """The batch under one symmetry per layout [B]: site, boxes, fixed boxes, north and turns together.

    `offset` is kept, although only the identity maps back to the true place on earth.
    """
    site = transform_raster(batch.site, symmetry)
    north = batch.site[:, SiteChannel.NORTH_COSINE : SiteChannel.NORTH_SINE + 1, 0, 0]
    turned = (matrices(symmetry) @ north[..., None])[..., 0]
    site = site.clone()
    site[:, SiteChannel.NORTH_COSINE : SiteChannel.NORTH_SINE + 1] = turned[:, :, None, None]
    attributes = batch.attributes.clone()
    moved = transform_boxes(batch.fixed_boxes, symmetry)
    attributes[..., Attribute.FIXED_X : Attribute.FIXED_HEIGHT + 1] = moved * batch.fixed[..., None]
    boxes = transform_boxes(batch.boxes, symmetry) * batch.present[..., None, None]
    turns = transform_turns(batch.turns, symmetry) * batch.present
    return replace(batch, site=site, attributes=attributes, boxes=boxes, turns=turns)


def random_symmetries(size: int, generator: torch.Generator) -> Tensor:
    """One symmetry drawn for each of `size` layouts [size]."""
    return torch.randint(SYMMETRIES, (size,), generator=generator)
