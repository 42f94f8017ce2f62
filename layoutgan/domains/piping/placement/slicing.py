"""Divisions of a plot by straight cuts: annealing over slicing trees in postfix form.

Every block gets its area exactly, so a plot that is full to the last square metre costs no more than an
empty one. Source: Wong and Liu 1986 for the form and its moves.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from layoutgan.domains.piping.routing.compiled import Array, entry, kernel

__all__ = ["slice_plot"]

ACROSS, UP = -1, -2
"""Operators: the second part lies to the right of the first, or above it."""
NEARLY = 0.003
"""Sum of what shapes are beyond their limits that later reshaping mends [m]."""


@kernel
def drawn(
    form: Array, areas: Array, plot: Array, sums: Array, size: Array, boxes: Array, rects: Array
) -> None:
    """The boxes [M, 4] of the blocks of a postfix form; `sums`, `size`, `rects` are room to work in."""
    length = form.shape[0]
    for k in range(length):
        if form[k] >= 0:
            sums[k], size[k] = areas[form[k]], 1
        else:
            left = k - 1 - size[k - 1]
            sums[k] = sums[k - 1] + sums[left]
            size[k] = 1 + size[k - 1] + size[left]
    rects[length - 1, 0], rects[length - 1, 1] = 0.0, 0.0
    rects[length - 1, 2], rects[length - 1, 3] = plot[0], plot[1]
    for k in range(length - 1, -1, -1):
        x0, y0, x1, y1 = rects[k, 0], rects[k, 1], rects[k, 2], rects[k, 3]
        if form[k] >= 0:
            i = form[k]
            boxes[i, 0], boxes[i, 1], boxes[i, 2], boxes[i, 3] = x0, y0, x1, y1
            continue
        right, left = k - 1, k - 1 - size[k - 1]
        part = sums[left] / sums[k]
        rects[left, 0], rects[left, 1], rects[left, 2], rects[left, 3] = x0, y0, x1, y1
        rects[right, 0], rects[right, 1], rects[right, 2], rects[right, 3] = x0, y0, x1, y1
        if form[k] == ACROSS:
            rects[left, 2] = rects[right, 0] = x0 + part * (x1 - x0)
        else:
            rects[left, 3] = rects[right, 1] = y0 + part * (y1 - y0)


@kernel
def judged(boxes: Array, limits: Array, ends: Array, costs: Array, out: Array) -> None:
    """Cost of the flows (out[0]) and how far shapes are beyond their limits [m] (out[1])."""
    cost, lack = 0.0, 0.0
    for e in range(ends.shape[0]):
        a, b = ends[e, 0], ends[e, 1]
        dx = boxes[a, 0] + boxes[a, 2] - boxes[b, 0] - boxes[b, 2]
        dy = boxes[a, 1] + boxes[a, 3] - boxes[b, 1] - boxes[b, 3]
        cost += 0.5 * costs[e] * (abs(dx) + abs(dy))
    for i in range(limits.shape[0]):
        w, h = boxes[i, 2] - boxes[i, 0], boxes[i, 3] - boxes[i, 1]
        lack += max(0.0, limits[i, 0] - w) + max(0.0, limits[i, 1] - h)
        lack += max(0.0, w - limits[i, 2]) + max(0.0, h - limits[i, 3])
    out[0], out[1] = cost, lack


@kernel
def changed(form: Array) -> bool:
    """One random change of a postfix form; whether it is still one."""
    length = form.shape[0]
    dice = np.random.random()
    if dice < 0.4:  # two blocks change places
        i, j = np.random.randint(length), np.random.randint(length)
        if form[i] < 0 or form[j] < 0 or i == j:
            return False
        form[i], form[j] = form[j], form[i]
        return True
    if dice < 0.6:  # a cut, or a chain of cuts, turns
        i = np.random.randint(length)
        if form[i] >= 0:
            return False
        chain = np.random.random() < 0.5
        while i < length and form[i] < 0:
            form[i] = ACROSS + UP - form[i]
            i += 1
            if not chain:
                break
        return True
    if dice < 0.8:  # a block and a cut beside it change places
        i = np.random.randint(length - 1)
        if (form[i] < 0) == (form[i + 1] < 0):
            return False
        form[i], form[i + 1] = form[i + 1], form[i]
    else:  # an entry goes elsewhere
        i, j = np.random.randint(length), np.random.randint(length)
        if i == j:
            return False
        what = form[i]
        step = 1 if j > i else -1
        while i != j:
            form[i] = form[i + step]
            i += step
        form[j] = what
    depth = 0
    for k in range(length):
        depth += 1 if form[k] >= 0 else -1
        if depth < 1:
            return False
    return True


def _entry(stamp: int) -> Callable[..., float]:
    @entry
    def anneal_form(
        form: Array, areas: Array, plot: Array, limits: Array, ends: Array, costs: Array,
        seed: int, steps: int, boxes: Array,
    ) -> float:  # fmt: skip
        """Improves a form in place, writes its boxes [M, 4] [m], and gives its cost; infinity if illegal."""
        np.random.seed(seed + 0 * stamp)
        length = form.shape[0]
        sums, size = np.zeros(length), np.zeros(length, dtype=np.int64)
        rects, out = np.zeros((length, 4)), np.zeros(2)
        trial, best_form = form.copy(), form.copy()
        drawn(form, areas, plot, sums, size, boxes, rects)
        judged(boxes, limits, ends, costs, out)
        cost, lack = out[0], out[1]
        best = cost if lack <= NEARLY else np.inf
        least = lack
        unit = max(1e-9, cost / (plot[0] + plot[1]))
        heat = 0.3 * cost
        cool = 1e-4 ** (1.0 / steps)
        price, dear = 0.3 * unit, 100.0 ** (1.0 / steps)
        for _ in range(steps):
            heat, price = heat * cool, price * dear
            trial[:] = form
            if not changed(trial):
                continue
            drawn(trial, areas, plot, sums, size, boxes, rects)
            judged(boxes, limits, ends, costs, out)
            gain = out[0] - cost + price * (out[1] - lack)
            if gain <= 0.0 or np.random.random() < math.exp(-gain / heat):
                form[:] = trial
                cost, lack = out[0], out[1]
                legal = lack <= NEARLY and cost < best
                if legal or (best == np.inf and lack < least):
                    best = cost if legal else best
                    least = lack
                    best_form[:] = form
        form[:] = best_form
        drawn(form, areas, plot, sums, size, boxes, rects)
        return best

    return anneal_form


_anneal = _entry(zlib.crc32(Path(__file__).read_bytes()))


def slice_plot(
    areas: Array, plot: Array, limits: Array, ends: Array, costs: Array, *, seed: int, steps: int
) -> Array:
    """Boxes [N, 4] of blocks that divide a plot by straight cuts, at little cost of flow [m].

    Args:
        areas: of the blocks, then of ground left empty [N + D] [m²]; scaled to fill the plot.
        plot: extent [2] [m].
        limits: least x, least y, greatest x, greatest y of each block [N, 4] [m].
        ends: pairs of blocks [E, 2].
        costs: per metre [E].
        seed: of the search.
        steps: changes to try.
    """
    rng = np.random.default_rng(seed)
    count = len(areas)
    form = np.empty(2 * count - 1, dtype=np.int64)
    order = rng.permutation(count)
    form[0] = order[0]
    form[1::2] = order[1:]
    form[2::2] = rng.choice(np.asarray([ACROSS, UP]), count - 1)
    boxes = np.zeros((count, 4))
    scaled = areas * (plot[0] * plot[1] / areas.sum())
    _anneal(form, scaled, plot, limits, ends, costs, seed % 2**31, steps, boxes)
    return boxes[: len(limits)]
