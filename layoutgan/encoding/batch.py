"""What the networks see: padded tensors for B layouts of up to N elements, on one unit square each.

A site is moved and scaled (one scale for both axes) so that its bounding box lies centred in the unit square
with a margin; a point p [m] is `(p - offset) / scale` in the square. Raster rows run with y, columns with x,
and pixel (row i, column j) of an H x W raster has its centre at ((j + 0.5) / W, (i + 0.5) / H).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

#: Goes into every cache key: raise it whenever the meaning of a tensor changes.
ENCODING_VERSION = 2

#: Rectangles per element, K in all shapes.
RECTANGLES = 2

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


class Relation(IntEnum):
    """What a brief says about two elements; the integers exist only here."""

    NONE = 0
    SELF = 1
    DOOR = 2
    OPEN = 3
    ADJACENT = 4
    NEVER = 5
    PIPE = 6


class Attribute(IntEnum):
    """Columns of `Batch.attributes`; lengths are divided by the batch's scale, zero means "not asked"."""

    TARGET_SIDE = 0
    """sqrt of the target area."""
    TOLERANCE = 1
    """half the log-ratio of greatest to least area [-]."""
    FIXED = 2
    """1 where the box below is given and must be kept."""
    FIXED_X = 3
    FIXED_Y = 4
    FIXED_WIDTH = 5
    FIXED_HEIGHT = 6
    EXTERIOR = 7
    """1 where contact with the facade is asked for."""
    ENTRANCE = 8
    """1 for the space behind the front door (or the item at the access)."""
    MIN_WIDTH = 9
    MAX_ASPECT = 10
    """log of the greatest long-to-short ratio [-]."""
    LENGTH = 11
    """given size along the element's own x axis (equipment)."""
    WIDTH = 12
    HEIGHT = 13
    """given height above grade (equipment)."""
    CLEARANCE = 14
    """free distance asked for around the element (equipment)."""
    SCALE = 15
    """log of the scale in decametres: the metric size of the site, equal for all elements [-]."""


class SiteChannel(IntEnum):
    """Planes of `Batch.site`."""

    INSIDE = 0
    """share of the pixel in the site, 0 outside and in obstacles."""
    DISTANCE = 1
    """distance to the edge of the inside, positive within, in unit squares, clipped to +-0.5."""
    ENTRANCE = 2
    """exp(-distance / 0.1) from the entrance or access."""
    OBSTACLE = 3
    FACADE = 4
    """distance to the nearest wall that may hold a window (or to the plot edge), clipped to 0.5."""
    NORTH_COSINE = 5
    """x of the direction to north (or against the prevailing wind), constant over the plane."""
    NORTH_SINE = 6
    """y of that direction."""
    RACK = 7
    """1 on a pipe rack or road that the brief fixes."""


class Record(NamedTuple):
    """One layout, or one brief (`boxes` zero), as numpy arrays; N elements, K rectangles, C x H x W site."""

    name: str
    kinds: Integers
    """[N] index into the domain's kinds."""
    attributes: Floats
    """[N, A], columns `Attribute`."""
    relations: Integers
    """[N, N] `Relation`, symmetric."""
    weights: Floats
    """[N, N] cost of a connection per unit length (pipes); zero otherwise."""
    site: Floats
    """[C, H, W], planes `SiteChannel`."""
    scale: float
    """metres per unit side."""
    offset: tuple[float, float]
    """lower left corner of the unit square [m]."""
    boxes: Floats
    """[N, K, 4] centre x, y, width, height in the unit square; a closed rectangle repeats the first."""
    gates: Floats
    """[N, K] 1 where the rectangle is in use; the first always is."""
    turns: Integers
    """[N] quarter turns counter-clockwise (equipment)."""


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
