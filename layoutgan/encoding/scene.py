"""A proposal before the costs: what several of them ask about pairs of boxes is worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor
from torch.nn import functional

from layoutgan.encoding.batch import Batch, Relation

CLOSED = 4.0
"""Distance given to rectangles that are not in use: larger than any in the unit square."""
DOOR_LENGTH = 0.9
"""Wall that a door or a passage needs, frame included [m]."""


@dataclass(frozen=True)
class Scene:
    """Briefs and one proposal for each."""

    batch: Batch
    boxes: Tensor
    """[B, N, K, 4] centre x, y, width, height in the unit square."""
    gates: Tensor
    """[B, N, K] in 0..1."""

    @cached_property
    def shut(self) -> Tensor:
        """Rectangles that are not in use [B, N, K], bool."""
        return self.gates < 0.5

    @cached_property
    def coarse_inside(self) -> Tensor:
        """Inside mask at half the raster's size [B, H / 2, W / 2]: areas and coverage then cost a quarter."""
        return functional.avg_pool2d(self.batch.inside[:, None], 2)[:, 0]

    @cached_property
    def separations(self) -> Tensor:
        """Signed gaps per axis of all rectangles of all pairs [B, N, N, K * K, 2]; negative in overlap."""
        boxes = self.boxes
        low, high = boxes[..., :2] - boxes[..., 2:] / 2, boxes[..., :2] + boxes[..., 2:] / 2
        shut = (self.shut * CLOSED)[..., None]
        # A rectangle out of use lies far beyond all others on both axes.
        low, high = low + shut, high - shut
        gap = torch.maximum(low[:, :, None, :, None], low[:, None, :, None])
        gap = gap - torch.minimum(high[:, :, None, :, None], high[:, None, :, None])
        return gap.flatten(3, 4)

    @cached_property
    def gaps(self) -> Tensor:
        """Signed distance of each pair [B, N, N]: of its closest rectangles, on the axis that parts them."""
        gap = self.separations
        return _least(torch.maximum(gap[..., 0], gap[..., 1]))

    @cached_property
    def missing_contact(self) -> Tensor:
        """What each pair lacks to share a wall of a door's length [B, N, N]; its best rectangles count.

        Elements narrower than a door need as much as they have.
        """
        gap = self.separations
        side = self.boxes[..., 2:].amin(-1).detach()
        possible = torch.minimum(side[:, :, None, :, None], side[:, None, :, None]).flatten(3, 4)
        length = torch.minimum((DOOR_LENGTH / self.batch.scale)[:, None, None, None], possible)
        apart = gap.relu()
        short = (gap + length[..., None]).relu()
        return _least(torch.minimum(apart[..., 0] + short[..., 1], apart[..., 1] + short[..., 0]))

    @cached_property
    def different(self) -> Tensor:
        """Pairs of two real elements [B, N, N], bool."""
        present = self.batch.present
        pairs = present[:, :, None] & present[:, None]
        return pairs & ~torch.eye(pairs.shape[1], dtype=torch.bool, device=pairs.device)

    def related(self, relations: tuple[Relation, ...]) -> Tensor:
        """Pairs with one of these relations [B, N, N], bool."""
        found = torch.zeros_like(self.batch.relations, dtype=torch.bool)
        for relation in relations:
            found = found | (self.batch.relations == relation)
        return found & self.different

    def over_pairs(self, values: Tensor, pairs: Tensor) -> Tensor:
        """Sum of symmetric values [B, N, N] over unordered pairs [B]."""
        return (values * pairs).sum((1, 2)) / 2


def _least(values: Tensor) -> Tensor:
    """Least along the last axis; pairwise, because the slope of torch's own minimum is slow to work out."""
    least = values[..., 0]
    for other in values.unbind(-1)[1:]:
        least = torch.minimum(least, other)
    return least
