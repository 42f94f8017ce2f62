"""Pipes as numbers: diameters, walls, elbows, flanges, spans, weights, and the pitch of parallel lines.

Millimetres stand in the table because that is how pipe is sold; every function answers in metres and
kilograms. Outside diameters and walls agree with three public tables; elbows below NPS 4 and all flange
diameters are unverified defaults.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import Final, NamedTuple

__all__ = [
    "DN",
    "RATINGS",
    "SIZES",
    "PipeSize",
    "cost_per_metre",
    "elbow",
    "elbow_mass",
    "flange_mass",
    "flange_od",
    "flange_thickness",
    "flow_area",
    "mass",
    "nearest_size",
    "nps_of_dn",
    "outside",
    "pitch",
    "size_steps",
    "span",
    "stub",
    "wall",
    "water_mass",
]


class PipeSize(NamedTuple):
    """One row of the table [mm, kg/m, m]."""

    nps: float
    dn: int
    od: float
    wall: float
    """Schedule 40."""
    elbow: float
    """Long-radius elbow, centre to end."""
    span_water: float | None
    """Longest support span, filled with water [m]; None: that of the next smaller size."""
    span_gas: float | None
    flanges: tuple[float, float, float]
    """Outside diameters of flanges of class 150, 300 and 600."""


# fmt: off
_ROWS: Final = (
    PipeSize(0.5, 15, 21.3, 2.77, 38, None, None, (90, 95, 95)),
    PipeSize(0.75, 20, 26.7, 2.87, 38, None, None, (100, 115, 115)),
    PipeSize(1, 25, 33.4, 3.38, 38, 2.1, 2.7, (110, 125, 125)),
    PipeSize(1.25, 32, 42.2, 3.56, 48, None, None, (115, 135, 135)),
    PipeSize(1.5, 40, 48.3, 3.68, 57, None, None, (125, 155, 155)),
    PipeSize(2, 50, 60.3, 3.91, 76, 3.0, 4.0, (150, 165, 165)),
    PipeSize(2.5, 65, 73.0, 5.16, 95, None, None, (180, 190, 190)),
    PipeSize(3, 80, 88.9, 5.49, 114, 3.7, 4.6, (190, 210, 210)),
    PipeSize(4, 100, 114.3, 6.02, 152, 4.3, 5.2, (230, 255, 275)),
    PipeSize(5, 125, 141.3, 6.55, 190, None, None, (255, 280, 330)),
    PipeSize(6, 150, 168.3, 7.11, 229, 5.2, 6.4, (280, 320, 355)),
    PipeSize(8, 200, 219.1, 8.18, 305, 5.8, 7.3, (345, 380, 420)),
    PipeSize(10, 250, 273.0, 9.27, 381, None, None, (405, 445, 510)),
    PipeSize(12, 300, 323.8, 10.31, 457, 7.0, 9.1, (485, 520, 560)),
    PipeSize(14, 350, 355.6, 11.13, 533, None, None, (535, 585, 605)),
    PipeSize(16, 400, 406.4, 12.70, 610, 8.2, 10.7, (595, 650, 685)),
    PipeSize(18, 450, 457.0, 14.27, 686, None, None, (635, 710, 745)),
    PipeSize(20, 500, 508.0, 15.09, 762, 9.1, 11.9, (700, 775, 815)),
    PipeSize(24, 600, 610.0, 17.48, 914, 9.8, 12.8, (815, 915, 940)),
)
# fmt: on
SIZES: dict[float, PipeSize] = {row.nps: row for row in _ROWS}
"""Rows by nominal pipe size [in]."""
DN: dict[int, float] = {row.dn: row.nps for row in _ROWS}
"""Nominal pipe size [in] by DN [mm]."""
RATINGS: Final = (150, 300, 600)
"""Flange classes that are known."""
_GAP_FLANGED, _GAP_BARE, _ROUND = 0.025, 0.050, 0.005


def nearest_size(nps: float) -> float:
    """The tabled size nearest to a number of inches, in proportion [in]."""
    return min(SIZES, key=lambda size: abs(math.log(size / max(nps, 1e-3))))


def nps_of_dn(dn: float) -> float:
    """The nominal pipe size of a DN [in]; a DN between two sizes takes the nearer one."""
    return DN[min(DN, key=lambda known: abs(math.log(known / max(dn, 1e-3))))]


def size_steps(first: float, second: float) -> int:
    """How many sizes of the table lie between two sizes [-]; 0 for equal ones."""
    order = list(SIZES)
    return abs(order.index(first) - order.index(second))


def outside(nps: float) -> float:
    """Outside diameter [m]."""
    return SIZES[nps].od / 1000


def wall(nps: float) -> float:
    """Wall of schedule 40 [m]."""
    return SIZES[nps].wall / 1000


def elbow(nps: float) -> float:
    """Long-radius elbow, intersection of the tangents to either end [m]."""
    return SIZES[nps].elbow / 1000


def flange_od(nps: float, rating: int = 150) -> float:
    """Outside diameter of a flange [m], unverified; a class that is not tabled takes the next higher one."""
    column = min(sum(rating > known for known in RATINGS), len(RATINGS) - 1)
    return SIZES[nps].flanges[column] / 1000


def flange_thickness(nps: float, rating: int = 150) -> float:
    """Length of a weld-neck flange with its gasket along the pipe [m]: a project default, no table."""
    return round((0.045 + 0.0055 * nps) * (1.0 + 0.25 * min(sum(rating > k for k in RATINGS), 2)), 3)


def stub(nps: float, rating: int = 150) -> float:
    """Least distance from a nozzle's face to the first elbow's intersection: flange and elbow [m]."""
    return elbow(nps) + flange_thickness(nps, rating)


def flow_area(nps: float) -> float:
    """Clear cross-section of schedule 40 [m²]."""
    return math.pi / 4 * (outside(nps) - 2 * wall(nps)) ** 2


def mass(nps: float) -> float:
    """Mass of bare carbon steel pipe, schedule 40 [kg/m]."""
    row = SIZES[nps]
    return 0.0246615 * row.wall * (row.od - row.wall)


def water_mass(nps: float) -> float:
    """Mass of the water in the pipe [kg/m]."""
    row = SIZES[nps]
    return math.pi / 4 * (row.od - 2 * row.wall) ** 2 * 1e-3


def elbow_mass(nps: float) -> float:
    """Mass of a long-radius elbow of 90°: the pipe along its arc [kg]."""
    return mass(nps) * elbow(nps) * math.pi / 2


def flange_mass(nps: float, rating: int = 150) -> float:
    """Mass of a flange as a steel ring from bore to outside diameter [kg]: an estimate."""
    ring = math.pi / 4 * (flange_od(nps, rating) ** 2 - outside(nps) ** 2)
    return 7850 * ring * 0.45 * flange_thickness(nps, rating) + mass(nps) * 0.5 * flange_thickness(
        nps, rating
    )


def span(nps: float, *, gas: bool = False) -> float:
    """Longest support span [m]; a size without a value takes that of the next smaller one."""
    tabled = [row for row in _ROWS if row.span_water is not None]
    row = tabled[max(0, bisect_right([r.nps for r in tabled], nps) - 1)]
    return float((row.span_gas if gas else row.span_water) or 0.0)


def pitch(
    first: float,
    second: float,
    *,
    ratings: tuple[int, int] = (150, 150),
    insulation: tuple[float, float] = (0.0, 0.0),
    flanged: bool = True,
    staggered: bool = True,
) -> float:
    """Least centre-to-centre distance of two parallel lines, rounded up to 5 mm [m].

    Args:
        first: size of one line [in].
        second: size of the other [in].
        ratings: their flange classes.
        insulation: thickness around each [m].
        flanged: flanges stand on the shared run.
        staggered: flanges of neighbours do not stand side by side.
    """
    d_i, d_j = outside(first) / 2, outside(second) / 2
    f_i, f_j = flange_od(first, ratings[0]) / 2, flange_od(second, ratings[1]) / 2
    if not flanged:
        least = d_i + d_j + _GAP_BARE
    else:
        least = (max(f_i + d_j, f_j + d_i) if staggered else f_i + f_j) + _GAP_FLANGED
    return math.ceil((least + sum(insulation)) / _ROUND - 1e-9) * _ROUND


def cost_per_metre(nps: float, rating: int = 150, insulation: float = 0.0) -> float:
    """Relative cost of a metre of pipe [-]; NPS 4 class 150 bare is 1: a project default for ranking."""
    steel = mass(nps) / mass(4)
    return round(
        (0.35 + 0.65 * steel)
        * (1.0 + 0.15 * RATINGS.index(rating if rating in RATINGS else 600))
        * (1.0 + 2.0 * insulation),
        4,
    )
