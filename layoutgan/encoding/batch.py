"""What the networks see: padded tensors for B layouts of up to N elements, on one unit square each.

A site is moved and scaled (one scale for both axes) so that its bounding box lies centred in the unit square
with a margin; a point p [m] is `(p - offset) / scale` in the square. Raster rows run with y, columns with x,
and pixel (row i, column j) of an H x W raster has its centre at ((j + 0.5) / W, (i + 0.5) / H).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from layoutgan.encoding.record import (
    ENCODING_VERSION,
    RECTANGLES,
    Attribute,
    Floats,
    Integers,
    Record,
    Relation,
    SiteChannel,
)

__all__ = [
    "ENCODING_VERSION", "RECTANGLES", "Attribute", "Batch", "Floats", "Integers", "Record", "Relation",
    "SiteChannel", "collate",
]


@dataclass
class Batch:
    """B records padded to N elements; padding has `present` false and zeros elsewhere."""

    kinds: Tensor
    """[B, N] int64."""
    present: Tensor
    """[B, N] bool."""
    attributes: Tensor
    """[B, N, A], columns `Attribute`."""
    relations: Tensor
    """[B, N, N] int64, `Relation`."""
    weights: Tensor
    """[B, N, N] cost per unit length."""
    site: Tensor
    """[B, C, H, W], planes `SiteChannel`."""
    scale: Tensor
    """[B] metres per unit side."""
    offset: Tensor
    """[B, 2] lower left corner of the unit square [m]."""
    boxes: Tensor
    """[B, N, K, 4] centre x, y, width, height in the unit square."""
    gates: Tensor
    """[B, N, K] in 0..1."""
    turns: Tensor
    """[B, N] int64, quarter turns counter-clockwise."""

    def __len__(self) -> int:
        """Number of layouts B."""
        return int(self.kinds.shape[0])

    @property
    def target_sides(self) -> Tensor:
        """Square roots of the target areas [B, N], in unit squares."""
        return self.attributes[..., Attribute.TARGET_SIDE]

    @property
    def fixed(self) -> Tensor:
        """Elements whose box is given [B, N], bool."""
        return self.attributes[..., Attribute.FIXED] > 0.5

    @property
    def fixed_boxes(self) -> Tensor:
        """Given boxes [B, N, 4], zero where none is."""
        return self.attributes[..., Attribute.FIXED_X : Attribute.FIXED_HEIGHT + 1]

    @property
    def sizes(self) -> Tensor:
        """Given length and width of equipment [B, N, 2], in unit squares."""
        return self.attributes[..., Attribute.LENGTH : Attribute.WIDTH + 1]

    @property
    def inside(self) -> Tensor:
        """Inside mask [B, H, W]."""
        return self.site[:, SiteChannel.INSIDE]

    def one_hot_turns(self) -> Tensor:
        """Quarter turns as [B, N, 4] of zeros and ones."""
        return torch.nn.functional.one_hot(self.turns, 4).to(self.boxes.dtype)

    def to(self, device: torch.device | str) -> Batch:
        """The batch on another device."""
        return Batch(**{field.name: getattr(self, field.name).to(device) for field in fields(self)})

    def repeat(self, times: int) -> Batch:
        """Each layout `times` times in a row [B * times, ...]: many answers to one brief."""
        return Batch(
            **{field.name: getattr(self, field.name).repeat_interleave(times, 0) for field in fields(self)}
        )

    def taken(self, rows: slice) -> Batch:
        """Some of the layouts."""
        return Batch(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def trimmed(self, multiple: int = 4) -> Batch:
        """The batch without padding that no layout needs; N stays a multiple of `multiple`."""
        most = int(self.present.sum(1).max())
        size = min(max(multiple, -(-most // multiple) * multiple), int(self.kinds.shape[1]))
        cut = {name: getattr(self, name)[:, :size] for name in _PER_ELEMENT}
        cut["relations"] = self.relations[:, :size, :size]
        cut["weights"] = self.weights[:, :size, :size]
        return Batch(site=self.site, scale=self.scale, offset=self.offset, **cut)

    def metres(self, boxes: Tensor) -> Tensor:
        """Boxes [B, N, K, 4] of the unit square as left, bottom, right, top [m]."""
        centre, half = boxes[..., :2], boxes[..., 2:] / 2
        corners = torch.cat([centre - half, centre + half], -1)
        return corners * self.scale[:, None, None, None] + self.offset.repeat(1, 2)[:, None, None]


_PER_ELEMENT = ("kinds", "present", "attributes", "boxes", "gates", "turns")


def collate(records: Sequence[Record], multiple: int = 4) -> Batch:
    """The records as one batch, padded to the most elements of any, rounded up to `multiple`.

    Raises:
        ValueError: no records, or rasters of different sizes.
    """
    if not records:
        raise ValueError("cannot make a batch of no records")
    if len({record.site.shape for record in records}) > 1:
        raise ValueError("records of one batch need sites of one raster size")
    most = max(len(record.kinds) for record in records)
    size = max(multiple, -(-most // multiple) * multiple)

    def padded(arrays: Sequence[NDArray[np.generic]], axes: int = 1) -> Tensor:
        whole = np.zeros((len(arrays), *([size] * axes), *arrays[0].shape[axes:]), arrays[0].dtype)
        for row, array in zip(whole, arrays, strict=True):
            row[tuple(slice(length) for length in array.shape[:axes])] = array
        return torch.from_numpy(whole)

    return Batch(
        kinds=padded([record.kinds for record in records]),
        present=padded([np.ones(len(record.kinds), np.bool_) for record in records]),
        attributes=padded([record.attributes for record in records]),
        relations=padded([record.relations for record in records], 2),
        weights=padded([record.weights for record in records], 2),
        site=torch.from_numpy(np.stack([record.site for record in records])),
        scale=torch.tensor([record.scale for record in records], dtype=torch.float32),
        offset=torch.tensor([record.offset for record in records], dtype=torch.float32),
        boxes=padded([record.boxes for record in records]),
        gates=padded([record.gates for record in records]),
        turns=padded([record.turns for record in records]),
    )
