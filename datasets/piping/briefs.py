"""Briefs of process plants, as many as wanted: brief i depends on its seed and the bounds alone."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from typing import Any

from layoutgan.domains.piping.brief import PipingBrief

from .growth import grown
from .plots import BUCKETS, draw_site

__all__ = ["LARGEST", "make_brief", "template_of"]

LARGEST = 200
"""Most items that may be asked for [-]."""


def make_brief(seed: int, *, items: tuple[int, int] | None = None) -> PipingBrief:
    """A plausible process unit: equipment, lines, and a plot that should hold them.

    Args:
        seed: same seed and bounds, same brief.
        items: least and largest number of placed items; left open, drawn by the usual shares of sizes.

    Raises:
        ValueError: the bounds make no sense.
    """
    rng = random.Random(f"plant brief {seed} {items}")
    if items is None:
        items = rng.choices([bounds for bounds, _ in BUCKETS], [share for _, share in BUCKETS])[0]
    low, high = items
    if not 1 <= low <= high <= LARGEST:
        raise ValueError(f"items must be two numbers with 1 <= least <= most <= {LARGEST}, found {items}")
    sheet = grown(rng, low, high)
    tree: dict[str, Any] = {
        "layoutgan": 1,
        "domain": "piping",
        "name": f"Synthetic unit {seed}",
        "north": float(rng.randrange(0, 360, 15)),
        "site": draw_site(rng, sheet.items, len(sheet.lines), sheet.terminals),
        "equipment": sheet.items,
        "lines": sheet.lines,
    }
    return PipingBrief.model_validate(tree)


def template_of(brief: PipingBrief) -> str:
    """Which topology a brief has: a hash of its graph of classes and lines, equal for isomorphic graphs.

    Colour refinement (Weisfeiler and Leman 1968) of items by class, battery-limit points and lines; a line is
    a node that its ends hang on. Names, sizes, services, order and the plot do not count.
    """
    plant = brief.plant()
    colours = {("item", tag): item.kind for tag, item in plant.items.items()}
    colours |= {("terminal", name): "terminal" for name in plant.terminals}
    colours |= {("line", number): "line" for number in plant.runs}
    near: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for number, run in plant.runs.items():
        for end in run.ends:
            other = ("item" if end.kind == "nozzle" else end.kind, end.owner)
            near["line", number].append(other)
            near[other].append(("line", number))
    kinds = len(set(colours.values()))
    while True:
        colours = {
            node: _digest(colour, *sorted(colours[other] for other in near[node]))
            for node, colour in colours.items()
        }
        now = len(set(colours.values()))
        if now == kinds:
            return _digest(*sorted(colours.values()))
        kinds = now


def _digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]
