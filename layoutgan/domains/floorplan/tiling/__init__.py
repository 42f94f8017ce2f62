"""The exact step of the floor plan.

Rooms that fill a site with no gap and no overlap, by annealing wall shifts.

Arrays in, arrays out; numpy and numba only. `tile` searches, `measure` judges labels drawn elsewhere.
"""

from layoutgan.domains.floorplan.tiling.columns import BLOCKED, OUTSIDE, SLANTED
from layoutgan.domains.floorplan.tiling.problem import (
    Budget,
    Either,
    Entrance,
    Kind,
    Problem,
    Tiling,
    Violation,
)
from layoutgan.domains.floorplan.tiling.solve import measure, tile, tile_many

__all__ = [
    "BLOCKED",
    "OUTSIDE",
    "SLANTED",
    "Budget",
    "Either",
    "Entrance",
    "Kind",
    "Problem",
    "Tiling",
    "Violation",
    "measure",
    "tile",
    "tile_many",
]
