"""Battery-limit points in space: as given, or side by side where the rack meets its side of the plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import shapely

from layoutgan.domains.piping.brief import PipingBrief
from layoutgan.domains.piping.elements import Rack, Terminal
from layoutgan.domains.piping.pipe_data import flange_od, outside
from layoutgan.domains.piping.plant import Plant, Run
from layoutgan.domains.piping.programme import on_side
from layoutgan.domains.piping.shapes import point3

__all__ = ["UTILITIES", "placed_terminals"]

UTILITIES = frozenset({"steam", "water", "air"})
"""Services that lie on the upper tiers of a rack."""
_INWARDS = {"north": "-y", "south": "+y", "east": "-x", "west": "+x"}
_GAP = 0.10
"""Clear distance of flanges side by side at the battery limit [m]."""
_GROUND = 1.5
"""Elevation of battery-limit points of a plot without a rack [m]."""


def placed_terminals(
    brief: PipingBrief, plant: Plant, racks: Sequence[Rack], centres: Mapping[str, tuple[float, float]]
) -> tuple[Terminal, ...]:
    """The battery-limit points of one layout.

    Args:
        brief: gives some of them.
        plant: the brief filled in.
        racks: of the layout.
        centres: where equipment stands, so that lines do not cross more than they must [m].
    """
    given = {t.id: t.at for t in brief.site.terminals if t.at is not None}
    placed: dict[str, Terminal] = {}
    lines = _lines(plant)
    for name, at in given.items():
        side = plant.terminals[name]
        placed[name] = Terminal(id=name, kind="terminal", shape=at, direction=_INWARDS[side])
    for side in dict.fromkeys(plant.terminals.values()):
        names = [n for n, its in plant.terminals.items() if its == side and n not in given]
        for upper in (False, True):
            chosen = [n for n in names if _is_utility(lines.get(n, ())) == upper]
            for name, point in _spread(brief, lines, racks, side, chosen, centres, upper=upper).items():
                placed[name] = Terminal(
                    id=name, kind="terminal", shape=point3(point), direction=_INWARDS[side]
                )
    return tuple(placed[name] for name in plant.terminals)


def _lines(plant: Plant) -> dict[str, list[Run]]:
    """The lines that end at each battery-limit point."""
    found: dict[str, list[Run]] = {}
    for run in plant.runs.values():
        for name in dict.fromkeys(end.owner for end in run.ends if end.kind == "terminal"):
            found.setdefault(name, []).append(run)
    return found


def _is_utility(runs: Sequence[Run]) -> bool:
    return any(run.source.service in UTILITIES for run in runs)


def _radius(runs: Sequence[Run]) -> float:
    """Half the room that a point needs on its side [m]."""
    return max((flange_od(r.nps, r.rating) / 2 + r.source.insulation for r in runs), default=0.1)


def _height(runs: Sequence[Run]) -> float:
    """Centre-line above top of steel [m]."""
    return max((outside(r.nps) / 2 + r.source.insulation for r in runs), default=0.1)


def _spread(
    brief: PipingBrief,
    lines: Mapping[str, Sequence[Run]],
    racks: Sequence[Rack],
    side: str,
    names: Sequence[str],
    centres: Mapping[str, tuple[float, float]],
    *,
    upper: bool,
) -> dict[str, tuple[float, float, float]]:
    """Places of points on one side and one tier, in the order of what they serve."""
    if not names:
        return {}
    across = 1 if side in ("west", "east") else 0
    rack = next((r for r in racks if r.axis != across), None)
    tier = (max(rack.tiers) if upper else min(rack.tiers)) if rack is not None else None
    if tier is None:
        tier = (max(racks[0].tiers) if upper else min(racks[0].tiers)) if racks else _GROUND

    def served(name: str) -> float:
        places = [
            centres[end.owner][across]
            for run in lines.get(name, ())
            for end in run.ends
            if end.owner in centres
        ]
        return sum(places) / len(places) if places else 0.0

    ordered = sorted(names, key=lambda n: (round(served(n), 6), n))
    widths = [2 * _radius(lines.get(n, ())) + _GAP for n in ordered]
    x0, y0, x1, y1 = brief.site.outline.bounds
    low, high = ((y0, y1), (x0, x1))[1 - across]
    if rack is not None:
        middle = rack.line.coords[0][across]
    else:
        middle = sum(served(n) for n in ordered) / len(ordered) or (low + high) / 2
    start = min(max(middle - sum(widths) / 2, low + 0.5), max(low + 0.5, high - 0.5 - sum(widths)))
    found = {}
    for name, width in zip(ordered, widths, strict=True):
        at = start + width / 2
        start += width
        part = (at - low) / (high - low)
        spot = on_side(brief.site.outline, side, part)
        found[name] = (round(spot.x, 4), round(spot.y, 4), round(tier + _height(lines.get(name, ())), 4))
    return found


def is_on_outline(terminal: Terminal, outline: shapely.Polygon) -> bool:
    """Whether a battery-limit point lies on the outline, within a millimetre."""
    return bool(outline.exterior.distance(shapely.Point(terminal.shape.x, terminal.shape.y)) <= 1e-3)
