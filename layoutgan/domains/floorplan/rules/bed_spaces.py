"""Bedrooms as the nationally described space standard counts them: singles and doubles, and so persons."""

from __future__ import annotations

from typing import NamedTuple

from layoutgan.domains.floorplan.derived import clear_area
from layoutgan.domains.floorplan.elements import Room
from layoutgan.domains.floorplan.kinds import kind
from layoutgan.validation.rule import Context

__all__ = ["DOUBLE", "BedSpaces", "bed_spaces", "internal_area"]

DOUBLE = 11.5
"""Clear floor from which a bedroom counts as a double [m²]."""


class BedSpaces(NamedTuple):
    """Bedrooms by the number of people who sleep in them."""

    doubles: tuple[Room, ...]
    """The largest first."""
    singles: tuple[Room, ...]

    @property
    def bedrooms(self) -> int:
        """Number of bedrooms [-]."""
        return len(self.doubles) + len(self.singles)

    @property
    def persons(self) -> int:
        """Number of people [-]."""
        return 2 * len(self.doubles) + len(self.singles)


def bed_spaces(context: Context) -> BedSpaces:
    """Doubles and singles among the bedrooms."""
    return context.once(_bed_spaces)


def _bed_spaces(context: Context) -> BedSpaces:
    bedrooms = [room for room in context.of(Room) if room.kind == "bedroom"]
    bedrooms.sort(key=lambda room: (-round(clear_area(context, room.id), 4), room.id))
    doubles = tuple(room for room in bedrooms if clear_area(context, room.id) >= DOUBLE - 1e-6)
    return BedSpaces(doubles, tuple(bedrooms[len(doubles) :]))


def internal_area(context: Context) -> float:
    """Gross internal floor area [m²]: within the inner face of the outer walls, without balconies."""
    if context.layout.boundary is None:
        return float(sum(r.shape.area for r in context.of(Room) if not kind(r.kind).outdoor))
    outdoor = sum(r.shape.area for r in context.of(Room) if kind(r.kind).outdoor)
    return float(context.layout.boundary.area - outdoor)
