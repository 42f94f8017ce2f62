"""The array problem: a site on a grid, rooms with limits, and the tiling that answers it.

All lengths are metres and areas square metres. n rooms, X by Y cells. Nothing here knows a brief; see the
domain for that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layoutgan.domains.floorplan.tiling.columns import BLOCKED, CAP_LINES, CAP_ROOMS, OUTSIDE, SLANTED

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def _none(*shape: int, dtype: Any = np.float64) -> Any:
    return field(default_factory=lambda: np.zeros(shape, dtype))


class Kind(StrEnum):
    """What a hard constraint is about."""

    AREA = "area"
    WIDTH = "width"
    NECK = "neck"
    ASPECT = "aspect"
    CONTACT = "contact"
    NEVER = "never"
    FACADE = "facade"
    ENTRANCE = "entrance"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Entrance:
    """A doorway in the outline that one of the allowed rooms must have whole.

    Args:
        pieces: straight pieces [k, 5] of the outline: axis (0 on an x-line, 1 on a y-line), place of the line
            [m], low and high along it [m], and +1 or -1 for the side of the line, in its axis, on which the
            site lies.
        allowed: the rooms that may have it [n].
    """

    pieces: Floats
    allowed: Flags


@dataclass(frozen=True, slots=True)
class Either:
    """A room that must share a straight wall with at least one of several others.

    Args:
        room: its index.
        others: the rooms that will do [n].
        length: least straight shared wall [m], in tile terms.
    """

    room: int
    others: Flags
    length: float


@dataclass(frozen=True)
class Problem:
    """What to tile and how.

    "Clear" means after half the interior wall is taken off along borders with other rooms; "tile" means
    centre-line terms. Own limits of locked rooms are not judged.

    Args:
        x_lines: grid lines of the site [X + 1], rising [m].
        y_lines: likewise [Y + 1] [m].
        site: what each cell [Y, X] is, row y first: 0 to be tiled, `OUTSIDE`, `BLOCKED` or `SLANTED`, or 1 +
            the index of the locked room it belongs to. The outermost ring of cells must be negative.
        area_min: least clear area per room [n] [m²].
        area_target: wanted clear area [n] [m²].
        area_max: most clear area [n] [m²]; a range below about 1 % leaves no room for rounding.
        width_min: side of the clear square that must fit [n] [m]; 0 for none.
        neck: the room must be a union of squares of this side [n] [m], in tile terms; 0 for none.
        aspect_max: limit of the bounding box's long over short side [n]; inf for none.
        aspect_hard: whether that limit is a constraint or a wish [n].
        facade_min: least straight contact with facade cells [n] [m]; 0 for none.
        wall: thickness of interior walls [m].
        contact: pairs of rooms [m, 2] that must share a straight wall.
        contact_min: how long [m] [m], in tile terms.
        never: pairs of rooms [f, 2] that must not share any wall; touching at a corner is allowed.
        either: any-of contacts.
        entrances: doorways.
        locked: rooms whose cells stand in `site` and must stay [n].
        wet: rooms that like to share walls [n].
        corridor: rooms that should not be larger than asked [n].
        tile_area: tile area below which a room is of little use [n] [m²]; a wish, 0 for none.
        tile_width: likewise the side of the tile's largest square [n] [m].
        absorb: rooms that take what the targets leave over of the site [n].
        rectangles: the proposal, k boxes x0, y0, x1, y1 per room [n, k, 4] [m].
        gates: which of them count [n, k]; a room without any is put anywhere.
        usual: kinds of constraint that are given up before the others.
        trust: from 0, the proposal is only a start, to 1, stay close to it.
        seed: of the random numbers.
    """

    x_lines: Floats
    y_lines: Floats
    site: NDArray[np.int16]
    area_min: Floats
    area_target: Floats
    area_max: Floats
    width_min: Floats
    neck: Floats
    aspect_max: Floats
    aspect_hard: Flags
    facade_min: Floats
    wall: float = 0.0
    contact: Ints = _none(0, 2, dtype=np.int64)
    contact_min: Floats = _none(0)
    never: Ints = _none(0, 2, dtype=np.int64)
    either: Sequence[Either] = ()
    entrances: Sequence[Entrance] = ()
    locked: Flags = _none(0, dtype=np.bool_)
    wet: Flags = _none(0, dtype=np.bool_)
    corridor: Flags = _none(0, dtype=np.bool_)
    tile_area: Floats = _none(0)
    tile_width: Floats = _none(0)
    absorb: Flags = _none(0, dtype=np.bool_)
    rectangles: Floats = _none(0, 0, 4)
    gates: Flags = _none(0, 0, dtype=np.bool_)
    usual: frozenset[Kind] = frozenset()
    trust: float = 0.0
    seed: int = 0

    @property
    def count(self) -> int:
        """Number of rooms."""
        return len(self.area_target)

    def flags(self, name: str) -> Flags:
        """A per-room flag [n]; one left out is false everywhere."""
        given: Flags = getattr(self, name)
        return given if given.size else np.zeros(self.count, np.bool_)

    def wishes(self, name: str) -> Floats:
        """A per-room wish [n]; one left out is 0 everywhere."""
        given: Floats = getattr(self, name)
        return given if given.size else np.zeros(self.count)

    @property
    def cell_areas(self) -> Floats:
        """Area of each cell [Y, X] [m²]."""
        return np.outer(np.diff(self.y_lines), np.diff(self.x_lines))

    @property
    def free_area(self) -> float:
        """Area to be tiled [m²]."""
        return float(self.cell_areas[self.site == 0].sum())

    def __post_init__(self) -> None:
        """Refuses what would not fit the tables.

        Raises:
            ValueError: more rooms or lines than the caps, or arrays that contradict each other.
        """
        if not 1 <= self.count <= CAP_ROOMS:
            raise ValueError(f"{self.count} rooms: a tiling takes 1 to {CAP_ROOMS}")
        for name, lines in (("x_lines", self.x_lines), ("y_lines", self.y_lines)):
            if not 4 <= len(lines) <= CAP_LINES - 8:
                raise ValueError(f"{name}: {len(lines)} lines; a site takes 4 to {CAP_LINES - 8}")
            if not (np.all(np.isfinite(lines)) and np.all(np.diff(lines) > 0)):
                raise ValueError(f"{name}: lines must be finite and rise")
        if self.site.shape != (len(self.y_lines) - 1, len(self.x_lines) - 1):
            raise ValueError(f"site: shape {self.site.shape} does not fit the lines")
        ring = np.concatenate([self.site[[0, -1]].ravel(), self.site[:, [0, -1]].ravel()])
        if np.any(ring >= 0) or np.any(self.site < SLANTED):
            raise ValueError("site: the outermost ring must be outside, and codes at least -3")
        self._check_rooms()

    def _check_rooms(self) -> None:
        n = self.count
        for name in ("area_min", "area_max", "width_min", "neck", "aspect_max", "aspect_hard", "facade_min"):
            if len(getattr(self, name)) != n:
                raise ValueError(f"{name}: {len(getattr(self, name))} values for {n} rooms")
        for name in ("area_min", "area_target", "width_min", "neck", "facade_min", "contact_min"):
            if not np.all(np.isfinite(getattr(self, name))) or np.any(getattr(self, name) < 0):
                raise ValueError(f"{name}: values must be finite and not negative")
        if (
            np.any(self.area_target <= 0)
            or np.any(np.isnan(self.area_max))
            or np.any(np.isnan(self.aspect_max))
        ):
            raise ValueError("area_target must be positive; area_max and aspect_max must be numbers")
        for name in ("tile_area", "tile_width"):
            if len(self.wishes(name)) != n:
                raise ValueError(f"{name}: {len(self.wishes(name))} values for {n} rooms")
        for name in ("locked", "wet", "corridor", "absorb"):
            if len(self.flags(name)) != n:
                raise ValueError(f"{name}: {len(self.flags(name))} values for {n} rooms")
        for name, pairs in (("contact", self.contact), ("never", self.never)):
            if pairs.size and (pairs.min() < 0 or pairs.max() >= n or np.any(pairs[:, 0] == pairs[:, 1])):
                raise ValueError(f"{name}: pairs must name two different rooms of 0..{n - 1}")
        if len(self.contact) != len(self.contact_min):
            raise ValueError("contact_min: one length per contact")
        owners = set(np.unique(self.site[self.site > 0]) - 1)
        if owners != set(np.flatnonzero(self.flags("locked"))):
            raise ValueError("locked: exactly the locked rooms must have cells in site")
        if self.rectangles.size and (
            self.rectangles.shape[0] != n or self.gates.shape != self.rectangles.shape[:2]
        ):
            raise ValueError("rectangles must be [n, k, 4] and gates [n, k]")
        if self.rectangles.size and not np.all(np.isfinite(self.rectangles)):
            raise ValueError("rectangles: not finite")


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to search, in annealing steps, so that a result never depends on the clock.

    Args:
        steps: most steps of one try; 0 chooses by the number of rooms.
        total: no new try starts once so many steps are used.
        tries: most tries.
        first: stop at the first tiling that keeps every constraint, once it is polished.
    """

    steps: int = 0
    total: int = 1_000_000
    tries: int = 8
    first: bool = True

    @classmethod
    def fast(cls) -> "Budget":
        """The first tiling that holds: some ms for an ordinary dwelling."""
        return cls()

    @classmethod
    def quality(cls, total: int = 40_000, tries: int = 12) -> "Budget":
        """The best of several."""
        return cls(total=total, tries=tries, first=False)


