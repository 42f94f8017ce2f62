"""How large rooms usually are beside each other: what fills in a brief that names no areas.

One row per kind. ``at_usual`` is the median clear area [m²] in a plan of usual size and ``growth`` the power
with which the room grows with its plan: a toilet hardly does, a living room does more than its share.
``spread`` holds the 10th and 90th percentile about that, as shares. Log-log regressions over 4,843 rooms of
the 609 plans in the training splits of r2v (MIT) and ResPlan (MIT / CC BY), which
``benchmarks/usual_areas.py`` prints anew. Kinds with fewer than 25 rooms there keep the usual areas of
``kinds``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from layoutgan.domains.floorplan.kinds import kind

__all__ = ["CLEAR_SHARE", "UsualArea", "shares", "usual_area"]

CLEAR_SHARE = 0.947
"""Clear floor in the area inside the outer walls: the median of the same plans [-]; walls take the rest."""


class UsualArea(NamedTuple):
    """A kind's area and how it follows the size of the plan."""

    rooms: int
    """Rooms that were measured [-]."""
    at_usual: float
    """[m²]"""
    growth: float
    """[-]"""
    spread: tuple[float, float]
    """[-]"""


_ROWS = {
    "closet": UsualArea(900, 1.25, 0.41, (0.56, 1.77)),
    "bedroom": UsualArea(843, 13.45, 0.92, (0.78, 1.30)),
    "bathroom": UsualArea(688, 3.12, 0.73, (0.78, 1.26)),
    "balcony": UsualArea(569, 4.42, 0.75, (0.59, 1.78)),
    "toilet": UsualArea(481, 1.34, 0.15, (0.80, 1.32)),
    "living_room": UsualArea(372, 26.82, 1.25, (0.76, 1.24)),
    "laundry": UsualArea(330, 2.56, 0.65, (0.57, 1.54)),
    "kitchen": UsualArea(316, 7.40, 1.05, (0.68, 1.44)),
    "corridor": UsualArea(273, 5.37, 1.39, (0.61, 1.69)),
    "entrance": UsualArea(44, 1.76, 0.62, (0.62, 1.74)),
}
_GROWS = {"living_room", "dining_room", "bedroom", "study", "garage", "outdoor", "other"}
"""Kinds that take whatever floor is left; the others stop at the large end of their kind."""


def usual_area(name: str) -> UsualArea:
    """The row of a kind; kinds that the data lacks follow ``kinds``."""
    small, usual, large = kind(name).area
    return _ROWS.get(kind(name).name) or UsualArea(0, usual, 1.0, (small / usual, large / usual))


def shares(kinds: Sequence[str], total: float) -> list[float]:
    """Clear areas [m²] of rooms of these kinds that together make a total [m²], each as large as usual."""
    rows = [usual_area(name) for name in kinds]
    most = [float("inf") if kind(n).name in _GROWS else max(kind(n).area[2], r.at_usual)
            for n, r in zip(kinds, rows, strict=True)]

    def at(size: float) -> list[float]:
        return [min(r.at_usual * size**r.growth, m) for r, m in zip(rows, most, strict=True)]

    low, high = 1e-3, 1e3  # sizes of plan, as multiples of a usual one
    for _ in range(60):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if sum(at(middle)) < total else (low, middle)
    found = at(low)
    # Small rooms alone cannot fill a hall: what they leave over is shared out evenly.
    scale = total / max(sum(found), 1e-9)
    return [area * scale for area in found]
