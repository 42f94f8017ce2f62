"""What a plant's brief says about the plot."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator
from shapely.geometry import LineString, Polygon

from layoutgan.core.geometry import LineShape, PolygonShape
from layoutgan.core.schema import Degrees, Document, Metres
from layoutgan.domains.piping.shapes import Point3Shape

__all__ = ["KeepOut", "PlantSite", "RackGiven", "RackWish", "RoadGiven", "Side", "Terminal"]

Side = Literal["north", "south", "east", "west"]
"""A side of the plot in drawing axes: north is +y, east is +x."""
MAX_EXTENT = 2000.0
"""Largest side of a plot [m]."""


class KeepOut(Document):
    """Ground that must stay free of equipment, or that something stands on already."""

    shape: PolygonShape
    kind: Literal["building", "reserved", "underground", "existing", "unit"] = "reserved"
    """Pipes may cross reserved and underground areas above grade; unit: a neighbouring process unit."""
    height: Metres = Field(default=0.0, ge=0, le=200)
    """Height of what stands there [m]; 0 for ground that is only kept free."""


class RoadGiven(Document):
    """A road, a railway or a walkway on the plot."""

    shape: PolygonShape
    kind: Literal["main", "secondary", "access", "walkway", "rail"] = "access"
    open: bool = True
    """Open to traffic that is not part of the unit."""


def _rising(value: tuple[float, ...]) -> tuple[float, ...]:
    if any(b - a < 0.5 for a, b in pairwise(value)) or value[0] < 1.0:
        raise ValueError(
            f"tiers are elevations above grade, lowest first and at least 0.5 m apart, found {list(value)}"
        )
    return value


Tiers = Annotated[tuple[Metres, ...], Field(min_length=1, max_length=8), AfterValidator(_rising)]
"""Elevations of the top of steel, lowest first [m]."""


class RackGiven(Document):
    """A pipe rack that stands where the brief says."""

    id: str = Field(default="", max_length=80)
    line: LineShape
    """Its centre-line, two points parallel to an axis [m]."""
    width: Metres = Field(default=6.0, ge=1, le=30)
    tiers: Tiers = (4.9, 6.4)
    """Elevations of the top of steel, lowest first [m]."""
    bent: Metres = Field(default=6.0, ge=2, le=15)
    """Distance of the frames [m]."""

    @field_validator("line", mode="after")
    @classmethod
    def _straight(cls, value: LineString) -> LineString:
        points = list(value.coords)
        (x0, y0), (x1, y1) = points[0][:2], points[-1][:2]
        if len(points) != 2 or min(abs(x1 - x0), abs(y1 - y0)) > 1e-6:
            raise ValueError("a rack's line is two points parallel to an axis; write an L as two racks")
        return value


class RackWish(Document):
    """A pipe rack that is to be placed."""

    place: Literal["auto"] = "auto"
    width: Metres | None = Field(default=None, ge=1, le=30)
    """By default from the number of lines."""
    tiers: Tiers = (4.9, 6.4)
    bent: Metres = Field(default=6.0, ge=2, le=15)
    along: Literal["x", "y"] | None = None
    """Direction of the rack; left open, each layout may choose."""


class Terminal(Document):
    """A point on the battery limit where lines come in or go out."""

    id: str = Field(min_length=1, max_length=80)
    side: Side | None = None
    """Side of the plot; by default the side that lines enter by."""
    at: Point3Shape | None = None
    """Its place [m]; by default spread along the side, at the rack."""


class PlantSite(Document):
    """The plot."""

    outline: PolygonShape
    """The battery limit [m]."""
    keep_outs: tuple[KeepOut, ...] = Field(default=(), max_length=200)
    roads: tuple[RoadGiven, ...] = Field(default=(), max_length=100)
    racks: tuple[RackGiven, ...] | RackWish = RackWish()
    """Racks that stand, or ``{place: auto}``; an empty list means none."""
    terminals: tuple[Terminal, ...] = Field(default=(), max_length=500)
    access: tuple[Side, ...] = ("south",)
    """Sides from which vehicles reach the plot."""
    pipes: Side = "west"
    """Side by which lines cross the battery limit when nothing else is said."""
    wind: Degrees = Field(default=225.0)
    """Direction from which the prevailing wind comes, counter-clockwise from +x."""
    grade: Metres = Field(default=100.0, ge=-500, le=9000)
    """Elevation that drawings give to z = 0."""
    strip: Metres = Field(default=0.0, ge=0, le=50)
    """Depth of the strip around the battery limit that pull areas and trucks may use."""

    @field_validator("outline", mode="after")
    @classmethod
    def _sane(cls, value: Polygon) -> Polygon:
        x0, y0, x1, y1 = value.bounds
        if max(x1 - x0, y1 - y0) > MAX_EXTENT:
            raise ValueError(
                f"the outline is {max(x1 - x0, y1 - y0):.0f} m long; at most {MAX_EXTENT:.0f} m "
                "(coordinates are metres, not millimetres)"
            )
        if min(x1 - x0, y1 - y0) < 2.0:
            wide = min(x1 - x0, y1 - y0)
            raise ValueError(f"the outline is {wide:.2f} m wide; at least 2 m (coordinates are metres)")
        return value

    @model_validator(mode="after")
    def _racks_inside(self) -> PlantSite:
        if isinstance(self.racks, tuple):
            for i, rack in enumerate(self.racks):
                if not self.outline.buffer(1e-6).covers(rack.line):
                    raise ValueError(f"racks[{i}] reaches beyond the outline; shorten its line")
        seen: set[str] = set()
        for terminal in self.terminals:
            if terminal.id in seen:
                raise ValueError(f"two terminals are called '{terminal.id}'; ids must differ")
            seen.add(terminal.id)
        return self
