"""Structural costs: soft forms of rules, differentiable in the boxes and exactly zero where a rule is kept.

Every cost takes a scene and gives one number per layout [B], in unit squares unless said. A rectangle counts
as in use when its gate is above one half. The exact rules judge a finished layout; these judge a proposal,
and a property test ties the two together.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from layoutgan.encoding.batch import Attribute, Relation, SiteChannel
from layoutgan.encoding.masks import depths, partition
from layoutgan.encoding.scene import CLOSED, Scene

Cost = Callable[[Scene], Tensor]

FORBIDDEN_GAP = 0.1
"""Distance that parts elements which must not touch [m]."""
ALIGNED_WITHIN = 0.08
"""Edges further apart than this share of the unit square are not meant to be in line [-]."""

_REQUIRED = (Relation.DOOR, Relation.OPEN, Relation.ADJACENT)
_WALKABLE = (Relation.DOOR, Relation.OPEN)


def edge_gap(scene: Scene) -> Tensor:
    """Distance between elements that must touch, summed over the required pairs [B]."""
    return scene.over_pairs(scene.gaps.relu(), scene.related(_REQUIRED))


def shared_length(scene: Scene) -> Tensor:
    """Contact missing to a door's length, summed over the required pairs [B]."""
    return scene.over_pairs(scene.missing_contact, scene.related(_REQUIRED))


def never_contact(scene: Scene) -> Tensor:
    """Distance missing between elements that must not touch, summed over those pairs [B]."""
    margin = (FORBIDDEN_GAP / scene.batch.scale)[:, None, None]
    return scene.over_pairs((margin - scene.gaps).relu(), scene.related((Relation.NEVER,)))


def overlap(scene: Scene) -> Tensor:
    """Depth to which elements overlap, summed over pairs [B]; the deepest pair of rectangles counts."""
    return scene.over_pairs((-scene.gaps).relu(), scene.different)


def spacing(scene: Scene) -> Tensor:
    """Free distance missing between items, by the greater of their two clearances, summed over pairs [B]."""
    asked = scene.batch.attributes[..., Attribute.CLEARANCE]
    asked = torch.maximum(asked[:, :, None], asked[:, None])
    gaps = scene.separations[:, :, :, 0]
    outside = torch.sqrt(gaps.relu().square().sum(-1) + 1e-12)
    free = torch.where(gaps.amax(-1) > 0, outside, gaps.amax(-1))
    return scene.over_pairs((asked - free).relu(), scene.different & (asked > 0))


def exterior_contact(scene: Scene) -> Tensor:
    """Distance to the facade of elements that need a window, beyond one pixel, summed over them [B]."""
    batch = scene.batch
    far = (
        sample(batch.site[:, SiteChannel.FACADE], outline_points(scene.boxes)).amin(-1) + CLOSED * scene.shut
    )
    asked = batch.attributes[..., Attribute.EXTERIOR] > 0.5
    return ((far.amin(-1) - 1 / batch.site.shape[-1]).relu() * asked).sum(1)


