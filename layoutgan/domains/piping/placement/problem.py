"""What placement is asked and what it answers, as plain arrays.

An item is a rectangle: at turn 0 its length lies along x and its width along y; turn t is t quarter turns
counter-clockwise about the footprint's centre. Letters: N items, E wires, K obstacles, M envelopes, V
corners.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layoutgan.errors import InputError

__all__ = [
    "Drift",
    "Envelopes",
    "Nearness",
    "Obstacles",
    "Placement",
    "PlacementProblem",
    "Row",
    "Start",
    "Violation",
    "Wires",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def _floats(*shape: int) -> Floats:
    return np.zeros(shape)


def _ints(*shape: int) -> Ints:
    return np.zeros(shape, dtype=np.int64)


@dataclass(frozen=True)
class Wires:
    """Connections that cost money: cost · (|Δx| + |Δy|) between two pins."""

    ends: Ints = field(default_factory=lambda: _ints(0, 2))
    """The two items [E, 2]; -1 is a fixed point of the site (battery limit, rack tie-in)."""
    pins: Floats = field(default_factory=lambda: _floats(0, 2, 2))
    """Pins [E, 2, 2], relative to the item's centre at turn 0, or absolute where the end is -1 [m]."""
    costs: Floats = field(default_factory=lambda: _floats(0))
    """Cost per metre [E]."""


@dataclass(frozen=True)
class Obstacles:
    """Ground that is taken: keep-outs, roads, rack columns, existing plant, a rack that most items avoid."""

    boxes: Floats = field(default_factory=lambda: _floats(0, 4))
    """x0, y0, x1, y1 [K, 4] [m]."""
    gaps: Floats = field(default_factory=lambda: _floats(0, 0))
    """Least edge distance of each item [K, N] [m]; negative: it may stand there (a pump under a rack)."""
    blocks_envelopes: Bools = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    """Whether pull-out and access envelopes must stay off it too [K] (a column does, a road does not)."""


@dataclass(frozen=True)
class Envelopes:
    """Pull-out, truck and access areas that move with an item; no other item may stand there."""

    items: Ints = field(default_factory=lambda: _ints(0))
    """The item each belongs to [M]."""
    boxes: Floats = field(default_factory=lambda: _floats(0, 4))
    """x0, y0, x1, y1 relative to the item's centre at turn 0 [M, 4] [m]."""
    inside: Bools = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    """Whether it must lie inside the outline [M]."""


@dataclass(frozen=True)
class Row:
    """Items whose centres share a line."""

    items: tuple[int, ...]
    axis: int = -1
    """0: the row runs along x (equal y); 1: along y (equal x); -1: whichever is cheaper."""


@dataclass(frozen=True)
class Nearness:
    """Wishes to stand near a rectangle (pumps at the rack): cost per metre beyond a limit."""

    items: Ints = field(default_factory=lambda: _ints(0))
    """[W]."""
    boxes: Floats = field(default_factory=lambda: _floats(0, 4))
    """[W, 4] [m]."""
    limits: Floats = field(default_factory=lambda: _floats(0))
    """Distance that costs nothing [W] [m]."""
    costs: Floats = field(default_factory=lambda: _floats(0))
    """Cost per metre beyond it [W]."""


@dataclass(frozen=True)
class Drift:
    """Ignition sources kept out of the sector down-wind of release sources."""

    pairs: Ints = field(default_factory=lambda: _ints(0, 2))
    """(release source, ignition source) [D, 2]."""
    direction: tuple[float, float] = (1.0, 0.0)
    """Where the wind blows to; unit vector."""
    reach: float = 20.0
    """Depth of the sector [m], edge of source to edge of ignition source taken at the centres' line."""
    half_angle: float = 45.0
    """Half opening of the sector [degrees]."""
    cost: float = 0.0
    """Cost per metre that the ignition source lies too deep inside the sector."""


