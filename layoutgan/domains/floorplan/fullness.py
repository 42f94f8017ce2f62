"""Whether a programme fits its outline: least and most areas against the clear floor that there is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely.geometry import Polygon

from layoutgan.domains.floorplan.areas import usual_area
from layoutgan.domains.floorplan.brief import FloorplanBrief, Space
from layoutgan.domains.floorplan.kinds import kind

__all__ = ["Fullness", "clear_floor", "fullness", "nearest"]

CERTAIN = 0.02
"""Share by which the floor must be off before it is said [-]; below, the exact step tries."""


@dataclass(frozen=True)
class Fullness:
    """What the rooms ask for beside what the outline holds, clear floor [m²]."""

    least: float
    most: float
    floor: float

    @property
    def over(self) -> bool:
        """The rooms cannot be as small as the outline wants them."""
        return self.least > (1 + CERTAIN) * self.floor

    @property
    def under(self) -> bool:
        """The rooms cannot be as large as the outline wants them."""
        return self.most < (1 - CERTAIN) * self.floor

    @property
    def factor(self) -> float:
        """What all areas would have to be multiplied with; 1 when the programme fits [-]."""
        if self.over:
            return self.floor / self.least
        return self.floor / self.most if self.under else 1.0

    def sentence(self) -> str:
        """What does not fit, with the figures and what to do; nothing when the programme fits."""
        nearest = f"the nearest layouts have areas at {100 * self.factor:.0f} %"
        if self.over:
            return (f"over-full: the rooms ask for at least {self.least:.1f} m² and the outline holds about "
                    f"{self.floor:.1f} m² clear, {self.least - self.floor:.1f} m² too little; {nearest}; "
                    "enlarge the outline, lower areas or drop a room")
        if self.under:
            return (f"under-full: the rooms take at most {self.most:.1f} m² and the outline holds about "
                    f"{self.floor:.1f} m² clear, {self.floor - self.most:.1f} m² are left over; {nearest}; "
                    "raise areas, add a room or leave the area of one room open")
        return ""


def clear_floor(inside: Polygon, areas: list[float], wall: float) -> float:
    """Clear floor [m²] of an inside that rooms of about these areas share, walls between them taken off.

    Rooms are taken as rectangles of two to three; the walls that they do not share stand on the outline.
    """
    around = sum(4.08 * np.sqrt(area) for area in areas)
    between = max(around - inside.length, 0.0) / 2 if len(areas) > 1 else 0.0
    return float(max(inside.area - wall * between, 0.1))


def fullness(brief: FloorplanBrief) -> Fullness:
    """The sums of least and most areas inside the outline, and the floor that they share."""
    spaces = [s for s in brief.spaces if not s.outside or _within(s, brief)]
    wanted = {n.id: n.area for n in brief.programme().nodes}
    floor = clear_floor(brief.inside, [wanted[s.id][1] for s in spaces], brief.walls.interior)
    least = sum(wanted[s.id][0] if _said(s) else _smallest(s) for s in spaces)
    most = sum(wanted[s.id][2] if _said(s) else float("inf") for s in spaces)
    return Fullness(least, most, floor)


def _said(space: Space) -> bool:
    return space.area is not None or space.shape is not None


def _within(space: Space, brief: FloorplanBrief) -> bool:
    return space.shape is not None and bool(space.shape.intersection(brief.boundary).area > 1e-6)


def _smallest(space: Space) -> float:
    """The least that a room without an area can be used with [m²]."""
    return kind(space.kind).area[0] * min(usual_area(space.kind).spread[0], 0.7)


def nearest(brief: FloorplanBrief, found: Fullness) -> FloorplanBrief:
    """The brief with all areas, and widths asked for, as near to it as the outline lets them be."""
    floor = {n.id: n.area for n in brief.programme().nodes}
    kept = sum(floor[s.id][1] for s in brief.spaces if s.shape is not None and _within(s, brief))
    side = found.least if found.over else found.most
    factor = max((found.floor - kept) / max(side - kept, 1e-6), 0.05)
    spaces = [_scaled(s, factor) for s in brief.spaces]
    return brief.model_copy(update={"spaces": tuple(spaces)})


def _scaled(space: Space, factor: float) -> Space:
    if space.area is None or space.shape is not None or space.outside:
        return space
    # The estimate of walls is a few per cent off at most, so the range opens a little about the nearest area.
    middle = factor * (space.area[0] if factor < 1 else space.area[1])
    area = (round(0.94 * middle, 3), round(1.06 * middle, 3))
    width = space.min_width
    if width is not None and factor < 1:
        width = min(width, 0.9 * float(np.sqrt(area[0])))
    return space.model_copy(update={"area": area, "min_width": width})