def entrance_contact(scene: Scene) -> Tensor:
    """Distance between the front door and the space it opens into, beyond one pixel [B]."""
    batch, boxes = scene.batch, scene.boxes
    height, width = batch.site.shape[-2:]
    place = batch.site[:, SiteChannel.ENTRANCE].flatten(1).argmax(1)
    point = torch.stack([(place % width + 0.5) / width, (place // width + 0.5) / height], -1)
    beyond = (point[:, None, None] - boxes[..., :2]).abs() - boxes[..., 2:] / 2
    far = beyond.relu().amax(-1) + CLOSED * scene.shut
    asked = batch.attributes[..., Attribute.ENTRANCE] > 0.5
    return ((far.amin(-1) - 1 / width).relu() * asked).sum(1)


def area_ratio(scene: Scene) -> Tensor:
    """Log-ratio of box area to target area beyond the tolerance, summed over elements [B] [-]."""
    return _area_excess(scene, covered_area(scene.boxes, scene.gates))


def share_ratio(scene: Scene) -> Tensor:
    """As `area_ratio`, with the area that each element gets when they share the inside [B] [-]."""
    shares = partition(scene.boxes, scene.gates, scene.batch.present, scene.coarse_inside)
    return _area_excess(scene, shares.mean((2, 3)))


def misalignment(scene: Scene) -> Tensor:
    """Distance of edges to the nearest parallel edge of another element, where nearly in line [B]."""
    first, present = scene.boxes[:, :, 0], scene.batch.present
    half = first[..., 2:] / 2
    lines = torch.stack([first[..., :2] - half, first[..., :2] + half], 2).flatten(1, 2).transpose(1, 2)
    owner = torch.arange(first.shape[1], device=first.device).repeat_interleave(2)
    far = (lines[..., :, None] - lines[..., None, :]).abs()
    real = present.repeat_interleave(2, 1)[:, None]
    nearest = far.masked_fill(~((owner[:, None] != owner) & real)[:, None], CLOSED).amin(-1)
    return (nearest * (nearest < ALIGNED_WITHIN) * real).sum((1, 2))


def outside(scene: Scene) -> Tensor:
    """Distance by which outlines leave the inside, beyond one pixel, meaned over each, summed [B]."""
    site, points = scene.batch.site, outline_points(scene.boxes)
    depth = sample(site[:, SiteChannel.DISTANCE], points) - ((points - 0.5).abs() - 0.5).relu().sum(-1)
    excess = (-depth - 1 / site.shape[-1]).relu().mean(-1)
    return (excess * ~scene.shut * scene.batch.present[..., None]).sum((1, 2))


def uncovered(scene: Scene) -> Tensor:
    """Mean distance of inside pixels to the nearest rectangle, beyond one pixel [B]."""
    inside = scene.coarse_inside
    shut = (scene.shut | ~scene.batch.present[..., None]) * -CLOSED
    depth = depths(scene.boxes, inside.shape[-2], inside.shape[-1], 1.0, shut)
    far = (-depth.flatten(1, 2).amax(1) - 1 / scene.batch.site.shape[-1]).relu() * (inside > 0.99)
    return far.sum((1, 2)) / inside.sum((1, 2)).clamp_min(1)


def aspect(scene: Scene) -> Tensor:
    """Log of the first rectangle's long-to-short ratio beyond the limit, summed over elements [B] [-]."""
    limit = scene.batch.attributes[..., Attribute.MAX_ASPECT]
    size = scene.boxes[:, :, 0, 2:].clamp_min(1e-4)
    ratio = (size[..., 0] / size[..., 1]).log().abs()
    return ((ratio - limit).relu() * (limit > 0) * scene.batch.present).sum(1)


def narrow(scene: Scene) -> Tensor:
    """Width missing to the least clear width, in an element's widest rectangle, summed over elements [B]."""
    side = (scene.boxes[..., 2:].amin(-1) - CLOSED * scene.shut).amax(-1)
    return ((scene.batch.attributes[..., Attribute.MIN_WIDTH] - side).relu() * scene.batch.present).sum(1)


def unreachable(scene: Scene) -> Tensor:
    """How far elements are from being walkable to from the entrance through required doors, summed [B] [-].

    Reach is the best product of contacts along a path. A graph Laplacian would be smoother, but its flow is
    never exactly one, so a reachable plan would still cost something.
    """
    batch = scene.batch
    contact = 1 / (1 + scene.missing_contact / ALIGNED_WITHIN)
    door = scene.related(_WALKABLE)
    links, ideal = contact * door, door.to(contact.dtype)
    start = (batch.attributes[..., Attribute.ENTRANCE] > 0.5).to(contact.dtype) * batch.present
    wanted, reached = start, start
    for _ in range(min(batch.kinds.shape[1], 6)):
        reached = torch.maximum(reached, (links * reached[:, None]).amax(-1))
        wanted = torch.maximum(wanted, (ideal * wanted[:, None]).amax(-1))
    return (wanted - reached).relu().sum(1)


def wire_length(scene: Scene) -> Tensor:
    """Weighted rectilinear length of the connections between centres [B]; zero only without connections."""
    centre = scene.boxes[:, :, 0, :2]
    length = (centre[:, :, None] - centre[:, None]).abs().sum(-1)
    return scene.over_pairs(length * scene.batch.weights, scene.related((Relation.PIPE,)))


COSTS: dict[str, Cost] = {
    cost.__name__: cost
    for cost in (
        edge_gap,
        shared_length,
        never_contact,
        overlap,
        spacing,
        exterior_contact,
        entrance_contact,
        area_ratio,
        share_ratio,
        misalignment,
        outside,
        uncovered,
        aspect,
        narrow,
        unreachable,
        wire_length,
    )
}
"""Every cost by name; an experiment weights them."""


def covered_area(boxes: Tensor, gates: Tensor) -> Tensor:
    """Area of each element's rectangles in use, what two share counted once [B, N], in unit squares."""
    area = boxes[..., 2:].prod(-1) * gates
    if boxes.shape[2] < 2:
        return area.sum(-1)
    low, high = boxes[..., :2] - boxes[..., 2:] / 2, boxes[..., :2] + boxes[..., 2:] / 2
    both = (
        torch.minimum(high[..., 0, :], high[..., 1, :]) - torch.maximum(low[..., 0, :], low[..., 1, :])
    ).relu()
    return area.sum(-1) - both.prod(-1) * gates[..., 1]


def outline_points(boxes: Tensor, per_side: int = 4) -> Tensor:
    """Points along the sides of boxes [B, N, K, 4 * per_side, 2]."""
    steps = (torch.arange(per_side, device=boxes.device, dtype=boxes.dtype) + 0.5) / per_side - 0.5
    half = torch.full_like(steps, 0.5)
    x = torch.cat([steps, half, steps, -half])
    y = torch.cat([-half, steps, half, steps])
    return boxes[..., None, :2] + boxes[..., None, 2:] * torch.stack([x, y], -1)


def sample(plane: Tensor, points: Tensor) -> Tensor:
    """Values of planes [B, H, W] at points [B, ..., 2] of the unit square, bilinear, edge values beyond."""
    # torch reads (and writes) memory that is not its own at a place that is not a number.
    grid = torch.nan_to_num(points.flatten(1, -2)[:, None] * 2 - 1)
    values = torch.nn.functional.grid_sample(
        plane[:, None], grid, mode="bilinear", padding_mode="border", align_corners=False
    )
    return values[:, 0, 0].view(points.shape[:-1])


def _area_excess(scene: Scene, area: Tensor) -> Tensor:
    batch = scene.batch
    target = batch.target_sides.square()
    tolerance = batch.attributes[..., Attribute.TOLERANCE]
    asked = (target > 0) & batch.present
    ratio = (area.clamp_min(1e-6) / torch.where(asked, target, torch.ones_like(target))).log().abs()
    return ((ratio - tolerance).relu() * asked).sum(1)
