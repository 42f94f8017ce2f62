"""How large rooms are and how many there are, by style; drawn for procedural plans.

Figures are 5th, 50th and 95th percentiles between wall centre-lines. The Japanese column follows the training
split of R2V as our reader scales it; the others follow the training split of ResPlan, and Swiss and Finnish
dwellings.
"""

from __future__ import annotations

import math
import random

__all__ = ["AREAS", "area"]

AREAS: dict[str, dict[str, tuple[float, float, float]]] = {
    "japanese": {
        "living_room": (10.3, 16.7, 26.1),
        "bedroom": (6.5, 10.4, 16.1),
        "kitchen": (2.7, 6.0, 9.3),
        "bathroom": (1.75, 2.4, 3.05),
        "toilet": (1.1, 1.4, 1.9),
        "laundry": (0.9, 2.3, 3.4),
        "closet": (0.7, 1.3, 2.5),
        "entrance": (0.9, 1.5, 4.1),
        "storage": (0.8, 1.5, 3.0),
        "study": (4.5, 6.5, 9.0),
        "dining_room": (5, 8, 12),
    },
    "western": {
        "living_room": (17.0, 27.0, 46.0),
        "bedroom": (9.0, 13.5, 21.0),
        "kitchen": (4.8, 8.6, 13.0),
        "bathroom": (2.4, 4.3, 7.0),
        "toilet": (1.2, 1.7, 2.8),
        "laundry": (2.0, 3.5, 7.0),
        "closet": (0.8, 1.8, 4.0),
        "entrance": (2.5, 4.5, 9.0),
        "storage": (1.0, 2.5, 6.0),
        "study": (6.0, 10.0, 16.0),
        "dining_room": (7, 11, 20),
    },
}
"""Areas by style and kind [m²]."""


def area(draw: random.Random, style: str, kind: str, size: float = 1.0) -> float:
    """A lognormal area through the percentiles, kept within 0.9 of the least and 1.15 of the most [m²].

    Args:
        draw: random numbers.
        style: japanese or western.
        kind: of the room.
        size: how generous the whole plan is [-].
    """
    parts = kind.replace("/", "+").split("+")
    if len(parts) > 1:
        return sum(area(draw, style, part, size) for part in parts)
    low, usual, high = AREAS[style][kind]
    sigma = math.log(high / low) / 3.29
    return float(min(max(usual * size * math.exp(draw.gauss(0.0, sigma)), 0.9 * low), 1.15 * high))
