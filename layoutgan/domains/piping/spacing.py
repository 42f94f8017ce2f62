"""Distances between classes of equipment, edge to edge: defaults that a company's own table replaces.

Set A is used in a published optimisation model whose comment names an insurer's table that nobody of us has
seen; set B in other published layout models, likewise. Both are unverified. What neither has takes the
project default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from layoutgan.domains.piping.items import SpacingItem

__all__ = ["DEFAULT", "HEATER", "PUBLISHED_A", "PUBLISHED_B", "ROWS", "Distance", "Spacing"]

DEFAULT = 3.0
"""Distance of two classes that no table names [m]."""
PUBLISHED_A = "published optimisation model (set A)"
PUBLISHED_B = "published layout models (set B)"
HEATER = 15.0
"""Fired heater to flammable process equipment [m]; see the rule ``heater_near_process``."""


@dataclass(frozen=True)
class Distance:
    """One row of the matrix."""

    first: str
    second: str
    limit: float
    """Edge to edge [m]."""
    source: str
    verified: bool = False


_SET_A = (
    ("column", "column", 5.0), ("column", "exchanger", 3.0), ("column", "pump", 3.0),
    ("column", "compressor", 15.0),
    ("exchanger", "exchanger", 2.0), ("exchanger", "pump", 3.0), ("exchanger", "compressor", 9.0),
    ("compressor", "compressor", 9.0), ("compressor", "pump", 9.0), ("pump", "pump", 2.0),
)  # fmt: skip
_SET_B = (
    ("heater", "heater", 7.62), ("vessel", "vessel", 4.57), ("column", "vessel", 4.57),
    ("compressor", "vessel", 4.57),
    ("drum", "drum", 4.57), ("column", "drum", 4.57), ("compressor", "drum", 4.57), ("drum", "vessel", 4.57),
    ("exchanger", "vessel", 3.05), ("pump", "vessel", 3.05), ("drum", "exchanger", 3.05),
    ("drum", "pump", 3.05),
)  # fmt: skip
ROWS: tuple[Distance, ...] = (
    *(Distance(a, b, limit, PUBLISHED_A) for a, b, limit in _SET_A),
    *(Distance(a, b, limit, PUBLISHED_B) for a, b, limit in _SET_B),
)
"""All rows; each pair once, in alphabetical order of the classes."""
_OF_ONE = {"reactor": 7.62, "heater": 15.24, "control_room": 60.96}
"""Distances of one class from any other that has no row of its own [m], set B."""
_SAME_TABLE = {"plate_exchanger": "exchanger"}


class Spacing:
    """The matrix with a company's own distances laid over it.

    Args:
        own: distances between two classes, or between two tags.
    """

    def __init__(self, own: Iterable[SpacingItem] = ()) -> None:
        self._own: Mapping[frozenset[str], float] = {frozenset(i.between): i.distance for i in own}
        self._rows = {frozenset((row.first, row.second)): row for row in ROWS}

    def between(self, first: tuple[str, str], second: tuple[str, str]) -> Distance:
        """The distance that two items must keep.

        Args:
            first: tag and class of one item.
            second: tag and class of the other.
        """
        for a, b in ((first[0], second[0]), (first[1], second[1])):
            if frozenset((a, b)) in self._own:
                return Distance(a, b, self._own[frozenset((a, b))], "brief", True)
        a, b = (_SAME_TABLE.get(kind, kind) for kind in (first[1], second[1]))
        row = self._rows.get(frozenset((a, b)))
        if row is not None:
            return row
        alone = max(_OF_ONE.get(a, 0.0), _OF_ONE.get(b, 0.0))
        return Distance(a, b, alone, PUBLISHED_B) if alone else Distance(a, b, DEFAULT, "project default")
