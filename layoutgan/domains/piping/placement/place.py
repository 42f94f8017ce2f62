"""Legal places for equipment: not there yet, and it says so in one line instead of guessing."""

from __future__ import annotations

from layoutgan.domains.piping.placement.problem import Placement, PlacementProblem, Start
from layoutgan.errors import LayoutError

__all__ = ["place"]


def place(problem: PlacementProblem, start: Start, *, seed: int, effort: float) -> Placement:
    """Would give the items legal places near a start.

    Raises:
        LayoutError: always; generating plants is not finished in this version.
    """
    del problem, start, seed, effort
    raise LayoutError(
        "placing equipment is not finished in this version, so no plant can be generated; briefs from tables,"
        " DEXPI and SFILES, checks of plant layouts, PCF and lists work"
    )
