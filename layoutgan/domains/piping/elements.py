"""What a plant consists of: equipment with placed nozzles, racks, roads, pipes and what stands on them.

Plan shapes are polygons at grade; heights stand beside them. Pipes are lines in space. All coordinates are
metres, z = 0 is grade.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import Field
from shapely.geometry import Polygon

from layoutgan.core.geometry import LineShape, PolygonShape
from layoutgan.core.layout import Element
from layoutgan.core.schema import Document, Metres
from layoutgan.domains.piping.shapes import Direction, Line3Shape, Point3Shape, coordinates, length3, turned

__all__ = [
    "ELEMENTS",
    "Component",
    "Envelope",
    "Equipment",
    "KeepOut",
    "Pipe",
    "PlacedNozzle",
    "Platform",
    "Rack",
    "Road",
    "Terminal",
]

COLUMN = 0.4
"""Side of a rack column with its fireproofing [m]: a project default."""


class PlacedNozzle(Document):
    """A nozzle of placed equipment."""

    id: str
    at: Point3Shape
    """Face of the flange [m]."""
    direction: Direction
    """Where it points."""
    nps: float = Field(gt=0, le=100)
    """Nominal size [in]."""
    rating: int = Field(default=150, ge=50, le=2500)
    """Flange class."""
    role: str = ""
    line: str = ""
    """Number of the line that is connected."""


class Equipment(Element):
    """An item of equipment; ``kind`` is its class."""

    tag: ClassVar[str] = "equipment"

    shape: PolygonShape
    """Footprint [m]."""
    size: tuple[Metres, Metres] = (1.0, 1.0)
    """Length and width in its own axes [m]."""
    turn: int = Field(default=0, ge=0, le=3)
    """Quarter turns counter-clockwise from its own axes."""
    bottom: Metres = Field(default=0.0, ge=-50, le=300)
    """Underside above grade [m]."""
    top: Metres = Field(gt=-50, le=300)
    """Top above grade [m]."""
    nozzles: tuple[PlacedNozzle, ...] = ()
    service: str = ""
    set: str = ""
    """Items of one set keep no class spacing from each other."""
    row: str = ""
    """Items of one row stand on a common centre-line."""
    hazardous: bool = False
    """Holds something flammable."""
    ignition: bool = False
    """Can light a release."""
    above: str = ""
    """Item on which it is stacked by declaration."""
    temperature: float | None = None
    """Highest operating temperature [°C]."""
    tube_length: float | None = None
    """Length of the bundle that has to be pulled [m]."""
    npsh_available: float | None = None
    npsh_required: float | None = None
    flare_height: float | None = None

    @property
    def box(self) -> tuple[float, float, float, float, float, float]:
        """x0, y0, z0, x1, y1, z1 [m]."""
        x0, y0, x1, y1 = self.shape.bounds
        return x0, y0, self.bottom, x1, y1, self.top

    @property
    def front(self) -> str:
        """Where its own +x points."""
        return turned("+x", self.turn)

    def nozzle(self, name: str) -> PlacedNozzle | None:
        """The nozzle of that id."""
        return next((n for n in self.nozzles if n.id == name), None)


class Rack(Element):
    """A pipe rack: frames at equal distance that carry tiers."""

    tag: ClassVar[str] = "rack"

    kind: Literal["rack", "sleeper"] = "rack"
    shape: PolygonShape
    """Its plan, from column outside to column outside [m]."""
    line: LineShape
    """Centre-line, two points [m]."""
    width: Metres = Field(gt=0, le=40)
    tiers: tuple[Metres, ...] = Field(min_length=1, max_length=8)
    """Tops of steel above grade, lowest first [m]."""
    bent: Metres = Field(default=6.0, gt=0, le=30)
    """Distance of the frames [m]."""

    @property
    def axis(self) -> int:
        """0 when it runs along x, 1 along y."""
        (x0, y0), (x1, y1) = (self.line.coords[0][:2], self.line.coords[-1][:2])
        return 0 if abs(x1 - x0) >= abs(y1 - y0) else 1

    @property
    def frames(self) -> NDArray[np.float64]:
        """Places of the frames along the centre-line [F, 2] [m]."""
        count = max(1, round(self.line.length / self.bent))
        return np.asarray(
            [self.line.interpolate(i / count, normalized=True).coords[0][:2] for i in range(count + 1)]
        )

    @property
    def columns(self) -> tuple[Polygon, ...]:
        """Plans of the columns, two per frame [m]."""
        half, out = COLUMN / 2, self.width / 2 - COLUMN / 2
        away = np.asarray((0.0, out) if self.axis == 0 else (out, 0.0))
        places = [p + sign * away for p in self.frames for sign in (-1, 1)]
        return tuple(shapely.box(x - half, y - half, x + half, y + half) for x, y in places)


class Road(Element):
    """A road, a walkway or a railway."""

    tag: ClassVar[str] = "road"

    kind: Literal["main", "secondary", "access", "walkway", "rail"]
    shape: PolygonShape
    open: bool = False
    """Open to traffic that is not part of the unit."""


class KeepOut(Element):
    """Ground that must stay free, or that something stands on already."""

    tag: ClassVar[str] = "keep_out"

    shape: PolygonShape
    height: Metres = Field(default=0.0, ge=0, le=300)
    """Height of what stands there [m]."""


class Terminal(Element):
    """A battery-limit point of a line."""

    tag: ClassVar[str] = "terminal"

    kind: Literal["terminal"] = "terminal"
    shape: Point3Shape
    direction: Direction
    """Into the plot."""


class Pipe(Element):
    """A piece of a line between two ends; ``kind`` is its service."""

    tag: ClassVar[str] = "pipe"

    shape: Line3Shape
    """Centre-line through the intersections of its legs [m], from start to end."""
    line: str
    """Line number."""
    nps: float = Field(gt=0, le=100)
    """Nominal size [in]."""
    od: Metres = Field(gt=0, le=3)
    """Outside diameter without insulation [m]."""
    insulation: Metres = Field(default=0.0, ge=0, le=1)
    """Thickness [m]."""
    rating: int = Field(default=150, ge=50, le=2500)
    spec: str = ""
    fluid: str = ""
    status: Literal["routed", "exception"] = "routed"
    start: str = ""
    """``TAG.NOZZLE``, a terminal, or the id of the pipe that it branches from."""
    end: str = ""
    slope: float | None = None
    """Fall that the line list asks for [-]."""
    no_pocket: bool = False
    straight_start: float = 0.0
    """Straight run that its start needs [pipe diameters]."""
    straight_end: float = 0.0
    max_length: float | None = None
    flow: float | None = None
    """Volume flow [m³/h]."""
    temperature: float | None = None
    """Operating temperature [°C]."""
    reason: str = ""
    """Why it is an exception."""

    @property
    def points(self) -> NDArray[np.float64]:
        """Points of the centre-line [V, 3] [m]."""
        return coordinates(self.shape)

    @property
    def length(self) -> float:
        """Length of the centre-line [m]."""
        return length3(self.shape)

    @property
    def radius(self) -> float:
        """Outside radius with insulation [m]."""
        return self.od / 2 + self.insulation


class Component(Element):
    """A valve or another item on a pipe."""

    tag: ClassVar[str] = "component"

    kind: Literal[
        "gate",
        "globe",
        "ball",
        "butterfly",
        "check",
        "control",
        "relief",
        "strainer",
        "flow_element",
        "reducer",
        "eccentric_reducer",
        "spade",
        "support",
    ]
    shape: Point3Shape
    """Its centre [m]."""
    pipe: str
    """Id of the pipe that carries it."""
    line: str
    direction: Direction
    """Along the pipe, in the sense of flow."""
    nps: float = Field(gt=0, le=100)
    nps_out: float | None = None
    """Size at the far end, for reducers [in]."""
    length: Metres = Field(default=0.0, ge=0, le=10)
    """Face to face [m]."""
    stem: Direction | None = None
    """Where the stem or actuator points; for eccentric reducers the flat side."""
    operated: Literal["hand", "chain", "actuator", "none"] = "hand"
    rating: int = Field(default=150, ge=50, le=2500)


class Envelope(Element):
    """Room that must stay free for maintenance or access."""

    tag: ClassVar[str] = "envelope"

    kind: Literal["pull", "truck", "driver", "removal", "aisle", "cover", "withdrawal"]
    shape: PolygonShape
    of: str
    """Tag of the item that needs it."""
    bottom: Metres = Field(default=0.0, ge=-10, le=300)
    top: Metres = Field(default=3.0, ge=0, le=300)


class Platform(Element):
    """A platform or an elevated floor."""

    tag: ClassVar[str] = "platform"

    kind: Literal["platform", "manway", "exchanger_end", "shelter"] = "platform"
    shape: PolygonShape
    elevation: Metres = Field(ge=0, le=300)
    of: str = ""
    exits: int = Field(default=1, ge=0, le=20)
    """Ladders and stairs that lead down."""
    travel: Metres | None = Field(default=None, ge=0, le=500)
    """Longest way to an exit [m]."""
    ladder: Metres | None = Field(default=None, ge=0, le=200)
    """Length of its longest fixed ladder [m]."""
    protected: bool = True
    """The ladder has fall arrest."""


ELEMENTS: dict[str, type[Element]] = {
    e.tag: e for e in (Equipment, Rack, Road, KeepOut, Terminal, Pipe, Component, Envelope, Platform)
}
"""Types of elements by the word that stands in files."""
