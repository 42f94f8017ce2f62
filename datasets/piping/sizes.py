"""How large equipment and lines of synthetic plants are: ranges per class, sampled from a seed.

Ranges and shares are those of preliminary layouts (unverified: a designer should look at them); pressure
limits of flange classes are the usual ones for carbon steel, rounded down.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

__all__ = [
    "INSULATED", "MEDIAN_NPS", "PAIRED", "RANGES", "SHARES", "STOCKED", "Range", "Sized", "draw_insulation",
    "draw_kind", "draw_nps", "draw_size", "rating_for", "stocked",
]  # fmt: skip

Span = tuple[float, float]


@dataclass(frozen=True)
class Range:
    """Sizes of one class of equipment."""

    length: Span
    """Along the item's own x axis; the diameter of a round one [m]."""
    width: Span | None
    """None: round, as wide as long [m]."""
    top: Span
    """Highest point above the underside [m]."""
    base: Span = (0.0, 0.0)
    """Underside above grade [m]."""
    nps: float = 24.0
    """Largest line that its nozzles take [in]."""


# fmt: off
RANGES: Final[dict[str, Range]] = {
    "pump": Range((1.5, 3.0), (0.8, 1.5), (1.2, 1.8), nps=8.0),
    "exchanger": Range((4.0, 9.0), (1.0, 1.8), (1.3, 2.2), (1.5, 1.9), nps=14.0),
    "vessel": Range((1.5, 4.0), None, (4.0, 10.0)),
    "column": Range((1.0, 5.0), None, (15.0, 60.0)),
    "reactor": Range((2.0, 5.0), None, (6.0, 20.0)),
    "drum": Range((6.0, 15.0), (2.0, 4.0), (2.0, 4.0), (3.0, 4.0), nps=16.0),
    "tank": Range((4.0, 15.0), None, (5.0, 15.0)),
    "air_cooler": Range((6.0, 12.0), (4.0, 10.0), (3.5, 6.0), (4.5, 8.0), nps=16.0),
    "compressor": Range((6.0, 12.0), (4.0, 8.0), (6.0, 10.0), nps=16.0),
    "heater": Range((6.0, 12.0), (5.0, 10.0), (10.0, 25.0), nps=14.0),
    "package": Range((2.0, 8.0), (2.0, 6.0), (2.0, 6.0), nps=8.0),
    "filter": Range((0.8, 1.6), None, (2.0, 3.0), nps=10.0),
    "other": Range((2.0, 6.0), (2.0, 4.0), (2.0, 5.0), nps=8.0),
}
"""By class. An exchanger is as high as its shell, or twice that where two shells are stacked."""
SHARES: Final[dict[str, float]] = {
    "pump": 0.28, "exchanger": 0.24, "vessel": 0.12, "column": 0.08, "reactor": 0.06, "drum": 0.06,
    "tank": 0.05, "air_cooler": 0.04, "compressor": 0.03, "heater": 0.02, "package": 0.01, "filter": 0.01,
}
"""Shares among placed items that the generator steers to [-]."""
STOCKED: Final = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0, 18.0, 20.0, 24.0)
"""Pipe sizes that projects use: those of the table without 1¼, 2½ and 5 [in]."""
# fmt: on
PAIRED = 0.6
"""Share of pump services that have a spare [-]."""
STACKED = 0.2
"""Share of exchangers with two shells, one on the other [-]."""
MEDIAN_NPS, SPREAD = 4.0, 0.6
"""Median of line sizes [in] and standard deviation of their logarithm [-]."""
INSULATED = 0.4
"""Share of lines with insulation [-]."""
_LIMITS = {
    150: ((38, 19.6), (100, 17.7), (200, 13.8), (300, 10.2), (400, 6.5)),
    300: ((38, 51.1), (100, 46.6), (200, 43.8), (300, 39.8), (400, 34.7)),
}
"""Highest pressure [bar] at a temperature [°C] by flange class; what is beyond takes class 600."""
_STEP = 0.05
_SLENDER = 25.0
"""Most height over diameter of a column [-]."""
_WOBBLE = 0.2
"""How far one measure of an item departs from the item's place in its range [-]."""


@dataclass(frozen=True)
class Sized:
    """One drawn size, as a brief writes it."""

    size: tuple[float, float, float]
    """Length, width, and height of the top above the underside [m]."""
    base: float
    """Underside above grade [m]."""


def draw_size(rng: random.Random, kind: str, duty: float | None = None) -> Sized:
    """The size of one item; its measures go together, and multiples of 0.05 m look like a drawing's.

    Args:
        rng: drawn from.
        kind: class of equipment.
        duty: 0 for the smallest usual one to 1 for the largest; drawn when it is left open.
    """
    row = RANGES[kind]
    place = rng.random() if duty is None else duty

    def within(span: Span) -> float:
        part = 1.0 - abs(1.0 - abs(place + rng.gauss(0.0, _WOBBLE)))  # what leaves the range is mirrored
        part = min(1.0, max(0.0, part))
        return _round(span[0] + part * (span[1] - span[0]))

    length = within(row.length)
    width = length if row.width is None else within(row.width)
    height = within(row.top)
    base = _round(rng.uniform(*row.base))
    if kind == "drum":
        height = width  # it lies: as high as it is wide
    elif kind == "column":
        height = min(height, _SLENDER * length)
    elif kind == "exchanger":
        height = _round((2 * width + 0.3) if rng.random() < STACKED else width + 0.2)
    return Sized((length, width, height), base)


def draw_kind(rng: random.Random) -> str:
    """A class of equipment by its share."""
    return rng.choices(list(SHARES), list(SHARES.values()))[0]


def draw_nps(rng: random.Random, scale: float = 1.0, *, most: float = 24.0) -> float:
    """A line size: lognormal about NPS 4, clipped and made a stocked one [in].

    Args:
        rng: drawn from.
        scale: multiple of the usual size, such as 1.5 for a gas [-].
        most: largest size that the nozzles take [in].
    """
    return stocked(MEDIAN_NPS * scale * math.exp(rng.gauss(0.0, SPREAD)), most=most)


def stocked(nps: float, *, most: float = 24.0) -> float:
    """The stocked size nearest to a number of inches, in proportion [in].

    Args:
        nps: wanted [in].
        most: largest size that is allowed [in].
    """
    at = bisect_left(STOCKED, nps)
    near = STOCKED[max(0, at - 1) : at + 1] or STOCKED[-1:]
    return min(min(near, key=lambda size: abs(math.log(size / max(nps, 0.1)))), most)


def draw_insulation(rng: random.Random, nps: float, *, temperature: float | None = None) -> float:
    """Thickness of a line's insulation [m]; 0 for a bare one.

    Args:
        rng: drawn from.
        nps: of the line [in].
        temperature: what is hot or cold is insulated [°C]; left open, the usual share is.
    """
    if temperature is None:
        wanted = rng.random() < INSULATED
    else:
        wanted = temperature > 75.0 or temperature < 5.0
    if not wanted:
        return 0.0
    heat = 0.0 if temperature is None else min(0.06, max(0.0, (temperature - 100.0) / 5000.0))
    return round(0.03 + 0.01 * (nps >= 4) + 0.01 * (nps >= 10) + math.floor(heat * 100) / 100, 2)


def rating_for(temperature: float, pressure: float) -> int:
    """The flange class that holds a pressure [bar] at a temperature [°C]."""
    for rating, row in _LIMITS.items():
        allowed = next((bar for limit, bar in row if temperature <= limit), 0.0)
        if pressure <= allowed:
            return rating
    return 600


def _round(value: float) -> float:
    return round(round(value / _STEP) * _STEP, 3)
