"""Lengths and masses of fittings and valves: project defaults that follow the size of the pipe.

No table of a standard stands here. The formulas come within a few millimetres of lengths that people recall
for butt-welding tees and reducers, which is enough for take-off and for drawings; a fabricator uses the
maker's data.
"""

from __future__ import annotations

import math

from layoutgan.domains.piping.pipe_data import mass, outside

__all__ = [
    "olet_height",
    "reducer_length",
    "reducer_mass",
    "tee_height",
    "tee_mass",
    "valve_length",
    "valve_mass",
]

_LONG = {"globe": (0.10, 0.050), "control": (0.10, 0.050), "relief": (0.10, 0.030), "strainer": (0.10, 0.050)}
_FLAT = {"butterfly": (0.035, 0.006), "flow_element": (0.006, 0.001), "spade": (0.006, 0.001)}
_USUAL = (0.14, 0.0185)


def tee_height(nps: float) -> float:
    """Centre to each end of a straight tee [m]."""
    return round(0.7 * outside(nps) + 0.025, 4)


def tee_mass(nps: float) -> float:
    """Mass of a straight tee [kg]: three arms of pipe."""
    return 3 * tee_height(nps) * mass(nps)


def olet_height(header: float, branch: float) -> float:
    """Centre of the header to the end of a welded branch fitting [m]."""
    return round(outside(header) / 2 + 0.02 + 0.35 * outside(branch), 4)


def reducer_length(large: float) -> float:
    """End to end of a reducer [m], by its larger size."""
    return round(0.055 + 0.45 * outside(large), 4)


def reducer_mass(large: float, small: float) -> float:
    """Mass of a reducer [kg]."""
    return reducer_length(large) * (mass(large) + mass(small)) / 2


def valve_length(kind: str, nps: float) -> float:
    """Face to face of a flanged valve or inline item [m]."""
    base, each = _LONG.get(kind) or _FLAT.get(kind) or _USUAL
    return round(base + each * nps, 4)


def valve_mass(kind: str, nps: float, rating: int = 150) -> float:
    """Mass of a flanged valve [kg]: a rough default from its volume."""
    heavy = 0.35 if kind in _FLAT else 1.0
    volume = math.pi / 4 * (1.6 * outside(nps)) ** 2 * valve_length(kind, nps)
    return 7850 * 0.42 * heavy * volume * (1.0 + 0.3 * (rating > 150) + 0.4 * (rating > 300))
