"""What the router is asked and what it answers, as plain arrays.

Coordinates are x, y, z [m]. A box is x0, y0, z0, x1, y1, z1. A path is a polyline [P, 3] whose legs are
parallel to an axis. Letters: S solids, L lines, T terminals of a line, P points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

__all__ = ["Climb", "Line", "Rack", "Route", "Routing", "RoutingProblem", "Solids", "Status", "Terminal"]

Floats = NDArray[np.float64]
Point = tuple[float, float, float]


class Climb(StrEnum):
    """How a line may go up and down from its first to its second terminal, nozzle stubs included."""

    FREE = "free"
    FALLING = "falling"
    """Never up (gravity, free draining)."""
    RISING = "rising"
    """Never down."""
    NO_LOW_POCKET = "no_low_pocket"
    """Never up again after going down."""
    NO_HIGH_POCKET = "no_high_pocket"
    """Never down again after going up."""
    MONOTONE = "monotone"
    """Neither pocket: falling or rising, whichever the ends ask for (pump suction)."""


@dataclass(frozen=True)
class Terminal:
    """An end of a line: a nozzle face, a tie-in, or a battery-limit point."""

    point: Point
    """Centre of the face [m]."""
    direction: tuple[int, int, int] = (0, 0, 0)
    """Unit axis pointing away from the equipment; (0, 0, 0): any direction, no stub."""
    stub: float = 0.0
    """Straight run before the first elbow's intersection point may come [m]: flange + elbow, or more."""
    owner: int = -1
    """Owner of the solids that the stub may touch (its own equipment); -1: none."""
    feeds: bool = False
    """Whether flow enters the line here; matters where branches of a line have to climb or fall."""


@dataclass(frozen=True)
class Line:
    """A pipe to route. Two terminals make a run; further ones are branches that join it."""

    name: str
    terminals: tuple[Terminal, ...]
    radius: float
    """Outside radius with insulation [m]."""
    reach: float = 0.0
    """Flange radius with insulation [m] that neighbours must respect; 0: no flange on shared runs."""
    elbow: float = 0.0
    """Centre-to-end A of an elbow [m]; two bends are at least 2·A apart."""
    tee: float = 0.0
    """Least distance from a tee's centre to an elbow's or the next tee's [m]; an elbow's length at least."""
    cost: float = 1.0
    """Cost per metre, relative; orders nothing, scales the objective only."""
    climb: Climb = Climb.FREE
    slope: float = 0.0
    """Fall per horizontal metre along the flow [-], given to the paths after routing in room kept for it."""
    priority: int = 0
    """Higher is routed first and moved last."""
    service: str = ""
    """Chooses rack tiers (`Rack.services`)."""


@dataclass(frozen=True)
class Solids:
    """Boxes that no pipe may touch: equipment, steel, existing plant."""

    boxes: Floats = field(default_factory=lambda: np.zeros((0, 6)))
    """[S, 6] [m]."""
    gaps: Floats = field(default_factory=lambda: np.zeros(0))
    """Least distance of a pipe's outside [S] [m]."""
    owners: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Which equipment each belongs to [S], -1: none; stubs may touch solids of their own owner."""


@dataclass(frozen=True)
class Rack:
    """A straight rack section: tiers on which lines run along its axis at less cost than in the open."""

    box: tuple[float, float, float, float]
    """Plan rectangle usable by pipes x0, y0, x1, y1 [m] (inside the columns, reserve taken off)."""
    axis: int
    """0: runs along x, 1: along y."""
    tiers: tuple[float, ...]
    """Top of steel of each tier [m], ascending."""
    services: tuple[frozenset[str], ...] = ()
    """Services welcome on each tier; empty set or missing: all."""
    discount: float = 0.7
    """Factor on the length of legs that run along the axis on a tier [-]; 1 makes racks ordinary space."""
    depth: float = 0.7
    """Height above top of steel that counts as on the tier [m]."""


@dataclass(frozen=True)
class RoutingProblem:
    """Space, what is in it, and the lines to route."""

    bounds: tuple[Point, Point]
    """Least and greatest corner that centre lines keep to [m]."""
    lines: tuple[Line, ...]
    solids: Solids = field(default_factory=Solids)
    forbidden: Floats = field(default_factory=lambda: np.zeros((0, 6)))
    """Boxes [F, 6] that pipes keep out of although nothing stands there: headroom, pull areas."""
    racks: tuple[Rack, ...] = ()
    bend_cost: float = 2.0
    """One elbow costs as much as this much pipe [m]."""
    gap: float = 0.025
    """Least clear distance between neighbours outside insulation (flange to pipe with `reach`) [m]."""
    levels: tuple[float, ...] = ()
    """Elevations of centre lines to try besides those that follow from nozzles and solids [m]."""
    high: float = float("inf")
    """Level above which level legs have nothing to rest on [m], so that lines come down beside a column."""
    high_factor: float = 1.6
    """Factor on the length of such legs [-]."""
    low: float = 0.0
    """Underside below which level legs are in people's way [m]; they are where nozzles leave no choice."""
    low_factor: float = 1.5
    """Factor on the length of such legs [-]."""
    lattice: bool = False
    """Coordinates are whole numbers and lines need only differ in their nodes (literature instances)."""


class Status(StrEnum):
    """What became of a line."""

    ROUTED = "routed"
    EXCEPTION = "exception"


@dataclass(frozen=True)
class Route:
    """A line's way. Nothing is ever dropped: an exception has a Manhattan path too."""

    name: str
    status: Status
    paths: tuple[Floats, ...]
    """First from terminal 0 to 1, face to face; then one per further terminal, from its face to the tee."""
    length: float
    """Σ centre-line length, stubs included [m]."""
    bends: int
    """Elbows; tees do not count."""
    cost: float
    """The objective between take-off points: factored length + bend_cost · bends [m]."""
    bound: float
    """The least objective of this line alone among the solids [m]; with branches: a lower bound."""
    reason: str = ""
    """Why it is an exception (buried, unreachable, congested), or what a routed line could not keep

    (pocket, slope); empty when all is well.
    """
    level: tuple[Floats, ...] = ()
    """The paths before they were given their fall; empty without one."""


@dataclass(frozen=True)
class Routing:
    """All lines, in the order of the problem."""

    routes: tuple[Route, ...]
    rounds: int = 0
    """Rounds of negotiation."""
    rerouted: tuple[str, ...] = ()
    """Lines that a re-route touched."""

    @property
    def ratio(self) -> float:
        """Σ cost / Σ bound over the routed lines [-]; 1 where nothing is routed."""
        routed = [route for route in self.routes if route.status is Status.ROUTED]
        bound = sum(route.bound for route in routed)
        return sum(route.cost for route in routed) / bound if bound > 0 else 1.0

    @property
    def exceptions(self) -> tuple[Route, ...]:
        """Lines that could not be routed."""
        return tuple(route for route in self.routes if route.status is Status.EXCEPTION)
