"""Why a plant's brief cannot be met: demands that cannot hold together, in its own words."""

from __future__ import annotations

from itertools import combinations

import shapely

from layoutgan.domains.piping.arrange import FROM_ROAD
from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.plant import Item, Plant
from layoutgan.domains.piping.programme import programme_of

__all__ = ["explain"]


def explain(brief: PipingBrief, seed: int) -> tuple[str, ...]:
    """A small set of demands that cannot hold together; empty when none is found.

    Judged without a search, so what is named is certain, but other causes may remain.

    Args:
        brief: what is asked.
        seed: for searches that draw; none does.
    """
    plant = brief.plant()
    for judge in (_fixed_clashes, _too_large, _too_much):
        reasons = judge(brief, plant)
        if reasons:
            return reasons
    return ()


def _fixed_clashes(brief: PipingBrief, plant: Plant) -> tuple[str, ...]:
    """Fixed items that overlap each other, a keep-out, a road or the outline."""
    nodes = {
        n.id: n.fixed
        for n in programme_of(brief, plant).nodes
        if n.fixed is not None and n.kind != "terminal"
    }
    for (one, first), (two, second) in combinations(nodes.items(), 2):
        if first.intersection(second).area > 1e-9:
            return (f"{one} is fixed at its place", f"{two} is fixed at a place that overlaps it")
    for tag, shape in nodes.items():
        if shape.difference(brief.site.outline).area > 1e-9:
            return (f"{tag} is fixed at a place that reaches beyond the outline",)
        for i, area in enumerate(brief.site.keep_outs):
            if shape.intersection(area.shape).area > 1e-9:
                return (f"{tag} is fixed at its place", f"keep_outs[{i}] covers that place")
        for i, road in enumerate(brief.site.roads):
            if shape.intersection(road.shape).area > 1e-9:
                return (f"{tag} is fixed at its place", f"roads[{i}] runs over that place")
    return ()


def _free_ground(brief: PipingBrief) -> shapely.Geometry:
    taken = [k.shape for k in brief.site.keep_outs]
    taken += [
        r.shape.buffer(FROM_ROAD if r.kind in {"main", "secondary"} else 0.0, join_style="mitre")
        for r in brief.site.roads
    ]
    return brief.site.outline.difference(shapely.unary_union(taken)) if taken else brief.site.outline


def _too_large(brief: PipingBrief, plant: Plant) -> tuple[str, ...]:
    """An item, with the room it needs on its sides, that is larger than any free piece of ground."""
    pieces = [p.bounds for p in shapely.get_parts(_free_ground(brief)) if p.area > 0]
    for item in plant.items.values():
        if item.source.fixed is not None:
            continue
        along, across = _extent(item)
        fits = any(
            (along <= x1 - x0 + 1e-9 and across <= y1 - y0 + 1e-9)
            or (across <= x1 - x0 + 1e-9 and along <= y1 - y0 + 1e-9)
            for x0, y0, x1, y1 in pieces
        )
        if not fits:
            return (
                f"{item.tag} needs {along:.1f} x {across:.1f} m with its clearances",
                "no free piece of the plot is that large",
            )
    return ()


def _extent(item: Item) -> tuple[float, float]:
    """Length and width of an item with its clearances [m]."""
    reach = {"+x": 0.0, "-x": 0.0, "+y": 0.0, "-y": 0.0}
    for clearance in item.clearances:
        reach[clearance.side] = max(reach[clearance.side], clearance.length)
    return item.box.length + reach["+x"] + reach["-x"], item.box.width + reach["+y"] + reach["-y"]


def _too_much(brief: PipingBrief, plant: Plant) -> tuple[str, ...]:
    """Footprints that together are larger than the free ground."""
    free = float(shapely.area(_free_ground(brief)))
    needed = sum(item.box.length * item.box.width for item in plant.items.values())
    if needed > free:
        return (
            f"the footprints of {len(plant.items)} items add up to {needed:.0f} m²",
            f"the plot has {free:.0f} m² free of keep-outs and roads",
        )
    return ()
