"""Parts of a pipeline: what a take-off counts and a PCF file names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Part", "Point"]

Point = NDArray[np.float64]


@dataclass(frozen=True)
class Part:
    """One component of a line."""

    keyword: str
    """Its word in PCF: PIPE, ELBOW, TEE, OLET, FLANGE, VALVE …"""
    code: str
    """Item code: same code, same thing to buy."""
    description: str
    ends: tuple[tuple[Point, float], ...] = ()
    """End points [m] with their sizes [in]."""
    centre: Point | None = None
    """Intersection of the tangents, or middle of a tee [m]."""
    branch: tuple[Point, float] | None = None
    """End of a branch [m] and its size [in]."""
    skey: str = ""
    mass: float = 0.0
    """[kg]."""
    nps: float = 0.0
    """Size that the take-off lists it under [in]."""
    length: float = 0.0
    """Length that is cut, for pipe [m]."""
    flat: str = ""
    """Side of an eccentric reducer's flat."""
    name: str = ""
    """Tag, for valves."""
    radius: float = 0.0
    """Centre to end of an elbow [m]."""
    rating: int = 150

    @property
    def way(self) -> float:
        """Length along the centre-line through the centre point, branch included [m]."""
        if self.centre is None:
            found = float(np.linalg.norm(self.ends[1][0] - self.ends[0][0])) if len(self.ends) == 2 else 0.0
        else:
            found = sum(float(np.linalg.norm(point - self.centre)) for point, _ in self.ends)
        if self.branch is not None and self.centre is not None:
            found += float(np.linalg.norm(self.branch[0] - self.centre))
        return found