@dataclass(frozen=True, slots=True)
class Violation:
    """A hard constraint that a tiling breaks.

    Args:
        kind: what it is about.
        index: which one: a room for area, width, neck, aspect and facade, else the place in the problem's
            list.
        rooms: the rooms it names.
        amount: by how much [m], [m²] for area and neck, [-] for aspect.
    """

    kind: Kind
    index: int
    rooms: tuple[int, ...]
    amount: float


@dataclass(frozen=True)
class Tiling:
    """Rooms that fill the site: exact lines and a label per cell.

    Args:
        x_lines: wall and outline coordinates [X + 1] [m]; only lines that some wall needs.
        y_lines: likewise [Y + 1] [m].
        labels: room per cell [Y, X], or the negative code of the site; empty if no first state could be made.
        feasible: whether every hard constraint holds.
        violations: those that do not.
        areas: tile area per room [n] [m²].
        clear_areas: clear area per room [n] [m²].
        widths: side of the largest clear square per room [n] [m].
        corners: corners per room [n].
        runs: longest straight shared wall per pair [n, n] [m].
        facades: longest straight facade per room [n] [m].
        costs: the terms of the cost by name [-].
        cost: their weighted sum, for ranking tilings of one problem.
        tries: first states used.
        steps: annealing steps used.
    """

    x_lines: Floats
    y_lines: Floats
    labels: NDArray[np.int16]
    feasible: bool
    violations: tuple[Violation, ...]
    areas: Floats
    clear_areas: Floats
    widths: Floats
    corners: Ints
    runs: Floats
    facades: Floats
    costs: dict[str, float]
    cost: float
    tries: int
    steps: int


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
]
