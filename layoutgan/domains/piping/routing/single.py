"""One line's cheapest way among fixed boxes and other lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.piping.routing.bends import bend_table
from layoutgan.domains.piping.routing.grid import SAME, Zones
from layoutgan.domains.piping.routing.refine import Ends, Limits, Obstacles, refine, refine_tree
from layoutgan.domains.piping.routing.space import TRESPASS, Space, inside, least_factors

__all__ = ["EXACT", "Depth", "Found", "Obstruction", "solve", "solve_tree"]

Floats = NDArray[np.float64]


class Depth(NamedTuple):
    """How much work a search may be, counted in steps."""

    rounds: int
    """Refinements of the grid; the valid way found so far is returned after them."""
    room: int
    """Nodes of a grid above which the valid way found so far is good enough."""
    most: int
    """Nodes of a grid above which no way is looked for any more."""


EXACT = Depth(60, 2_000_000, 40_000_000)


@dataclass(frozen=True)
class Obstruction:
    """Other lines, as boxes with a price per metre inside; an infinite price forbids."""

    boxes: Floats = field(default_factory=lambda: np.zeros((0, 6)))
    """Grown boxes [G, 6] [m]."""
    prices: Floats = field(default_factory=lambda: np.zeros(0))
    """[G]."""

    def price(self, paths: tuple[Floats, ...]) -> float:
        """What paths pay for the length that they have inside the open boxes [m]."""
        run = inside(paths, self.boxes)
        met = run > SAME
        return float(self.prices[met] @ run[met])

    def with_boxes(self, boxes: Floats, price: float) -> Obstruction:
        """The same and further boxes, all at one price."""
        if not len(boxes):
            return self
        prices = np.concatenate([self.prices, np.full(len(boxes), price)])
        return Obstruction(np.concatenate([self.boxes, boxes]), prices)


@dataclass(frozen=True)
class Found:
    """The answer of one search."""

    path: Floats
    """Corner points [P, 3] [m]; empty if there is no way."""
    price: float
    """Objective with prices of other lines; infinite if there is no way."""
    bound: float
    """No way is cheaper than this."""


def solve(
    space: Space,
    line: int,
    ends: Ends,
    others: Obstruction,
    *,
    depth: Depth = EXACT,
    cap: float = np.inf,
    learn: bool = True,
) -> Found:
    """The cheapest way of a line.

    Args:
        space: what stands fixed.
        line: the line, for its clearances and zones.
        ends: from where to where.
        others: pipes in the way.
        depth: work at most; the way is the cheapest if it settles within.
        cap: price from which on a way is of no interest.
        learn: whether later searches of the line start from the boxes that this one met.
    """
    prepared = space.lines[line]
    others = others.with_boxes(prepared.entered, TRESPASS)
    tall = max(ends.starts[:, 2].max(), ends.goal[2]) > space.problem.high
    zones = _useful(space, ends, space.zones[line], tall=tall)
    active = prepared.active if learn else np.zeros_like(prepared.active)
    obstacles = Obstacles(prepared.grown, prepared.away >= 0, active, others.boxes, others.prices)
    limits = Limits(space.bounds, space.levels_of(tall), depth.rounds, cap, depth.room, depth.most)
    floor, least = _free_bound(ends, zones), least_factors(zones)
    path, price, bound = refine(ends, obstacles, zones, limits, floor, least, bend_table())
    return Found(path, float(price) if len(path) else np.inf, float(bound))


def solve_tree(
    space: Space,
    line: int,
    others: Obstruction,
    *,
    leg: float,
    loose: bool,
    depth: Depth = EXACT,
    cap: float = np.inf,
) -> Found:
    """The cheapest tree that joins all terminals of a line, as edges [E, 6]; at most five terminals.

    Args:
        space: what stands fixed.
        line: the line.
        others: pipes in the way.
        leg: least distance between elbows [m].
        loose: whether tees may have any shape.
        depth: work at most.
        cap: price from which on a tree is of no interest.
    """
    prepared = space.lines[line]
    others = others.with_boxes(prepared.entered, TRESPASS)
    tips = prepared.takeoffs
    begun = np.zeros(len(tips), dtype=np.int64)
    tee = 0.5 * leg if loose else prepared.tee
    ends = Ends(tips, prepared.leaving, False, tips[-1], 6, leg, 0, begun, space.problem.bend_cost, tee)
    tall = bool(tips[:, 2].max() > space.problem.high)
    zones = space.zones[line]
    keep = (zones.factors <= 1.0) | _avoided(zones, space, tall=tall)
    zones = Zones(zones.boxes[keep], zones.axes[keep], zones.factors[keep])
    obstacles = Obstacles(prepared.grown, prepared.away >= 0, prepared.active, others.boxes, others.prices)
    limits = Limits(space.bounds, space.levels_of(tall), depth.rounds, cap, depth.room, depth.most)
    least = least_factors(zones)
    floor = float((tips.max(axis=0) - tips.min(axis=0)) @ least)
    edges, price, bound = refine_tree(ends, obstacles, zones, limits, floor, least, loose)
    return Found(edges, float(price) if len(edges) else np.inf, float(bound))


def _useful(space: Space, ends: Ends, zones: Zones, *, tall: bool) -> Zones:
    """The zones that can save more than the detour to them costs, and those that cost more.

    A line with low ends seldom goes high; leaving these out keeps its bound below its cost.
    """
    if not len(zones.factors):
        return zones
    points = np.concatenate([ends.starts, ends.goal[None, :]])
    low, high = points.min(axis=0), points.max(axis=0)
    beside = np.maximum(np.maximum(zones.boxes[:, :3] - high, low - zones.boxes[:, 3:]), 0.0).sum(axis=1)
    # A way may run farther along the axis than its ends are apart; three times is the most seen.
    keep = 2.0 * beside < (1.0 - zones.factors) * 3.0 * ((high - low)[zones.axes] + 5.0)
    keep = np.where(zones.factors > 1.0, _avoided(zones, space, tall=tall), keep)
    return Zones(zones.boxes[keep], zones.axes[keep], zones.factors[keep])


def _avoided(zones: Zones, space: Space, *, tall: bool) -> NDArray[np.bool_]:
    """The zones that cost more, those up high for tall lines only."""
    return (zones.factors > 1.0) & (tall | (zones.boxes[:, 2] < space.problem.high))


def _free_bound(ends: Ends, zones: Zones) -> float:
    """The least price if nothing stood in the way."""
    gaps = ends.goal[None, :] - ends.starts
    signs = 1 + np.where(np.abs(gaps) < 1e-7, 0, np.sign(gaps)).astype(np.int64)
    count = bend_table()[ends.arrival, ends.directions, signs[:, 0], signs[:, 1], signs[:, 2]]
    count = np.maximum(count - ends.jumps, 0)
    return float((np.abs(gaps) @ least_factors(zones) + ends.bend * count).min())