@dataclass(frozen=True)
class PlacementProblem:
    """Items, what they may not do, and what their distances cost."""

    sizes: Floats
    """Length and width at turn 0 [N, 2] [m]."""
    outline: Floats
    """Corners of the rectilinear plot [V, 2] [m], either sense, not repeated."""
    wires: Wires = field(default_factory=Wires)
    spacing: Floats | None = None
    """Least edge distance of each pair, Euclidean [N, N] [m]; negative: may overlap (stacked); None: 0."""
    turns: Bools | None = None
    """Turns allowed [N, 4]; None: all."""
    fixed: Bools | None = None
    """Items that stay where `positions`, `held` say [N]; None: none."""
    positions: Floats | None = None
    """Centres of the fixed items [N, 2] [m]; other rows are not read."""
    held: Ints | None = None
    """Turns of the fixed items [N]; None: 0."""
    obstacles: Obstacles = field(default_factory=Obstacles)
    envelopes: Envelopes = field(default_factory=Envelopes)
    rows: tuple[Row, ...] = ()
    nearness: Nearness = field(default_factory=Nearness)
    drift: Drift = field(default_factory=Drift)
    land_cost: float = 0.0
    """Cost per square metre of the bounding box of all footprints."""
    grid: float = 0.0
    """Centres are given in multiples of this [m]; distances are searched that much larger."""
    tags: tuple[str, ...] = ()
    """Names for messages [N]; empty: indices."""

    @property
    def count(self) -> int:
        """Number of items N."""
        return len(self.sizes)

    def filled(self) -> PlacementProblem:
        """The same problem with every optional array present and checked.

        Raises:
            InputError: shapes disagree, a number is not finite, or an index points nowhere.
        """
        n = self.count
        full = replace(
            self,
            sizes=_array(self.sizes, (n, 2), "sizes"),
            outline=_array(self.outline, (len(self.outline), 2), "outline"),
            spacing=_array(_default(self.spacing, _floats(n, n)), (n, n), "spacing"),
            turns=_array(_default(self.turns, np.ones((n, 4))), (n, 4), "turns").astype(np.bool_),
            fixed=_array(_default(self.fixed, np.zeros(n)), (n,), "fixed").astype(np.bool_),
            positions=_array(_default(self.positions, _floats(n, 2)), (n, 2), "positions"),
            held=_array(_default(self.held, _ints(n)), (n,), "held").astype(np.int64),
            tags=self.tags or tuple(str(item) for item in range(n)),
        )
        full._check(n)
        return full

    def _check(self, n: int) -> None:
        if (self.sizes <= 0).any():
            raise InputError("every item needs a positive length and width", place="sizes")
        assert self.turns is not None  # filled() made it; told to the type checker
        if not self.turns.any(axis=1).all():
            raise InputError("an item has no turn it may take", place="turns")
        for name, index in (
            ("wires.ends", self.wires.ends),
            ("envelopes.items", self.envelopes.items),
            ("nearness.items", self.nearness.items),
            ("drift.pairs", self.drift.pairs),
        ):
            if index.size and (index.min() < (-1 if name == "wires.ends" else 0) or index.max() >= n):
                raise InputError(f"an index is outside 0..{n - 1}", place=name)
        if self.obstacles.gaps.shape != (len(self.obstacles.boxes), n) and len(self.obstacles.boxes):
            raise InputError(f"must be [K, {n}], one gap per obstacle and item", place="obstacles.gaps")


def _default(value: Any, otherwise: Any) -> Any:
    return otherwise if value is None else value


def _array(value: Any, shape: tuple[int, ...], place: str) -> Floats:
    array = np.asarray(value, dtype=np.float64)
    if array.shape != shape:
        raise InputError(f"has shape {list(array.shape)}, needs {list(shape)}", place=place)
    if not np.isfinite(array).all():
        raise InputError("holds a number that is not finite", place=place)
    return array


@dataclass(frozen=True)
class Start:
    """Where a proposal puts the items; need not be legal."""

    centres: Floats
    """[N, 2] [m]."""
    turns: Ints
    """[N]."""
    source: str = "random"
    """network, random, graph, greedy, nearest: rough; analytic, repair: to be followed."""


@dataclass(frozen=True)
class Violation:
    """One hard demand that a placement breaks."""

    kind: str
    """spacing, outline, obstacle, envelope, row, turn or fixed."""
    items: tuple[int, ...]
    """The items at fault; for an obstacle or envelope its index follows in `other`."""
    amount: float
    """Shortfall [m]."""
    other: int = -1


@dataclass(frozen=True)
class Placement:
    """Where the items stand."""

    centres: Floats
    """[N, 2] [m]."""
    turns: Ints
    """[N]."""
    cost: float
    """wire + land + wishes."""
    wire: float
    """Σ cost · (|Δx| + |Δy|) over the wires."""
    land: float
    wishes: float
    """Cost of nearness and wind wishes not met."""
    violations: tuple[Violation, ...] = ()
    bound: float = 0.0
    """No legal placement costs less than this."""
    trace: tuple[tuple[int, float, float], ...] = ()
    """(steps, seconds, best legal cost so far); seconds are for benchmarks and never steer the search."""

    @property
    def feasible(self) -> bool:
        """Whether every hard demand holds."""
        return not self.violations

    @property
    def gap(self) -> float:
        """(cost - bound) / cost [-]; 0 where the cost is 0."""
        return (self.cost - self.bound) / self.cost if self.cost > 0 else 0.0
