"""Global placement by gradients: smooth wires, density and spacing, many starts in one batch.

The baseline that a learned start has to beat. Every term softens one hard demand or one cost of the
problem and is zero exactly where that demand holds. Sources: Hsu, Chang and Balabanov 2011 for the
weighted-average wire length; Cheng and others 2019 for placement as an optimisation in a tensor library.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from layoutgan.domains.piping.placement.problem import PlacementProblem, Start
from layoutgan.domains.piping.placement.tables import Tables, tables_of

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["analytic_starts", "overlap_term", "spacing_term", "wire_term"]

STEPS = 300
BINS = 12
"""Cells per axis of the density grid."""
_FIRST_GAMMA, _LAST_GAMMA = 0.05, 0.002
"""Smoothing of wires as a share of the plot, at the start and in the end [-]."""
_FIRST_PRICE, _LAST_PRICE = 0.05, 8.0
"""Price of a metre of shortfall in typical wires per item, at the start and in the end [-]."""
_DENSITY = 0.5
_ROW = 0.5


@dataclass(frozen=True)
class _Field:
    """The problem as tensors."""

    sizes: Tensor
    """Half extents along x and y at each turn [N, 4, 2] [m]."""
    pins: Tensor
    costs: Tensor
    ends: Tensor
    spacing: Tensor
    boxes: Tensor
    gaps: Tensor
    envelopes: Tensor
    owners: Tensor
    bounds: Tensor
    allowed: Tensor
    rows: tuple[tuple[tuple[int, ...], int], ...]
    wish_items: Tensor
    wish_box: Tensor
    wish_limit: Tensor
    wish_cost: Tensor
    span: float
    typical: float


def analytic_starts(problem: PlacementProblem, *, seed: int, count: int = 1, batch: int = 16) -> list[Start]:
    """The best of a batch of gradient descents, best first; nearly legal, not legal.

    Args:
        problem: what is asked.
        seed: of the random first places.
        count: starts wanted, at most the batch.
        batch: descents at once (B).

    Raises:
        InputError: the problem's arrays disagree.
    """
    import torch

    problem = problem.filled()
    tables = tables_of(problem)
    field = _field(problem, tables)
    noise = torch.Generator().manual_seed(seed)
    n = problem.count
    low, high = field.bounds[:2], field.bounds[2:]
    # Each start has its own scale about the middle: wide ones spread first, narrow ones unfold.
    scale = torch.linspace(0.25, 0.95, batch, dtype=torch.float64)[:, None, None]
    spots = torch.rand(batch, n, 2, generator=noise, dtype=torch.float64) - 0.5
    at = ((low + high) / 2 + spots * scale * (high - low)).requires_grad_()
    facing = torch.zeros(batch, n, 4, dtype=torch.float64)
    facing = (facing + 0.3 * torch.randn(facing.shape, generator=noise, dtype=torch.float64)).requires_grad_()
    fixed = torch.as_tensor(tables.fixed)
    held = torch.as_tensor(problem.positions)
    optimiser = torch.optim.Adam(
        [{"params": [at], "lr": 0.012 * field.span}, {"params": [facing], "lr": 0.05}]
    )
    with torch.enable_grad():
        for step in range(STEPS):
            part = step / (STEPS - 1)
            for group, first in zip(optimiser.param_groups, (0.012 * field.span, 0.05), strict=True):
                group["lr"] = first * (1.0 - 0.9 * part)
            optimiser.zero_grad()
            here = torch.where(fixed[:, None], held, at)
            loss = _loss(field, here, facing, part).sum()
            loss.backward()  # type: ignore[no-untyped-call]  # torch ships it without types
            optimiser.step()
    with torch.no_grad():
        here = torch.where(fixed[:, None], held, at)
        final = _loss(field, here, facing, 1.0)
        order = torch.argsort(final, stable=True).tolist()[:count]
        turns = (facing + field.allowed).argmax(dim=-1)
    return [Start(here[b].numpy().copy(), turns[b].numpy().astype(np.int64), "analytic") for b in order]


def _field(problem: PlacementProblem, t: Tables) -> _Field:
    import torch

    def tensor(values: Any) -> Tensor:
        return torch.as_tensor(np.ascontiguousarray(values, dtype=np.float64))

    per_item = [t.costs[t.wires[a:b]].sum() for a, b in zip(t.wires_of[:-1], t.wires_of[1:], strict=True)]
    wired = [value for value in per_item if value > 0]
    return _Field(
        sizes=tensor(t.halves[:, [0, 1, 0, 1]]),
        pins=tensor(t.pins),
        costs=tensor(t.costs),
        ends=torch.as_tensor(t.ends),
        spacing=tensor(t.spacing),
        boxes=tensor(t.boxes),
        gaps=tensor(t.gaps),
        envelopes=tensor(t.envelopes),
        owners=torch.as_tensor(np.repeat(np.arange(problem.count), np.diff(t.envelopes_of))),
        bounds=tensor(t.bounds),
        allowed=tensor(np.where(t.turns, 0.0, -1e9)),
        rows=tuple((row.items, row.axis) for row in problem.rows),
        wish_items=torch.as_tensor(np.repeat(np.arange(problem.count), np.diff(t.wishes_of))),
        wish_box=tensor(t.wish_box),
        wish_limit=tensor(t.wish_limit),
        wish_cost=tensor(t.wish_cost),
        span=float(np.hypot(*(t.bounds[2:] - t.bounds[:2]))),
        typical=float(np.median(wired)) if wired else 1.0,
    )


def wire_term(difference: Tensor, gamma: float) -> Tensor:
    """Weighted-average length of two-pin wires along an axis, from their differences [...] [m]."""
    # For two pins the weighted average of maximum less minimum is d · tanh(d / 2γ).
    return difference * (difference / (2 * gamma)).tanh()


def spacing_term(gaps: Tensor, least: Tensor) -> Tensor:
    """What boxes lack of a least distance, from their gaps along both axes [..., 2] [m]."""
    outside = (gaps.clamp(min=0.0).square().sum(-1) + 1e-12).sqrt()
    deep = (-gaps).amin(-1).clamp(min=0.0)
    lack = (least - outside).clamp(min=0.0) + deep
    # The root's rounding must not make a shortfall where the distance holds.
    return lack.where((lack > 2e-6) & (least >= 0.0), lack.new_zeros(()))


def overlap_term(gaps: Tensor) -> Tensor:
    """How deep boxes overlap, from their gaps along both axes [..., 2] [m]."""
    return (-gaps).amin(-1).clamp(min=0.0)


def _loss(field: _Field, at: Tensor, facing: Tensor, part: float) -> Tensor:
    """Loss of each start [B] from centres [B, N, 2] and facings [B, N, 4]; part goes from 0 to 1."""
    turns = (facing * (1.0 + 9.0 * part) + field.allowed).softmax(-1)
    half = (turns[..., None] * field.sizes).sum(-2)
    gamma = field.span * _FIRST_GAMMA * (_LAST_GAMMA / _FIRST_GAMMA) ** part
    price = field.typical * _FIRST_PRICE * (_LAST_PRICE / _FIRST_PRICE) ** part
    loss = _wires(field, at, turns, gamma) + price * _shortfalls(field, at, half, turns)
    loss = loss + price * _ROW * _rows(field, at) + _wishes(field, at, half)
    return loss + field.typical * _DENSITY * (1.0 - part) * _density(field, at, half)


def _wires(field: _Field, at: Tensor, turns: Tensor, gamma: float) -> Tensor:
    spots = []
    for side in (0, 1):
        item = field.ends[:, side]
        on = item >= 0
        pins = field.pins[:, side]
        turned = (turns[:, item.clamp(min=0), :, None] * pins).sum(-2)
        spots.append((at[:, item.clamp(min=0)] + turned).where(on[:, None], pins[:, 0]))
    return (field.costs * wire_term(spots[0] - spots[1], gamma).sum(-1)).sum(-1)


def _shortfalls(field: _Field, at: Tensor, half: Tensor, turns: Tensor) -> Tensor:
    n = at.shape[1]
    gaps = (at[:, :, None] - at[:, None]).abs() - half[:, :, None] - half[:, None]
    upper = field.spacing.new_ones(n, n).triu(1)
    total = (spacing_term(gaps, field.spacing) * upper).sum((-1, -2))
    past = (field.bounds[:2] - at + half).clamp(min=0.0) + (at + half - field.bounds[2:]).clamp(min=0.0)
    total = total + past.sum((-1, -2))
    if len(field.boxes):
        low, high = field.boxes[:, :2], field.boxes[:, 2:]
        middle, reach = (low + high) / 2, (high - low) / 2
        gaps = (at[:, None] - middle[:, None]).abs() - reach[:, None] - half[:, None]
        total = total + spacing_term(gaps, field.gaps).sum((-1, -2))
    if len(field.envelopes):
        area = (turns[:, field.owners, :, None] * field.envelopes).sum(-2)
        area = area + at[:, field.owners].repeat(1, 1, 2)
        past = (field.bounds[:2] - area[..., :2]).clamp(min=0.0) + (area[..., 2:] - field.bounds[2:]).clamp(
            min=0.0
        )
        total = total + past.sum((-1, -2))
        middle, reach = (area[..., :2] + area[..., 2:]) / 2, (area[..., 2:] - area[..., :2]) / 2
        gaps = (middle[:, :, None] - at[:, None]).abs() - reach[:, :, None] - half[:, None]
        other = field.owners[:, None] != field.owners.new_tensor(range(n))
        total = total + (overlap_term(gaps) * other).sum((-1, -2))
    return total


def _rows(field: _Field, at: Tensor) -> Tensor:
    """How far the items of each row are off a common line, summed [B] [m]."""
    total = at.new_zeros(at.shape[0])
    for items, axis in field.rows:
        off = (at[:, list(items)] - at[:, list(items)].mean(1, keepdim=True)).abs().sum(1)
        total = total + (off.amin(-1) if axis < 0 else off[:, 1 - axis])
    return total


def _wishes(field: _Field, at: Tensor, half: Tensor) -> Tensor:
    if not len(field.wish_cost):
        return at.new_zeros(at.shape[0])
    low, high = field.wish_box[:, :2], field.wish_box[:, 2:]
    gaps = (at[:, field.wish_items] - (low + high) / 2).abs() - (high - low) / 2 - half[:, field.wish_items]
    away = (gaps.clamp(min=0.0).square().sum(-1) + 1e-12).sqrt()
    return (field.wish_cost * (away - field.wish_limit).clamp(min=0.0)).sum(-1)


def _density(field: _Field, at: Tensor, half: Tensor) -> Tensor:
    """Overfull cells of a coarse grid [B], footprints blurred to bells one cell wide [m]."""
    low, high = field.bounds[:2], field.bounds[2:]
    cell = (high - low) / BINS
    marks = low + cell * (at.new_tensor(range(BINS))[:, None] + 0.5)
    bells = (-0.5 * ((at[:, :, None] - marks) / (cell + half[:, :, None] / 2)).square()).exp()
    bells = bells / bells.sum(2, keepdim=True).clamp(min=1e-9)
    area = (4 * half.prod(-1))[..., None, None]
    filled = (area * bells[..., :, None, 0] * bells[..., None, :, 1]).sum(1) / cell.prod()
    target = 1.5 * (area.sum((1, 2, 3)) / (high - low).prod()).clamp(min=0.2)
    return (filled - target[:, None, None]).clamp(min=0.0).square().sum((-1, -2)) * cell.mean()
